// How many false alarms are let through.
#include "concern/control.hpp"

#include <algorithm>
#include <map>

namespace duluan::concern {
namespace {

constexpr double kNever = 1e9;

// p-values of a topic over the weights of their levels, ascending. Each level has an equal share (Genovese, Roeder and
// Wasserman 2006), else the many places, each with few opinions, would deafen us to the whole.
struct Family {
  std::vector<double> weighted;
  std::vector<double> weights;  // [level]

  // What is above alpha cannot be flagged, nor help another.
  Family(const LevelTests& levels, double alpha, const std::vector<int>& groups) {
    double tests = 0;
    std::map<int, double> present;  // levels of each group
    const auto group = [&](std::size_t level) { return groups.empty() ? static_cast<int>(level) : groups[level]; };
    for (std::size_t level = 0; level < levels.size(); ++level) {
      tests += static_cast<double>(levels[level].size());
      if (!levels[level].empty()) ++present[group(level)];
    }
    for (std::size_t level = 0; level < levels.size(); ++level) {
      const auto n = static_cast<double>(levels[level].size());
      weights.push_back(n == 0 ? 1 : tests / static_cast<double>(present.size()) / present[group(level)] / n);
      for (double p : levels[level]) weighted.push_back(p <= alpha ? p / weights.back() : kNever);
    }
    std::sort(weighted.begin(), weighted.end());
  }

  // Simes: the least level at which any of the topic's tests would be rejected.
  [[nodiscard]] double p_value() const {
    double least = 1;
    for (std::size_t k = 0; k < weighted.size(); ++k)
      least = std::min(least, weighted[k] * static_cast<double>(weighted.size()) / static_cast<double>(k + 1));
    return least;
  }
};

}  // namespace

double control_false_discoveries(std::vector<double> p_values, double fdr) {
  std::sort(p_values.begin(), p_values.end());
  for (std::size_t k = p_values.size(); k-- > 0;)
    if (p_values[k] <= fdr * static_cast<double>(k + 1) / static_cast<double>(p_values.size())) return p_values[k];
  return 0;
}

Control control(const std::vector<LevelTests>& topics, double alpha, double fdr, const std::vector<int>& groups) {
  std::vector<Family> families;
  std::vector<double> p_values;
  for (const LevelTests& topic : topics) {
    families.emplace_back(topic, alpha, groups);
    if (!families.back().weighted.empty()) p_values.push_back(families.back().p_value());
  }
  const double passing = control_false_discoveries(p_values, fdr);
  const auto selected = std::count_if(p_values.begin(), p_values.end(), [&](double p) { return p <= passing; });
  const double within = fdr * static_cast<double>(selected) / std::max(1.0, static_cast<double>(p_values.size()));

  Control result;
  for (std::size_t topic = 0; topic < topics.size(); ++topic) {
    const Family& family = families[topic];
    result.tests += family.weighted.size();
    // Nothing passes in a topic that was not selected.
    const double p = !family.weighted.empty() && family.p_value() <= passing
                         ? control_false_discoveries(family.weighted, within * (1 + 1e-9))
                         : 0;
    auto& thresholds = result.thresholds.emplace_back();
    // The hair's breadth keeps the last to pass from failing by rounding.
    for (double weight : family.weights) thresholds.push_back(std::min(alpha, p * weight * (1 + 1e-9)));
    for (std::size_t level = 0; level < thresholds.size(); ++level)
      result.flagged += static_cast<std::size_t>(std::count_if(topics[topic][level].begin(), topics[topic][level].end(),
                                                               [&](double q) { return q <= thresholds[level]; }));
  }
  return result;
}

}  // namespace duluan::concern
