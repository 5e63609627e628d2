#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "concern/judge.hpp"
#include "places.hpp"
#include "space_time.hpp"

using namespace duluan;

namespace {

const space_time::Shape kShape{.topics = 4, .months = 24};  // 24 communes in 6 districts of 2 provinces

const space_time::Map& map() {
  static const space_time::Map made = space_time::map_of(released_gazetteer(), kShape);
  return made;
}

ConcernReport judged(const space_time::Surge& surge, std::uint64_t seed, ConcernOptions options = {}) {
  options.gazetteer = &released_gazetteer();
  auto report =
      concern::judge(space_time::material(map(), kShape, surge, seed), space_time::taxonomy(kShape.topics), options);
  REQUIRE_MESSAGE(report, report.error().message());
  return std::move(*report);
}

// The concerns of the topic that surged.
std::vector<Concern> surged(const ConcernReport& report) {
  std::vector<Concern> found;
  for (const Concern& c : report.concerns)
    if (c.topic == "t0") found.push_back(c);
  return found;
}

// Of `seeds` archives, in how many the surge was one concern with just these places.
int told_right(const std::vector<std::size_t>& places, double strength, const std::string& area) {
  std::vector<std::string> names;
  for (const std::size_t place : places) names.push_back(map().names[place]);
  std::sort(names.begin(), names.end());
  if (places.size() == map().names.size()) names.clear();
  int right = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    auto found = surged(judged({places, strength, 1}, seed));
    if (found.size() != 1) continue;
    std::sort(found.front().places.begin(), found.front().places.end());
    right += found.front().places == names && found.front().area == area ? 1 : 0;
  }
  return right;
}

}  // namespace

TEST_CASE("a surge is one concern at the level where it lives") {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < map().names.size(); ++i) all.push_back(i);
  const std::vector<std::size_t> province(all.begin(), all.begin() + 12);
  const int whole = told_right(all, 12, ""), one = told_right(province, 12, map().provinces[0]),
            district = told_right(map().members[1], 12, map().districts[map().members[1][0]]),
            place = told_right({map().members[1][2]}, 18, "");
  MESSAGE(whole << ", " << one << ", " << district << ", " << place << " of 8: whole, province, district, place");
  CHECK(whole >= 7);
  CHECK(one >= 5);
  CHECK(district >= 5);
  CHECK(place >= 5);
}

TEST_CASE("places that border on each other rise together, those far apart are not a cluster") {
  // Too little in each place to be flagged alone. Neighbours by the file's pairs, across districts.
  const std::size_t a = map().members[0][0], b = map().members[1][0], c = map().members[1][1];
  int with = 0, without = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    ConcernOptions options;
    options.neighbours = {{map().names[a], map().names[b]}, {map().names[b], map().names[c]}};
    const auto found = surged(judged({{a, b, c}, 5, 3}, seed, options));
    with += std::any_of(found.begin(), found.end(), [](const Concern& f) { return f.cluster_periods > 0; }) ? 1 : 0;
    options.neighbours = {{map().names[a], map().names[20]}, {map().names[b], map().names[22]}};
    const auto apart = surged(judged({{a, b, c}, 5, 3}, seed, options));
    without += std::any_of(apart.begin(), apart.end(), [](const Concern& f) { return f.cluster_periods > 0; }) ? 1 : 0;
  }
  MESSAGE(with << " of 8 told as clusters; with other pairs " << without);
  CHECK(with >= 5);
  CHECK(without <= 2);
}

TEST_CASE("the tree is that of the gazetteer, neighbours those of a district") {
  concern::PlaceNames names(&released_gazetteer(), map().names);
  const auto areas = concern::areas_of(map().names, 19000, names, {});
  REQUIRE(areas.nodes.size() == 1 + 2 + 6);
  CHECK(areas.nodes[0].places.size() == 24);
  CHECK(areas.nodes[0].direct.empty());
  CHECK(areas.nodes[0].below.size() == 2);
  for (std::size_t node = 1; node < 3; ++node) {
    CHECK(areas.nodes[node].level == 1);
    CHECK(areas.nodes[node].places.size() == 12);
    CHECK(areas.nodes[node].below.size() == 3);
    CHECK(areas.nodes[node].direct.empty());
  }
  for (std::size_t node = 3; node < 9; ++node) CHECK(areas.nodes[node].direct.size() == 4);
  CHECK(areas.neighbours[0].size() == 3);
  concern::PlaceNames nobody(nullptr, {});
  const auto flat =
      concern::areas_of({"tỉnh Lam Châu", "xã An Trầm", "xã Hạ Lam"}, 20400, nobody, {{"xã An Trầm", "xã Hạ Lam"}});
  CHECK(flat.nodes.size() == 1);
  CHECK(flat.province == std::vector<bool>{true, false, false});
  CHECK(flat.neighbours[2] == std::vector<std::size_t>{1});
}

TEST_CASE("the archive's own rate of false alarms is the same each time, and follows the level") {
  ConcernOptions options{.null_periods = 12};
  const FalseAlarmLevel level = judged({}, 3, options).false_alarms, again = judged({}, 3, options).false_alarms;
  CHECK(level.null_periods == 12);
  CHECK(level.null_flags == again.null_flags);
  CHECK(level.null_flags <= 1);
  options.fdr = 0.9;
  options.alpha = 0.1;
  CHECK(judged({}, 3, options).false_alarms.null_flags > level.null_flags);
  CHECK(judged({}, 3).false_alarms.null_periods == 0);
}
