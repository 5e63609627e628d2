// Terms against their past. For each: how many opinions of a pool hold it now (y of n) and did before (Y of N). With a
// Dirichlet prior of weight A and share s, Monroe's log-odds ratio is between (y + As) of (n + A) and (Y + As) of
// (N + A). Under the hypothesis that nothing changed, y is negative binomial with mean n (Y + As)/(N + A) and size
// Y + As: the predictive distribution of the same model.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "concern/cells.hpp"
#include "concern/judge.hpp"
#include "concern/novelty.hpp"
#include "trend/count_tail.hpp"

namespace duluan::concern {
namespace {

constexpr double kLeastHistory = 5;    // opinions of the past that a term needs to tell how it wavers
constexpr double kWavesWeight = 10;    // what the archive's wavering counts beside a term's own
constexpr double kSeasonWeight = 1;    // opinions that the whole past's rate counts beside the season's
constexpr double kUnusualShare = 0.1;  // tail of a period that belongs to the present run
constexpr double kLeastWaver = 0.05;   // relative variance of a rate from period to period

struct Past {
  double held = 0, of = 0;
};

// Sums of (observed - expected)^2 - expected and of expected^2 over the past: their ratio is the relative variance.
struct Waver {
  double excess = 0, weight = 0;
  void add(const Tally& tally, const TermPool& pool) {
    const double held = std::accumulate(tally.before.begin(), tally.before.end(), 0.0);
    const double of = std::accumulate(pool.before.begin(), pool.before.end(), 0.0);
    if (held < kLeastHistory) return;
    for (std::size_t t = 0; t < pool.before.size(); ++t) {
      const double expected = pool.before[t] * held / of;
      excess += (tally.before[t] - expected) * (tally.before[t] - expected) - expected;
      weight += expected * expected;
    }
  }
  [[nodiscard]] double relative() const { return weight > 0 ? std::max(kLeastWaver, excess / weight) : 1; }
};

struct Prior {
  double share = 0, weight = 0;
  [[nodiscard]] double count() const { return share * weight; }
};

double size_of(const Past& past, const Prior& prior, double waver) {
  return 1 / (1 / (past.held + prior.count()) + waver);
}

double mean_of(double n, const Past& past, const Prior& prior) {
  return n * (past.held + prior.count()) / (past.of + prior.weight);
}

// P(Y >= y).
double upper_tail(double y, double n, const Past& past, const Prior& prior, double waver) {
  const double mean = mean_of(n, past, prior);
  const auto tail = trend::tail(y, mean, 1 + mean / size_of(past, prior, waver));
  return std::min(1.0, tail.above + tail.at);
}

double log_odds(double held, double of) { return std::log(held) - std::log(std::max(of - held, 0.5)); }

double z_score(double y, double n, const Past& past, const Prior& prior) {
  const double a = prior.count(), now = y + a, before = past.held + a;
  return (log_odds(now, n + prior.weight) - log_odds(before, past.of + prior.weight)) / std::sqrt(1 / now + 1 / before);
}

Past past_of(const Tally& tally, const TermPool& pool, std::size_t until) {
  Past past;
  for (std::size_t t = 0; t < until; ++t) past.held += tally.before[t], past.of += pool.before[t];
  return past;
}

// The same season of earlier years, a month or so to either side.
Past season_of(const Tally& tally, const TermPool& pool, Period::Unit unit) {
  const auto year = static_cast<std::size_t>(periods_per_year(unit));
  const std::size_t side = unit == Period::Unit::kQuarter ? 0 : std::max<std::size_t>(1, year / 12);
  const std::size_t now = pool.before.size();
  Past past;
  for (std::size_t back = year; back <= now + side; back += year)
    for (std::size_t t = now >= back + side ? now - back - side : 0; t < now && t + back <= now + side; ++t)
      past.held += tally.before[t], past.of += pool.before[t];
  return past;
}

class Comparison {
 public:
  explicit Comparison(const TermCounts& counts) : counts_(counts) {
    for (const auto& [term, tally] : counts.pools[kAllOpinions].terms) waver_.add(tally, counts.pools[kAllOpinions]);
  }

