#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "concern/judge.hpp"
#include "places.hpp"
#include "space_time.hpp"

using namespace duluan;
using concern::Material;

namespace {

const space_time::Shape kShape{.provinces = 1, .districts = 2, .communes = 4, .topics = 6, .months = 24};

Period month(int t) { return Period::containing(Period::Unit::kMonth, 2021, 1, 1).next(t); }

Material until(Material material, const Period& last) {
  std::erase_if(material.counts, [&](const Count& c) { return c.period > last; });
  std::erase_if(material.coverage, [&](const Coverage& c) { return c.period > last; });
  return material;
}

Backtest replayed(const Material& material, const BacktestRange& range, const std::vector<KnownEvent>& events = {}) {
  ConcernOptions options;
  options.gazetteer = &released_gazetteer();
  auto past = concern::replay(material, space_time::taxonomy(kShape.topics), options, range, events);
  REQUIRE_MESSAGE(past, past.error().message());
  return std::move(*past);
}

}  // namespace

TEST_CASE("later periods change nothing that was flagged before them") {
  const auto map = space_time::map_of(released_gazetteer(), kShape);
  const Material all = space_time::material(map, kShape, {map.members[0], 8, 3}, 3);
  const BacktestRange range{.from = month(16), .to = month(21)};
  const Backtest with = replayed(all, range), without = replayed(until(all, month(21)), range);
  REQUIRE(with.periods.size() == 6);
  REQUIRE(without.periods.size() == 6);
  CHECK(with.flags > 0);
  for (std::size_t i = 0; i < with.periods.size(); ++i)
    CHECK(render_jsonl(with.periods[i].report) == render_jsonl(without.periods[i].report));
  // And something later that is anything but usual.
  Material flooded = all;
  for (const std::string& name : map.names) flooded.counts.push_back({"t3", name, month(22), 500, 1, 1});
  for (const std::string& name : map.names) flooded.coverage.push_back({name, month(22), 500, 1});
  const Backtest before = replayed(flooded, range);
  for (std::size_t i = 0; i < with.periods.size(); ++i)
    CHECK(render_jsonl(with.periods[i].report) == render_jsonl(before.periods[i].report));
}

TEST_CASE("events are found in their time and at their place, the rest is false") {
  const auto map = space_time::map_of(released_gazetteer(), kShape);
  const Material all = space_time::material(map, kShape, {{map.members[0][1]}, 14, 2}, 8);
  std::vector<KnownEvent> events{{"t0", {map.names[map.members[0][1]]}, month(22), month(23), ""},
                                 {"t0", {map.names[map.members[1][0]]}, month(22), month(23), ""},
                                 {"t0", {}, month(2), month(3), ""}};
  const Backtest past = replayed(all, {.from = month(20), .to = month(23)}, events);
  CHECK(past.judged == 4);
  REQUIRE(past.outcomes.size() == 3);
  CHECK(past.outcomes[0].found == month(22));
  CHECK(past.outcomes[0].delay == 0);
  CHECK(past.outcomes[0].located);
  CHECK(past.outcomes[0].replayed);
  CHECK_FALSE(past.outcomes[1].found);
  CHECK_FALSE(past.outcomes[2].replayed);
  CHECK(past.flags == past.outcomes[0].periods + past.false_flags);
  events.clear();
  const Backtest unknown = replayed(all, {.from = month(20), .to = month(23)});
  CHECK(unknown.flags == past.flags);
  CHECK(unknown.false_flags == unknown.flags);
}

TEST_CASE("the range begins where there is a history and must hold something") {
  const auto map = space_time::map_of(released_gazetteer(), kShape);
  const Material all = until(space_time::material(map, kShape, {}, 4), month(8));
  CHECK(replayed(all, {}).periods.front().report.period == month(5));
  CHECK(concern::replay(all, space_time::taxonomy(6), {}, {.from = month(30), .to = month(31)}, {}).error().code ==
        ErrorCode::kEmpty);
  CHECK(concern::replay({}, space_time::taxonomy(6), {}, {}, {}).error().code == ErrorCode::kEmpty);
}
