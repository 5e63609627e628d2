// Risen terms to subjects.
#include <algorithm>
#include <cmath>
#include <set>

#include "concern/cells.hpp"
#include "concern/diverse.hpp"
#include "concern/judge.hpp"
#include "concern/novelty.hpp"

namespace duluan::concern {
namespace {

constexpr std::size_t kMostGrouped = 80;  // terms of a pool
constexpr double kLeastLink = 0.2;        // mean Jaccard index between the opinions of two groups' terms
constexpr double kContained = 0.7;        // share of a word's opinions that hold a pair with it
constexpr double kSameSubject = 0.5;      // share of opinions that another subject has already
constexpr std::size_t kTermsOfSubject = 8, kTermsOfConcern = 8, kExamples = 5;
constexpr std::size_t kLeastPeriods = 5;
constexpr int kYearsBack = 3;

std::size_t common(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  std::size_t n = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i == *j) ++n, ++i, ++j;
    else if (*i < *j) ++i;
    else ++j;
  }
  return n;
}

double jaccard(const RisenTerm& a, const RisenTerm& b) {
  const std::size_t both = common(a.tally->now, b.tally->now);
  return static_cast<double>(both) / static_cast<double>(a.tally->now.size() + b.tally->now.size() - both);
}

bool holds(Term pair, Term word) {
  return is_pair(pair) && !is_pair(word) && (first_word(pair) == last_word(word) || last_word(pair) == last_word(word));
}

// Opinions that hold a significant term of the group, or two of its terms.
std::vector<std::uint32_t> opinions_of(const std::vector<RisenTerm>& group) {
  std::map<std::uint32_t, int> weight;
  for (const RisenTerm& r : group)
    for (const std::uint32_t i : r.tally->now) weight[i] += r.significant ? 2 : 1;
  std::vector<std::uint32_t> opinions;
  for (const auto& [i, w] : weight)
    if (w >= 2) opinions.push_back(i);
  return opinions;
}

std::vector<std::pair<std::string, int>> main_topics(const TermCounts& counts,
                                                     const std::vector<std::uint32_t>& opinions) {
  std::map<std::string, int> times;
  for (const std::uint32_t i : opinions) {
    const auto& topics = counts.opinions[i].stored.topics;
    ++times[topics.empty() ? "" : topics.front()];
  }
  std::vector<std::pair<std::string, int>> sorted(times.begin(), times.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  return sorted;
}

// Those that hold most of the group's weight stand for it.
std::vector<Example> examples_of(const TermCounts& counts, const std::vector<RisenTerm>& group,
                                 const std::vector<std::uint32_t>& opinions) {
  std::map<std::uint32_t, double> weight;
  double largest = 0;
  for (const RisenTerm& r : group)
    for (const std::uint32_t i : r.tally->now) largest = std::max(largest, weight[i] += std::max(r.z, 0.0));
  std::vector<Quotable> quotable;
  std::vector<std::string> reports;
  for (const std::uint32_t i : opinions) reports.push_back(report_of(counts.opinions[i].stored.opinion.source));
  for (std::size_t k = 0; k < opinions.size(); ++k)
    quotable.push_back({counts.opinions[opinions[k]].stored.opinion.text, reports[k],
                        largest > 0 ? weight[opinions[k]] / largest : 0});
  std::vector<Example> examples;
  for (const std::size_t k : pick_diverse(quotable, kExamples)) {
    const StoredOpinion& stored = counts.opinions[opinions[k]].stored;
    const Opinion& o = stored.opinion;
    examples.push_back({stored.id, o.text, o.source, o.place, o.unit});
  }
  return examples;
}

NewSubject subject_of(const TermCounts& counts, const TermReader& reader, const std::vector<RisenTerm>& group,
                      const std::vector<std::uint32_t>& opinions) {
  NewSubject subject;
  const std::size_t pool = group.front().pool;
  if (TermCounts::family(pool) == kInsideTopics) subject.topic = counts.pools[pool].topic;
  for (const RisenTerm& r : telling_terms(group, kTermsOfSubject))
    subject.terms.push_back(shown_term(r, counts, reader));
  subject.opinions = static_cast<int>(opinions.size());
  std::set<std::uint32_t> reporters;
  std::set<std::string> places;
  for (const std::uint32_t i : opinions) {
    reporters.insert(counts.opinions[i].reporter);
    if (const std::string& place = counts.opinions[i].stored.opinion.place; !place.empty()) places.insert(place);
  }
  subject.reporters = static_cast<int>(reporters.size());
  subject.places = static_cast<int>(places.size());
  subject.topics = main_topics(counts, opinions);
  int without = 0;
  for (const auto& [topic, n] : subject.topics) without += topic.empty() || topic == "other" ? n : 0;
  subject.unnamed = 2 * without > subject.opinions;
  subject.examples = examples_of(counts, group, opinions);
  return subject;
}

// A subject of all opinions goes before the same one without topic or inside a topic.
void add_subjects(const TermCounts& counts, const TermReader& reader, const std::vector<std::vector<RisenTerm>>& risen,
                  Novelty& novelty) {
  std::vector<std::vector<std::uint32_t>> known;
  for (const auto& pool : risen)
    for (const auto& group : group_terms(pool)) {
      std::vector<std::uint32_t> opinions = opinions_of(group);
      const bool same = std::any_of(known.begin(), known.end(), [&](const auto& other) {
        return static_cast<double>(common(other, opinions)) >= kSameSubject * static_cast<double>(opinions.size());
      });
      if (same) continue;
      novelty.subjects.push_back(subject_of(counts, reader, group, opinions));
      known.push_back(std::move(opinions));
    }
  std::stable_sort(novelty.subjects.begin(), novelty.subjects.end(),
                   [](const NewSubject& a, const NewSubject& b) { return a.opinions > b.opinions; });
}

void add_concern_terms(const TermCounts& counts, const TermReader& reader,
                       const std::vector<std::vector<RisenTerm>>& risen, ConcernReport& report) {
  for (Concern& concern : report.concerns)
    for (std::size_t pool = 2; pool < counts.pools.size(); ++pool) {
      if (counts.pools[pool].topic != concern.topic) continue;
      // The topic is flagged already: its terms explain, so companions will do.
      for (const RisenTerm& r : telling_terms(risen[pool], kTermsOfConcern))
        concern.terms.push_back(shown_term(r, counts, reader));
    }
}

// Earlier periods with opinions, and the first of them that is looked at.
std::pair<std::size_t, Period> history_of(const std::vector<Coverage>& coverage, const Period& judged) {
  std::set<int> periods;
  const int earliest = judged.index - kYearsBack * periods_per_year(judged.unit);
  for (const Coverage& c : coverage)
    if (c.period.unit == judged.unit && c.opinions > 0 && c.period < judged && c.period.index >= earliest)
      periods.insert(c.period.index);
  return {periods.size(), periods.empty() ? judged : Period{judged.unit, *periods.begin()}};
}

}  // namespace