  [[nodiscard]] RisenTerm judge(std::size_t pool_index, Term term, const Tally& tally) const {
    const TermPool& pool = counts_.pools[pool_index];
    const Past past = past_of(tally, pool, pool.before.size());
    const Prior prior = prior_of(term, past, pool.before.size());
    const double waver = waver_of(tally, pool), y = static_cast<double>(tally.now.size());
    RisenTerm risen{.term = term, .pool = pool_index, .tally = &tally, .since = counts_.judged};
    risen.expected = mean_of(pool.now, past, prior);
    risen.z = z_score(y, pool.now, past, prior);
    risen.p_value = upper_tail(y, pool.now, past, prior, waver);
    // The season's rate is shrunk towards the whole past's; one that is no higher changes nothing.
    const double usual = risen.expected / pool.now;
    const Past season = season_of(tally, pool, counts_.judged.unit);
    const Prior shrunk{usual, kSeasonWeight / usual};
    if (const double expected = mean_of(pool.now, season, shrunk); expected > risen.expected) {
      risen.expected = expected;
      risen.p_value = std::max(risen.p_value, upper_tail(y, pool.now, season, shrunk, waver));
    }
    risen.since = since(tally, pool, prior, waver);
    return risen;
  }

 private:
  // As much weight as one period's opinions of the pool have.
  [[nodiscard]] Prior prior_of(Term term, const Past& past, std::size_t periods) const {
    const TermPool& all = counts_.pools[kAllOpinions];
    const Past whole = past_of(all.terms.at(term), all, all.before.size());
    return {(whole.held + 0.5) / (whole.of + 1), std::max(1.0, past.of / static_cast<double>(periods))};
  }

  [[nodiscard]] double waver_of(const Tally& tally, const TermPool& pool) const {
    Waver own;
    own.add(tally, pool);
    const double shared = waver_.relative();
    return std::max(shared, (kWavesWeight * shared + own.excess) / (kWavesWeight + own.weight));
  }

  [[nodiscard]] Period since(const Tally& tally, const TermPool& pool, const Prior& prior, double waver) const {
    Period since = counts_.judged;
    for (std::size_t t = pool.before.size(); t-- > 0;) {
      if (pool.before[t] == 0) continue;  // silence interrupts nothing
      const double y = tally.before[t];
      if (y == 0 || upper_tail(y, pool.before[t], past_of(tally, pool, t), prior, waver) >= kUnusualShare) break;
      since = counts_.first.next(static_cast<int>(t));
    }
    return since;
  }

  const TermCounts& counts_;
  Waver waver_;
};

bool more_telling(const RisenTerm& a, const RisenTerm& b) {
  if (a.p_value != b.p_value) return a.p_value < b.p_value;
  return a.z != b.z ? a.z > b.z : a.term < b.term;
}

}  // namespace

std::vector<std::vector<RisenTerm>> risen_terms(const TermCounts& counts) {
  const Comparison comparison(counts);
  std::vector<std::vector<RisenTerm>> risen(counts.pools.size());
  std::array<std::vector<double>, kTermFamilies> p_values;
  for (std::size_t pool = 0; pool < counts.pools.size(); ++pool)
    for (const auto& [term, tally] : counts.pools[pool].terms) {
      RisenTerm r = comparison.judge(pool, term, tally);
      if (r.p_value > kCompanion) continue;
      p_values[TermCounts::family(pool)].push_back(r.p_value);
      risen[pool].push_back(r);
    }
  std::array<double, kTermFamilies> passing{};
  for (std::size_t family = 0; family < kTermFamilies; ++family) {
    // All that could have risen are tested: terms with enough opinions, past and present taken together. How they
    // fall to past and present does not depend on how many they are.
    p_values[family].resize(std::max(p_values[family].size(), counts.tested[family]), 1.0);
    passing[family] = control_false_discoveries(std::move(p_values[family]), kTermFdr);
  }
  for (std::size_t pool = 0; pool < risen.size(); ++pool) {
    for (RisenTerm& r : risen[pool]) r.significant = r.p_value <= passing[TermCounts::family(pool)];
    std::sort(risen[pool].begin(), risen[pool].end(), more_telling);
  }
  return risen;
}

}  // namespace duluan::concern
