// Topics that fell, and why: spoken of less, or reported less. What to expect is said twice, of the whole archive as
// it usually is, and of what was received: sum over reporters heard of their opinions now times the share of the
// topic in what they usually say.
#include <algorithm>
#include <map>
#include <set>

#include "concern/silence.hpp"
#include "trend/count_tail.hpp"

namespace duluan::concern {
namespace {

constexpr int kUsualPeriods = 12;
constexpr int kLeastPeriods = 5;
constexpr double kShareWeight = 5;  // opinions that the archive's share of a topic counts beside a reporter's own
constexpr double kLeastUsual = 5;   // fewer opinions a period cannot fall noticeably, nor be shown
constexpr std::size_t kMostMissing = 5;

struct Spoken {
  double before = 0, now = 0;
};

struct TopicPast {
  std::map<std::string, double> by_reporter;  ///< opinions before
  std::map<int, double> by_period;
  double before = 0;
  int now = 0;
};

struct Past {
  std::map<std::string, Spoken> reporters;  ///< all their opinions
  std::map<std::string, TopicPast> topics;
  std::set<int> periods;
  std::set<std::string> units;  ///< reporters that are reporting units, if any is
  double before = 0;

  Past(const std::vector<Count>& counts, const std::vector<Delivery>& deliveries, const Period& judged) {
    const auto is_past = [&](const Period& p) {
      return p.unit == judged.unit && p < judged && p.index >= judged.index - kUsualPeriods;
    };
    for (const Delivery& d : deliveries) {
      if (!d.period) continue;
      if (d.named) units.insert(d.reporter);
      if (is_past(*d.period)) {
        reporters[d.reporter].before += d.opinions, before += d.opinions;
        periods.insert(d.period->index);
      } else if (*d.period == judged) reporters[d.reporter].now += d.opinions;
    }
    for (const Count& c : counts) {
      if (c.topic == "other" || !(is_past(c.period) || c.period == judged)) continue;
      TopicPast& topic = topics[c.topic];
      if (c.period == judged) topic.now += c.opinions;
      else
        topic.by_reporter[c.place] += c.opinions, topic.by_period[c.period.index] += c.opinions,
            topic.before += c.opinions;
    }
  }

  /// Variance over mean; twelve periods tell it badly, so half of it is the mean over all topics.
  [[nodiscard]] double dispersion(const TopicPast& topic) const {
    double sum = 0, n = 0;
    for (const auto& [id, other] : topics)
      if (other.before > 0) sum += own_dispersion(other), ++n;
    return std::max(1.0, 0.5 * (own_dispersion(topic) + sum / n));
  }

  [[nodiscard]] double own_dispersion(const TopicPast& topic) const {
    const auto n = static_cast<double>(periods.size());
    const double mean = topic.before / n;
    double squares = 0;
    for (const int period : periods) {
      const auto found = topic.by_period.find(period);
      const double deviation = (found == topic.by_period.end() ? 0 : found->second) - mean;
      squares += deviation * deviation;
    }
    return mean > 0 ? squares / (n - 1) / mean : 1;
  }

  [[nodiscard]] double of_received(const TopicPast& topic) const {
    double sum = 0;
    for (const auto& [reporter, spoken] : reporters) {
      if (spoken.now == 0) continue;
      const auto own = topic.by_reporter.find(reporter);
      const double held = own == topic.by_reporter.end() ? 0 : own->second;
      sum += spoken.now * (held + kShareWeight * topic.before / before) / (spoken.before + kShareWeight);
    }
    return sum;
  }

  [[nodiscard]] std::vector<std::pair<std::string, double>> missing(const TopicPast& topic) const {
    std::vector<std::pair<std::string, double>> all;
    for (const auto& [reporter, held] : topic.by_reporter) {
      const auto spoken = reporters.find(reporter);
      if (held > 0 && !reporter.empty() && (units.empty() || units.contains(reporter)) &&
          (spoken == reporters.end() || spoken->second.now == 0))
        all.emplace_back(reporter, held);
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return all;
  }
};

std::vector<std::string> names(const std::vector<std::pair<std::string, double>>& missing) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < std::min(missing.size(), kMostMissing); ++i) all.push_back(missing[i].first);
  return all;
}

// The mean of the past is itself uncertain: its share of the variance is added.
double lower_tail(double y, double mean, double dispersion, double periods) {
  return 1 - trend::tail(y, mean, dispersion * (1 + 1 / periods)).above;
}

}  // namespace

std::vector<Fall> find_falls(const std::vector<Count>& counts, const std::vector<Delivery>& deliveries,
                             const Period& judged) {
  const Past past(counts, deliveries, judged);
  std::vector<Fall> falls;
  if (past.periods.size() < kLeastPeriods) return falls;
  const auto periods = static_cast<double>(past.periods.size());
  for (const auto& [id, topic] : past.topics) {
    const double usual = topic.before / periods;
    if (usual < kLeastUsual || topic.now >= usual) continue;
    Fall fall{.topic = id, .observed = topic.now, .usual = usual, .received = past.of_received(topic)};
    const double dispersion = past.dispersion(topic);
    fall.p_value = lower_tail(topic.now, usual, dispersion, periods);
    if (fall.p_value > kFallLevel) continue;
    fall.received_p_value = lower_tail(topic.now, fall.received, dispersion, periods);
    fall.cause = fall.received_p_value <= kFallLevel * 5 ? Fall::Cause::kOpinion : Fall::Cause::kReports;
    fall.missing = names(past.missing(topic));
    falls.push_back(std::move(fall));
  }
  std::stable_sort(falls.begin(), falls.end(), [](const Fall& a, const Fall& b) { return a.p_value < b.p_value; });
  return falls;
}

void add_missing(Concern& concern, const std::vector<Count>& counts, const std::vector<Delivery>& deliveries,
                 const Period& judged) {
  const Past past(counts, deliveries, judged);
  const auto topic = past.topics.find(concern.topic);
  if (topic == past.topics.end() || topic->second.before <= 0) return;
  const auto missing = past.missing(topic->second);
  for (const auto& [reporter, held] : missing) concern.missing_share += held / topic->second.before;
  concern.missing = names(missing);
}

}  // namespace duluan::concern
