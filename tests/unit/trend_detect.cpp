#include <doctest/doctest.h>

#include <chrono>
#include <cmath>

#include "duluan/trend.hpp"
#include "trend_draw.hpp"

using namespace duluan;

namespace {

std::vector<Finding> judged(const Series& s, std::size_t first, const DetectorOptions& options, const Pool& pool) {
  const auto result = detect(s, first, options, pool);
  REQUIRE(result.ok());
  return *result;
}

double alarm_rate(const std::vector<Series>& all, std::size_t first, const DetectorOptions& options, const Pool& pool) {
  double alarms = 0, periods = 0;
  for (const Series& s : all)
    for (const Finding& f : judged(s, first, options, pool)) ++periods, alarms += f.verdict == Verdict::kAlarm;
  return alarms / periods;
}

}  // namespace

TEST_CASE("the false-alarm rate is the one asked for, with a learnt pool, at every mean") {
  for (double mean : {0.5, 3.0, 40.0}) {
    Draw draw{std::mt19937_64(static_cast<unsigned>(mean * 10))};
    std::vector<Series> all;
    for (int i = 0; i < 1000; ++i) all.push_back(flat(draw, mean, 36));
    const std::vector<std::size_t> first(all.size(), 30);
    const Pool pool = *fit_pool(all, first);
    for (double alpha : {0.01, 0.05}) {
      DetectorOptions options;
      options.alpha = alpha;
      const double rate = alarm_rate(all, 30, options, pool);
      CAPTURE(mean);
      CAPTURE(alpha);
      CHECK(rate > 0.5 * alpha);
      CHECK(rate < 1.5 * alpha);
    }
  }
}

namespace {

bool same(const Pool& a, const Pool& b) {
  bool same = a.kinds.size() == b.kinds.size() && a.surge_rate == b.surge_rate;
  for (std::size_t j = 0; same && j < a.kinds.size(); ++j)
    same = a.kinds[j].weight == b.kinds[j].weight && a.kinds[j].mean == b.kinds[j].mean &&
           a.kinds[j].sd == b.kinds[j].sd && a.kinds[j].dispersion_weights == b.kinds[j].dispersion_weights;
  return same;
}

double share(const Pool& pool, auto of) {
  double sum = 0;
  for (const SeriesKind& kind : pool.kinds) sum += kind.weight * of(kind);
  return sum;
}

}  // namespace

TEST_CASE("a pool learns the dispersion and does not read what is to be judged") {
  Draw draw{std::mt19937_64(7)};
  std::vector<Series> all;
  for (int i = 0; i < 300; ++i) all.push_back(flat(draw, 10, 36));
  const std::vector<std::size_t> first(all.size(), 30);
  const Pool pool = *fit_pool(all, first);
  CHECK(share(pool, [](const SeriesKind&) { return 1.0; }) == doctest::Approx(1));
  CHECK(pool.series == 300);
  CHECK(share(pool, [](const SeriesKind& k) { return k.mean[0]; }) == doctest::Approx(std::log(10)).epsilon(0.05));
  CHECK(detect(all[0], 30, {}, pool)->front().dispersion == doctest::Approx(2).epsilon(0.3));
  for (Series& s : all)
    for (std::size_t t = 30; t < 36; ++t) s.counts[t] = 5000;
  CHECK(same(pool, *fit_pool(all, first)));
}

TEST_CASE("kinds move to what the series show: dispersion, levels, a season all share, trends") {
  Draw draw{std::mt19937_64(8)};
  std::vector<Series> all;
  for (int i = 0; i < 300; ++i) all.push_back(flat(draw, 10, 36));
  const std::vector<std::size_t> first(all.size(), 30);
  const Pool pool = *fit_pool(all, first);
  // Grid 1.7, 2, 2.4 around the true 2.
  const auto near_two = [](const SeriesKind& k) {
    return k.dispersion_weights[4] + k.dispersion_weights[5] + k.dispersion_weights[6];
  };
  CHECK(share(pool, near_two) > 0.75);
  CHECK(share(Pool::standard(), near_two) < 0.5);
  const auto steady = [](const SeriesKind& k) { return k.sd[1] < 0.1 && k.sd[2] < 0.12 && std::abs(k.mean[1]) < 0.1; };
  CHECK(share(pool, steady) > 0.7);
  // Half of them with one and the same wave and a rise of 0.5 a year, a tenth of the level of the others.
  for (std::size_t i = 0; i < all.size(); i += 2)
    for (std::size_t t = 0; t < 36; ++t)
      all[i].counts[t] = draw.poisson(std::exp(0.5 * static_cast<double>(t) / 12 +
                                               0.6 * std::cos(2 * 3.14159265358979 * static_cast<double>(t) / 12)));
  const Pool mixed = *fit_pool(all, first);
  const auto waved = [](const SeriesKind& k) {
    return std::abs(k.mean[2] - 0.6) < 0.2 && std::abs(k.mean[1] - 0.5) < 0.25 && k.mean[0] < 1.8;
  };
  CHECK(share(mixed, waved) > 0.3);
  CHECK(share(mixed, waved) < 0.6);
}

