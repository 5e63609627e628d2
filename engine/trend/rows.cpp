#include "trend/rows.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace duluan::trend {

Error invalid(std::string what, std::string remedy) {
  return {ErrorCode::kInvalidArgument, std::move(what), "", std::move(remedy)};
}

Result<void> check(const Series& series) {
  const std::size_t n = series.counts.size();
  if (!series.exposure.empty() && series.exposure.size() != n)
    return invalid("counts and exposure differ in length", "give one exposure per period, or none");
  if (!series.log_effects.empty() && series.log_effects.size() != n)
    return invalid("counts and log_effects differ in length", "give one effect per period, or none");
  const auto fault = [](std::size_t t, const char* what, const char* remedy) {
    return invalid("period " + std::to_string(t + 1) + ": " + what, remedy);
  };
  for (std::size_t t = 0; t < n; ++t)
    if (const double c = series.counts[t]; !(c >= 0 && c < 1e9) || c != std::floor(c))
      return fault(t, "the count is not a whole number from 0 to 999,999,999", "correct it");
  for (std::size_t t = 0; t < series.exposure.size(); ++t)
    if (!(series.exposure[t] >= 0 && series.exposure[t] < 1e15))
      return fault(t, "the exposure is not a number >= 0", "correct it, or leave the exposure out");
  for (std::size_t t = 0; t < series.log_effects.size(); ++t)
    if (!(std::abs(series.log_effects[t]) <= 20))
      return fault(t, "the known effect is not a logarithm between -20 and 20", "correct it");
  return {};
}

Result<void> check(const Series& series, std::size_t first, const DetectorOptions& options) {
  if (first >= series.counts.size())
    return invalid("the first period to judge is beyond the end of the series", "choose an earlier one");
  if (!(options.alpha > 0 && options.alpha < 0.5)) return invalid("alpha is outside (0, 0.5)", "use e.g. 0.01");
  return check(series);
}

Result<void> check(const Pool& pool) {
  const auto sums_to_one = [](double sum) { return std::abs(sum - 1) < 1e-3; };
  bool sound = pool.surge_rate >= 0 && pool.surge_rate < 0.5 && pool.drift >= 0 && pool.drift < 10;
  double total = 0;
  for (const SeriesKind& kind : pool.kinds) {
    double dispersions = 0;
    for (double w : kind.dispersion_weights) dispersions += w >= 0 ? w : 1e9;  // not a number: refused as well
    sound = sound && sums_to_one(dispersions) && kind.weight >= 0 && kind.sd[0] > 0;
    for (std::size_t i = 0; i < SeriesKind::kTerms; ++i)
      sound = sound && std::abs(kind.mean[i]) < 100 && kind.sd[i] >= 0 && kind.sd[i] < 100;
    total += kind.weight;
  }
  double movements = 0, scatters = 0;
  for (double w : pool.movements) movements += w >= 0 ? w : 1e9;
  for (double w : pool.scatters) scatters += w >= 0 ? w : 1e9;
  sound = sound && sums_to_one(movements) && sums_to_one(scatters) && pool.moving >= 0 && pool.moving <= 1;
  if (sound && sums_to_one(total)) return {};
  return invalid("the pool is not filled in", "take Pool::standard() or the result of fit_pool");
}

Row RowMaker::row(std::size_t t) const {
  Row row = empty_row(t);
  row.count = series_->counts[t];
  if (!series_->exposure.empty()) row.offset += std::log(series_->exposure[t]);
  if (!series_->log_effects.empty()) row.offset += series_->log_effects[t];
  return row;
}

Row RowMaker::empty_row(std::size_t t) const {
  Row row;
  const double per_year = std::max(1, series_->periods_per_year);
  row.x[0] = 1;
  row.x[1] = (static_cast<double>(t) - static_cast<double>(origin_)) / per_year;
  // Fewer than three periods a year cannot show a wave, fewer than five not two.
  const double angle = 2 * 3.14159265358979323846 * static_cast<double>(t) / per_year;
  if (per_year >= 3) row.x[2] = std::cos(angle), row.x[3] = std::sin(angle);
  if (per_year >= 5) row.x[4] = std::cos(2 * angle), row.x[5] = std::sin(2 * angle);
  return row;
}

std::vector<Row> RowMaker::history(double years) const {
  const double span = std::max(4.0, years * std::max(1, series_->periods_per_year));
  const std::size_t longest = span < 1e9 ? static_cast<std::size_t>(span) : origin_;
  std::vector<Row> rows;
  rows.reserve(series_->counts.size());
  for (std::size_t t = origin_ > longest ? origin_ - longest : 0; t < origin_; ++t)
    if (observed(t)) rows.push_back(row(t));
  return rows;
}

}  // namespace duluan::trend
