#include "concern/silence.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "concern/judge.hpp"
#include "trend/count_tail.hpp"

namespace duluan::concern {
namespace {

constexpr int kUsualPeriods = 12;
constexpr int kRecordPeriods = 36;       // of a unit's reporting that is remembered
constexpr std::size_t kLeastRecord = 4;  // reports without which a unit has no habit
constexpr double kFewLevel = 0.01;
constexpr int kForgotten = 12;  // misses after which a unit is no longer expected

int length_in_days(const Period& period) { return period.next().days_since_epoch() - period.days_since_epoch(); }

std::string folder_of(const std::string& source) { return source.substr(0, source.rfind('/') + 1); }

double middle(std::vector<int> values) {
  const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), half, values.end());
  return *half;
}

// Where and when the reports of each period came in.
class Arrivals {
 public:
  explicit Arrivals(const std::vector<Delivery>& deliveries) {
    std::map<int, std::vector<int>> days;
    std::map<std::string, std::map<int, int>> folders;
    for (const Delivery& d : deliveries) {
      if (!d.period) continue;
      days[d.period->index].push_back(d.arrived);
      ++folders[folder_of(d.source)][d.period->index];
    }
    for (auto& [period, all] : days) day_[period] = middle(std::move(all));
    for (const auto& [folder, periods] : folders)
      period_of_[folder] = std::max_element(periods.begin(), periods.end(), [](const auto& a, const auto& b) {
                             return a.second < b.second;
                           })->first;
  }

  /// The period that most reports of its folder are of.
  [[nodiscard]] int filed_under(const std::string& source) const {
    const auto found = period_of_.find(folder_of(source));
    return found == period_of_.end() ? 0 : found->second;
  }
  [[nodiscard]] bool is_late(const Delivery& d) const {
    if (filed_under(d.source) > d.period->index) return true;
    return d.arrived - day_.at(d.period->index) > length_in_days(*d.period) / 5.0;
  }

 private:
  std::map<int, double> day_;
  std::map<std::string, int> period_of_;
};

// One unit's opinions by period.
using Record = std::map<int, int>;

std::map<std::string, Record> records(const std::vector<Delivery>& deliveries, const Period& judged) {
  const bool named = std::any_of(deliveries.begin(), deliveries.end(), [](const Delivery& d) { return d.named; });
  std::map<std::string, Record> all;
  for (const Delivery& d : deliveries)
    if (d.period && d.period->unit == judged.unit && *d.period <= judged && d.named == named && !d.reporter.empty() &&
        d.period->index > judged.index - kRecordPeriods)
      all[d.reporter][d.period->index] += d.opinions;
  return all;
}

// Probability of `missed` misses on end after a record of reports and misses.
double run_probability(double reports, double misses, int missed) {
  double p = 1;
  for (int i = 0; i < missed; ++i) p *= (misses + 0.5 + i) / (reports + misses + 1 + i);
  return p;
}

struct Usual {
  double mean = 0, dispersion = 1;
};

// Of the reports of the twelve periods before.
Usual usual_of(const Record& record, int judged) {
  double n = 0, sum = 0, squares = 0;
  for (const auto& [period, opinions] : record)
    if (period < judged && period >= judged - kUsualPeriods)
      ++n, sum += opinions, squares += double(opinions) * opinions;
  if (n == 0) return {};
  const double mean = sum / n, variance = n > 1 ? (squares - n * mean * mean) / (n - 1) : mean;
  return {mean, mean > 0 ? std::max(1.0, variance / mean) : 1};
}

// P(Y <= y).
double lower_tail(double y, double mean, double dispersion) { return 1 - trend::tail(y, mean, dispersion).above; }