TEST_CASE("the p-value counts half of the observed count itself") {
  const Series s{.counts = std::vector<double>(200, 0.0), .exposure = std::vector<double>(200, 1.0)};
  // Almost surely 0 again: P(Y > 0) + P(Y = 0) / 2 is a half, not 1 nor 0.
  CHECK(detect(s, 199, {}, Pool::standard())->front().own_p_value == doctest::Approx(0.5).epsilon(0.02));
}

TEST_CASE("a short history predicts less sharply than a long one") {
  Series brief{.counts = {95, 105, 99, 101, 103, 97, 100}};
  Series lengthy = brief;
  for (int i = 0; i < 8; ++i)
    lengthy.counts.insert(lengthy.counts.begin(), brief.counts.begin(), brief.counts.end() - 1);
  Pool flat_only = Pool::standard();  // Poisson and a constant rate, so that nothing else differs
  flat_only.kinds.resize(1);
  flat_only.kinds[0].weight = 1;
  flat_only.kinds[0].dispersion_weights.fill(0), flat_only.kinds[0].dispersion_weights[0] = 1;
  const Finding a = judged(brief, 6, {}, flat_only).front(),
                b = judged(lengthy, lengthy.counts.size() - 1, {}, flat_only).front();
  CHECK(a.upper - a.lower >= 41);  // 1.96 x sqrt(100 x (1 + 1/6)) on each side
  CHECK(b.upper - b.lower <= 40);  // 1.96 x sqrt(100 x (1 + 1/54))
}

TEST_CASE("one enormous period does not alarm the ordinary one after it") {
  Series s{.counts = {9, 11, 10, 8, 12, 10, 9, 11, 10, 9, 10, 11, 9, 400, 13}};
  const auto f = judged(s, 13, {}, Pool::standard());
  CHECK(f[0].verdict == Verdict::kAlarm);
  CHECK(f[1].verdict == Verdict::kNormal);
  CHECK(f[1].p_value > 0.03);
}

TEST_CASE("a surge alarms, the period before it does not know") {
  Series s{.counts = {3, 2, 4, 1, 3, 2, 5, 3, 2, 3, 4, 2, 3, 14, 3}};
  const auto findings = judged(s, 11, {}, Pool::standard());
  REQUIRE(findings.size() == 4);
  CHECK(findings[1].verdict == Verdict::kNormal);
  CHECK(findings[2].verdict == Verdict::kAlarm);
  CHECK(findings[2].period == 13);
  CHECK(findings[2].upper < 14);
  CHECK(findings[2].expected == doctest::Approx(2.9).epsilon(0.15));
  CHECK(findings[3].verdict == Verdict::kNormal);  // an ordinary period after a great surge
  CHECK(findings[3].expected < 3.6);               // the surge did not raise the baseline
  // Judging is causal: cutting the future off changes nothing.
  s.counts.resize(13);
  const auto shorter = judged(s, 11, {}, Pool::standard());
  CHECK(shorter[1].p_value == findings[1].p_value);
}

TEST_CASE("a rise held for two periods weighs more than its second period alone") {
  const Series s{.counts = {8, 11, 9, 10, 12, 8, 9, 11, 10, 9, 10, 11, 10, 8, 15, 15}};
  const auto f = judged(s, 15, {}, Pool::standard());
  CHECK(f[0].p_value < f[0].own_p_value);
}

TEST_CASE("the result for a period does not depend on where the window starts after it is pooled") {
  Draw draw{std::mt19937_64(3)};
  const Series s = flat(draw, 6, 48);
  const auto early = judged(s, 40, {}, Pool::standard());
  const auto late = judged(s, 46, {}, Pool::standard());
  CHECK(std::log10(late[1].p_value) == doctest::Approx(std::log10(early[7].p_value)).epsilon(0.15));
}

