// What the commands over tables of series share.
#pragma once

#include <functional>

#include "cli/command.hpp"
#include "trend/series_csv.hpp"

namespace duluan::cli {

/// Reads the table named by the argument SERIES (standard input if none) and hands it to `work`, which
/// returns how many series it refused. Rows skipped and series refused are told on standard error.
Result<Exit> with_series(const Arguments& arguments,
                         const std::function<Result<std::size_t>(const trend::SeriesFile&)>& work);

}  // namespace duluan::cli
