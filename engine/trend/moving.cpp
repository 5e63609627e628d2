#include "trend/moving.hpp"

#include <algorithm>
#include <cmath>

#include "trend/count_tail.hpp"
#include "trend/mixture.hpp"
#include "trend/pick.hpp"
#include "trend/survey.hpp"

namespace duluan::trend {
namespace {

struct Season {
  double first, second, others;  ///< standard deviations of the yearly, half-yearly and shorter waves
};
constexpr std::array<double, 5> kWalks = {0, 0.1, 0.25, 0.5, 1};  // sd of the level's walk over a year
constexpr std::array<double, 2> kSlopeSds = {0.01, 0.2};
constexpr std::array<Season, 4> kSeasons = {{{0, 0, 0}, {0.3, 0.1, 0}, {0.15, 0.1, 0.06}, {0.4, 0.3, 0.15}}};
constexpr std::array<double, kScatters> kScatterGrid = {1, 1.3, 1.8, 2.7, 4.5, 8, 15, 30, 70};
constexpr double kQuick = 0.4;       // levels that walk so far follow a surge instead of suspecting it
constexpr double kSlopeLasts = 0.4;  // share of a slope left after a year
constexpr double kSlopeWalk = 0.5;   // a slope's walk over a year, in its own standard deviations

struct Movement {
  double walk, slope_sd;
  Season season;
};
static_assert(kMovements == kWalks.size() * kSlopeSds.size() * kSeasons.size());
constexpr Movement movement(std::size_t m) { return {kWalks[m / 8], kSlopeSds[m / 4 % 2], kSeasons[m % 4]}; }

constexpr double kLeastShare = 1e-5;       // prior of a model not worth running
constexpr double kNegligibleShare = 1e-3;  // posterior of one not worth a forecast
constexpr double kHopeless = 15;           // logarithm, behind the best
constexpr double kNoChance = 1e-300;       // so that a logarithm stays finite

double prior(std::size_t movement, std::size_t scatter, const Pool& pool) {
  return pool.movements[movement] * pool.scatters[scatter] + 1e-12;
}

// Of a mixture of two, the posterior share of the one whose log evidence is higher by so much.
double share(double before, double better) {
  const double odds = before / std::max(1 - before, 1e-9) * std::exp(std::clamp(better, -100.0, 100.0));
  return odds / (1 + odds);
}

int periods_per_year(const std::vector<Row>& rows) {
  double least = 1;
  for (std::size_t t = 1; t < rows.size(); ++t) least = std::min(least, rows[t].x[1] - rows[t - 1].x[1]);
  return static_cast<int>(std::lround(1 / std::max(least, 1e-3)));
}

}  // namespace

void standard_movements(Pool& pool) {
  constexpr std::array<double, 5> kWalkWeights = {0.4, 0.25, 0.2, 0.1, 0.05};
  constexpr std::array<double, 4> kSeasonWeights = {0.35, 0.25, 0.25, 0.15};
  for (std::size_t m = 0; m < kMovements; ++m) pool.movements[m] = kWalkWeights[m / 8] * 0.5 * kSeasonWeights[m % 4];
  pool.scatters.fill(1.0 / kScatters);
}

double MovingEvidence::together(const Scores& scores, const Pool& pool) {
  double best = kNever, total = 0;
  for (std::size_t m = 0; m < kMovements; ++m)
    for (std::size_t s = 0; s < kScatters; ++s) best = std::max(best, scores[m][s]);
  for (std::size_t m = 0; m < kMovements; ++m)
    for (std::size_t s = 0; s < kScatters; ++s) total += prior(m, s, pool) * std::exp(scores[m][s] - best);
  return best + std::log(total);
}

MovingBaselines::MovingBaselines(const std::vector<Row>& rows, int per_year, const Pool& pool) : pool_(&pool) {
  // Weekly series show no more than three waves.
  const int waves = std::clamp(per_year / 2, 0, per_year > 13 ? 3 : static_cast<int>(kHarmonics));
  states_ = 2 + 2 * static_cast<std::size_t>(waves);
  for (auto* scores : {&evidence_.before, &evidence_.after})
    for (auto& each : *scores) each.fill(kNever);
  start(rows);
  const std::size_t counted = std::min(foretold_from(rows.size()), rows.size());
  for (std::size_t t = 0; t < rows.size(); ++t) {
    if (t == counted) note(evidence_.before);
    const States x = terms(rows[t]);
    for (Filter& f : filters_) {
      if (t > 0) advance(f, rows[t].x[1] - rows[t - 1].x[1]);
      observe(f, rows[t], x);
    }
    last_ = rows[t].x[1];
    if (t >= counted && t % 6 == 5) {  // models that foretold badly are left behind
      double best = kNever;
      for (const Filter& f : filters_) best = std::max(best, f.log_score);
      std::erase_if(filters_, [&](const Filter& f) { return f.log_score < best - kHopeless; });
    }
  }
  if (counted == rows.size()) note(evidence_.before);
  note(evidence_.after);
  weigh();
}

// What the pool's kinds together say of level and season; without a pool the level is the series' own.
void MovingBaselines::start(const std::vector<Row>& rows) {
  double mean = 0, square = 0;
  for (const SeriesKind& kind : pool_->kinds) {
    mean += kind.weight * kind.mean[0];
    square += kind.weight * (kind.mean[0] * kind.mean[0] + kind.sd[0] * kind.sd[0]);
  }
  const double variance = std::max(0.25, square - mean * mean);
  if (pool_->series == 0) {
    double total = 0.5, base = rows.empty() ? 1 : 0;
    for (const Row& row : rows) total += row.count, base += std::exp(row.offset);
    mean = std::log(total / base);
  }
  for (std::size_t m = 0; m < kMovements; ++m)
    for (std::size_t s = 0; s < kScatters; ++s) {
      if (prior(m, s, *pool_) < kLeastShare) continue;
      const Movement v = movement(m);
      Filter& f = filters_.emplace_back(Filter{.movement = m, .scatter = s});
      f.mean[0] = mean;
      f.covariance[0][0] = variance;
      f.covariance[1][1] = v.slope_sd * v.slope_sd;
      for (std::size_t i = 2; i < states_; ++i) {
        const double sd = i < 4 ? v.season.first : i < 6 ? v.season.second : v.season.others;
        f.covariance[i][i] = sd * sd;
      }
    }
}

void MovingBaselines::note(MovingEvidence::Scores& scores) const {
  for (const Filter& f : filters_) scores[f.movement][f.scatter] = f.log_score;
}

// Waves of one to six a year, from the first.
MovingBaselines::States MovingBaselines::terms(const Row& row) const {
  States x{};
  x[0] = 1;
  const double c = row.x[2], s = row.x[3];
  for (std::size_t i = 2; i < states_; i += 2)
    if (i == 2) x[i] = c, x[i + 1] = s;
    else x[i] = x[i - 2] * c - x[i - 1] * s, x[i + 1] = x[i - 2] * s + x[i - 1] * c;
  return x;
}

// Level moves by the slope and walks; the slope dies away and walks.
void MovingBaselines::advance(Filter& f, double years) const {
  const Movement v = movement(f.movement);
  auto& c = f.covariance;
  const double lasts = std::pow(kSlopeLasts, years);
  f.mean[0] += years * f.mean[1];
  f.mean[1] *= lasts;
  c[0][0] += years * (2 * c[1][0] + years * c[1][1]) + v.walk * v.walk * years;
  c[1][0] = lasts * (c[1][0] + years * c[1][1]);
  c[1][1] = lasts * lasts * c[1][1] + kSlopeWalk * kSlopeWalk * v.slope_sd * v.slope_sd * years;
  for (std::size_t i = 2; i < states_; ++i) c[i][0] += years * c[i][1], c[i][1] *= lasts;
}

// The posterior of this period's log mean by its mode; everything else follows by regression on it.
void MovingBaselines::observe(Filter& f, const Row& row, const States& x) const {
  States cx{};
  double eta = row.offset, variance = 0;
  const bool seasonal = movement(f.movement).season.first > 0;
  const std::size_t n = seasonal ? states_ : 2;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) cx[i] += f.covariance[i][j] * x[j];
    for (std::size_t j = i + 1; j < n; ++j) cx[i] += f.covariance[j][i] * x[j];
    eta += f.mean[i] * x[i];
    variance += x[i] * cx[i];
  }
  eta = std::clamp(eta, -30.0, 21.0);
  variance = std::clamp(variance, 1e-12, 25.0);
  const double scatter = kScatterGrid[f.scatter], v = std::min(variance, 1.0);
  const double mean = std::exp(eta + 0.5 * v), phi = scatter + std::expm1(v) * mean;
  const double rate = movement(f.movement).walk < kQuick ? surge_rate(*pool_, f.surge) : 0;
  const double clean = clean_probability(row.count, mean, phi, rate);
  f.surge = 1 - clean;
  f.log_score += log_density(row.count, mean, phi) + std::log1p(-rate) - std::log(std::max(clean, kNoChance));
  const double weight = clean / scatter;
  double mode = eta;
  for (int i = 0; i < 4; ++i) {
    const double m = weight * std::exp(mode);
    mode += std::clamp((weight * row.count - m - (mode - eta) / variance) / (m + 1 / variance), -2.0, 2.0);
  }
  const double information = weight * std::exp(mode);
  const double shift = (mode - eta) / variance, shrink = information / (1 + information * variance);
  for (std::size_t i = 0; i < n; ++i) {
    f.mean[i] += cx[i] * shift;
    for (std::size_t j = 0; j <= i; ++j) f.covariance[i][j] -= shrink * cx[i] * cx[j];
  }
}

