#include <array>
#include <charconv>
#include <cstdio>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/series.hpp"

namespace duluan::cli {
namespace {

Result<std::size_t> foretell(const trend::SeriesFile& file, const ForecastOptions& options) {
  std::vector<Series> series;
  std::vector<std::size_t> ends;
  for (const trend::SeriesRecord& record : file.records) {
    series.push_back(record.series);
    ends.push_back(record.series.counts.size());
  }
  auto pool = fit_pool(series, ends, {.history_years = options.history_years});
  if (!pool) return pool.error();
  write_out(trend::kForecastHeader);
  std::size_t refused = 0;
  for (std::size_t i = 0; i < series.size(); ++i) {
    auto next = forecast(series[i], options, *pool);
    if (next) {
      write_out(trend::format_forecast(file.records[i].id, *next));
      continue;
    }
    ++refused;
    std::fprintf(stderr, "duluan: %s: %s; skipped\n", file.records[i].id.c_str(), next.error().message().c_str());
  }
  return refused;
}

Result<Exit> run(const Arguments& arguments) {
  ForecastOptions options;
  const std::string horizon = arguments.get("--horizon");
  const auto [end, fault] = std::from_chars(horizon.data(), horizon.data() + horizon.size(), options.horizon);
  if (fault != std::errc() || end != horizon.data() + horizon.size() || options.horizon < 1 || options.horizon > 120)
    return misuse({ErrorCode::kInvalidArgument, "--horizon must be a whole number from 1 to 120", "", ""});
  return with_series(arguments, [&](const trend::SeriesFile& file) { return foretell(file, options); });
}

}  // namespace

Command forecast_command() {
  return {"forecast",
          "Say what to expect of the next periods of series of counts, and how surely",
          {{.name = "SERIES", .help = "series_id,suite,freq,n,eval_from,counts,exposure (standard input if none)"},
           {.name = "--horizon", .help = "how many periods ahead", .fallback = "4"}},
          run};
}

}  // namespace duluan::cli
