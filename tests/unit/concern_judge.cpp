#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "concern/judge.hpp"
#include "concern/tet.hpp"

using namespace duluan;
using concern::Material;

namespace {

constexpr int kTopics = 12, kPlaces = 15;

Taxonomy taxonomy() {
  std::string tsv = "id\tlabel_vi\tlabel_en\tdescription\n";
  for (int i = 0; i < kTopics; ++i) tsv += "t" + std::to_string(i) + "\tLĩnh vực\tTopic\twhat\n";
  auto parsed = Taxonomy::parse(tsv + "other\tKhác\tOther\tnone\n", "test");
  REQUIRE(parsed);
  return *parsed;
}

Period month(const std::string& label) { return *Period::parse(label); }

// Two years of a quiet province, to which events are added.
class Province {
 public:
  explicit Province(std::uint64_t seed) : state_(seed * 2654435761u + 1) {
    for (Period p = month("2024-11"); p <= month("2026-10"); p = p.next()) usual(p);
  }
  void usual(const Period& p) {
    for (int place = 0; place < kPlaces; ++place)
      for (int topic = 0; topic < kTopics; ++topic)
        add(topic, place, p, poisson(0.15 + 0.09 * ((topic * 7 + place) % 10)));
  }
  void add(int topic, int place, const Period& p, int n) {
    counts_[{topic, place, p.index}] += n;
    exposure_[{place, p.index}] += n;
  }
  void silence(int place, const Period& p) {
    exposure_.erase({place, p.index});
    for (int topic = 0; topic < kTopics; ++topic) counts_.erase({topic, place, p.index});
  }
  void forget_after(const Period& p) {
    std::erase_if(counts_, [&](const auto& c) { return std::get<2>(c.first) > p.index; });
    std::erase_if(exposure_, [&](const auto& c) { return std::get<1>(c.first) > p.index; });
  }
  [[nodiscard]] Material material() const {
    Material m;
    const auto at = [](int index) { return Period{Period::Unit::kMonth, index}; };
    for (const auto& [key, n] : counts_)
      if (n > 0)
        m.counts.push_back(
            {"t" + std::to_string(std::get<0>(key)), name(std::get<1>(key)), at(std::get<2>(key)), n, 1});
    for (const auto& [key, n] : exposure_) m.coverage.push_back({name(std::get<0>(key)), at(std::get<1>(key)), n, 2});
    return m;
  }
  static std::string name(int place) { return "xã " + std::string(1, static_cast<char>('A' + place)); }

 private:
  int poisson(double mean) {
    double product = 1;
    int n = -1;
    for (const double limit = std::exp(-mean); product > limit; ++n) {
      state_ ^= state_ << 13, state_ ^= state_ >> 7, state_ ^= state_ << 17;
      product *= static_cast<double>(state_ >> 11) * 0x1p-53;
    }
    return n;
  }
  std::uint64_t state_;
  std::map<std::tuple<int, int, int>, int> counts_;
  std::map<std::tuple<int, int>, int> exposure_;
};

ConcernReport judged(const Province& province, const std::string& period) {
  auto report = concern::judge(province.material(), taxonomy(), {.period = month(period)});
  REQUIRE_MESSAGE(report, report.error().message());
  return *report;
}

const Concern* find(const ConcernReport& report, const std::string& topic) {
  for (const Concern& c : report.concerns)
    if (c.topic == topic) return &c;
  return nullptr;
}

}  // namespace

TEST_CASE("a rise everywhere is one concern of the whole archive") {
  Province province(1);
  for (int i = 0; i < 22; ++i) province.add(2, i % kPlaces, month("2026-06"), 1);
  const ConcernReport report = judged(province, "2026-06");
  const Concern* c = find(report, "t2");
  REQUIRE(c);
  CHECK(c->places.empty());
  CHECK(c->since == month("2026-06"));
  CHECK(c->observed > c->upper);
  CHECK(c->expected > c->lower);
  CHECK(c->ratio == doctest::Approx(c->observed / c->expected));
  CHECK(report.concerns.front().topic == "t2");
  CHECK(std::count_if(report.concerns.begin(), report.concerns.end(),
                      [](const Concern& d) { return d.topic == "t2"; }) == 1);
}

TEST_CASE("a rise in two places names them together, however it shows in the whole") {
  Province province(2);
  for (const auto& [period, n] : {std::pair("2026-08", 9), std::pair("2026-09", 8), std::pair("2026-10", 8)})
    for (int place : {0, 7}) province.add(4, place, month(period), n);
  const Concern* c = nullptr;
  const ConcernReport september = judged(province, "2026-09");
  c = find(september, "t4");
  REQUIRE(c);
  CHECK(c->places == std::vector<std::string>{"xã A", "xã H"});
  CHECK(c->since == month("2026-08"));
  CHECK(september.table[4][0] + september.table[4][7] == c->observed);
}

TEST_CASE("a creeping rise is found and dated to its beginning") {
  Province province(3);
  const int rise[] = {4, 8, 12, 15, 17};
  for (int m = 0; m < 5; ++m)
    for (int i = 0; i < rise[m]; ++i) province.add(6, (i * 4 + m) % kPlaces, month("2026-04").next(m), 1);
  const ConcernReport report = judged(province, "2026-08");
  const Concern* c = find(report, "t6");
  REQUIRE(c);
  CHECK(c->places.empty());
  CHECK(c->since >= month("2026-04"));
  CHECK(c->since <= month("2026-06"));
}

