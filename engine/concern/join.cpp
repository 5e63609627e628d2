// The flagged cells of one topic as one concern: where it lives, since when, how much.
#include <algorithm>

#include "concern/judge.hpp"

namespace duluan::concern {
namespace {

// Goes back from the last point over unusual periods; those without reports interrupt nothing.
Period run_start(const std::vector<SeriesPoint>& points) {
  Period since = points.back().period;
  for (std::size_t i = points.size() - 1; i-- > 0;) {
    if (!points[i].reported) continue;
    if (!points[i].judged || points[i].p_value >= kUnusual) break;
    since = points[i].period;
  }
  return since;
}

std::vector<std::string> names(const Cells& cells, const std::vector<std::size_t>& places) {
  std::vector<std::string> all;
  all.reserve(places.size());
  for (std::size_t place : places) all.push_back(cells.places()[place]);
  return all;
}

}  // namespace

Result<std::vector<SeriesPoint>> Judge::points(const Series& series, const Pool& of, std::size_t most) const {
  const std::size_t n = series.counts.size();
  std::vector<SeriesPoint> points;
  for (std::size_t t = n > most ? n - most : 0; t < n; ++t) {
    Series until = series;  // each period as it was judged in its time
    until.counts.resize(t + 1);
    until.exposure.resize(t + 1);
    if (!until.log_effects.empty()) until.log_effects.resize(t + 1);
    const auto findings = detect(until, t, detector, of);
    if (!findings) return findings.error();
    const Finding& f = findings->front();
    points.push_back({.period = cells->period(t),
                      .observed = static_cast<int>(f.observed),
                      .reported = series.exposure[t] > 0,
                      .judged = f.verdict != Verdict::kNoVerdict,
                      .expected = f.expected,
                      .lower = f.lower,
                      .upper = f.upper,
                      .p_value = f.p_value});
  }
  return points;
}

Result<Concern> Judge::join(std::size_t topic, const Home& home) const {
  const Area& area = areas.nodes[home.node];
  const bool whole = home.broad && home.node == 0;
  Concern concern;
  concern.topic = cells->topics()[topic].id;
  concern.area = home.broad ? area.name : "";
  (home.broad ? concern.strongest : concern.places) = names(*cells, home.places);
  if (home.broad && !whole) concern.places = names(*cells, area.places);
  auto points = this->points(cells->series(topic, home.broad ? area.places : home.places),
                             home.broad || home.places.size() > 1 ? sums : pool, kChartPeriods);
  if (!points) return points.error();
  const SeriesPoint& last = points->back();
  concern.since = run_start(*points);
  concern.observed = last.observed;
  concern.expected = last.expected;
  concern.lower = last.lower;
  concern.upper = last.upper;
  concern.ratio = last.expected > 0 ? last.observed / last.expected : 0;
  concern.p_value = home.p_value;
  concern.flagged_by = home.flagged_by;
  concern.threshold = home.threshold;
  if (home.cluster) {
    concern.cluster_p_value = home.cluster->p_value;
    concern.cluster_periods = static_cast<int>(home.cluster->periods);
  }
  concern.series = std::move(*points);
  return concern;
}

}  // namespace duluan::concern