void MovingBaselines::weigh() {
  double best = kNever, total = 0, left = 0;
  for (Filter& f : filters_) best = std::max(best, f.log_score += std::log(prior(f.movement, f.scatter, *pool_)));
  for (Filter& f : filters_) total += f.log_score = std::exp(f.log_score - best);
  std::erase_if(filters_, [&](const Filter& f) { return f.log_score < kNegligibleShare * total; });
  for (const Filter& f : filters_) left += f.log_score;
  for (Filter& f : filters_) f.log_score /= left;
}

void MovingBaselines::predict(const Row& row, double share, std::vector<Component>& out) const {
  const States x = terms(row);
  const double years = row.x[1] - last_;
  for (Filter f : filters_) {
    advance(f, years);
    double eta = row.offset, variance = 0;
    for (std::size_t i = 0; i < states_; ++i) {
      eta += f.mean[i] * x[i];
      for (std::size_t j = 0; j <= i; ++j) variance += (i == j ? 1 : 2) * f.covariance[i][j] * x[i] * x[j];
    }
    const double v = std::clamp(variance, 0.0, 1.0), mean = std::exp(std::clamp(eta, -30.0, 21.0) + 0.5 * v);
    out.push_back({share * f.log_score, mean, kScatterGrid[f.scatter] + std::expm1(v) * mean});
  }
}

