#include <algorithm>
#include <cmath>
#include <vector>

#include "trend/baseline.hpp"
#include "trend/count_tail.hpp"
#include "trend/rows.hpp"

namespace duluan {
namespace {

using trend::Baselines;
using trend::Fit;
using trend::Row;

constexpr std::size_t kMostSeries = 600;
constexpr double kWaveSize = 0.3;     // of shared waves, before any is seen
constexpr double kWaveSpread = 0.05;  // of the series' waves around the shared one
constexpr double kPriorSeries = 10;   // how many series the standard pool counts for

// Evidence of every structure with every dispersion, for one series.
using Evidence = std::array<std::array<double, Pool::kDispersions>, Pool::kStructures>;

Evidence evidence_of(const Baselines& baselines, const Pool& pool) {
  Evidence e{};
  for (const Fit& f : baselines.fits())
    for (std::size_t k = 0; k < Pool::kDispersions; ++k)
      e[f.index][k] =
          std::exp(f.log_weight[k]) / ((pool.structure_weights[f.index] + 1e-9) * (pool.dispersion_weights[k] + 1e-9));
  return e;
}

// Maximises the evidence of all series over the two independent weightings (EM).
void learn_weights(const std::vector<Evidence>& all, Pool& pool) {
  const Pool standard = Pool::standard();
  for (int round = 0; round < 60; ++round) {
    Pool next = pool;
    for (double& w : next.structure_weights) w = 0;
    for (double& w : next.dispersion_weights) w = 0;
    for (const Evidence& e : all) {
      double total = 1e-300;
      for (std::size_t j = 0; j < Pool::kStructures; ++j)
        for (std::size_t k = 0; k < Pool::kDispersions; ++k)
          total += e[j][k] * pool.structure_weights[j] * pool.dispersion_weights[k];
      for (std::size_t j = 0; j < Pool::kStructures; ++j)
        for (std::size_t k = 0; k < Pool::kDispersions; ++k) {
          const double share = e[j][k] * pool.structure_weights[j] * pool.dispersion_weights[k] / total;
          next.structure_weights[j] += share;
          next.dispersion_weights[k] += share;
        }
    }
    const double scale = 1 / (static_cast<double>(all.size()) + kPriorSeries);
    for (std::size_t j = 0; j < Pool::kStructures; ++j)
      next.structure_weights[j] = (next.structure_weights[j] + kPriorSeries * standard.structure_weights[j]) * scale;
    for (std::size_t k = 0; k < Pool::kDispersions; ++k)
      next.dispersion_weights[k] = (next.dispersion_weights[k] + kPriorSeries * standard.dispersion_weights[k]) * scale;
    pool = next;
  }
}

void learn_level(const std::vector<std::vector<Row>>& histories, Pool& pool) {
  double sum = 0, squares = 0;
  for (const auto& rows : histories) {
    double total = 0.5, base = 0;
    for (const Row& row : rows) total += row.count, base += std::exp(row.offset);
    const double level = std::log(total / base);
    sum += level, squares += level * level;
  }
  const double n = static_cast<double>(histories.size());
  const Pool standard = Pool::standard();
  const double mean = sum / n;
  const double variance = std::max(0.0, squares / n - mean * mean);
  const double trust = n / (n + kPriorSeries);
  pool.log_rate_mean = mean;
  pool.log_rate_sd =
      std::sqrt(trust * std::max(variance, 0.25) + (1 - trust) * standard.log_rate_sd * standard.log_rate_sd);
}

// Precision-weighted mean of the series' own waves, each by the probability that the
// series has a wave at all, out of fits that hardly presume any.
struct WaveSum {
  std::array<double, 4> sum{}, weight{};

