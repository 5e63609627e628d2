#include "concern/judge.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "concern/rebase.hpp"
#include "trend/pick.hpp"

namespace duluan::concern {
namespace {

constexpr std::size_t kPoolSeries = 1000;
constexpr std::size_t kUsualPeriods = 12;
constexpr std::size_t kMostAgain = 20000;  // series judged again to count false alarms

Result<void> check(const ConcernOptions& options) {
  const auto invalid = [](const char* what, const char* remedy) {
    return Error{ErrorCode::kInvalidArgument, what, "", remedy};
  };
  if (!(options.alpha > 0 && options.alpha < 0.5)) return invalid("alpha is outside (0, 0.5)", "use e.g. 0.01");
  if (!(options.fdr > 0 && options.fdr < 1)) return invalid("fdr is outside (0, 1)", "use e.g. 0.1");
  if (options.null_periods < 0) return invalid("the number of periods in random order is negative", "use e.g. 40");
  if (options.evidence < 0) return invalid("the number of quotations is negative", "use e.g. 5");
  if (options.period && options.period->unit != options.unit)
    return invalid("the period is not of the unit asked for", "give both as months, quarters, weeks or days");
  return {};
}

// The named period must hold something; without a name the last complete one is taken.
Result<Period> choose_period(const Material& material, const ConcernOptions& options) {
  auto last = last_complete(material.coverage, options.unit);
  if (!last || !options.period) return last;
  const Period* earliest = nullptr;
  const Period* latest = nullptr;
  for (const Coverage& c : material.coverage) {
    if (c.period.unit != options.unit || c.opinions <= 0) continue;
    if (c.period == *options.period) return *options.period;
    if (!earliest || c.period < *earliest) earliest = &c.period;
    if (!latest || c.period > *latest) latest = &c.period;
  }
  if (earliest == nullptr) return last;
  return Error{ErrorCode::kNotFound, "the archive holds no opinions of " + options.period->label(), "",
               "it reaches from " + earliest->label() + " to " + latest->label()};
}

Result<Pool> learn_pool(const std::vector<Series>& series, const DetectorOptions& options) {
  std::vector<std::size_t> first;
  for (const Series& one : series) first.push_back(one.counts.size() - 1);
  return fit_pool(series, first, options, PoolUse::kDetection);
}

// The cells of the archive; where they are too many to matter, some of them.
std::vector<Series> cells_to_learn(const Cells& cells) {
  const std::size_t places = cells.places().size(), n = cells.topics().size() * places;
  std::vector<Series> series;
  for (const std::size_t i : trend::pick(n, kPoolSeries)) {
    const std::size_t place = i % places;
    series.push_back(cells.series(i / places, std::span(&place, 1)));
  }
  return series;
}

// The sums too: few as they are, they are kinds of their own among the cells.
std::vector<Series> sums_to_learn(const Cells& cells, const Areas& areas) {
  std::vector<Series> series = cells_to_learn(cells);
  const std::size_t nodes = areas.nodes.size();
  for (const std::size_t i : trend::pick(cells.topics().size() * nodes, kPoolSeries))
    series.push_back(cells.series(i / nodes, areas.nodes[i % nodes].places));
  return series;
}

std::vector<PlaceCoverage> coverage(const Cells& cells) {
  std::vector<PlaceCoverage> all;
  const std::size_t last = cells.periods() - 1, from = last > kUsualPeriods ? last - kUsualPeriods : 0;
  for (std::size_t place = 0; place < cells.places().size(); ++place) {
    PlaceCoverage c;
    c.place = cells.places()[place];
    c.opinions = cells.exposure(place, last);
    c.reports = cells.reports(place, last);
    bool recently = false;
    for (std::size_t t = 0; t <= last; ++t)
      if (cells.exposure(place, t) > 0) c.last_reported = cells.period(t);
    for (std::size_t t = from; t < last; ++t) {
      c.usual_reports += cells.reports(place, t);
      recently = recently || cells.exposure(place, t) > 0;
    }
    c.usual_reports /= static_cast<double>(std::max<std::size_t>(1, last - from));
    c.silent = c.opinions == 0 && recently;
    all.push_back(std::move(c));
  }
  return all;
}

void sort_by_surprise(std::vector<Concern>& concerns) {
  std::stable_sort(concerns.begin(), concerns.end(), [](const Concern& a, const Concern& b) {
    return a.p_value != b.p_value ? a.p_value < b.p_value : a.ratio > b.ratio;
  });
}

Result<void> find(const Judge& judge, const Surprises& all, ConcernReport& report) {
  for (std::size_t topic = 0; topic < judge.cells->topics().size(); ++topic) {
    const auto homes = judge.homes(topic, all);
    if (!homes) return homes.error();
    for (const Home& home : *homes) {
      auto concern = judge.join(topic, home);
      if (!concern) return concern.error();
      report.concerns.push_back(std::move(*concern));
    }
  }
  sort_by_surprise(report.concerns);
  return {};
}

Result<FalseAlarmLevel> false_alarms(const Judge& judge, const ConcernOptions& options) {
  const Control& control = judge.flags;
  FalseAlarmLevel level{.alpha = options.alpha, .fdr = options.fdr, .tests = control.tests, .flagged = control.flagged};
  for (const auto& topic : control.thresholds) {
    level.whole_threshold = std::max(level.whole_threshold, topic.front());
    level.place_threshold = std::max(level.place_threshold, topic[kPlaceLevel]);
  }
  if (options.null_periods == 0 || control.tests == 0) return level;
  const auto affordable = static_cast<int>(std::max<std::size_t>(1, kMostAgain / control.tests));
  const int periods = std::min(options.null_periods, affordable);
  const auto rate = null_rate(judge, periods);
  if (!rate) return rate.error();
  level.null_periods = periods;
  level.null_flags = *rate;
  return level;
}

Rebased on_one_map(const Material& material, const Period& period, const ConcernOptions& options) {
  if (options.gazetteer == nullptr) return {};
  std::set<std::string> places;
  for (const Coverage& c : material.coverage)
    if (c.period.unit == period.unit && c.period <= period) places.insert(c.place);
  PlaceNames names(options.gazetteer, std::vector<std::string>(places.begin(), places.end()));
  const bool after = options.map == PlaceMap::kOfPeriod ? period.days_since_epoch() >= Gazetteer::kMergerDay
                                                        : options.map == PlaceMap::kAfter;
  return rebase(material, after, period, names);
}

void mark_break(std::vector<SeriesPoint>& points) {
  const auto first = std::find_if(points.begin(), points.end(), [](const SeriesPoint& p) {
    return p.period.days_since_epoch() >= Gazetteer::kMergerDay;
  });
  if (first != points.begin() && first != points.end()) first->breaks = true;
}

void tell_reform(const Rebased& told, ConcernReport& report) {
  report.reform = told.reform;
  report.origins = told.origins;
  for (auto& points : report.series) mark_break(points);
  for (Concern& concern : report.concerns) mark_break(concern.series);
}

}  // namespace

Result<Judge> learn(const Cells& cells, const ConcernOptions& options) {
  PlaceNames names(options.gazetteer, cells.places());
  const int day = cells.period(cells.periods() - 1).days_since_epoch();
  Judge judge{&cells, areas_of(cells.places(), day, names, options.neighbours), options.fdr, {}, {}, {}, {}};
  judge.detector.alpha = options.alpha;
  auto pool = learn_pool(cells_to_learn(cells), judge.detector);
  if (!pool) return pool.error();
  auto sums = learn_pool(sums_to_learn(cells, judge.areas), judge.detector);
  if (!sums) return sums.error();
  judge.pool = std::move(*pool);
  judge.sums = std::move(*sums);
  return judge;
}

Result<ConcernReport> judge(const Material& material, const Taxonomy& taxonomy, const ConcernOptions& options) {
  if (auto bad = check(options); !bad.ok()) return bad.error();
  const auto period = choose_period(material, options);
  if (!period) return period.error();
  const Rebased told = on_one_map(material, *period, options);
  const Cells cells(told.reform.places > 0 ? told.material : material, taxonomy, *period);
  auto learnt = learn(cells, options);
  if (!learnt) return learnt.error();
  Judge& judge = *learnt;
  const auto all = judge.surprises();
  if (!all) return all.error();
  judge.flags = judge.controlled(*all);
  const auto level = false_alarms(judge, options);
  if (!level) return level.error();

  ConcernReport report{.period = *period,
                       .concerns = {},
                       .topics = cells.topics(),
                       .coverage = coverage(cells),
                       .table = {},
                       .series = {},
                       .false_alarms = *level,
                       .novelty = {},
                       .silences = {},
                       .falls = {},
                       .models = {}};
  for (std::size_t topic = 0; topic < cells.topics().size(); ++topic) {
    auto& row = report.table.emplace_back();
    for (std::size_t place = 0; place < cells.places().size(); ++place) row.push_back(cells.count(topic, place));
    auto points = judge.points(cells.series(topic), judge.sums, kChartPeriods);
    if (!points) return points.error();
    report.series.push_back(std::move(*points));
  }
  if (auto bad = find(judge, *all, report); !bad.ok()) return bad.error();
  if (told.reform.places > 0) tell_reform(told, report);
  return report;
}

}  // namespace duluan::concern
