// From a Series to rows ready for fitting.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "duluan/trend.hpp"
#include "trend/baseline.hpp"

namespace duluan::trend {

Result<void> check(const Series& series);
Result<void> check(const Series& series, std::size_t first, const DetectorOptions& options);
Error invalid(std::string what, std::string remedy);

Result<void> check(const Pool& pool);

class RowMaker {
 public:
  /// Time is counted from `origin`, so that the level is the level at that period.
  RowMaker(const Series& series, std::size_t origin) : series_(&series), origin_(origin) {}

  [[nodiscard]] bool observed(std::size_t t) const { return series_->exposure.empty() || series_->exposure[t] > 0; }
  [[nodiscard]] Row row(std::size_t t) const;
  /// A period that may lie beyond the end, with nothing counted.
  [[nodiscard]] Row empty_row(std::size_t t) const;
  /// The observed periods of so many years before the origin.
  [[nodiscard]] std::vector<Row> history(double years) const;

 private:
  const Series* series_;
  std::size_t origin_;
};

}  // namespace duluan::trend