  void add(const Baselines& baselines, const Pool& pool, bool any) {
    double total = 1e-300;
    for (const Fit& f : baselines.fits())
      for (double w : f.log_weight) total += std::exp(w);
    std::array<double, 2> waves{};  // probability of one wave, of two
    for (const Fit& f : baselines.fits())
      for (double w : f.log_weight)
        if (any ? f.structure.season_sd > 0 : f.structure.shared) waves[f.structure.two_waves] += std::exp(w) / total;
    for (const Fit& f : baselines.fits()) {
      if (f.structure.season_sd < 0.5 || f.structure.slope_sd != trend::kSlopes[1].sd) continue;
      const trend::Terms prior = trend::prior_precision(f.structure, pool);
      for (std::size_t i = 2; i < (f.structure.two_waves ? trend::kTerms : 4); ++i) {
        const double own = 1 / f.covariance[i][i] - prior[i];
        if (own < 1e-3) continue;
        const double share = waves[f.structure.two_waves] / (1 / own + kWaveSpread * kWaveSpread);
        sum[i - 2] += share * f.mode[i] / f.covariance[i][i] / own, weight[i - 2] += share;
      }
    }
  }
};

// How well each drift foretells the last third of a history from what came before.
void learn_drift(const std::vector<std::vector<Row>>& histories, Pool& pool) {
  constexpr std::array<double, 6> kDrifts = {0, 0.1, 0.2, 0.35, 0.6, 1};
  constexpr std::size_t kShortest = 9;
  // As if a few series had spoken for a little drift: without evidence it is not none.
  std::array<double, kDrifts.size()> evidence = {0, 1, 0, -1, -2, -4};
  std::vector<trend::Component> mixture;
  for (const auto& rows : histories) {
    if (rows.size() < kShortest) continue;
    const std::size_t cut = rows.size() - rows.size() / 3;
    const Baselines baselines({rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(cut)}, pool);
    for (std::size_t t = cut; t < rows.size(); ++t) {
      baselines.predict(rows[t], mixture);
      const double years = rows[t].x[1] - rows[cut - 1].x[1];
      for (std::size_t d = 0; d < kDrifts.size(); ++d) {
        double density = 1e-12;
        for (const trend::Component& c : mixture)
          density += c.weight * std::exp(trend::log_density(rows[t].count, c.mean,
                                                            c.phi + kDrifts[d] * kDrifts[d] * years * c.mean));
        evidence[d] += std::log(density);
      }
    }
  }
  pool.drift = 0;
  double total = 0;
  const double best = *std::max_element(evidence.begin(), evidence.end());
  for (std::size_t d = 0; d < kDrifts.size(); ++d) {
    const double w = std::exp(evidence[d] - best);
    pool.drift += w * kDrifts[d], total += w;
  }
  pool.drift /= total;
}

}  // namespace

Pool Pool::standard() {
  Pool pool;
  double total = 0;
  // Counts of opinions cluster: a report brings several. Most series are mildly overdispersed.
  for (std::size_t k = 0; k < kDispersions; ++k) {
    const double d = std::log(trend::kDispersionGrid[k]);
    total += pool.dispersion_weights[k] = std::exp(-0.5 * (d - 0.4) * (d - 0.4) / 0.49);
  }
  for (double& w : pool.dispersion_weights) w /= total;
  constexpr std::array<double, 5> kSlope = {0.4, 0.25, 0.2, 0.08, 0.07};
  constexpr std::array<double, 6> kSeason = {0.35, 0.15, 0.2, 0.1, 0.1, 0.1};
  for (std::size_t j = 0; j < kStructures; ++j)
    pool.structure_weights[j] = kSlope[j / kSeason.size()] * kSeason[j % kSeason.size()];
  return pool;
}

Result<Pool> fit_pool(std::span<const Series> series, std::span<const std::size_t> first,
                      const DetectorOptions& options) {
  if (series.size() != first.size())
    return Error{ErrorCode::kInvalidArgument, "as many first periods as series are needed", "", "give one per series"};
  std::vector<std::vector<Row>> histories;
  const std::size_t stride = series.size() / kMostSeries + 1;
  for (std::size_t i = 0; i < series.size(); i += stride) {
    if (first[i] > series[i].counts.size() || !trend::check(series[i]).ok()) continue;
    std::vector<Row> rows = trend::RowMaker(series[i], first[i]).history(options.history_years);
    if (rows.size() >= options.minimum_history) histories.push_back(std::move(rows));
  }
  Pool pool = Pool::standard();
  if (histories.empty()) return pool;
  pool.series = histories.size();
  learn_level(histories, pool);
  for (int round = 0; round < 5; ++round) {
    std::vector<Evidence> all;
    double surges = 0;
    WaveSum wave;
    for (const auto& rows : histories) {
      const Baselines baselines(rows, pool, Baselines::Keep::kAll);
      all.push_back(evidence_of(baselines, pool));
      surges += baselines.surge_share();
      wave.add(baselines, pool, round == 0);
    }
    const double n = static_cast<double>(histories.size());
    pool.surge_rate = std::clamp((surges + 0.01 * kPriorSeries) / (n + kPriorSeries), 0.002, 0.1);
    learn_weights(all, pool);
    for (std::size_t i = 0; i < 4; ++i) pool.wave[i] = wave.sum[i] / (wave.weight[i] + 1 / (kWaveSize * kWaveSize));
  }
  learn_drift(histories, pool);
  return pool;
}

}  // namespace duluan
