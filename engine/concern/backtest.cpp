#include "duluan/backtest.hpp"

#include <algorithm>
#include <set>

#include "concern/judge.hpp"

namespace duluan {
namespace {

constexpr int kFirstJudged = 5;  // periods of history without which nothing is judged

bool shares_a_place(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](const auto& name) { return std::find(b.begin(), b.end(), name) != b.end(); });
}

bool belongs(const Concern& concern, const Period& period, const KnownEvent& event) {
  return concern.topic == event.topic && period >= event.first && period <= event.last &&
         (event.places.empty() || concern.places.empty() || shares_a_place(concern.places, event.places));
}

bool same_places(std::vector<std::string> a, std::vector<std::string> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

Result<BacktestRange> whole_range(const concern::Material& material, Period::Unit unit, BacktestRange range) {
  auto last = concern::last_complete(material.coverage, unit);
  if (!last) return last.error();
  if (!range.to) range.to = *last;
  if (range.from) return range;
  range.from = range.to;
  for (const Coverage& c : material.coverage)
    if (c.period.unit == unit && c.opinions > 0) range.from = std::min(*range.from, c.period);
  range.from = range.from->next(kFirstJudged);
  return range;
}

void match(const BacktestPeriod& period, std::span<const KnownEvent> events, Backtest& result) {
  std::set<std::size_t> counted;
  for (std::size_t i = 0; i < period.events.size(); ++i) {
    const auto& event = period.events[i];
    ++result.flags;
    if (!event) {
      ++result.false_flags;
      continue;
    }
    if (!counted.insert(*event).second) continue;  // a second concern of the same event
    EventOutcome& outcome = result.outcomes[*event];
    ++outcome.periods;
    if (outcome.found) continue;
    outcome.found = period.report.period;
    outcome.delay = outcome.found->index - events[*event].first.index;
    outcome.located = same_places(period.report.concerns[i].places, events[*event].places);
  }
}

}  // namespace

Result<Backtest> backtest(const Archive& archive, const Taxonomy& taxonomy, const ConcernOptions& options,
                          const BacktestRange& range, std::span<const KnownEvent> events) {
  auto material = concern::load(archive, options.unit);
  if (!material) return material.error();
  return concern::replay(*material, taxonomy, options, range, events);
}

namespace concern {

Result<Backtest> replay(const Material& material, const Taxonomy& taxonomy, ConcernOptions options,
                        const BacktestRange& asked, std::span<const KnownEvent> events) {
  const auto range = whole_range(material, options.unit, asked);
  if (!range) return range.error();
  Backtest result;
  result.outcomes.resize(events.size());
  for (std::size_t i = 0; i < events.size(); ++i)
    result.outcomes[i].replayed = events[i].first <= *range->to && events[i].last >= *range->from;
  for (Period period = *range->from; period <= *range->to; period = period.next()) {
    options.period = period;
    auto report = judge(material, taxonomy, options);
    if (!report && report.error().code == ErrorCode::kNotFound) continue;  // nothing was received
    if (!report) return report.error();
    BacktestPeriod replayed{std::move(*report), {}};
    for (const Concern& concern : replayed.report.concerns) {
      const auto event =
          std::find_if(events.begin(), events.end(), [&](const KnownEvent& e) { return belongs(concern, period, e); });
      replayed.events.push_back(
          event == events.end() ? std::nullopt : std::optional(static_cast<std::size_t>(event - events.begin())));
    }
    result.judged += replayed.report.false_alarms.tests > 0 ? 1 : 0;
    match(replayed, events, result);
    result.periods.push_back(std::move(replayed));
  }
  if (result.periods.empty())
    return Error{ErrorCode::kEmpty,
                 "the archive holds nothing from " + range->from->label() + " to " + range->to->label(), "",
                 "ask for an earlier beginning"};
  return result;
}

}  // namespace concern
}  // namespace duluan