TEST_CASE("three times as many reports of the same mixture are no concern") {
  Province province(4);
  province.usual(month("2026-05"));
  province.usual(month("2026-05"));
  CHECK(judged(province, "2026-05").concerns.empty());
}

TEST_CASE("a quiet archive raises few alarms") {
  std::size_t concerns = 0, reports = 0;
  for (std::uint64_t seed = 10; seed < 16; ++seed) {
    const Province province(seed);
    for (const char* period : {"2026-03", "2026-07", "2026-10"})
      concerns += judged(province, period).concerns.size(), ++reports;
  }
  MESSAGE(concerns << " concerns in " << reports << " quiet periods");
  CHECK(concerns <= 4);  // 10 % of periods, and luck
}

TEST_CASE("nothing after the judged period is looked at") {
  Province province(5);
  for (int i = 0; i < 22; ++i) province.add(2, i % kPlaces, month("2026-06"), 1);
  const std::string with = render_jsonl(judged(province, "2026-06"));
  province.forget_after(month("2026-06"));
  CHECK(render_jsonl(judged(province, "2026-06")) == with);
}

TEST_CASE("what comes with every Tết is not news") {
  Province province(6);
  const auto season = [&](const char* period, int n) {
    for (int i = 0; i < n; ++i) province.add(8, (i * 2) % kPlaces, month(period), 1);
  };
  season("2025-01", 26);
  const ConcernReport unprepared = judged(province, "2025-01");
  CHECK(unprepared.false_alarms.tests == 0);  // two months of history
  season("2026-02", 26);
  CHECK(find(judged(province, "2026-02"), "t8") == nullptr);
  Province other(6);
  for (int i = 0; i < 26; ++i) other.add(8, (i * 2) % kPlaces, month("2026-02"), 1);
  CHECK(find(judged(other, "2026-02"), "t8") != nullptr);
}

TEST_CASE("the effect of Tết needs a Tết to learn from and forgets what is judged") {
  Series series{.counts = std::vector<double>(16, 5), .exposure = std::vector<double>(16, 50), .log_effects = {}};
  series.counts[2] = 20;  // January 2025
  const auto effects = concern::tet_effects(series, month("2024-11"));
  REQUIRE(effects.size() == 16);
  CHECK(effects[15] > 0.5);  // February 2026
  CHECK(effects[8] == 0);
  series.counts[15] = 500;
  CHECK(concern::tet_effects(series, month("2024-11")) == effects);
  series.counts.resize(10);
  series.exposure.resize(10);
  CHECK(concern::tet_effects(series, month("2024-03")).empty());
}

TEST_CASE("silence is told apart from having nothing to say") {
  Province province(7);
  province.silence(3, month("2026-09"));
  province.silence(3, month("2026-10"));
  const ConcernReport report = judged(province, "2026-10");
  const PlaceCoverage& c = report.coverage[3];
  CHECK(c.place == "xã D");
  CHECK(c.silent);
  CHECK(c.last_reported == month("2026-08"));
  CHECK(std::count_if(report.coverage.begin(), report.coverage.end(), [](const auto& p) { return p.silent; }) == 1);
  CHECK(report.false_alarms.tests == kTopics + kTopics * (kPlaces - 1));
}

TEST_CASE("the last complete period") {
  std::vector<Coverage> coverage;
  for (int i = 0; i < 6; ++i) coverage.push_back({"xã A", month("2026-01").next(i), 30, i == 5 ? 4 : 10});
  CHECK(*concern::last_complete(coverage, Period::Unit::kMonth) == month("2026-05"));
  coverage.back().reports = 5;
  CHECK(*concern::last_complete(coverage, Period::Unit::kMonth) == month("2026-06"));
  CHECK(concern::last_complete({}, Period::Unit::kMonth).error().code == ErrorCode::kEmpty);
}

TEST_CASE("Benjamini and Hochberg's own example") {
  // Their table of 1995: 15 tests, at 5 % four are rejected.
  const std::vector<double> p{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                              0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0};
  CHECK(concern::control_false_discoveries(p, 0.05) == 0.0095);
  CHECK(concern::control_false_discoveries({0.5, 0.9}, 0.1) == 0);
  CHECK(concern::control_false_discoveries({}, 0.1) == 0);
}

TEST_CASE("unfit options and absent periods are refused with a remedy") {
  const Material material = Province(8).material();
  const auto code = [&](const ConcernOptions& options) {
    return concern::judge(material, taxonomy(), options).error().code;
  };
  CHECK(code({.alpha = 0}) == ErrorCode::kInvalidArgument);
  CHECK(code({.fdr = 1}) == ErrorCode::kInvalidArgument);
  CHECK(code({.evidence = -1}) == ErrorCode::kInvalidArgument);
  CHECK(code({.period = *Period::parse("2026-Q1")}) == ErrorCode::kInvalidArgument);
  const auto absent = concern::judge(material, taxonomy(), {.period = month("2027-01")});
  REQUIRE_FALSE(absent);
  CHECK(absent.error().code == ErrorCode::kNotFound);
  CHECK(absent.error().remedy == "it reaches from 2024-11 to 2026-10");
  CHECK(concern::judge({}, taxonomy(), {}).error().code == ErrorCode::kEmpty);
}
