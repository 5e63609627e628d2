#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "concern/judge.hpp"
#include "concern/rebase.hpp"
#include "places.hpp"
#include "space_time.hpp"

using namespace duluan;
using concern::Material;
using concern::PlaceNames;
using concern::Rebased;

namespace {

const Period kBefore = *Period::parse("2025-06"), kAfter = *Period::parse("2025-07");

std::string full(PlaceId id) {
  std::vector<PlaceId> above;
  released_gazetteer().ancestors(id, above);
  std::string name = released_gazetteer().full_name(id);
  for (const PlaceId up : above) name += ", " + released_gazetteer().full_name(up);
  return name;
}

// Communes of the map that the filter lets pass, spread over the country.
template <typename Filter>
std::vector<PlaceId> communes(bool after, std::size_t step, const Filter& filter) {
  std::vector<PlaceId> found;
  std::size_t seen = 0;
  std::vector<PlaceShare> shares;
  for (std::size_t i = 0; i < released_gazetteer().size(); ++i) {
    const PlaceId id{static_cast<std::uint16_t>(i)};
    const Place place = released_gazetteer().place(id);
    if (place.level != PlaceLevel::kCommune || place.after != after) continue;
    if (after) released_gazetteer().predecessors(id, shares);
    else released_gazetteer().successors(id, shares);
    if (filter(shares) && seen++ % step == 0) found.push_back(id);
  }
  return found;
}

// Two years around the merger, all under the names given.
Material around(const std::vector<std::string>& names, std::uint64_t seed) {
  Draw random{std::mt19937_64(seed)};
  Material material;
  for (int t = -12; t < 12; ++t)
    for (const std::string& name : names) {
      const Period month = kAfter.next(t);
      int all = 0, most = 0;
      for (const char* topic : {"a", "b", "c"}) {
        const int n = static_cast<int>(random.count(1.2, 1.5));
        if (n > 0) material.counts.push_back({topic, name, month, n, 1, 1});
        all += n, most = std::max(most, n);
      }
      all = std::max(most, all - 1);  // an opinion may have several topics
      if (all > 0) material.coverage.push_back({name, month, all, 1});
    }
  return material;
}

std::vector<std::string> names_of(const Material& material) {
  std::set<std::string> names;
  for (const Coverage& c : material.coverage) names.insert(c.place);
  return {names.begin(), names.end()};
}

Rebased rebased(const Material& material, bool after) {
  PlaceNames names(&released_gazetteer(), names_of(material));
  return concern::rebase(material, after, kAfter.next(11), names);
}

std::map<std::pair<std::string, Period>, int> totals(const Material& material) {
  std::map<std::pair<std::string, Period>, int> sums;
  for (const Count& c : material.counts) sums[{c.topic, c.period}] += c.opinions;
  for (const Coverage& c : material.coverage) sums[{"", c.period}] += c.opinions;
  return sums;
}

std::set<std::tuple<std::string, std::string, Period, int>> rows(const Material& material) {
  std::set<std::tuple<std::string, std::string, Period, int>> all;
  for (const Count& c : material.counts) all.insert({c.topic, c.place, c.period, c.opinions});
  for (const Coverage& c : material.coverage) all.insert({"", c.place, c.period, c.opinions});
  return all;
}

std::vector<std::string> full_names(const std::vector<PlaceId>& ids) {
  std::vector<std::string> names;
  for (const PlaceId id : ids) names.push_back(full(id));
  return names;
}

bool split(const std::vector<PlaceShare>& shares) { return shares.size() > 1; }

}  // namespace

TEST_CASE("totals of every topic and period are preserved, both ways, whatever was split") {
  const auto old_names = full_names(communes(false, 12, split));
  const auto new_names = full_names(communes(true, 100, split));
  REQUIRE(old_names.size() > 30);
  REQUIRE(new_names.size() > 20);
  const Material before = around(old_names, 1), after = around(new_names, 2);
  const Rebased forth = rebased(before, true), back = rebased(after, false);
  CHECK(forth.reform.split > 20);
  CHECK(back.reform.split > 15);
  CHECK(totals(forth.material) == totals(before));
  CHECK(totals(back.material) == totals(after));
  for (const Rebased* told : {&forth, &back}) {
    std::map<std::pair<std::string, Period>, int> room;
    for (const Coverage& c : told->material.coverage) room[{c.place, c.period}] = c.opinions;
    for (const Count& c : told->material.counts) CHECK(c.opinions <= room[{c.place, c.period}]);
  }
}

TEST_CASE("what became of one by one comes back the same") {
  // Communes that went whole into one that nothing else went into; its name must not be another's before.
  std::vector<PlaceShare> shares, parts;
  PlaceNames names(&released_gazetteer(), {});
  std::vector<PlaceId> alone;
  for (const PlaceId id : communes(false, 1, [](const std::vector<PlaceShare>& s) { return s.size() == 1; })) {
    released_gazetteer().successors(id, shares);
    const PlaceId became = shares.front().unit;
    released_gazetteer().predecessors(became, parts);
    const auto read = names.unit(full(became), kBefore.days_since_epoch());
    if (parts.size() == 1 && read && (*read == id || *read == became)) alone.push_back(id);
  }
  REQUIRE(alone.size() > 100);
  Material material = around(full_names(alone), 3);
  const Rebased forth = rebased(material, true);
  CHECK(forth.reform.split == 0);
  CHECK(forth.reform.places > 0);
  const Rebased back = rebased(forth.material, false);
  CHECK(totals(back.material) == totals(material));
  CHECK(rows(back.material) == rows(material));
}

