#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "duluan/trend.hpp"
#include "trend/baseline.hpp"
#include "trend/count_tail.hpp"
#include "trend/rows.hpp"
#include "trend_draw.hpp"

using namespace duluan;

namespace {

// Greatest distance of the empirical distribution from the uniform one.
double kolmogorov(std::vector<double> p) {
  std::sort(p.begin(), p.end());
  double worst = 0;
  const double n = static_cast<double>(p.size());
  for (std::size_t i = 0; i < p.size(); ++i)
    worst =
        std::max({worst, std::abs(p[i] - static_cast<double>(i) / n), std::abs(p[i] - static_cast<double>(i + 1) / n)});
  return worst;
}

std::vector<Series> null_archive(Draw& draw, int size, std::size_t periods) {
  constexpr std::array<double, 6> kMeans = {0.05, 0.5, 2, 8, 40, 300};
  std::vector<Series> all;
  for (int i = 0; i < size; ++i)
    all.push_back(flat(draw, kMeans[static_cast<std::size_t>(i) % kMeans.size()], periods));
  return all;
}

}  // namespace

TEST_CASE("p-values of the null are uniform, randomised where counts are discrete") {
  Draw draw{std::mt19937_64(11)};
  constexpr std::size_t kFirst = 24, kPeriods = 44;
  const std::vector<Series> all = null_archive(draw, 2990, kPeriods);
  const auto pool = fit_pool(all, std::vector<std::size_t>(all.size(), kFirst));
  REQUIRE(pool.ok());
  std::vector<double> p;
  std::vector<trend::Component> mixture;
  for (const Series& s : all) {
    const trend::RowMaker rows(s, kFirst);
    trend::Baselines baselines(rows.history(6), *pool);
    for (std::size_t t = kFirst; t < kPeriods; ++t) {
      const trend::Row row = rows.row(t);
      baselines.predict(row, mixture);
      double expected = 0, above = 0, at = 0;
      for (const trend::Component& c : mixture) {
        const trend::Tail tail = trend::tail(row.count, c.mean, c.phi);
        expected += c.weight * c.mean, above += c.weight * tail.above, at += c.weight * tail.at;
      }
      p.push_back(above + draw.uniform() * at);
      baselines.absorb(row, expected);
    }
  }
  // 60,000 cells: independent exactly uniform ones stay below 0.0067 in 99 of 100 draws; predictions
  // from estimated baselines are allowed a little more.
  CHECK(p.size() == 59800);
  CHECK(kolmogorov(p) < 0.012);
}

TEST_CASE("the combined p-value is uniform too where counts are large") {
  Draw draw{std::mt19937_64(12)};
  std::vector<Series> all;
  for (int i = 0; i < 800; ++i) all.push_back(flat(draw, 200, 40));
  const auto pool = fit_pool(all, std::vector<std::size_t>(all.size(), 24));
  REQUIRE(pool.ok());
  for (int frequency : {12, 52}) {
    std::vector<double> p;
    for (Series s : all) {
      s.periods_per_year = frequency;
      const auto findings = detect(s, 24, {}, *pool);
      REQUIRE(findings.ok());
      for (const Finding& f : *findings) p.push_back(f.p_value);
    }
    CAPTURE(frequency);
    CHECK(kolmogorov(p) < 0.025);
  }
}

TEST_CASE("scaling exposure changes nothing, nor does the order of series") {
  Draw draw{std::mt19937_64(13)};
  std::vector<Series> all = null_archive(draw, 60, 30);
  for (Series& s : all)
    for (std::size_t t = 0; t < 30; ++t) s.exposure.push_back(20 + std::floor(40 * draw.uniform()));
  std::vector<Series> scaled = all;
  for (Series& s : scaled)
    for (double& e : s.exposure) e *= 1024;
  std::vector<Series> turned(all.rbegin(), all.rend());
  const std::vector<std::size_t> first(all.size(), 24);
  const auto pool = fit_pool(all, first), pool_scaled = fit_pool(scaled, first), pool_turned = fit_pool(turned, first);
  REQUIRE(pool.ok());
  REQUIRE(pool_scaled.ok());
  REQUIRE(pool_turned.ok());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto a = detect(all[i], 24, {}, *pool), b = detect(scaled[i], 24, {}, *pool_scaled);
    const auto c = detect(all[i], 24, {}, *pool_turned);
    REQUIRE(a.ok());
    REQUIRE(b.ok());
    REQUIRE(c.ok());
    for (std::size_t t = 0; t < a->size(); ++t) {
      CHECK((*b)[t].p_value == doctest::Approx((*a)[t].p_value).epsilon(1e-6));
      CHECK((*c)[t].p_value == doctest::Approx((*a)[t].p_value).epsilon(1e-6));
    }
  }
}

TEST_CASE("a pool learns the wave its series share, and a new series is judged by it") {
  Draw draw{std::mt19937_64(14)};
  std::vector<Series> all;
  for (int i = 0; i < 120; ++i) {
    Series s;
    s.periods_per_year = 4;
    for (int t = 0; t < 12; ++t)
      s.counts.push_back(draw.poisson(20 * std::exp(0.4 * std::cos(1.5707963267948966 * t))));
    all.push_back(s);
  }
  const auto pool = fit_pool(all, std::vector<std::size_t>(all.size(), 12));
  REQUIRE(pool.ok());
  CHECK(pool->wave[0] == doctest::Approx(0.4).epsilon(0.15));
  CHECK(std::abs(pool->wave[1]) < 0.05);
  const Series fresh{.counts = {29, 20, 13, 20, 29, 20}, .periods_per_year = 4};
  const auto next = forecast(fresh, {.horizon = 3}, *pool);
  REQUIRE(next.ok());
  CHECK((*next)[2].mean > (*next)[0].mean * 1.5);  // the crest of the year after its trough
}
