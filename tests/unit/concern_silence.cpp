// Simulated units with records of reporting of their own: how many that stopped are told, how many that did not.
// DULUAN_SILENCE_UNITS=20000 gives the figures of tests/bench/RESULTS.md.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "concern/silence.hpp"

using namespace duluan;
using namespace duluan::concern;

namespace {

constexpr int kMonths = 30;
const Period kFirst = *Period::parse("2024-03");

double uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

int poisson(std::mt19937_64& random, double mean) {
  int n = 0;
  for (double p = uniform(random), limit = std::exp(-mean); p > limit; p *= uniform(random)) ++n;
  return n;
}

Delivery delivery(const std::string& reporter, int month, int opinions, const std::string& folder = "") {
  const Period period = kFirst.next(month);
  return {reporter, true,
          period,   (folder.empty() ? period.label() : folder) + "/" + reporter,
          opinions, period.next().days_since_epoch() + 3};
}

// A unit that reports with this probability a month, until it stops.
void add_unit(std::vector<Delivery>& all, std::mt19937_64& random, const std::string& name, double habit, int stops) {
  for (int m = 0; m < stops; ++m)
    if (uniform(random) < habit) all.push_back(delivery(name, m, 1 + poisson(random, 6)));
}

const Silence* of(const std::vector<Silence>& all, const std::string& reporter) {
  for (const Silence& s : all)
    if (s.reporter == reporter) return &s;
  return nullptr;
}

int units_wanted() {
  const char* wanted = std::getenv("DULUAN_SILENCE_UNITS");
  return wanted == nullptr ? 400 : std::atoi(wanted);
}

}  // namespace

TEST_CASE("silence: units that stopped are told, units that skip a month are not") {
  const int units = units_wanted();
  std::mt19937_64 random(20260901);
  for (const double habit : {1.0, 0.95, 0.8, 0.5})
    for (const int gone : {1, 2, 3, 6}) {
      std::vector<Delivery> all;
      for (int u = 0; u < units; ++u) {
        add_unit(all, random, "nghỉ " + std::to_string(u), habit, kMonths - gone);
        add_unit(all, random, "còn " + std::to_string(u), habit, kMonths);
      }
      int hit = 0, wrong = 0;
      for (const Silence& s : find_silences(all, kFirst.next(kMonths - 1))) {
        if (s.kind != Silence::Kind::kStopped) continue;
        (s.reporter.starts_with("nghỉ") ? hit : wrong) += 1;
      }
      std::printf("reports with probability %.2f, gone for %d months: told %.3f; still there and told %.4f\n", habit,
                  gone, double(hit) / units, double(wrong) / units);
      CHECK(wrong <= 0.05 * units + 3 * std::sqrt(0.05 * units));
      if (habit >= 0.95 && gone >= 2) CHECK(hit >= 0.95 * units);
      if (habit >= 0.8 && gone >= 3) CHECK(hit >= 0.9 * units);
    }
}

TEST_CASE("silence: few, empty and late reports") {
  std::vector<Delivery> all;
  for (int m = 0; m < kMonths; ++m)
    for (const char* unit : {"xã A", "xã B", "xã C", "xã D"}) {
      const bool last = m + 1 == kMonths;
      if (last && unit == std::string("xã C")) continue;
      all.push_back(delivery(unit, m, last && unit == std::string("xã A") ? 1 : 14 + m % 3));
    }
  all.push_back(delivery("xã D", kMonths - 3, 9, kFirst.next(kMonths - 1).label()));
  all.push_back({"", false, std::nullopt, kFirst.next(kMonths - 1).label() + "/rong.docx", 0, 0});
  const auto found = find_silences(all, kFirst.next(kMonths - 1));
  REQUIRE(found.size() == 4);
  REQUIRE(of(found, "xã C"));
  CHECK(of(found, "xã C")->kind == Silence::Kind::kStopped);
  CHECK(of(found, "xã C")->missed == 1);
  REQUIRE(of(found, "xã A"));
  CHECK(of(found, "xã A")->kind == Silence::Kind::kFew);
  CHECK(of(found, "xã A")->opinions == 1);
  REQUIRE(of(found, "xã D"));
  CHECK(of(found, "xã D")->kind == Silence::Kind::kLate);
  CHECK(of(found, "xã D")->period == kFirst.next(kMonths - 3));
  CHECK(found[2].kind == Silence::Kind::kZero);
}