TEST_CASE("more reports are not more concern, the same counts without them are") {
  Draw draw{std::mt19937_64(11)};
  double with = 0, without = 0;
  for (int i = 0; i < 200; ++i) {
    Series s;
    for (std::size_t t = 0; t < 36; ++t) {
      s.exposure.push_back(t < 32 ? 60 : 180);
      s.counts.push_back(draw.clustered(0.1 * s.exposure.back()));
    }
    for (const Finding& f : judged(s, 32, {}, Pool::standard())) {
      with += f.verdict == Verdict::kAlarm;
      CHECK(f.exposure_known);
    }
    s.exposure.clear();
    for (const Finding& f : judged(s, 32, {}, Pool::standard())) {
      without += f.verdict == Verdict::kAlarm;
      CHECK_FALSE(f.exposure_known);
    }
  }
  CHECK(with < 0.025 * 800);
  CHECK(without > 0.5 * 800);
}

TEST_CASE("a known effect of the calendar is taken into account") {
  Series s{.counts = {9, 11, 10, 8, 12, 10, 9, 11, 10, 9, 10, 11, 9, 30}};
  CHECK(detect(s, 13, {}, Pool::standard())->front().verdict == Verdict::kAlarm);
  s.log_effects.assign(14, 0);
  s.log_effects[13] = std::log(3);
  const Finding f = detect(s, 13, {}, Pool::standard())->front();
  CHECK(f.verdict == Verdict::kNormal);
  CHECK(f.expected == doctest::Approx(30).epsilon(0.15));
}

TEST_CASE("a strong season over three years of weeks is learnt, not alarmed") {
  Draw draw{std::mt19937_64(5)};
  Series s{.periods_per_year = 52};
  for (int t = 0; t < 208; ++t)
    s.counts.push_back(draw.poisson(12 * std::exp(std::cos(2 * 3.14159265358979 * t / 52))));
  const auto findings = judged(s, 156, {}, Pool::standard());
  int alarms = 0;
  for (const Finding& f : findings) alarms += f.verdict == Verdict::kAlarm;
  CHECK(alarms <= 3);
  CHECK(findings[0].expected > 26);
  CHECK(findings[26].expected < 7);
}

TEST_CASE("short or unobserved histories give no verdict") {
  const Series s{.counts = {1, 2, 3, 2, 1, 2, 9}, .exposure = {1, 1, 1, 1, 1, 1, 0}};
  const auto findings = judged(s, 0, {}, Pool::standard());
  REQUIRE(findings.size() == 7);
  for (std::size_t t = 0; t < 5; ++t) CHECK(findings[t].verdict == Verdict::kNoVerdict);
  CHECK(findings[5].verdict == Verdict::kNormal);
  CHECK(findings[6].verdict == Verdict::kNoVerdict);  // no reports in that period
}

TEST_CASE("a series of zeros, and enormous counts, give finite answers in time") {
  const Series zeros{.counts = std::vector<double>(24, 0.0)};
  for (const Finding& f : judged(zeros, 18, {}, Pool::standard())) {
    CHECK(f.verdict == Verdict::kNormal);
    CHECK(f.expected < 0.5);
  }
  Series jump{.counts = std::vector<double>(30, 0.0)};
  for (std::size_t t = 20; t < 30; ++t) jump.counts[t] = t % 2 == 0 ? 9e8 : 0;
  const auto start = std::chrono::steady_clock::now();
  for (const Finding& f : judged(jump, 15, {}, Pool::standard())) {
    CHECK(std::isfinite(f.expected));
    CHECK(std::isfinite(f.upper));
    CHECK(f.p_value > 0);
    CHECK(f.p_value <= 1);
  }
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
}

TEST_CASE("impossible input is refused with the period that is wrong") {
  const Pool pool = Pool::standard();
  CHECK_FALSE(detect({.counts = {1, 2}}, 2, {}, pool).ok());
  CHECK_FALSE(detect({.counts = {}}, 0, {}, pool).ok());
  CHECK_FALSE(detect({.counts = {1, 2}, .exposure = {1}}, 1, {}, pool).ok());
  CHECK_FALSE(detect({.counts = {1, NAN}}, 1, {}, pool).ok());
  CHECK_FALSE(detect({.counts = {1, 2}, .exposure = {1, -1}}, 1, {}, pool).ok());
  const auto result = detect({.counts = {1, 2.5, 3}}, 2, {}, pool);
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().what.find("period 2") != std::string::npos);
  const Series fine{.counts = {1, 2, 3}};
  CHECK(detect(fine, 2, {}, pool).ok());
  CHECK_FALSE(detect(fine, 2, {}, Pool{}).ok());  // never filled in
  DetectorOptions options;
  options.alpha = 0;
  CHECK_FALSE(detect(fine, 2, options, pool).ok());
  const std::vector<Series> two(2);
  CHECK_FALSE(fit_pool(two, std::vector<std::size_t>{1}).ok());
}