// A unit that has not reported.
std::optional<Silence> silent(const std::string& reporter, const Record& record, const Period& judged,
                              const std::set<int>& reported) {
  const int first = record.begin()->first, last = record.rbegin()->first;
  const auto between = [&](int from, int to) {  // periods in which anybody reported; [from, to)
    return static_cast<int>(std::distance(reported.lower_bound(from), reported.lower_bound(to)));
  };
  const int missed = between(last + 1, judged.index + 1);
  if (missed < 1 || missed > kForgotten || record.size() < kLeastRecord) return std::nullopt;
  Silence s{.reporter = reporter, .period = {judged.unit, *reported.upper_bound(last)}, .missed = missed};
  const auto reports = static_cast<double>(record.size());
  s.p_value = run_probability(reports, between(first, last + 1) - reports, missed);
  s.kind = s.p_value <= kSilenceLevel ? Silence::Kind::kStopped : Silence::Kind::kMissing;
  s.usual = usual_of(record, last + 1).mean;
  return s;
}

std::optional<Silence> few(const std::string& reporter, const Record& record, const Period& judged) {
  if (record.size() <= kLeastRecord) return std::nullopt;
  const int opinions = record.rbegin()->second;
  const Usual usual = usual_of(record, judged.index);
  if (usual.mean <= opinions) return std::nullopt;
  const double p = lower_tail(opinions, usual.mean, usual.dispersion);
  if (p > kFewLevel) return std::nullopt;
  return Silence{.reporter = reporter,
                 .kind = Silence::Kind::kFew,
                 .period = judged,
                 .usual = usual.mean,
                 .opinions = opinions,
                 .p_value = p};
}

// Late and empty reports that came with those of the judged period, and its own that came later still.
void add_arrivals(const std::vector<Delivery>& deliveries, const Period& judged, std::vector<Silence>& all) {
  const Arrivals arrivals(deliveries);
  std::set<std::string> told;
  int before = 0;  // period of the delivery added before
  for (const Delivery& d : deliveries) {
    const int filed = arrivals.filed_under(d.source);
    if (!d.period) {
      if ((filed != 0 ? filed : before) == judged.index)
        all.push_back({.reporter = d.source, .kind = Silence::Kind::kZero, .period = judged, .source = d.source});
      continue;
    }
    before = d.period->index;
    if (!d.named || d.period->unit != judged.unit || !(*d.period == judged || filed == judged.index)) continue;
    if (arrivals.is_late(d) && told.insert(d.source).second)
      all.push_back({.reporter = d.reporter,
                     .kind = Silence::Kind::kLate,
                     .period = *d.period,
                     .opinions = d.opinions,
                     .source = d.source});
  }
}

}  // namespace

std::vector<Silence> find_silences(const std::vector<Delivery>& deliveries, const Period& judged) {
  std::set<int> reported;
  for (const Delivery& d : deliveries)
    if (d.period && d.period->unit == judged.unit && *d.period <= judged) reported.insert(d.period->index);
  std::vector<Silence> all;
  for (const auto& [reporter, record] : records(deliveries, judged)) {
    const auto found =
        record.contains(judged.index) ? few(reporter, record, judged) : silent(reporter, record, judged, reported);
    if (found) all.push_back(*found);
  }
  add_arrivals(deliveries, judged, all);
  std::stable_sort(all.begin(), all.end(), [](const Silence& a, const Silence& b) { return a.kind < b.kind; });
  return all;
}

Result<void> attach_silence(ConcernReport& report, const Archive& archive, const ConcernOptions& options) {
  const auto deliveries = archive.deliveries(options.unit);
  if (!deliveries) return deliveries.error();
  const auto counts = archive.counts_by_reporter(options.unit);
  if (!counts) return counts.error();
  report.silences = find_silences(*deliveries, report.period);
  // A reporter without a unit goes by its place; under a name of the other map it cannot be missed.
  std::erase_if(report.silences, [&](const Silence& s) { return report.reform.names.contains(s.reporter); });
  report.falls = find_falls(*counts, *deliveries, report.period);
  for (Concern& concern : report.concerns) {
    for (const std::string& place : concern.places.empty() ? std::vector<std::string>{""} : concern.places) {
      for (const std::string& name : names_held(report, place)) {
        const auto copies = archive.copies_in(concern.topic, name, report.period);
        if (!copies) return copies.error();
        concern.copies += *copies;
      }
    }
    if (concern.places.empty()) add_missing(concern, *counts, *deliveries, report.period);
  }
  return {};
}

}  // namespace duluan::concern