std::vector<std::vector<RisenTerm>> group_terms(const std::vector<RisenTerm>& risen) {
  std::vector<std::vector<RisenTerm>> groups;
  for (std::size_t i = 0; i < std::min(risen.size(), kMostGrouped); ++i) groups.push_back({risen[i]});
  std::vector<std::vector<double>> link(groups.size(), std::vector<double>(groups.size()));
  for (std::size_t i = 0; i < groups.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) link[i][j] = link[j][i] = jaccard(risen[i], risen[j]);
  for (;;) {
    double best = kLeastLink;
    std::size_t one = 0, two = 0;
    for (std::size_t i = 0; i < groups.size(); ++i)
      for (std::size_t j = i + 1; j < groups.size(); ++j)
        if (!groups[i].empty() && !groups[j].empty() && link[i][j] > best) best = link[i][j], one = i, two = j;
    if (two == 0) break;
    const auto n = static_cast<double>(groups[one].size()), m = static_cast<double>(groups[two].size());
    for (std::size_t k = 0; k < groups.size(); ++k)
      link[one][k] = link[k][one] = (n * link[one][k] + m * link[two][k]) / (n + m);
    groups[one].insert(groups[one].end(), groups[two].begin(), groups[two].end());
    groups[two].clear();
  }
  std::erase_if(groups, [](const auto& group) {
    return std::none_of(group.begin(), group.end(), [](const RisenTerm& r) { return r.significant; });
  });
  return groups;
}

std::vector<RisenTerm> telling_terms(std::vector<RisenTerm> group, std::size_t most) {
  std::vector<RisenTerm> telling;
  for (const RisenTerm& word : group) {
    const bool said_by_pair = std::any_of(group.begin(), group.end(), [&](const RisenTerm& pair) {
      return holds(pair.term, word.term) &&
             static_cast<double>(pair.tally->now.size()) >= kContained * static_cast<double>(word.tally->now.size());
    });
    if (!said_by_pair) telling.push_back(word);
  }
  std::stable_sort(telling.begin(), telling.end(),
                   [](const RisenTerm& a, const RisenTerm& b) { return a.p_value < b.p_value; });
  if (telling.size() > most) telling.resize(most);
  return telling;
}

NewTerm shown_term(const RisenTerm& risen, const TermCounts& counts, const TermReader& reader) {
  std::set<std::uint32_t> reporters;
  for (const std::uint32_t i : risen.tally->now) reporters.insert(counts.opinions[i].reporter);
  return {.term = reader.name(risen.term),
          .opinions = static_cast<int>(risen.tally->now.size()),
          .reporters = static_cast<int>(reporters.size()),
          .expected = risen.expected,
          .z = risen.z,
          .p_value = risen.p_value,
          .since = risen.since};
}

Result<void> attach_novelty(ConcernReport& report, const Archive& archive, const ConcernOptions& options) {
  if (!options.cut) return {};
  auto coverage = archive.coverage(options.unit);
  if (!coverage) return coverage.error();
  const auto [periods, first] = history_of(*coverage, report.period);
  report.novelty.periods = periods;
  report.novelty.fdr = kTermFdr;
  if (periods < kLeastPeriods) return {};
  TermReader reader(options.cut);
  for (const Coverage& c : *coverage) reader.forbid(c.place);
  auto counts = count_terms(archive, first, report.period, reader);
  if (!counts) return counts.error();
  const auto risen = risen_terms(*counts);
  report.novelty.judged = true;
  for (const std::size_t tested : counts->tested) report.novelty.tests += tested;
  add_subjects(*counts, reader, risen, report.novelty);
  add_concern_terms(*counts, reader, risen, report);
  return {};
}

}  // namespace duluan::concern
