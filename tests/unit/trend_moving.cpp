// Dynamic baselines: levels that jump or walk, months of their own, and what stands still.
#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "duluan/trend.hpp"
#include "trend/moving.hpp"
#include "trend/rows.hpp"
#include "trend_draw.hpp"

using namespace duluan;

namespace {

Series walking(Draw& draw, double mean, double step, std::size_t n) {
  Series s;
  double level = std::log(mean);
  for (std::size_t t = 0; t < n; ++t) {
    level += step * draw.normal();
    s.counts.push_back(draw.poisson(std::exp(level)));
  }
  return s;
}

Series beginning(const Series& s, std::size_t n) {
  Series part = s;
  part.counts.resize(n);
  return part;
}

}  // namespace

TEST_CASE("moving: one still level of a Poisson series is what the conjugate gamma says") {
  Draw draw{std::mt19937_64(31)};
  Pool pool = Pool::standard();
  pool.movements.fill(0), pool.scatters.fill(0);
  pool.movements[0] = pool.scatters[0] = 1;
  for (double mean : {0.5, 6.0, 200.0}) {
    Series s;
    for (int t = 0; t < 40; ++t) s.counts.push_back(draw.poisson(mean));
    const trend::RowMaker rows(s, s.counts.size());
    const trend::MovingBaselines moving(rows.history(6), 12, pool);
    std::vector<trend::Component> next;
    moving.predict(rows.empty_row(40), 0.25, next);
    REQUIRE(next.size() == 1);
    const double total = std::accumulate(s.counts.begin(), s.counts.end(), 0.0);
    CAPTURE(mean);
    CHECK(next[0].weight == doctest::Approx(0.25));
    CHECK(next[0].mean == doctest::Approx(total / 40).epsilon(0.04));
    CHECK(next[0].phi == doctest::Approx(1 + 1 / 40.0).epsilon(0.01));
  }
}

TEST_CASE("moving: a level that jumped to stay is followed, a single surge is not") {
  Draw draw{std::mt19937_64(32)};
  Series jumped, surged;
  for (int t = 0; t < 48; ++t) {
    jumped.counts.push_back(draw.poisson(t < 30 ? 20 : 60));
    surged.counts.push_back(t == 46 ? 90 : draw.poisson(20));
  }
  const auto high = forecast(jumped, {.horizon = 6}, Pool::standard());
  const auto low = forecast(surged, {.horizon = 6}, Pool::standard());
  REQUIRE((high.ok() && low.ok()));
  for (std::size_t h = 0; h < 6; ++h) {
    CHECK((*high)[h].median == doctest::Approx(60).epsilon(0.2));
    CHECK((*low)[h].median == doctest::Approx(20).epsilon(0.25));
  }
}

TEST_CASE("moving: one month of the year that is unlike its neighbours is foretold") {
  Draw draw{std::mt19937_64(33)};
  std::vector<Series> archive;
  for (int i = 0; i < 12; ++i) {
    Series& s = archive.emplace_back();
    for (int t = 0; t < 60; ++t) s.counts.push_back(draw.poisson(t % 12 == 1 ? 120 : 300));
  }
  const auto pool = fit_pool(archive, std::vector<std::size_t>(archive.size(), 60));
  REQUIRE(pool.ok());
  CHECK(pool->moving > 0.6);
  for (const Series& s : archive) {
    const auto next = forecast(s, {.horizon = 12}, *pool);
    REQUIRE(next.ok());
    CHECK((*next)[1].median == doctest::Approx(120).epsilon(0.15));
    CHECK((*next)[5].median == doctest::Approx(300).epsilon(0.1));
  }
}

TEST_CASE("moving: the pool tells archives that walk from those that stand, and ranges cover in both") {
  Draw draw{std::mt19937_64(34)};
  double moving[2] = {};
  for (const bool walks : {false, true}) {
    std::vector<Series> whole, past;
    for (int i = 0; i < 120; ++i) {
      whole.push_back(walking(draw, 40, walks ? 0.2 : 0, 36));
      past.push_back(beginning(whole.back(), 30));
    }
    const auto pool = fit_pool(past, std::vector<std::size_t>(past.size(), 30));
    REQUIRE(pool.ok());
    moving[walks] = pool->moving;
    double inside80 = 0, inside95 = 0, all = 0;
    for (std::size_t i = 0; i < past.size(); ++i) {
      const auto next = forecast(past[i], {.horizon = 6}, *pool);
      REQUIRE(next.ok());
      for (const Forecast& f : *next) {
        const double count = whole[i].counts[29 + f.ahead];
        inside80 += count >= f.four_fifths.low && count <= f.four_fifths.high;
        inside95 += count >= f.nineteen_twentieths.low && count <= f.nineteen_twentieths.high;
        ++all;
      }
    }
    CAPTURE(walks);
    CHECK(inside80 / all == doctest::Approx(0.8).epsilon(0.06));
    CHECK(inside95 / all == doctest::Approx(0.95).epsilon(0.03));
  }
  CHECK(moving[0] < 0.35);
  CHECK(moving[1] > 0.8);
}

TEST_CASE("moving: nothing before, gaps and other calendars") {
  const Pool pool = Pool::standard();
  std::vector<trend::Component> next;
  const trend::MovingBaselines none({}, 12, pool);
  CHECK(none.evidence().foretold(pool) == doctest::Approx(0));
  none.predict(trend::RowMaker({}, 0).empty_row(0), 1, next);
  double total = 0;
  for (const trend::Component& c : next) total += c.weight;
  CHECK(total == doctest::Approx(1));
  for (int per_year : {0, 1, 2, 3, 4, 13, 52, 365}) {
    Series s{
        .counts = {3, 0, 5, 4, 6, 2, 7, 1, 3}, .exposure = {9, 0, 9, 9, 0, 0, 9, 9, 9}, .periods_per_year = per_year};
    const auto found = forecast(s, {.horizon = 8}, pool);
    REQUIRE(found.ok());
    for (const Forecast& f : *found) CHECK(std::isfinite(f.nineteen_twentieths.high));
  }
}

TEST_CASE("a pool for detection is the same but for movements") {
  Draw draw{std::mt19937_64(35)};
  std::vector<Series> all;
  for (int i = 0; i < 20; ++i) all.push_back(flat(draw, 8, 24));
  const std::vector<std::size_t> ends(all.size(), 24);
  const auto both = fit_pool(all, ends), detection = fit_pool(all, ends, {}, PoolUse::kDetection);
  REQUIRE((both.ok() && detection.ok()));
  CHECK(detection->movements == Pool::standard().movements);
  CHECK(both->movements != detection->movements);
  REQUIRE(both->kinds.size() == detection->kinds.size());
  CHECK(both->kinds.front().weight == detection->kinds.front().weight);
  CHECK(both->drift == detection->drift);
}
