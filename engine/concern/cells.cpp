#include "concern/cells.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "concern/tet.hpp"

namespace duluan::concern {
namespace {

constexpr int kYears = 9;  // detection looks back six, charts three more

}  // namespace

int periods_per_year(Period::Unit unit) {
  switch (unit) {
    case Period::Unit::kDay: return 365;
    case Period::Unit::kWeek: return 52;
    case Period::Unit::kMonth: return 12;
    case Period::Unit::kQuarter: return 4;
  }
  return 12;
}

Result<Period> last_complete(const std::vector<Coverage>& coverage, Period::Unit unit) {
  std::map<int, int> reports;
  for (const Coverage& c : coverage)
    if (c.period.unit == unit && c.opinions > 0) reports[c.period.index] += std::max(1, c.reports);
  if (reports.empty())
    return Error{ErrorCode::kEmpty, "the archive holds no opinions dated by a period of this length", "",
                 "ask for a month or a quarter, or ingest reports first"};
  const std::vector<std::pair<int, int>> all(reports.begin(), reports.end());
  for (std::size_t i = all.size(); i-- > 1;) {
    std::vector<int> before;
    for (std::size_t j = i > 12 ? i - 12 : 0; j < i; ++j) before.push_back(all[j].second);
    std::nth_element(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(before.size() / 2), before.end());
    if (all[i].second * 2 >= before[before.size() / 2]) return Period{unit, all[i].first};
  }
  return Period{unit, all.front().first};
}

Cells::Cells(const Material& material, const Taxonomy& taxonomy, const Period& judged) {
  find_range(material, judged);
  for (const Topic& topic : taxonomy.topics())
    if (topic.id != "other") topics_.push_back(topic);
  std::set<std::string> names;
  for (const Coverage& c : material.coverage)
    if (c.period.unit == judged.unit && c.period <= judged && c.period >= first_) names.insert(c.place);
  places_.assign(names.begin(), names.end());
  fill(material);
  learn_tet();
}

void Cells::find_range(const Material& material, const Period& judged) {
  first_ = judged;
  for (const Coverage& c : material.coverage)
    if (c.period.unit == judged.unit && c.opinions > 0) first_ = std::min(first_, c.period);
  first_.index = std::max(first_.index, judged.index - kYears * periods_per_year(judged.unit));
  periods_ = at(judged) + 1;
}

void Cells::fill(const Material& material) {
  std::map<std::string, std::size_t> place_of, topic_of;
  for (std::size_t i = 0; i < places_.size(); ++i) place_of[places_[i]] = i;
  for (std::size_t i = 0; i < topics_.size(); ++i) topic_of[topics_[i].id] = i;
  exposure_.assign(places_.size() * periods_, 0);
  reports_.assign(places_.size() * periods_, 0);
  counts_.assign(topics_.size() * places_.size(), {});
  const auto inside = [&](const Period& p) { return p.unit == first_.unit && p >= first_ && at(p) < periods_; };
  for (const Coverage& c : material.coverage) {
    if (!inside(c.period)) continue;
    const std::size_t i = place_of[c.place] * periods_ + at(c.period);
    exposure_[i] += c.opinions;
    reports_[i] += c.reports;
  }
  count_history();
  for (const Count& c : material.counts) {
    const auto topic = topic_of.find(c.topic);
    const auto place = place_of.find(c.place);
    if (topic == topic_of.end() || place == place_of.end() || !inside(c.period) || c.opinions <= 0) continue;
    counts_[topic->second * places_.size() + place->second].emplace_back(at(c.period), c.opinions);
  }
}

void Cells::count_history() {
  history_.assign(places_.size(), 0);
  for (std::size_t i = 0; i < places_.size(); ++i)
    for (std::size_t t = 0; t + 1 < periods_; ++t) history_[i] += exposure(i, t) > 0 ? 1 : 0;
}

Cells Cells::reordered(const std::vector<std::size_t>& order) const {
  Cells other = *this;
  other.periods_ = order.size();
  const auto reorder = [&](const auto& from, auto& to, std::size_t rows) {
    to.clear();
    for (std::size_t row = 0; row < rows; ++row)
      for (std::size_t t : order) to.push_back(from[row * periods_ + t]);
  };
  reorder(exposure_, other.exposure_, places_.size());
  reorder(reports_, other.reports_, places_.size());
  std::vector<std::size_t> position(periods_, periods_);
  for (std::size_t t = 0; t < order.size(); ++t) position[order[t]] = t;
  for (Sparse& counts : other.counts_) {
    std::erase_if(counts, [&](const auto& entry) { return position[entry.first] == periods_; });
    for (auto& entry : counts) entry.first = position[entry.first];
  }
  for (std::size_t topic = 0; topic < tet_.size(); ++topic)
    if (!tet_[topic].empty()) reorder(tet_[topic], other.tet_[topic], 1);
  other.count_history();
  return other;
}

void Cells::learn_tet() {
  for (std::size_t topic = 0; topic < topics_.size(); ++topic) {
    tet_.emplace_back();  // series() reads it
    tet_.back() = tet_effects(series(topic), first_);
  }
}

int Cells::count(std::size_t topic, std::size_t place) const {
  int sum = 0;
  for (const auto& [t, n] : counts_[topic * places_.size() + place])
    if (t + 1 == periods_) sum += n;
  return sum;
}

Series Cells::series(std::size_t topic, std::span<const std::size_t> places) const {
  Series series;
  series.periods_per_year = periods_per_year(first_.unit);
  series.counts.assign(periods_, 0);
  series.exposure.assign(periods_, 0);
  series.log_effects = tet_[topic];
  for (std::size_t place : places) {
    for (const auto& [t, n] : counts_[topic * places_.size() + place]) series.counts[t] += n;
    for (std::size_t t = 0; t < periods_; ++t) series.exposure[t] += exposure(place, t);
  }
  return series;
}

Series Cells::series(std::size_t topic) const {
  std::vector<std::size_t> all(places_.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return series(topic, all);
}

}  // namespace duluan::concern