std::size_t foretold_from(std::size_t periods) { return std::max<std::size_t>(5, periods / 3); }

double foretold_by_kinds(const std::vector<Row>& rows, const Pool& pool) {
  const std::size_t first = foretold_from(rows.size());
  if (first >= rows.size()) return 0;
  Baselines baselines(Survey({rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(first)}, pool), pool);
  Mixture mixture;
  double sum = 0, surge = 0;
  for (std::size_t t = first; t < rows.size(); ++t) {
    const Row& row = rows[t];
    baselines.predict(row, mixture);
    const double expected = mean(mixture), phi = std::max(1.0, variance(mixture) / expected);
    const double rate = surge_rate(pool, surge), clean = clean_probability(row.count, expected, phi, rate);
    double density = 0;
    for (const Component& c : mixture) density += c.weight * std::exp(log_density(row.count, c.mean, c.phi));
    // Of a surge, by the same odds: its density is that of the one negative binomial that the odds are of.
    density += (1 / std::max(clean, kNoChance) - 1) * std::exp(log_density(row.count, expected, phi));
    sum += std::log(std::max((1 - rate) * density, kNoChance));
    surge = 1 - clean;
    baselines.absorb(row, expected);
  }
  return sum;
}

double moving_share(const std::vector<Row>& rows, const MovingBaselines& moving, const Pool& pool) {
  return share(pool.moving, moving.evidence().foretold(pool) - foretold_by_kinds(rows, pool));
}

void learn_movements(const std::vector<std::vector<Row>>& histories, Pool& pool) {
  constexpr std::size_t kMost = 150;
  constexpr double kPriorSeries = 10;
  constexpr int kRounds = 20;
  const Pool standard = pool;
  std::vector<MovingEvidence> all;
  std::vector<double> by_kinds;
  for (const std::size_t i : pick(histories.size(), kMost)) {
    all.push_back(MovingBaselines(histories[i], periods_per_year(histories[i]), standard).evidence());
    by_kinds.push_back(foretold_by_kinds(histories[i], standard));
  }
  const double count = static_cast<double>(all.size()) + kPriorSeries;
  for (int round = 0; round < kRounds; ++round) {
    Pool next = pool;
    for (std::size_t m = 0; m < kMovements; ++m) next.movements[m] = standard.movements[m] * kPriorSeries / count;
    for (std::size_t s = 0; s < kScatters; ++s) next.scatters[s] = standard.scatters[s] * kPriorSeries / count;
    for (const MovingEvidence& e : all) {
      const double total = e.together(e.after, pool);
      for (std::size_t m = 0; m < kMovements; ++m)
        for (std::size_t s = 0; s < kScatters; ++s) {
          const double share = prior(m, s, pool) * std::exp(e.after[m][s] - total) / count;
          next.movements[m] += share, next.scatters[s] += share;
        }
    }
    pool = next;
  }
  for (int round = 0; round < kRounds; ++round) {
    double moving = standard.moving * kPriorSeries;
    for (std::size_t i = 0; i < all.size(); ++i) moving += share(pool.moving, all[i].foretold(pool) - by_kinds[i]);
    pool.moving = moving / count;
  }
}

}  // namespace duluan::trend
