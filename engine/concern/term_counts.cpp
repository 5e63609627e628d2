// One pass over the judged period, one over what came before it.
#include <algorithm>
#include <functional>

#include "base/mix.hpp"
#include "concern/novelty.hpp"

namespace duluan::concern {
namespace {

bool without_topic(const StoredOpinion& stored) { return stored.topics.empty() || stored.topics.front() == "other"; }

const std::string& reporter_of(const Opinion& opinion) {
  if (!opinion.unit.empty()) return opinion.unit;
  return opinion.place.empty() ? opinion.source : opinion.place;
}

class Counter {
 public:
  Counter(TermCounts& counts, TermReader& reader) : counts_(counts), reader_(reader) {
    pool_of_[""] = kAllOpinions;
    counts_.pools.resize(2);
  }

  void add_now(StoredOpinion&& stored) {
    const auto index = static_cast<std::uint32_t>(counts_.opinions.size());
    const auto reporter = static_cast<std::uint32_t>(
        reporters_.try_emplace(reporter_of(stored.opinion), reporters_.size()).first->second);
    Spoken& spoken = counts_.opinions.emplace_back(Spoken{std::move(stored), {}, reporter});
    reader_.read(spoken.stored.opinion.text, spoken.terms);
    each_pool(spoken.stored, true, [&](std::size_t pool) {
      TermPool& p = counts_.pools[pool];
      ++p.now;
      for (const Term term : spoken.terms) {
        see(pool, term);
        Tally& tally = p.terms[term];
        tally.now.push_back(index);
        if (tally.reporters.size() < kLeastTermReporters) tally.reporters.insert(reporter);
      }
    });
  }

  /// What could not be shown is not followed into the past.
  void drop_rare(std::size_t periods) {
    for (TermPool& pool : counts_.pools) {
      pool.before.assign(periods, 0);
      std::erase_if(pool.terms, [&](const auto& entry) {
        return entry.second.now.size() < kLeastTermOpinions || entry.second.reporters.size() < kLeastTermReporters ||
               reader_.forbids(entry.first);
      });
      for (auto& [term, tally] : pool.terms) tally.before.assign(periods, 0);
    }
  }

  void add_before(const StoredOpinion& stored, std::size_t period) {
    reader_.read(stored.opinion.text, scratch_);
    each_pool(stored, false, [&](std::size_t pool) {
      TermPool& p = counts_.pools[pool];
      ++p.before[period];
      for (const Term term : scratch_) {
        see(pool, term);
        if (const auto found = p.terms.find(term); found != p.terms.end()) ++found->second.before[period];
      }
    });
  }

 private:
  void see(std::size_t pool, Term term) {
    std::uint8_t& times = seen_[mix(term + 0x9E3779B97F4A7C15ULL * pool)];
    if (times >= kLeastTermOpinions) return;
    if (++times == kLeastTermOpinions) ++counts_.tested[TermCounts::family(pool)];
  }

  // Topics nobody speaks of now cannot rise.
  void each_pool(const StoredOpinion& stored, bool fresh, const std::function<void(std::size_t)>& use) {
    use(kAllOpinions);
    if (without_topic(stored)) use(kWithoutTopic);
    for (const std::string& topic : stored.topics) {
      if (topic == "other") continue;
      auto found = pool_of_.find(topic);
      if (found == pool_of_.end()) {
        if (!fresh) continue;
        found = pool_of_.emplace(topic, counts_.pools.size()).first;
        counts_.pools.emplace_back().topic = topic;
      }
      use(found->second);
    }
  }

  TermCounts& counts_;
  TermReader& reader_;
  std::map<std::string, std::size_t> pool_of_;
  std::map<std::string, std::size_t> reporters_;
  std::unordered_map<std::uint64_t, std::uint8_t> seen_;  // terms of a pool, hashed: in how many opinions
  std::vector<Term> scratch_;
};

}  // namespace

Result<TermCounts> count_terms(const Archive& archive, const Period& first, const Period& judged, TermReader& reader) {
  TermCounts counts;
  counts.first = first;
  counts.judged = judged;
  Counter counter(counts, reader);
  reader.begin_period();
  if (auto done = archive.each(judged, judged, [&](StoredOpinion&& stored) { counter.add_now(std::move(stored)); });
      !done)
    return done.error();
  counter.drop_rare(static_cast<std::size_t>(judged.index - first.index));
  for (Period period = first; period < judged; period = period.next()) {
    reader.begin_period();
    const auto t = static_cast<std::size_t>(period.index - first.index);
    if (auto done = archive.each(period, period, [&](StoredOpinion&& stored) { counter.add_before(stored, t); }); !done)
      return done.error();
  }
  return counts;
}

}  // namespace duluan::concern
