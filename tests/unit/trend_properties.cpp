#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "duluan/trend.hpp"
#include "trend/pick.hpp"
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

namespace {

struct Setting {
  double lowest, highest;  // means, evenly spread in logarithm
  std::size_t n, judged;
  int per_year;
};

struct Verdicts {
  std::vector<double> own;  // randomised: P(more) + uniform x P(as many)
  double at_1 = 0, at_5 = 0;
};

Verdicts judge_nulls(Draw& draw, std::size_t cells, const Setting& setting) {
  std::vector<Series> all;
  for (std::size_t i = 0; i * setting.judged < cells; ++i)
    all.push_back(usual(draw, setting.lowest * std::pow(setting.highest / setting.lowest, draw.uniform()), setting.n,
                        setting.per_year));
  const std::size_t first = setting.n - setting.judged;
  const auto pool = fit_pool(all, std::vector<std::size_t>(all.size(), first));
  REQUIRE(pool.ok());
  Verdicts v;
  for (const Series& s : all) {
    const auto findings = detect(s, first, {}, *pool);
    REQUIRE(findings.ok());
    for (const Finding& f : *findings) {
      v.own.push_back(f.p_above + draw.uniform() * 2 * (f.own_p_value - f.p_above));
      v.at_1 += f.p_value < 0.01, v.at_5 += f.p_value < 0.05;
    }
  }
  v.at_1 /= static_cast<double>(v.own.size()), v.at_5 /= static_cast<double>(v.own.size());
  return v;
}

}  // namespace

