// How often a surge planted at each level is reported, once, and where; and how many false concerns there are.
//
//     duluan_many_cells_bench [ARCHIVES_A_LEVEL=50] [FDR=0.3] [STRENGTH=6]
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "concern/judge.hpp"
#include "space_time.hpp"

namespace {

using namespace duluan;

struct Level {
  const char* name;
  std::vector<std::size_t> places;
  std::string area;
};

struct Tally {
  int archives = 0, found = 0, once = 0, right = 0, concerns = 0, false_concerns = 0;
  int false_whole = 0, false_area = 0, false_cluster = 0, false_place = 0;
  double false_share = 0;

  void add(const ConcernReport& report, const Level& level, const space_time::Map& map) {
    std::set<std::string> truth;
    for (std::size_t place : level.places) truth.insert(map.names[place]);
    int hits = 0, wrong = 0;
    bool placed = false;
    for (const Concern& c : report.concerns) {
      std::size_t common = 0;
      for (const std::string& place : c.places) common += truth.contains(place) ? 1 : 0;
      const bool whole = c.places.empty();
      if (c.topic != "t0" || truth.empty() || (!whole && common == 0)) {
        ++wrong;
        ++(whole ? false_whole : !c.area.empty() ? false_area : c.cluster_periods > 0 ? false_cluster : false_place);
        continue;
      }
      ++hits;
      const bool everywhere = truth.size() == map.names.size();
      placed = placed || (everywhere ? whole : !whole && c.places.size() == truth.size() && common == truth.size());
    }
    ++archives;
    found += hits > 0 ? 1 : 0;
    once += hits == 1 ? 1 : 0;
    right += hits == 1 && placed ? 1 : 0;
    concerns += static_cast<int>(report.concerns.size());
    false_concerns += wrong;
    false_share +=
        report.concerns.empty() ? 0 : static_cast<double>(wrong) / static_cast<double>(report.concerns.size());
  }
};

}  // namespace

int main(int argc, char** argv) {
  const int archives = argc > 1 ? std::atoi(argv[1]) : 50;
  const double fdr = argc > 2 ? std::atof(argv[2]) : 0.3, strength = argc > 3 ? std::atof(argv[3]) : 6;
  const auto gazetteer = Gazetteer::load(DULUAN_SOURCE_DIR "/corpora/places");
  if (!gazetteer) return 1;
  const space_time::Shape shape;
  const space_time::Map map = space_time::map_of(*gazetteer, shape);
  const Taxonomy taxonomy = space_time::taxonomy(shape.topics);

  std::vector<std::size_t> all, province;
  for (std::size_t i = 0; i < map.names.size(); ++i) all.push_back(i);
  province.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / shape.provinces));
  const std::vector<Level> levels{{"none", {}, ""},
                                  {"whole", all, ""},
                                  {"province", province, map.provinces[0]},
                                  {"district", map.members[1], ""},
                                  {"place", {map.members[1][2]}, ""}};
  std::printf("level;archives;found;once;right place;concerns;false (whole, area, cluster, places);mean share false\n");
  for (const Level& level : levels) {
    Tally tally;
    for (int i = 0; i < archives; ++i) {
      const auto material =
          space_time::material(map, shape, {level.places, strength, 1}, 1000 + static_cast<unsigned>(i));
      ConcernOptions options;
      options.fdr = fdr;
      options.gazetteer = &*gazetteer;
      options.period = Period::containing(Period::Unit::kMonth, 2021, 1, 1).next(shape.months - 1);
      const auto report = concern::judge(material, taxonomy, options);
      if (!report) return std::fprintf(stderr, "%s\n", report.error().message().c_str()), 1;
      tally.add(*report, level, map);
    }
    std::printf("%s;%d;%d;%d;%d;%d;%d (%d %d %d %d);%.3f\n", level.name, tally.archives, tally.found, tally.once,
                tally.right, tally.concerns, tally.false_concerns, tally.false_whole, tally.false_area,
                tally.false_cluster, tally.false_place, tally.false_share / tally.archives);
    std::fflush(stdout);
  }
}
