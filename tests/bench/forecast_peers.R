# Forecasts of exponential smoothing (Debian's r-cran-forecast) in the form of `duluan forecast`.
# Usage: Rscript forecast_peers.R CUT.csv OUT.csv HORIZON [EVERY]   (every so many-th series only: it takes its time)
suppressMessages(library(forecast))
arguments <- commandArgs(trailingOnly = TRUE)
table <- read.csv(arguments[1], colClasses = "character")
horizon <- as.integer(arguments[3])
if (length(arguments) > 3) table <- table[seq(1, nrow(table), by = as.integer(arguments[4])), ]
rows <- lapply(seq_len(nrow(table)), function(i) {
  counts <- as.numeric(strsplit(table$counts[i], ";")[[1]])
  f <- forecast(ets(ts(counts, frequency = as.integer(table$freq[i]))), h = horizon, level = c(50, 80, 95))
  data.frame(series_id = table$series_id[i], ahead = seq_len(horizon), mean = as.numeric(f$mean), median = as.numeric(f$mean),
             lower50 = as.numeric(f$lower[, 1]), upper50 = as.numeric(f$upper[, 1]), lower80 = as.numeric(f$lower[, 2]), upper80 = as.numeric(f$upper[, 2]),
             lower95 = as.numeric(f$lower[, 3]), upper95 = as.numeric(f$upper[, 3]))
})
write.csv(do.call(rbind, rows), arguments[2], row.names = FALSE, quote = FALSE)
