#include "duluan/scan.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

namespace duluan {
namespace {

constexpr double kUnitCost = 1;
constexpr double kTail = 0.1;  // p-values below it are extrapolated

// Own distributions: those of the standard library differ between libraries.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : bits_(seed) {}

  double gamma(double shape) {  // Marsaglia and Tsang 2000
    if (shape < 1) return gamma(shape + 1) * std::pow(uniform(), 1 / shape);
    const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
    for (;;) {
      const double x = normal(), root = 1 + c * x, v = root * root * root;
      if (v > 0 && std::log(uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
    }
  }
  double factor(double certainty) { return certainty > 0 ? gamma(certainty) / certainty : 1; }
  double count(double mean, double dispersion) {
    if (mean <= 0) return 0;
    return poisson(dispersion > 1 + 1e-6 ? gamma(mean / (dispersion - 1)) * (dispersion - 1) : mean);
  }

 private:
  double uniform() { return (static_cast<double>(bits_() >> 11U) + 0.5) * 0x1p-53; }
  double normal() { return std::sqrt(-2 * std::log(uniform())) * std::cos(6.283185307179586 * uniform()); }
  double poisson(double mean) {
    // A mean too large to count up is as good as normal.
    if (mean > 500) return std::max(0.0, std::round(mean + std::sqrt(mean) * normal()));
    double n = 0;
    for (double left = mean + std::log(uniform()); left > 0; left += std::log(uniform())) ++n;
    return n;
  }
  std::mt19937_64 bits_;
};

using Neighbourhoods = std::vector<std::vector<std::size_t>>;

// The nearest units of each centre by steps between neighbours.
Neighbourhoods neighbourhoods(std::span<const ScanUnit> units, std::size_t most) {
  Neighbourhoods all;
  for (std::size_t centre = 0; centre < units.size(); ++centre) {
    std::vector<std::size_t> near{centre};
    for (std::size_t i = 0; i < near.size() && near.size() < most; ++i)
      for (std::size_t unit : units[near[i]].neighbours)
        if (near.size() < most && std::find(near.begin(), near.end(), unit) == near.end()) near.push_back(unit);
    if (near.size() > 1) all.push_back(std::move(near));
  }
  // A clique has one neighbourhood, not one a member.
  for (auto& near : all) std::sort(near.begin(), near.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

double likelihood(double observed, double expected) {
  return observed > expected ? observed * std::log(observed / expected) + expected - observed : 0;
}

// Sums over the last 1, 2 … periods: [window - 1][unit].
using Sums = std::vector<std::vector<double>>;

class Scanner {
 public:
  Scanner(Neighbourhoods zones, Sums expected) : zones_(std::move(zones)), expected_(std::move(expected)) {}

  [[nodiscard]] Cluster best(const Sums& observed) {
    Cluster cluster;
    for (std::size_t window = 0; window < observed.size(); ++window)
      for (const auto& zone : zones_) try_zone(zone, window, observed[window], cluster);
    return cluster;
  }

 private:
  void try_zone(const std::vector<std::size_t>& zone, std::size_t window, const std::vector<double>& observed,
                Cluster& best) {
    const std::vector<double>& expected = expected_[window];
    order_.clear();
    for (std::size_t unit : zone)
      if (observed[unit] > expected[unit] && expected[unit] > 0) order_.push_back(unit);
    if (order_.size() < 2) return;
    std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      const double left = observed[a] * expected[b], right = observed[b] * expected[a];
      return left != right ? left > right : a < b;
    });
    double c = 0, b = 0;
    for (std::size_t k = 0; k < order_.size(); ++k) {
      c += observed[order_[k]];
      b += expected[order_[k]];
      const double score = likelihood(c, b) - kUnitCost * static_cast<double>(k + 1);
      if (k == 0 || score <= best.score) continue;
      best.score = score;
      best.periods = window + 1;
      best.observed = c;
      best.expected = b;
      best.units.assign(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(k + 1));
    }
  }

  Neighbourhoods zones_;
  Sums expected_;
  std::vector<std::size_t> order_;
};

template <typename Value>
Sums sums(std::size_t units, std::size_t periods, const Value& value) {
  Sums all(periods, std::vector<double>(units));
  for (std::size_t window = 0; window < periods; ++window)
    for (std::size_t unit = 0; unit < units; ++unit)
      all[window][unit] = (window > 0 ? all[window - 1][unit] : 0) + value(unit, periods - 1 - window);
  return all;
}

// The highest fifth of the simulated scores beyond its lowest, as an exponential.
double tail(std::vector<double> scores, double score) {
  const std::size_t top = scores.size() / 5;
  const auto from = scores.begin() + static_cast<std::ptrdiff_t>(top);
  std::nth_element(scores.begin(), from, scores.end(), std::greater<>());
  const double threshold = *from;
  double excess = 0;
  for (std::size_t i = 0; i < top; ++i) excess += (scores[i] - threshold) / static_cast<double>(top);
  if (excess <= 0 || score <= threshold) return 1;
  return static_cast<double>(top) / static_cast<double>(scores.size()) * std::exp(-(score - threshold) / excess);
}

Result<void> check(std::span<const ScanUnit> units, const ScanOptions& options) {
  const auto invalid = [](const char* what) { return Error{ErrorCode::kInvalidArgument, what, "", ""}; };
  if (!(options.dispersion >= 1) || !(options.common_certainty >= 0))
    return invalid("dispersion or certainty is too small");
  if (options.replicates < 19 || options.most_units < 2) return invalid("a scan needs 19 replicates and two units");
  for (const ScanUnit& unit : units) {
    if (unit.observed.size() != units.front().observed.size() || unit.expected.size() != unit.observed.size())
      return invalid("units of a scan differ in the number of periods");
    if (std::any_of(unit.neighbours.begin(), unit.neighbours.end(), [&](auto n) { return n >= units.size(); }))
      return invalid("a neighbour is no unit of the scan");
    const auto bad = [](double value) { return !(value >= 0 && value < 1e9); };
    if (std::any_of(unit.observed.begin(), unit.observed.end(), bad) || bad(unit.certainty) ||
        std::any_of(unit.expected.begin(), unit.expected.end(), bad))
      return invalid("a count or expectation of a scan is out of range");
  }
  return {};
}

}  // namespace

Result<Cluster> scan(std::span<const ScanUnit> units, const ScanOptions& options) {
  if (auto bad = check(units, options); !bad.ok()) return bad.error();
  if (units.empty()) return Cluster{};
  const std::size_t n = units.size(), periods = units.front().observed.size();
  Scanner scanner(neighbourhoods(units, options.most_units),
                  sums(n, periods, [&](std::size_t unit, std::size_t t) { return units[unit].expected[t]; }));
  Cluster cluster =
      scanner.best(sums(n, periods, [&](std::size_t unit, std::size_t t) { return units[unit].observed[t]; }));
  std::sort(cluster.units.begin(), cluster.units.end());
  if (cluster.units.empty()) return cluster;

  Draw draw(options.seed);
  std::vector<double> scores, factors(n);
  double as_high = 1;
  for (int i = 0; i < options.replicates; ++i) {
    const double common = draw.factor(options.common_certainty);
    for (std::size_t unit = 0; unit < n; ++unit) factors[unit] = common * draw.factor(units[unit].certainty);
    const Sums drawn = sums(n, periods, [&](std::size_t unit, std::size_t t) {
      return draw.count(units[unit].expected[t] * factors[unit], options.dispersion);
    });
    scores.push_back(scanner.best(drawn).score);
    as_high += scores.back() >= cluster.score ? 1 : 0;
  }
  cluster.p_value = as_high / (options.replicates + 1);
  if (cluster.p_value < kTail) cluster.p_value = std::min(kTail, tail(std::move(scores), cluster.score));
  return cluster;
}

}  // namespace duluan
