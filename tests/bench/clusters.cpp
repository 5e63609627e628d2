// Power of the scan over neighbouring places against the temporal detector at equal false alarms.
//
//     duluan_clusters_bench [NULL_ARCHIVES=200] [ARCHIVES=300]
//
// A topic's figure is its smallest p-value: `places` over its places each by its own past, `temporal` over the levels
// places, districts, provinces, whole with equal shares (what is judged without neighbours), `cluster` of the scan,
// `both` of the two with equal shares. Thresholds are the 1 % and 5 % points of topics without a surge.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "concern/judge.hpp"
#include "space_time.hpp"

namespace {

using namespace duluan;

enum Figure : std::size_t { kPlaces, kTemporal, kCluster, kBoth, kFigures };
constexpr std::array<const char*, kFigures> kNames{"places", "temporal", "cluster", "both"};
using Figures = std::array<double, kFigures>;

class Bench {
 public:
  Bench(const Gazetteer& gazetteer, double mean)
      : shape_{.mean = mean},
        map_(space_time::map_of(gazetteer, shape_)),
        taxonomy_(space_time::taxonomy(shape_.topics)) {
    options_.gazetteer = &gazetteer;
    const auto cells = this->cells({}, 1);
    auto learnt = concern::learn(cells, options_);
    if (learnt) pool_ = learnt->pool, sums_ = learnt->sums;
  }

  [[nodiscard]] concern::Cells cells(const space_time::Surge& surge, std::uint64_t seed) const {
    return {space_time::material(map_, shape_, surge, seed), taxonomy_,
            Period::containing(Period::Unit::kMonth, 2021, 1, 1).next(shape_.months - 1)};
  }

  // The first `topics` of an archive. All have the tree and the pool of the first.
  [[nodiscard]] std::vector<Figures> figures(const space_time::Surge& surge, std::uint64_t seed,
                                             std::size_t topics) const {
    const concern::Cells all = cells(surge, seed);
    concern::PlaceNames names(options_.gazetteer, all.places());
    const concern::Judge judge{&all,
                               concern::areas_of(all.places(), all.period(0).days_since_epoch(), names, {}),
                               options_.fdr,
                               pool_,
                               sums_,
                               {},
                               {}};
    std::vector<Figures> found;
    for (std::size_t topic = 0; topic < topics; ++topic) found.push_back(figures(judge, topic));
    return found;
  }

  [[nodiscard]] const space_time::Map& map() const { return map_; }

 private:
  static double judged(const concern::Judge& judge, const Series& series, const Pool& pool) {
    const auto findings = detect(series, series.counts.size() - 1, judge.detector, pool);
    return findings && findings->front().verdict != Verdict::kNoVerdict ? findings->front().p_value : 1;
  }

  static Figures figures(const concern::Judge& judge, std::size_t topic) {
    std::array<double, concern::kAllLevels> least{}, tests{};
    least.fill(1);
    const auto add = [&](std::size_t level, double p) {
      least[level] = std::min(least[level], p);
      ++tests[level];
    };
    for (const auto& area : judge.areas.nodes)
      add(static_cast<std::size_t>(area.level), judged(judge, judge.cells->series(topic, area.places), judge.sums));
    for (std::size_t place = 0; place < judge.cells->places().size(); ++place)
      add(concern::kPlaceLevel, judged(judge, judge.cells->series(topic, std::span(&place, 1)), judge.pool));
    const auto cluster = judge.cluster(topic);
    Figures f{};
    f[kPlaces] = least[concern::kPlaceLevel] * tests[concern::kPlaceLevel];
    f[kTemporal] = 1e9;
    for (std::size_t level = 0; level <= concern::kPlaceLevel; ++level)
      if (tests[level] > 0) f[kTemporal] = std::min(f[kTemporal], least[level] * tests[level]);
    f[kCluster] = cluster ? cluster->p_value : 1;
    f[kBoth] = std::min(f[kTemporal], f[kCluster]);
    return f;
  }

  space_time::Shape shape_;
  space_time::Map map_;
  Taxonomy taxonomy_;
  ConcernOptions options_;
  Pool pool_ = Pool::standard(), sums_ = Pool::standard();
};

double quantile(std::vector<Figures> all, std::size_t figure, double share) {
  std::sort(all.begin(), all.end(), [&](const Figures& a, const Figures& b) { return a[figure] < b[figure]; });
  return all[static_cast<std::size_t>(share * static_cast<double>(all.size()))][figure];
}

}  // namespace

int main(int argc, char** argv) {
  const int nulls = argc > 1 ? std::atoi(argv[1]) : 200, archives = argc > 2 ? std::atoi(argv[2]) : 300;
  const auto gazetteer = Gazetteer::load(DULUAN_SOURCE_DIR "/corpora/places");
  if (!gazetteer) return 1;
  std::printf("mean;places in surge;months;false alarms;places;temporal;cluster;both\n");
  for (const double mean : {0.3, 1.0}) {
    const Bench bench(*gazetteer, mean);
    std::vector<Figures> quiet;
    for (int i = 0; i < nulls; ++i)
      for (const Figures& f : bench.figures({}, 10000 + static_cast<unsigned>(i), 12)) quiet.push_back(f);
    std::printf(
        "%.1f;0;;share of cluster p-values below 0.01 and 0.05: %.4f %.4f\n", mean,
        static_cast<double>(std::count_if(quiet.begin(), quiet.end(), [](auto& f) { return f[kCluster] < 0.01; })) /
            static_cast<double>(quiet.size()),
        static_cast<double>(std::count_if(quiet.begin(), quiet.end(), [](auto& f) { return f[kCluster] < 0.05; })) /
            static_cast<double>(quiet.size()));
    for (const std::size_t size : {1U, 2U, 3U})
      for (const int months : {1, 3}) {
        const auto& members = bench.map().members[1];
        const space_time::Surge surge{
            {members.begin(), members.begin() + static_cast<std::ptrdiff_t>(size)}, months == 1 ? 6.0 : 3.5, months};
        std::vector<Figures> risen;
        for (int i = 0; i < archives; ++i)
          risen.push_back(bench.figures(surge, 50000 + static_cast<unsigned>(i), 1).front());
        for (const double rate : {0.01, 0.05}) {
          std::printf("%.1f;%zu;%d;%.2f", mean, size, months, rate);
          for (std::size_t figure = 0; figure < kFigures; ++figure) {
            const double threshold = quantile(quiet, figure, rate);
            const auto found =
                std::count_if(risen.begin(), risen.end(), [&](auto& f) { return f[figure] < threshold; });
            std::printf(";%.3f", static_cast<double>(found) / archives);
          }
          std::printf("\n");
          std::fflush(stdout);
        }
      }
  }
}