TEST_CASE("of 100,000 cells without surges, randomised p-values are uniform and alarms as many as asked for") {
  Draw draw{std::mt19937_64(11)};
  std::size_t cells = 0;
  for (const auto& [setting, wanted] :
       {std::pair{Setting{0.2, 200, 60, 24, 12}, 24000U}, std::pair{Setting{0.2, 200, 16, 4, 4}, 6000U},
        std::pair{Setting{0.01, 0.5, 60, 24, 12}, 24000U}, std::pair{Setting{200, 10000, 60, 24, 12}, 20000U},
        std::pair{Setting{0.2, 200, 156, 52, 52}, 26000U}}) {
    const Verdicts v = judge_nulls(draw, wanted, setting);
    cells += v.own.size();
    CAPTURE(setting.lowest);
    CAPTURE(setting.n);
    // Exactly uniform ones stay below 1.63 / sqrt(n) in 99 of 100 draws; a little more is for what was estimated.
    CHECK(kolmogorov(v.own) < 1.63 / std::sqrt(static_cast<double>(v.own.size())) + 0.006);
    CHECK(v.at_1 < 0.014);
    CHECK(v.at_1 > 0.006);
    CHECK(v.at_5 < 0.06);
    CHECK(v.at_5 > 0.035);
  }
  CHECK(cells >= 100000);
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

TEST_CASE("a series is judged the same alone as among others, and in two parts as in one") {
  Draw draw{std::mt19937_64(15)};
  const std::vector<Series> all = null_archive(draw, 60, 40);
  const auto pool = fit_pool(all, std::vector<std::size_t>(all.size(), 36));
  REQUIRE(pool.ok());
  for (const Series& s : all) {
    Series shorter = s;
    shorter.counts.resize(38);
    const auto whole = detect(s, 36, {}, *pool), begun = detect(shorter, 36, {}, *pool);
    REQUIRE(whole.ok());
    REQUIRE(begun.ok());
    for (std::size_t t = 0; t < 2; ++t)
      CHECK((*whole)[t].p_value == (*begun)[t].p_value);  // nothing later is looked at
    // Judged from another period on, the past is fitted anew: nearly the same.
    const auto rest = detect(s, 38, {}, *pool);
    REQUIRE(rest.ok());
    CHECK((*rest)[0].expected == doctest::Approx((*whole)[2].expected).epsilon(0.15));
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
  const Series fresh{.counts = {29, 20, 13, 20, 29, 20}, .periods_per_year = 4};
  const auto next = forecast(fresh, {.horizon = 3}, *pool);
  REQUIRE(next.ok());
  CHECK((*next)[2].mean > (*next)[0].mean * 1.5);  // the crest of the year after its trough
}

TEST_CASE("every length and every mean is answered with numbers that can be") {
  Draw draw{std::mt19937_64(4)};
  const Pool pool = Pool::standard();
  for (std::size_t n : {1, 2, 5, 6, 7, 8, 13, 60, 100, 311, 624})
    for (double mean : {0.01, 0.3, 4.0, 100.0, 10000.0}) {
      Series s{.periods_per_year = n > 100 ? 52 : 12};
      for (std::size_t t = 0; t < n; ++t) s.counts.push_back(draw.count(mean, 1.5));
      CAPTURE(n);
      CAPTURE(mean);
      for (std::size_t first : {std::size_t{0}, n / 2, n - 1}) {
        const auto findings = detect(s, first, {}, pool);
        REQUIRE(findings.ok());
        CHECK(findings->size() == n - first);
        for (const Finding& f : *findings) {
          if (f.period < 5) CHECK(f.verdict == Verdict::kNoVerdict);
          if (f.verdict == Verdict::kNoVerdict) continue;
          CHECK(f.p_value > 0);
          CHECK(f.p_value <= 1);
          CHECK(f.p_above <= f.own_p_value + 1e-12);
          CHECK(f.lower <= f.upper);
          CHECK(std::isfinite(f.expected));
        }
      }
    }
}

TEST_CASE("odd input is answered by no verdict or an error with the reason, never by an alarm") {
  const Pool pool = Pool::standard();
  const Series zeros{.counts = std::vector<double>(40, 0.0)};
  for (const Finding& f : *detect(zeros, 0, {}, pool)) CHECK(f.verdict != Verdict::kAlarm);
  const Series one{.counts = {1000}};
  CHECK(detect(one, 0, {}, pool)->front().verdict == Verdict::kNoVerdict);
  // Gaps: a period out of nothing has no verdict, and the others are judged as if it were not there.
  Series gaps{.counts = std::vector<double>(30, 5.0), .exposure = std::vector<double>(30, 10.0)};
  for (std::size_t t = 3; t < 30; t += 4) gaps.exposure[t] = 0, gaps.counts[t] = 0;
  for (const Finding& f : *detect(gaps, 10, {}, pool))
    CHECK(f.verdict == (f.period % 4 == 3 ? Verdict::kNoVerdict : Verdict::kNormal));
  Series nothing = gaps;
  nothing.exposure.assign(30, 0);
  for (const Finding& f : *detect(nothing, 0, {}, pool)) CHECK(f.verdict == Verdict::kNoVerdict);
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (double bad : {-1.0, 0.5, kInfinity, -kInfinity, std::numeric_limits<double>::quiet_NaN(), 1e300}) {
    Series s = gaps;
    s.counts[12] = bad;
    CHECK(detect(s, 20, {}, pool).error().what.find("period 13") != std::string::npos);
    s = gaps, s.exposure[13] = bad == 0.5 ? -0.5 : bad;
    CHECK(detect(s, 20, {}, pool).error().what.find("period 14") != std::string::npos);
  }
}

TEST_CASE("what is picked of many is the same every time, and no column of a table is left out") {
  CHECK(trend::pick(3, 5) == std::vector<std::size_t>{0, 1, 2});
  CHECK(trend::pick(0, 5).empty());
  const auto some = trend::pick(24 * 100, 600);
  CHECK(some == trend::pick(24 * 100, 600));
  CHECK(some.size() == 600);
  CHECK(std::is_sorted(some.begin(), some.end()));
  std::array<int, 24> columns{};
  for (std::size_t i : some) ++columns[i % columns.size()];
  for (int n : columns) {  // 25 expected, deviation 4.3
    CHECK(n > 10);
    CHECK(n < 43);
  }
}
