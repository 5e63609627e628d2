// The flagged cells of one topic as one concern: where it lives, since when, how much.
#include <algorithm>
#include <numeric>

#include "concern/judge.hpp"

namespace duluan::concern {
namespace {

constexpr double kRestRises = 0.05;  // p-value of the rest below which the rise is broad

struct Homes {
  std::vector<std::size_t> places;  ///< that stand out
  std::vector<std::size_t> rest;    ///< everything else, opinions of no known place too
  std::size_t reporting = 0;
};

// Once a topic is flagged, a place needs no more than the plain level to be named with it.
Homes homes(const Cells& cells, const double* p, double level) {
  Homes h;
  for (std::size_t place = 0; place < cells.places().size(); ++place) {
    (p[place] < level ? h.places : h.rest).push_back(place);
    h.reporting += cells.exposure(place, cells.periods() - 1) > 0 ? 1 : 0;
  }
  return h;
}

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

Result<std::vector<SeriesPoint>> Judge::points(const Series& series, std::size_t most) const {
  const std::size_t n = series.counts.size();
  std::vector<SeriesPoint> points;
  for (std::size_t t = n > most ? n - most : 0; t < n; ++t) {
    Series until = series;  // each period as it was judged in its time
    until.counts.resize(t + 1);
    until.exposure.resize(t + 1);
    if (!until.log_effects.empty()) until.log_effects.resize(t + 1);
    const auto findings = detect(until, t, detector, pool);
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

Result<Concern> Judge::join(std::size_t topic, double whole, const double* p) const {
  const std::size_t places = cells->places().size();
  const Homes home = homes(*cells, p, detector.alpha);
  bool broad = home.places.empty() || home.places.size() * 2 > home.reporting;
  if (!broad && whole <= level.whole_threshold) {
    const auto rest = detect(cells->series(topic, home.rest), cells->periods() - 1, detector, pool);
    if (!rest) return rest.error();
    broad = rest->front().verdict != Verdict::kNoVerdict && rest->front().p_value < kRestRises;
  }
  Concern concern;
  concern.topic = cells->topics()[topic].id;
  (broad ? concern.strongest : concern.places) = names(*cells, home.places);
  auto points = this->points(broad ? cells->series(topic) : cells->series(topic, home.places), kChartPeriods);
  if (!points) return points.error();
  const SeriesPoint& last = points->back();
  concern.since = run_start(*points);
  concern.observed = last.observed;
  concern.expected = last.expected;
  concern.lower = last.lower;
  concern.upper = last.upper;
  concern.ratio = last.expected > 0 ? last.observed / last.expected : 0;
  const bool as_whole = broad && whole <= level.whole_threshold;
  concern.p_value = as_whole ? whole : std::min(whole, *std::min_element(p, p + places));
  concern.series = std::move(*points);
  return concern;
}

}  // namespace duluan::concern
