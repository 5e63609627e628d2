// Where a flagged topic rises. A surge shows in every sum that contains it; it lives at the coarsest level whose rest,
// without what stands out below, still rises.
#include <algorithm>
#include <iterator>
#include <utility>

#include "concern/judge.hpp"

namespace duluan::concern {
namespace {

constexpr double kRestRises = 0.02;  // p-value of the rest below which the rise is broad

constexpr double kHighAlone = 0.2;  // p-value of a place that belongs to a cluster

using Places = std::vector<std::size_t>;

Places without(const Places& all, const Places& some) {
  Places rest;
  std::set_difference(all.begin(), all.end(), some.begin(), some.end(), std::back_inserter(rest));
  return rest;
}

class Locator {
 public:
  Locator(const Judge& judge, std::size_t topic, const Surprises& all)
      : judge_(&judge),
        topic_(topic),
        nodes_(all.nodes.data() + topic * judge.areas.nodes.size()),
        cells_(all.cells.data() + topic * judge.cells->places().size()),
        thresholds_(&judge.flags.thresholds[topic]) {
    if (!all.clusters.empty() && all.clusters[topic].p_value <= (*thresholds_)[kClusterLevel])
      take_cluster(all.clusters[topic]);
  }

  Result<void> locate(std::size_t node) {
    if (!anything_flagged(node)) return {};
    const Places standing = stand_outs(node);
    auto broad = is_broad(node, standing);
    if (!broad) return broad.error();
    if (*broad) {
      Home home{.node = node, .broad = true, .places = named(node)};
      explain(node, standing, home);
      homes_.push_back(std::move(home));
      return {};
    }
    const std::size_t before = homes_.size();
    if (spans_areas(node)) add_places(node, cluster_->units);
    for (std::size_t below : area(node).below)
      if (auto bad = locate(below); !bad.ok()) return bad;
    if (const Places direct = direct_stand_outs(node);
        std::any_of(direct.begin(), direct.end(), [&](std::size_t place) { return place_flagged(place); }))
      add_places(node, direct);
    // The node is flagged, and without these nothing of it is left.
    if (homes_.size() == before) add_places(node, standing);
    return {};
  }

  std::vector<Home> take() { return std::move(homes_); }

 private:
  // A place that is very high makes a cluster with any neighbour that is a little high: then the latter does not
  // belong.
  void take_cluster(Cluster cluster) {
    Places high;
    for (std::size_t place : cluster.units)
      if (cells_[place] < kHighAlone) high.push_back(place);
    if (!high.empty()) cluster.units = std::move(high);
    cluster_ = std::move(cluster);
  }

  [[nodiscard]] const Area& area(std::size_t node) const { return judge_->areas.nodes[node]; }
  [[nodiscard]] bool flagged(std::size_t node) const {
    return nodes_[node] <= (*thresholds_)[static_cast<std::size_t>(area(node).level)];
  }
  [[nodiscard]] bool place_flagged(std::size_t place) const {
    return cells_[place] <= (*thresholds_)[kPlaceLevel] || in_cluster(place);
  }
  [[nodiscard]] bool in_cluster(std::size_t place) const {
    return cluster_ && std::binary_search(cluster_->units.begin(), cluster_->units.end(), place);
  }
  // A cluster of the node that lies in no single area below it.
  [[nodiscard]] bool spans_areas(std::size_t node) const {
    const auto holds = [&](const Places& places) {
      return std::includes(places.begin(), places.end(), cluster_->units.begin(), cluster_->units.end());
    };
    const auto& below = area(node).below;
    return cluster_ && holds(area(node).places) && !holds(area(node).direct) &&
           std::none_of(below.begin(), below.end(), [&](std::size_t n) { return holds(area(n).places); });
  }

  void add_places(std::size_t node, const Places& places) {
    Home home{.node = node, .broad = false, .places = places};
    explain(node, places, home);
    if (std::any_of(places.begin(), places.end(), [&](std::size_t place) { return in_cluster(place); })) {
      auto cluster = std::exchange(cluster_, std::nullopt);  // told once
      if (cluster->units.size() > 1) home.cluster = std::move(cluster);
    }
    homes_.push_back(std::move(home));
  }

  // What is said of the province as such is said of all of it.
  [[nodiscard]] bool nowhere(std::size_t place) const { return judge_->areas.province[place]; }

