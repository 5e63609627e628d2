#include "concern/tet.hpp"

#include <algorithm>
#include <cmath>

#include "trend/lunar.hpp"

namespace duluan::concern {
namespace {

constexpr double kPriorOpinions = 8;  // the factor is 1 unless more than about so many speak against it
constexpr double kLargest = 5;        // and is never beyond this or its inverse

// Opinions per unit of exposure in the half year either side of t, Tết apart and before `end`.
double ordinary_rate(const Series& series, const std::vector<double>& share, std::size_t t, std::size_t end) {
  const std::size_t reach = static_cast<std::size_t>(std::max(1, series.periods_per_year / 2));
  double count = 0.5, exposure = 0;
  for (std::size_t s = t > reach ? t - reach : 0; s < std::min(end, t + reach + 1); ++s)
    if (share[s] <= 0) count += series.counts[s], exposure += series.exposure[s];
  return exposure > 0 ? count / (exposure + 1) : 0;
}

}  // namespace

std::vector<double> tet_effects(const Series& series, const Period& first) {
  if (first.unit == Period::Unit::kQuarter || series.counts.empty()) return {};
  const std::size_t end = series.counts.size() - 1;
  std::vector<double> share;
  for (std::size_t t = 0; t <= end; ++t) share.push_back(trend::tet_share(first.next(static_cast<int>(t))));
  double excess = 0, weight = 0;
  for (std::size_t t = 0; t < end; ++t) {
    if (share[t] <= 0 || series.exposure[t] <= 0) continue;
    const double usual = ordinary_rate(series, share, t, end) * series.exposure[t];
    if (usual <= 0) continue;
    excess += series.counts[t] - usual;
    weight += share[t] * usual;
  }
  if (weight <= 0) return {};
  const double factor = std::clamp(1 + excess / (kPriorOpinions + weight), 1 / kLargest, kLargest);
  std::vector<double> effects;
  effects.reserve(share.size());
  for (double s : share) effects.push_back(std::log(1 + s * (factor - 1)));
  return effects;
}

}  // namespace duluan::concern
