#include "trend/baseline.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "trend/count_tail.hpp"

namespace duluan::trend {
namespace {

constexpr double kNever = -1e9;                               // logarithm of no weight at all
constexpr std::array<double, 3> kSurgeSizes = {1.5, 3.5, 7};  // in standard deviations of the count
constexpr double kVaguest = 4;                                // variance of a logarithm that forgetting leads to
constexpr double kArrived = 2e-3;                             // steps of the mode too short to go on
constexpr double kSurgeLasts = 0.4;                           // probability that a surge goes on in the next period

const std::array<DensityKernel, kDispersions>& kernels() {
  static const auto kAll = []<std::size_t... K>(std::index_sequence<K...>) {
    return std::array<DensityKernel, kDispersions>{DensityKernel(kDispersionGrid[K])...};
  }
  (std::make_index_sequence<kDispersions>{});
  return kAll;
}

double predictor(const Terms& mode, const Row& row) {
  double eta = row.offset;
  for (std::size_t i = 0; i < kTerms; ++i) eta += mode[i] * row.x[i];
  return std::clamp(eta, -30.0, 21.0);
}

// The one normal distribution that has the moments of all kinds together.
SeriesKind overall(const Pool& pool) {
  SeriesKind all;
  Terms square{};
  for (const SeriesKind& kind : pool.kinds) {
    all.weight += kind.weight;
    for (std::size_t i = 0; i < kTerms; ++i) {
      all.mean[i] += kind.weight * kind.mean[i];
      square[i] += kind.weight * (kind.mean[i] * kind.mean[i] + kind.sd[i] * kind.sd[i]);
    }
    for (std::size_t k = 0; k < kDispersions; ++k)
      all.dispersion_weights[k] += kind.weight * kind.dispersion_weights[k];
  }
  for (std::size_t i = 0; i < kTerms; ++i) all.sd[i] = std::sqrt(std::max(1e-6, square[i] - all.mean[i] * all.mean[i]));
  return all;
}

// Without the terms that this kind lacks.
Terms present(Terms x, const Fit& f) {
  for (std::size_t i = 0; i < kTerms; ++i)
    if (f.prior[i] <= 0) x[i] = 0;
  return x;
}

// One Newton step of the quasi-Poisson posterior per iteration.
void refine(Fit& f, const std::vector<Row>& rows, double dispersion, int iterations) {
  for (int round = 0; round <= iterations; ++round) {
    Terms gradient{};
    TermMatrix information{};
    for (const Row& row : rows) {
      const double mean = row.weight * std::exp(predictor(f.mode, row));
      const double residual = row.weight * row.count - mean;
      for (std::size_t i = 0; i < f.terms; ++i) {
        gradient[i] += row.x[i] * residual;
        const double wx = mean * row.x[i];
        for (std::size_t j = 0; j <= i; ++j) information[i][j] += wx * row.x[j];
      }
    }
    f.information = information;
    if (round == iterations) break;
    TermMatrix a = posterior_precision(information, f.prior, dispersion);
    cholesky(a, f.terms);
    for (std::size_t i = 0; i < f.terms; ++i)
      gradient[i] = f.prior[i] > 0 ? gradient[i] / dispersion - f.prior[i] * (f.mode[i] - f.centre[i]) : 0;
    const Terms step = solve(a, gradient, f.terms);
    double farthest = 0;
    for (std::size_t i = 0; i < f.terms; ++i) {
      f.mode[i] += std::clamp(step[i], -2.0, 2.0);
      farthest = std::max(farthest, std::abs(step[i]));
    }
    if (farthest < kArrived) break;
  }
}

// A Poisson likelihood falls more steeply above its mode than below, so that the mean lies beneath the mode by as
// much as the third derivative tells. In a long history both are the same.
void find_skew(Fit& f, const std::vector<Row>& rows, double dispersion) {
  constexpr std::size_t kLong = 120;
  f.skew = {};
  if (rows.size() > kLong) return;
  TermMatrix a = posterior_precision(f.information, f.prior, dispersion);
  cholesky(a, f.terms);
  Terms pull{};
  for (const Row& row : rows) {
    Terms x = present(row.x, f);
    const double third = row.weight * std::exp(predictor(f.mode, row)) / dispersion * quadratic(a, x, f.terms);
    for (std::size_t i = 0; i < f.terms; ++i) pull[i] -= 0.5 * third * x[i];
  }
  f.skew = solve(a, pull, f.terms);
}

void add_likelihood(const Row& row, const Terms& mode, const std::array<bool, kDispersions>& plausible,
                    DispersionWeights& sum) {
  const double eta = predictor(mode, row), mean = std::exp(eta);
  for (std::size_t k = 0; k < kDispersions; ++k)
    if (plausible[k]) sum[k] += row.weight * kernels()[k](row.count, mean, eta);
}

// What of the prior's logarithm does not depend on the dispersion.
double log_prior(const Fit& f) {
  double product = 1, square = 0;
  for (std::size_t i = 0; i < f.terms; ++i) {
    if (f.prior[i] <= 0) continue;
    const double d = f.mode[i] - f.centre[i];
    product *= f.prior[i];
    square += f.prior[i] * d * d;
  }
  return 0.5 * (std::log(product) - square);
}

// The uncertainty of the mode takes its part of the evidence.
double occam(const Fit& f, double dispersion) {
  TermMatrix a = posterior_precision(f.information, f.prior, dispersion);
  return -0.5 * cholesky(a, f.terms);
}

double clean_probability(double count, double mean, double dispersion, double surge_rate) {
  if (count <= mean + 0.8 * std::sqrt(mean * dispersion) || surge_rate <= 0) return 1;
  const double clean = log_density(count, mean, dispersion);
  double surge = 0;
  for (double size : kSurgeSizes)
    surge += std::exp(log_density(count, mean + size * std::sqrt(dispersion * mean), dispersion) - clean) / 3;
  return 1 / (1 + surge * surge_rate / (1 - surge_rate));
}

// Of a period after one that belongs to a surge with this probability.
double surge_rate(const Pool& pool, double before) {
  return pool.surge_rate + (1 - pool.surge_rate) * kSurgeLasts * before;
}

// In a long history Pearson's statistic already tells the dispersion within bounds.
std::array<bool, kDispersions> near_pearson(const std::vector<Row>& rows, const Terms& mode) {
  std::array<bool, kDispersions> near;
  near.fill(true);
  if (rows.size() < 60) return near;
  double sum = 0, total = 0;
  for (const Row& row : rows) {
    const double mean = std::exp(predictor(mode, row));
    sum += row.weight * (row.count - mean) * (row.count - mean) / std::max(mean, 1e-3);
    total += mean;
  }
  const double n = static_cast<double>(rows.size()), phi = std::max(1.0, sum / n);
  const double width = 0.35 + 4 * std::sqrt((2 + phi * n / std::max(total, 1e-3)) / n);
  for (std::size_t k = 0; k < kDispersions; ++k) near[k] = std::abs(std::log(kDispersionGrid[k] / phi)) < width;
  if (phi > kDispersionGrid.back()) near.back() = true;
  return near;
}

}  // namespace

// In turns the dispersion and who belongs to a surge.
Survey::Survey(std::vector<Row> history, const Pool& pool) : rows(std::move(history)) {
  const SeriesKind all = overall(pool);
  double total = 0.5, base = 0;
  for (const Row& row : rows) total += row.count, base += std::exp(row.offset);
  own_level = rows.empty() ? all.mean[0] : std::log(total / base);
  fit.centre = all.mean;
  if (pool.series == 0) fit.centre[0] = own_level;
  fit.prior = precision(all.sd);
  fit.terms = kTerms;
  fit.mode = fit.centre;
  fit.mode[0] = own_level;
  dispersion = 0;
  for (std::size_t k = 0; k < kDispersions; ++k) dispersion += all.dispersion_weights[k] * kDispersionGrid[k];
  for (int round = 0; round < 3; ++round) {
    refine(fit, rows, dispersion, round == 0 ? 4 : 1);
    if (round == 0) plausible = near_pearson(rows, fit.mode);
    log_likelihood.fill(0);
    for (const Row& row : rows) add_likelihood(row, fit.mode, plausible, log_likelihood);
    double best = kNever, sum = 0, mean = 0;
    for (std::size_t k = 0; k < kDispersions; ++k) {
      if (!plausible[k]) continue;
      fit.log_weight[k] =
          log_likelihood[k] + std::log(all.dispersion_weights[k] + 1e-12) + occam(fit, kDispersionGrid[k]);
      best = std::max(best, fit.log_weight[k]);
    }
    for (std::size_t k = 0; k < kDispersions; ++k) {
      if (!plausible[k]) continue;
      const double w = std::exp(fit.log_weight[k] - best);
      plausible[k] = w > 1e-4;
      sum += w, mean += w * kDispersionGrid[k];
    }
    dispersion = mean / sum;
    double surge = 0;
    for (Row& row : rows) {
      const double clean =
          clean_probability(row.count, std::exp(predictor(fit.mode, row)), dispersion, surge_rate(pool, surge));
      row.weight = row.memory * clean;
      surge = 1 - clean;
    }
  }
  refine(fit, rows, dispersion, 1);
}

double Survey::surge_share() const {
  double sum = 0;
  for (const Row& row : rows) sum += 1 - row.weight;
  return rows.empty() ? 0 : sum / static_cast<double>(rows.size());
}

std::vector<Fit> candidates(const Survey& survey, const Pool& pool, double reach) {
  const double scale = 1 / survey.dispersion;
  Terms slope{};  // the likelihood's linear term
  for (std::size_t i = 0; i < kTerms; ++i) {
    slope[i] = survey.fit.prior[i] * (survey.fit.mode[i] - survey.fit.centre[i]);
    for (std::size_t j = 0; j < kTerms; ++j)
      slope[i] += scale * survey.fit.information[std::max(i, j)][std::min(i, j)] * survey.fit.mode[j];
  }
  double highest = -1e300;
  for (std::size_t k = 0; k < kDispersions; ++k)
    if (survey.plausible[k]) highest = std::max(highest, survey.log_likelihood[k]);
  DispersionWeights likelihood{};
  for (std::size_t k = 0; k < kDispersions; ++k)
    if (survey.plausible[k]) likelihood[k] = std::exp(survey.log_likelihood[k] - highest);
  std::vector<Fit> all;
  all.reserve(pool.kinds.size());
  std::vector<double> evidence;
  double best = -1e300;
  for (std::size_t j = 0; j < pool.kinds.size(); ++j) {
    const SeriesKind& kind = pool.kinds[j];
    if (kind.weight < 1e-5) continue;
    Fit f;
    f.kind = j;
    f.centre = kind.mean;
    if (pool.series == 0) f.centre[0] = survey.own_level;
    f.prior = precision(kind.sd);
    f.terms = used_terms(f.prior);
    TermMatrix a = posterior_precision(survey.fit.information, f.prior, survey.dispersion);
    double e = -0.5 * cholesky(a, f.terms);
    Terms b{};
    double product = kind.weight * kind.weight;
    for (std::size_t i = 0; i < f.terms; ++i) {
      if (f.prior[i] <= 0) continue;
      b[i] = slope[i] + f.prior[i] * f.centre[i];
      product *= f.prior[i];
      e -= 0.5 * f.prior[i] * f.centre[i] * f.centre[i];
    }
    e += 0.5 * std::log(product);
    f.mode = solve(a, b, f.terms);
    for (std::size_t i = 0; i < f.terms; ++i) e += 0.5 * b[i] * f.mode[i];
    double mixed = 1e-300;
    for (std::size_t k = 0; k < kDispersions; ++k) mixed += likelihood[k] * kind.dispersion_weights[k];
    for (std::size_t k = 0; k < kDispersions; ++k)
      f.log_weight[k] = likelihood[k] > 0 ? e + std::log(likelihood[k] * kind.dispersion_weights[k] + 1e-300) : kNever;
    e += std::log(mixed);
    f.information = survey.fit.information;
    best = std::max(best, e);
    if (e < best - reach) continue;
    all.push_back(f);
    evidence.push_back(e);
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (evidence[i] < best - reach) continue;
    all[kept] = all[i];
    for (double& w : all[kept].log_weight) w -= best;
    ++kept;
  }
  all.resize(kept);
  return all;
}

Baselines::Baselines(Survey survey, const Pool& pool) : pool_(&pool) {
  fits_ = candidates(survey, pool, 6);
  rows_ = std::move(survey.rows);
  dispersion_ = survey.dispersion;
  plausible_ = survey.plausible;
  for (Fit& f : fits_) {
    refine(f, rows_, dispersion_, 1);
    find_skew(f, rows_, dispersion_);
    weigh(f);
  }
  normalise();
}

void Baselines::weigh(Fit& f) const {
  const SeriesKind& kind = pool_->kinds[f.kind];
  const double prior = log_prior(f);
  for (std::size_t k = 0; k < kDispersions; ++k)
    f.log_weight[k] = plausible_[k] ? prior + occam(f, kDispersionGrid[k]) +
                                          std::log(kind.weight * kind.dispersion_weights[k] + 1e-12)
                                    : kNever;
  for (const Row& row : rows_) add_likelihood(row, f.mode, plausible_, f.log_weight);
}

void Baselines::normalise() {
  constexpr double kSmallestShare = 0.003;
  double best = -1e300;
  for (const Fit& f : fits_)
    for (double w : f.log_weight) best = std::max(best, w);
  double total = 0, mean = 0;
  std::vector<double> share(fits_.size());
  for (std::size_t j = 0; j < fits_.size(); ++j) {
    for (std::size_t k = 0; k < kDispersions; ++k) {
      fits_[j].log_weight[k] -= best;
      if (!plausible_[k]) continue;
      const double w = std::exp(fits_[j].log_weight[k]);
      mean += w * kDispersionGrid[k];
      share[j] += w;
    }
    total += share[j];
  }
  dispersion_ = mean / total;
  std::size_t kept = 0;
  for (std::size_t j = 0; j < fits_.size(); ++j) {
    if (share[j] < kSmallestShare * total) continue;
    if (kept != j) fits_[kept] = fits_[j];
    ++kept;
  }
  fits_.resize(kept);
}

void Baselines::predict(const Row& row, std::vector<Component>& out, double widened) const {
  out.clear();
  double total = 0;
  for (const Fit& f : fits_) {
    const Terms x = present(row.x, f);
    const double eta = predictor(f.mode, row);
    double below = 0;
    for (std::size_t i = 0; i < f.terms; ++i) below += x[i] * f.skew[i];
    for (std::size_t k = 0; k < kDispersions; ++k) {
      if (!plausible_[k] || f.log_weight[k] < -5) continue;  // relative to the largest
      const double weight = std::exp(f.log_weight[k]), phi = kDispersionGrid[k];
      TermMatrix a = posterior_precision(f.information, f.prior, phi);
      cholesky(a, f.terms);
      const double known = quadratic(a, x, f.terms);
      const double variance = std::min(widened * known, std::max(known, kVaguest));
      const double mean = std::exp(eta + (f.skew[0] != 0 ? std::min(below + 0.5 * variance, 1.0) : 0));
      out.push_back({weight, mean, phi + variance * mean});
      total += weight;
    }
  }
  for (Component& c : out) c.weight /= total;
}

// The mode was one before this row came, so that the gradient is this row's alone.
void Baselines::update(Fit& f, const Row& row) const {
  const double mean = row.weight * std::exp(predictor(f.mode, row)), residual = row.weight * row.count - mean;
  Terms gradient{};
  for (std::size_t i = 0; i < f.terms; ++i) {
    for (std::size_t j = 0; j <= i; ++j) f.information[i][j] += mean * row.x[i] * row.x[j];
    if (f.prior[i] > 0) gradient[i] = residual * row.x[i] / dispersion_;
  }
  TermMatrix a = posterior_precision(f.information, f.prior, dispersion_);
  cholesky(a, f.terms);
  const Terms step = solve(a, gradient, f.terms);
  for (std::size_t i = 0; i < f.terms; ++i) f.mode[i] += std::clamp(step[i], -2.0, 2.0);
}

void Baselines::absorb(Row row, double expected) {
  row.weight = clean_probability(row.count, expected, dispersion_, surge_rate(*pool_, last_surge_));
  last_surge_ = 1 - row.weight;
  for (Fit& f : fits_) add_likelihood(row, f.mode, plausible_, f.log_weight);
  rows_.push_back(row);
  normalise();
  const bool refit = ++since_refit_ * 12 > rows_.size();  // a little more changes little in a long history
  if (refit) since_refit_ = 0;
  for (Fit& f : fits_)
    if (refit) refine(f, rows_, dispersion_, 1), find_skew(f, rows_, dispersion_);
    else update(f, row);
}

}  // namespace duluan::trend