  [[nodiscard]] bool anything_flagged(std::size_t node) const {
    const auto& below = area(node).below;
    return flagged(node) ||
           std::any_of(area(node).places.begin(), area(node).places.end(), [&](auto p) { return place_flagged(p); }) ||
           std::any_of(below.begin(), below.end(), [&](auto n) { return anything_flagged(n); });
  }

  // The smallest flagged p-value of a node, of what lies below it, and of these places.
  void explain(std::size_t node, const Places& places, Home& home) const {
    const auto consider = [&](double p, std::size_t level, FlaggedBy by) {
      if (p > (*thresholds_)[level] || (home.threshold > 0 && p >= home.p_value)) return;
      home.p_value = p;
      home.threshold = (*thresholds_)[level];
      home.flagged_by = by;
    };
    const auto consider_node = [&](std::size_t n) {
      consider(nodes_[n], static_cast<std::size_t>(area(n).level), n == 0 ? FlaggedBy::kWhole : FlaggedBy::kArea);
    };
    consider_node(node);
    if (home.broad && home.threshold > 0) return;
    for (std::size_t place : places) {
      consider(cells_[place], kPlaceLevel, FlaggedBy::kPlace);
      if (in_cluster(place)) consider(cluster_->p_value, kClusterLevel, FlaggedBy::kCluster);
    }
    for (std::size_t below : area(node).below) consider_node(below);
  }

  // Once a topic is flagged, a place is named with it by Benjamini and Hochberg's procedure among those of its area.
  [[nodiscard]] Places named(std::size_t node) const {
    std::vector<double> p_values;
    for (std::size_t place : area(node).places)
      if (cells_[place] != kUntested) p_values.push_back(cells_[place]);
    const double passing = std::min(judge_->detector.alpha, control_false_discoveries(p_values, judge_->fdr));
    Places places;
    for (std::size_t place : area(node).places)
      if (!nowhere(place) && (cells_[place] <= passing || place_flagged(place))) places.push_back(place);
    return places;
  }

  [[nodiscard]] Places direct_stand_outs(std::size_t node) const {
    Places places;
    const Places& direct = area(node).direct;
    for (std::size_t place : named(node))
      if (std::binary_search(direct.begin(), direct.end(), place)) places.push_back(place);
    return places;
  }

  // Named places, and all places of flagged areas.
  [[nodiscard]] Places stand_outs(std::size_t node) const {
    Places places = named(node);
    for (std::size_t below : area(node).below) add_flagged(below, places);
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
  }
  void add_flagged(std::size_t node, Places& places) const {
    if (flagged(node)) places.insert(places.end(), area(node).places.begin(), area(node).places.end());
    for (std::size_t below : area(node).below) add_flagged(below, places);
  }

  // Whether more than half of the parts stand out: of the areas below where one of them does, else of the places.
  [[nodiscard]] bool most_stand_out(std::size_t node, const Places& standing) const {
    const auto& below = area(node).below;
    const auto risen = std::count_if(below.begin(), below.end(), [&](std::size_t n) { return flagged(n); });
    if (risen > 0) return risen > 1 && static_cast<std::size_t>(risen) * 2 > below.size();
    const Cells& cells = *judge_->cells;
    const auto reporting = std::count_if(area(node).places.begin(), area(node).places.end(), [&](std::size_t place) {
      return cells.exposure(place, cells.periods() - 1) > 0;
    });
    return static_cast<std::ptrdiff_t>(standing.size()) * 2 > reporting;
  }

  [[nodiscard]] Result<bool> is_broad(std::size_t node, const Places& standing) const {
    if (standing.empty() || most_stand_out(node, standing)) return true;
    if (!flagged(node)) return false;
    const Cells& cells = *judge_->cells;
    const auto rest = detect(cells.series(topic_, without(area(node).places, standing)), cells.periods() - 1,
                             judge_->detector, judge_->sums);
    if (!rest) return rest.error();
    return rest->front().verdict != Verdict::kNoVerdict && rest->front().p_value < kRestRises;
  }

  const Judge* judge_;
  std::size_t topic_;
  const double* nodes_;
  const double* cells_;
  const std::vector<double>* thresholds_;
  std::optional<Cluster> cluster_;  ///< if flagged
  std::vector<Home> homes_;
};

}  // namespace

Result<std::vector<Home>> Judge::homes(std::size_t topic, const Surprises& all) const {
  Locator locator(*this, topic, all);
  if (auto bad = locator.locate(0); !bad.ok()) return bad.error();
  return locator.take();
}

}  // namespace duluan::concern
