// The judged period: how surprising every topic is in the whole archive, in its areas and in its places.
#include <algorithm>

#include "concern/judge.hpp"

namespace duluan::concern {
namespace {

// A cluster is a second look at the places: the two share what one level has.
const std::vector<int> kGroups{0, 1, 2, 3, 3};

Result<double> surprise(const Series& series, const Judge& judge, const Pool& pool) {
  auto findings = detect(series, series.counts.size() - 1, judge.detector, pool);
  if (!findings) return findings.error();
  const Finding& f = findings->front();
  return f.verdict == Verdict::kNoVerdict ? kUntested : f.p_value;
}

// Opinions of no known place are no cell.
bool tested(const Judge& judge, std::size_t place) {
  const Cells& cells = *judge.cells;
  return !cells.places()[place].empty() && cells.exposure(place, cells.periods() - 1) > 0 &&
         cells.history(place) >= judge.detector.minimum_history;
}

}  // namespace

// A cell without opinions cannot surprise: its p-value is known to be large without fitting.
Result<Surprises> Judge::surprises() const {
  Surprises all;
  for (std::size_t topic = 0; topic < cells->topics().size(); ++topic) {
    for (const Area& area : areas.nodes) {
      auto p = surprise(cells->series(topic, area.places), *this, sums);
      if (!p) return p.error();
      all.nodes.push_back(*p);
    }
    for (std::size_t place = 0; place < cells->places().size(); ++place) {
      all.cells.push_back(tested(*this, place) ? 1 : kUntested);
      if (all.cells.back() == kUntested || cells->count(topic, place) == 0) continue;
      auto cell = surprise(cells->series(topic, std::span(&place, 1)), *this, pool);
      if (!cell) return cell.error();
      all.cells.back() = *cell;
    }
    if (!has_neighbours()) continue;
    auto found = cluster(topic);
    if (!found) return found.error();
    all.clusters.push_back(std::move(*found));
  }
  return all;
}

bool Judge::has_neighbours() const {
  return std::any_of(areas.neighbours.begin(), areas.neighbours.end(), [](const auto& list) { return !list.empty(); });
}

Control Judge::controlled(const Surprises& all) const {
  std::vector<LevelTests> topics(cells->topics().size(), LevelTests(kAllLevels));
  const std::size_t nodes = areas.nodes.size(), places = cells->places().size();
  for (std::size_t topic = 0; topic < topics.size(); ++topic) {
    for (std::size_t node = 0; node < nodes; ++node)
      if (const double p = all.nodes[topic * nodes + node]; p != kUntested)
        topics[topic][static_cast<std::size_t>(areas.nodes[node].level)].push_back(p);
    for (std::size_t place = 0; place < places; ++place)
      if (const double p = all.cells[topic * places + place]; p != kUntested) topics[topic][kPlaceLevel].push_back(p);
    if (!all.clusters.empty()) topics[topic][kClusterLevel].push_back(all.clusters[topic].p_value);
  }
  return control(topics, detector.alpha, fdr, kGroups);
}

}  // namespace duluan::concern