TEST_CASE("a split commune's opinions follow its weights") {
  const auto communes_split =
      communes(false, 1, [](const std::vector<PlaceShare>& shares) { return shares.size() == 3; });
  REQUIRE_FALSE(communes_split.empty());
  std::vector<PlaceShare> shares;
  released_gazetteer().successors(communes_split.front(), shares);
  Material material;
  for (int t = -12; t < 0; ++t) {
    material.counts.push_back({"a", full(communes_split.front()), kAfter.next(t), 1, 1, 1});
    material.coverage.push_back({full(communes_split.front()), kAfter.next(t), 5, 1});
  }
  const Rebased told = rebased(material, true);
  for (const PlaceShare& share : shares) {
    double got = 0;
    for (const Count& c : told.material.counts) got += c.place == full(share.unit) ? c.opinions : 0;
    CHECK(got == doctest::Approx(12 * share.weight).epsilon(0.25));
  }
  // What comes later changes nothing.
  Material shorter = material;
  shorter.counts.resize(7);
  shorter.coverage.resize(7);
  const auto all = rows(told.material), first = rows(rebased(shorter, true).material);
  for (const auto& row : first) CHECK(all.contains(row));
}

TEST_CASE("a series runs across the merger, and the break is told") {
  // A district's communes before, what they became after; a rise well after the merger.
  const space_time::Shape shape{.provinces = 1, .districts = 2, .communes = 5, .topics = 6, .months = 24};
  const auto map = space_time::map_of(released_gazetteer(), shape);
  Material before = space_time::material(map, shape, {}, 5);
  const int shift = kAfter.index - Period::parse("2021-01")->index - 12;
  for (Count& c : before.counts) c.period = c.period.next(shift);
  for (Coverage& c : before.coverage) c.period = c.period.next(shift);
  Material archive = rebased(before, true).material;
  std::erase_if(archive.counts, [](const Count& c) { return c.period < kAfter; });
  std::erase_if(archive.coverage, [](const Coverage& c) { return c.period < kAfter; });
  for (const Count& c : before.counts)
    if (c.period < kAfter) archive.counts.push_back(c);
  for (const Coverage& c : before.coverage)
    if (c.period < kAfter) archive.coverage.push_back(c);

  const Taxonomy taxonomy = space_time::taxonomy(6);
  ConcernOptions options{.period = kAfter.next(2)};
  const auto blind = concern::judge(archive, taxonomy, options);
  options.gazetteer = &released_gazetteer();
  const auto seeing = concern::judge(archive, taxonomy, options);
  REQUIRE(blind);
  REQUIRE(seeing);
  CHECK(seeing->coverage.size() < blind->coverage.size());
  CHECK(seeing->false_alarms.tests > 6);
  CHECK(blind->false_alarms.tests <= 6 + 6 * 2);  // only the whole, and names that did not change
  CHECK(seeing->reform.places > 0);
  std::size_t breaks = 0;
  for (const SeriesPoint& p : seeing->series[0]) {
    breaks += p.breaks ? 1 : 0;
    CHECK(p.breaks == (p.period == kAfter));
  }
  CHECK(breaks == 1);
  CHECK(render_jsonl(*seeing).find("\"reform\":{\"map\":\"after\"") != std::string::npos);
  CHECK(render_text(*seeing, Language::kEnglish).find("1 July 2025") != std::string::npos);
  options.map = PlaceMap::kBefore;
  const auto backwards = concern::judge(archive, taxonomy, options);
  REQUIRE(backwards);
  CHECK(render_jsonl(*backwards).find("\"reform\":{\"map\":\"before\"") != std::string::npos);
  CHECK(std::any_of(backwards->coverage.begin(), backwards->coverage.end(),
                    [&](const PlaceCoverage& c) { return c.place == map.names.front(); }));
}

TEST_CASE("evidence of a converted place is looked for under its old names") {
  const auto split_units = communes(false, 1, [](const std::vector<PlaceShare>& shares) { return shares.size() == 1; });
  const std::string name = full(split_units.front());
  Material material;
  material.coverage.push_back({name, kAfter, 4, 1});  // an old name goes on being used
  PlaceNames names(&released_gazetteer(), std::vector<std::string>{name});
  const Rebased told = concern::rebase(material, true, kAfter, names);
  REQUIRE(told.material.coverage.size() == 1);
  const auto origins = told.origins.find(told.material.coverage.front().place);
  REQUIRE(origins != told.origins.end());
  CHECK(origins->second == std::vector<std::string>{name});
}
