// How many false alarms are let through.
#include <algorithm>
#include <iterator>

#include "concern/judge.hpp"

namespace duluan::concern {
namespace {

std::vector<double> tested(const std::vector<double>& p_values) {
  std::vector<double> all;
  std::copy_if(p_values.begin(), p_values.end(), std::back_inserter(all), [](double p) { return p != kUntested; });
  return all;
}

}  // namespace

double control_false_discoveries(std::vector<double> p_values, double fdr) {
  std::sort(p_values.begin(), p_values.end());
  for (std::size_t k = p_values.size(); k-- > 0;)
    if (p_values[k] <= fdr * static_cast<double>(k + 1) / static_cast<double>(p_values.size())) return p_values[k];
  return 0;
}

FalseAlarmLevel control(const Surprises& surprises, double alpha, double fdr) {
  const std::vector<double> whole = tested(surprises.whole), cells = tested(surprises.cells);
  const auto all = static_cast<double>(whole.size() + cells.size());
  const auto weight = [&](const std::vector<double>& level) {
    const double share = whole.empty() || cells.empty() ? 1 : 0.5;
    return level.empty() ? 1 : share * all / static_cast<double>(level.size());
  };
  std::vector<double> weighted;
  for (const auto* level : {&whole, &cells})
    for (double p : *level) weighted.push_back(p / weight(*level));
  const double passing = control_false_discoveries(weighted, fdr);

  FalseAlarmLevel result{alpha, fdr, weighted.size(), 0, 0, 0};
  // The hair's breadth keeps the last to pass from failing by rounding.
  result.whole_threshold = std::min(alpha, passing * weight(whole) * (1 + 1e-9));
  result.place_threshold = std::min(alpha, passing * weight(cells) * (1 + 1e-9));
  const auto flagged = [](const std::vector<double>& level, double threshold) {
    return static_cast<std::size_t>(
        std::count_if(level.begin(), level.end(), [&](double p) { return p <= threshold; }));
  };
  result.flagged = flagged(whole, result.whole_threshold) + flagged(cells, result.place_threshold);
  return result;
}

}  // namespace duluan::concern
