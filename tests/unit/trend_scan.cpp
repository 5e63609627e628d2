#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "duluan/scan.hpp"
#include "trend_draw.hpp"

using namespace duluan;

namespace {

// A ring of units, each with two neighbours.
std::vector<ScanUnit> ring(std::size_t n, std::size_t periods, double expected) {
  std::vector<ScanUnit> units(n);
  for (std::size_t i = 0; i < n; ++i) {
    units[i].expected.assign(periods, expected);
    units[i].observed.assign(periods, std::round(expected));
    units[i].neighbours = {(i + n - 1) % n, (i + 1) % n};
  }
  return units;
}

Cluster scanned(const std::vector<ScanUnit>& units, const ScanOptions& options = {}) {
  const auto found = scan(units, options);
  REQUIRE(found);
  return *found;
}

// All subsets of up to ten following units of the ring, one by one.
double slow_best(const std::vector<ScanUnit>& units) {
  double best = 0;
  const std::size_t n = units.size(), periods = units.front().observed.size();
  for (std::size_t window = 1; window <= periods; ++window)
    for (std::size_t set = 1; set < (std::size_t{1} << n); ++set) {
      double c = 0, b = 0, size = 0;
      for (std::size_t i = 0; i < n; ++i)
        if ((set >> i & 1U) != 0) {
          ++size;
          for (std::size_t t = periods - window; t < periods; ++t) c += units[i].observed[t], b += units[i].expected[t];
        }
      if (size > 1 && c > b) best = std::max(best, c * std::log(c / b) + b - c - size);
    }
  return best;
}

}  // namespace

TEST_CASE("a planted cluster is found: its units, its periods") {
  auto units = ring(20, 3, 2);
  for (std::size_t unit : {7U, 8U, 9U}) units[unit].observed[1] = 9, units[unit].observed[2] = 8;
  const Cluster cluster = scanned(units);
  CHECK(cluster.units == std::vector<std::size_t>{7, 8, 9});
  CHECK(cluster.periods == 2);
  CHECK(cluster.observed == 51);
  CHECK(cluster.expected == doctest::Approx(12));
  CHECK(cluster.p_value < 0.001);
  CHECK(scanned(units).p_value == cluster.p_value);
}

TEST_CASE("units that are no neighbours are no cluster, one unit is none either") {
  auto apart = ring(40, 1, 2);
  apart[0].observed[0] = apart[20].observed[0] = 12;
  CHECK(scanned(apart).p_value > 0.05);
  auto single = ring(20, 1, 2);
  single[5].observed[0] = 30;
  CHECK(scanned(single).units.empty());
  for (auto& unit : single) unit.neighbours.clear(), unit.observed[0] = 30;
  CHECK(scanned(single).units.empty());
  CHECK(scan({}, {})->units.empty());
}

TEST_CASE("no subset scores higher than the one found") {
  Draw draw{std::mt19937_64(11)};
  for (int i = 0; i < 40; ++i) {
    auto units = ring(8, 2, 1);
    for (auto& unit : units)
      for (std::size_t t = 0; t < 2; ++t) {
        unit.expected[t] = 0.3 + draw.uniform();
        unit.observed[t] = draw.clustered(1.5 * unit.expected[t]);
      }
    // All eight are one neighbourhood. The cost of a unit makes the prefix a little less than best now and then.
    const double best = slow_best(units), found = scanned(units, {.replicates = 19}).score;
    CHECK(found <= best + 1e-9);
    CHECK(found >= best - 0.35);
  }
}

TEST_CASE("p-values hold their level where expectations are not known exactly") {
  Draw draw{std::mt19937_64(5)};
  int below_1 = 0, below_5 = 0;
  constexpr int kRuns = 800;
  for (int run = 0; run < kRuns; ++run) {
    auto units = ring(15, 2, 0);
    for (auto& unit : units) {
      // A year of history says what to expect; the truth is not known.
      const double mean = -0.525 * std::log(draw.uniform() * draw.uniform());  // gamma, shape 2
      double history = 2;
      for (int t = 0; t < 12; ++t) history += draw.poisson(mean);
      unit.certainty = history;
      for (std::size_t t = 0; t < 2; ++t) {
        unit.expected.push_back(history / (12 + 2 / 1.05));
        unit.observed.push_back(draw.poisson(mean));
      }
      unit.expected.erase(unit.expected.begin(), unit.expected.begin() + 2);
      unit.observed.erase(unit.observed.begin(), unit.observed.begin() + 2);
    }
    const double p = scanned(units, {.replicates = 99, .seed = static_cast<std::uint64_t>(run) + 1}).p_value;
    below_1 += p < 0.01 ? 1 : 0;
    below_5 += p < 0.05 ? 1 : 0;
  }
  MESSAGE(below_1 << " and " << below_5 << " of " << kRuns << " below 0.01 and 0.05");
  CHECK(below_1 <= 18);  // 8 expected
  CHECK(below_5 <= 56);
  CHECK(below_5 >= 26);
}

TEST_CASE("what makes no sense is refused") {
  auto units = ring(5, 2, 1);
  CHECK_FALSE(scan(units, {.dispersion = 0.5}));
  CHECK_FALSE(scan(units, {.replicates = 3}));
  units[2].expected.pop_back();
  CHECK_FALSE(scan(units, {}));
  units = ring(5, 2, 1);
  units[1].neighbours = {7};
  CHECK_FALSE(scan(units, {}));
  units = ring(5, 2, 1);
  units[1].observed[0] = -1;
  CHECK_FALSE(scan(units, {}));
}