TEST_CASE("silence: late by the day it was added") {
  std::vector<Delivery> all;
  for (int m = 0; m < 6; ++m)
    for (const char* unit : {"xã A", "xã B", "xã C"}) {
      all.push_back(delivery(unit, m, 5, "kho"));
      if (m == 5 && unit == std::string("xã B")) all.back().arrived += 7;
    }
  // All in one folder: it tells nothing of when they came.
  for (Delivery& d : all) d.source = d.period->label() + "-" + d.reporter;
  const auto found = find_silences(all, kFirst.next(5));
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == Silence::Kind::kLate);
  CHECK(found[0].reporter == "xã B");
}

TEST_CASE("silence: an archive with one period, with none, without units") {
  CHECK(find_silences({}, kFirst).empty());
  CHECK(find_falls({}, {}, kFirst).empty());
  CHECK(find_silences({delivery("xã A", 0, 3)}, kFirst).empty());
  CHECK(find_silences({delivery("xã A", 0, 3)}, kFirst.next(5)).empty());  // one report makes no habit
  std::vector<Delivery> places;
  for (int m = 0; m < 9; ++m) {
    places.push_back(delivery("xã A", m, 4));
    if (m < 7) places.push_back(delivery("xã B", m, 4));
  }
  for (Delivery& d : places) d.named = false;
  const auto found = find_silences(places, kFirst.next(8));
  REQUIRE(found.size() == 1);
  CHECK(found[0].reporter == "xã B");
}

namespace {

// A province of ten units in which one topic falls, or those who speak of it send nothing, or neither.
struct Province {
  std::vector<Delivery> deliveries;
  std::vector<Count> counts;

  Province(std::mt19937_64& random, double topic_now, int silent) {
    for (int unit = 0; unit < 10; ++unit) {
      const std::string name = "xã " + std::to_string(unit);
      const bool speaks = unit < 4;  // mostly these four speak of the topic
      for (int m = 0; m < 13; ++m) {
        if (m == 12 && unit < silent) continue;
        const int other = 4 + poisson(random, 6);
        const int topic = poisson(random, (speaks ? 4 : 0.7) * (m == 12 ? topic_now : 1));
        deliveries.push_back(delivery(name, m, other + topic));
        if (topic > 0) counts.push_back({"land", name, kFirst.next(m), topic, 1, 1});
        counts.push_back({"health", name, kFirst.next(m), other, 1, 1});
      }
    }
  }
};

}  // namespace

TEST_CASE("falls: fell because reports stopped is told apart from fell") {
  const int runs = units_wanted();
  std::mt19937_64 random(7);
  struct Case {
    const char* what;
    double now;
    int silent;
  };
  for (const Case& c :
       {Case{"nothing", 1, 0}, {"fell to a third", 1.0 / 3, 0}, {"four units silent", 1, 4}, {"both", 1.0 / 3, 4}}) {
    int opinion = 0, reports = 0, health = 0;
    for (int i = 0; i < runs; ++i) {
      const Province province(random, c.now, c.silent);
      for (const Fall& fall : find_falls(province.counts, province.deliveries, kFirst.next(12))) {
        if (fall.topic != "land") health += fall.cause == Fall::Cause::kOpinion ? 1 : 0;
        else (fall.cause == Fall::Cause::kOpinion ? opinion : reports) += 1;
        if (fall.topic == "land" && c.silent > 0) CHECK(fall.missing.front().size() == std::string("xã 0").size());
      }
    }
    std::printf("%s: told as fallen %.3f, as less reported %.3f; the other topic as fallen %.3f\n", c.what,
                double(opinion) / runs, double(reports) / runs, double(health) / runs);
    const bool fell = c.now < 1;
    if (!fell) CHECK(opinion <= 0.04 * runs);
    if (fell && c.silent == 0) CHECK(opinion >= 0.65 * runs);
    if (!fell && c.silent > 0) CHECK(reports >= 0.9 * runs);
    CHECK(health <= 0.03 * runs);
  }
}
