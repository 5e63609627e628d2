#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "duluan/trend.hpp"
#include "trend/series_csv.hpp"
#include "trend_draw.hpp"

using namespace duluan;

TEST_CASE("forecast ranges cover as they say, at every mean and horizon") {
  for (double mean : {0.5, 4.0, 60.0}) {
    Draw draw{std::mt19937_64(static_cast<unsigned>(mean * 10))};
    std::vector<Series> past, whole;
    for (int i = 0; i < 400; ++i) {
      whole.push_back(flat(draw, mean, 30));
      past.push_back(whole.back());
      past.back().counts.resize(24);
    }
    const auto pool = fit_pool(past, std::vector<std::size_t>(past.size(), 24));
    REQUIRE(pool.ok());
    double inside80 = 0, inside95 = 0, all = 0;
    for (std::size_t i = 0; i < past.size(); ++i) {
      const auto next = forecast(past[i], {.horizon = 6}, *pool);
      REQUIRE(next.ok());
      for (const Forecast& f : *next) {
        const double count = whole[i].counts[23 + f.ahead];
        inside80 += count >= f.four_fifths.low && count <= f.four_fifths.high;
        inside95 += count >= f.nineteen_twentieths.low && count <= f.nineteen_twentieths.high;
        ++all;
      }
    }
    CAPTURE(mean);
    // At a mean of 0.5 the ranges can end at 0, 1, 2 … only.
    CHECK(inside80 / all == doctest::Approx(0.8).epsilon(mean < 1 ? 0.12 : 0.04));
    CHECK(inside95 / all == doctest::Approx(0.95).epsilon(0.025));
  }
}

TEST_CASE("ranges are nested, hold the median, and widen with the horizon") {
  Draw draw{std::mt19937_64(5)};
  const auto next = forecast(flat(draw, 50, 20), {.horizon = 36}, Pool::standard());
  REQUIRE(next.ok());
  REQUIRE(next->size() == 36);
  for (const Forecast& f : *next) {
    CHECK(f.half.low <= f.median);
    CHECK(f.median <= f.half.high);
    CHECK(f.four_fifths.low <= f.half.low);
    CHECK(f.half.high <= f.four_fifths.high);
    CHECK(f.nineteen_twentieths.low <= f.four_fifths.low);
    CHECK(f.four_fifths.high <= f.nineteen_twentieths.high);
  }
  const auto width = [&](std::size_t h) {
    return (*next)[h].nineteen_twentieths.high - (*next)[h].nineteen_twentieths.low;
  };
  CHECK(width(35) > 1.2 * width(11));  // the same month of the year
  CHECK(width(11) > width(0) * 0.9);
}

TEST_CASE("a season is foretold, and exposure to come scales the forecast") {
  Series s;
  for (int t = 0; t < 48; ++t) {
    s.counts.push_back(std::round(100 * std::exp(0.5 * std::cos(2 * 3.14159265358979 * t / 12))));
    s.exposure.push_back(100);
  }
  const auto usual = forecast(s, {.horizon = 12}, Pool::standard());
  REQUIRE(usual.ok());
  CHECK((*usual)[0].median == doctest::Approx(165).epsilon(0.06));
  CHECK((*usual)[6].median == doctest::Approx(61).epsilon(0.06));
  const auto twice = forecast(s, {.horizon = 12, .exposure = std::vector<double>(12, 200)}, Pool::standard());
  REQUIRE(twice.ok());
  CHECK((*twice)[0].mean == doctest::Approx(2 * (*usual)[0].mean));
  const auto effect =
      forecast(s, {.horizon = 12, .log_effects = std::vector<double>(12, std::log(0.5))}, Pool::standard());
  REQUIRE(effect.ok());
  CHECK((*effect)[0].mean == doctest::Approx(0.5 * (*usual)[0].mean));
}

TEST_CASE("a drifting archive is foretold less surely than a steady one") {
  Draw draw{std::mt19937_64(8)};
  std::vector<Series> steady, drifting;
  for (int i = 0; i < 60; ++i) {
    steady.push_back(flat(draw, 40, 36));
    Series s;
    double level = std::log(40.0);
    for (int t = 0; t < 36; ++t) {
      level += draw.uniform() < 0.5 ? 0.2 : -0.2;
      s.counts.push_back(draw.poisson(std::exp(level)));
    }
    drifting.push_back(s);
  }
  const std::vector<std::size_t> ends(60, 36);
  const auto calm = fit_pool(steady, ends), rough = fit_pool(drifting, ends);
  REQUIRE(calm.ok());
  REQUIRE(rough.ok());
  CHECK(calm->drift < 0.15);
  CHECK(rough->drift > 0.3);
}

TEST_CASE("forecasts: degenerate input") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Pool pool = Pool::standard();
  CHECK_FALSE(forecast({}, {}, pool).ok());
  CHECK_FALSE(forecast({.counts = {1, nan}}, {}, pool).ok());
  CHECK_FALSE(forecast({.counts = {1, 2}, .exposure = {0, 0}}, {}, pool).ok());
  CHECK_FALSE(forecast({.counts = {1, 2}}, {.horizon = 0}, pool).ok());
  CHECK_FALSE(forecast({.counts = {1, 2}}, {.horizon = 2, .exposure = {1}}, pool).ok());
  CHECK_FALSE(forecast({.counts = {1, 2}}, {.horizon = 1, .exposure = {0}}, pool).ok());
  CHECK_FALSE(forecast({.counts = {1, 2}}, {.horizon = 1, .log_effects = {nan}}, pool).ok());
  const auto zeros = forecast({.counts = std::vector<double>(24, 0)}, {.horizon = 100}, pool);
  REQUIRE(zeros.ok());
  CHECK(zeros->front().median == 0);
  CHECK(zeros->front().nineteen_twentieths.high <= 1);
  const auto one = forecast({.counts = {7}}, {.horizon = 120}, pool);
  REQUIRE(one.ok());
  for (const Forecast& f : *one) CHECK(std::isfinite(f.nineteen_twentieths.high));
  CHECK(forecast({.counts = {999999999, 0, 999999999}}, {.horizon = 8}, pool).ok());
}

TEST_CASE("forecasts are written a row a period") {
  Forecast f{
      .ahead = 2, .mean = 3.25, .median = 3, .half = {2, 4}, .four_fifths = {1, 6}, .nineteen_twentieths = {0, 8}};
  CHECK(trend::format_forecast("a,b", std::vector<Forecast>{f}) == "\"a,b\",2,3.25,3,2,4,1,6,0,8\n");
}
