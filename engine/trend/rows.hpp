// From a Series to rows ready for fitting.
#pragma once

#include <cstddef>
#include <vector>

#include "duluan/trend.hpp"
#include "trend/baseline.hpp"

namespace duluan::trend {

Result<void> check(const Series& series, std::size_t first, const DetectorOptions& options);

Result<void> check(const Pool& pool);

class RowMaker {
 public:
  /// Time is counted from `origin`, so that the level is the level at that period.
  RowMaker(const Series& series, std::size_t origin) : series_(&series), origin_(origin) {}

  [[nodiscard]] bool observed(std::size_t t) const { return series_->exposure.empty() || series_->exposure[t] > 0; }
  [[nodiscard]] Row row(std::size_t t) const;
  /// The observed periods before the origin that the options let in.
  [[nodiscard]] std::vector<Row> history(const DetectorOptions& options) const;

 private:
  const Series* series_;
  std::size_t origin_;
};

}  // namespace duluan::trend
