// The table `duluan detect` reads and the one it writes.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/trend.hpp"

namespace duluan::trend {

/// One row: series_id,suite,freq,n,eval_from,counts,exposure.
struct SeriesRecord {
  std::string id;
  std::string suite;
  Series series;
  std::size_t first = 0;  ///< eval_from, from 0
  std::size_t line = 0;   ///< of the file, from 1
};

/// A row that cannot be read but for its name: nothing can be said of its periods.
struct SkippedRow {
  std::string id;
  std::size_t periods = 1;  ///< how many it asked to be judged, as far as that can be read
};

struct SeriesFile {
  std::vector<SeriesRecord> records;
  std::vector<Error> problems;  ///< one per skipped row, `where` = "name:line"
  std::vector<SkippedRow> skipped;
};

/// Columns may stand in any order; suite, n and exposure may be missing or empty. A count may be NA:
/// that period was not observed, as if its exposure were 0.
/// Fails (kEmpty, kMalformed) only when the header cannot be used; a bad row is
/// reported in `problems` and skipped; so is one whose series_id was there before.
Result<SeriesFile> parse_series(std::string_view text, std::string_view name);

inline constexpr std::string_view kFindingsHeader = "series_id,method,alarms,scores\n";

/// One row with its line end: alarms 0/1/NA, scores -log10 of the p-value or NA.
std::string format_findings(std::string_view id, std::string_view method, std::span<const Finding> findings);

/// The row of a series that cannot be judged: NA for each period.
std::string format_unjudged(std::string_view id, std::string_view method, std::size_t periods);

inline constexpr std::string_view kForecastHeader =
    "series_id,ahead,mean,median,lower50,upper50,lower80,upper80,lower95,upper95\n";

/// A row per period to come.
std::string format_forecast(std::string_view id, std::span<const Forecast> periods);

}  // namespace duluan::trend
