#include "trend/baseline.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "trend/count_tail.hpp"

namespace duluan::trend {
namespace {

constexpr double kNever = -1e9;                               // logarithm of no weight at all
constexpr std::size_t kMiddling = 10;                         // slope 0.1, two waves of 0.25: fits anything tolerably
constexpr std::array<double, 3> kSurgeSizes = {1.5, 3.5, 7};  // in standard deviations of the count

const std::array<DensityKernel, Pool::kDispersions>& kernels() {
  static const auto kAll = []<std::size_t... K>(std::index_sequence<K...>) {
    return std::array<DensityKernel, Pool::kDispersions>{DensityKernel(kDispersionGrid[K])...};
  }
  (std::make_index_sequence<Pool::kDispersions>{});
  return kAll;
}

bool active(std::size_t term, const Terms& precision) { return precision[term] > 0; }

// The inactive ones at the end need no arithmetic.
std::size_t used_terms(const Terms& precision) {
  std::size_t size = kTerms;
  while (size > 1 && !active(size - 1, precision)) --size;
  return size;
}

// In place, lower triangle, inactive terms skipped as unit rows. Returns log determinant.
double cholesky(TermMatrix& a, std::size_t size) {
  double log_det = 0;
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = a[i][j];
      for (std::size_t k = 0; k < j; ++k) sum -= a[i][k] * a[j][k];
      if (i == j) {
        a[i][i] = std::sqrt(std::max(sum, 1e-12));
        log_det += 2 * std::log(a[i][i]);
      } else {
        a[i][j] = sum / a[j][j];
      }
    }
  }
  return log_det;
}

Terms solve(const TermMatrix& l, Terms b, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= l[i][k] * b[k];
    b[i] /= l[i][i];
  }
  for (std::size_t i = size; i-- > 0;) {
    for (std::size_t k = i + 1; k < size; ++k) b[i] -= l[k][i] * b[k];
    b[i] /= l[i][i];
  }
  return b;
}

TermMatrix posterior_precision(const TermMatrix& information, const Terms& prior, double dispersion) {
  TermMatrix a{};
  for (std::size_t i = 0; i < kTerms; ++i) {
    for (std::size_t j = 0; j <= i; ++j)
      if (active(i, prior) && active(j, prior)) a[i][j] = information[i][j] / dispersion;
    a[i][i] = active(i, prior) ? a[i][i] + prior[i] : 1;
  }
  return a;
}

double predictor(const Terms& mode, const Row& row) {
  double eta = row.offset;
  for (std::size_t i = 0; i < kTerms; ++i) eta += mode[i] * row.x[i];
  return std::clamp(eta, -30.0, 21.0);
}

}  // namespace

Terms prior_precision(const Structure& s, const Pool& pool) {
  const auto of = [](double sd) { return sd > 0 ? 1 / (sd * sd) : 0.0; };
  const double wave = of(s.season_sd), half = s.two_waves ? wave : 0;
  return {of(pool.log_rate_sd), of(s.slope_sd), wave, wave, half, half};
}

Structure structure(std::size_t index) {
  Structure s = kSeasons[index % kSeasons.size()];
  s.slope_sd = kSlopes[index / kSeasons.size()].sd;
  s.slope_mean = kSlopes[index / kSeasons.size()].mean;
  return s;
}

Baselines::Baselines(std::vector<Row> history, const Pool& pool, Keep keep) : pool_(&pool), rows_(std::move(history)) {
  dispersion_ = 0;
  for (std::size_t k = 0; k < kDispersionGrid.size(); ++k)
    dispersion_ += pool.dispersion_weights[k] * kDispersionGrid[k];
  plausible_.fill(true);
  const Terms start = weigh_surges();
  if (keep == Keep::kAll) plausible_.fill(true);
  for (std::size_t j = 0; j < Pool::kStructures; ++j) {
    if (pool.structure_weights[j] < 1e-4) continue;
    Fit next;
    next.index = j;
    next.structure = trend::structure(j);
    next.mode = start;
    fit(next, dispersion_, 2);
    fits_.push_back(next);
  }
  if (keep == Keep::kLikely) drop_unlikely_structures();
  for (Fit& f : fits_) weigh(f);
  normalise(keep == Keep::kAll ? 0 : 0.01);
}

double Baselines::centre(const Structure& structure, std::size_t term) const {
  if (term == 0) return level_;
  if (term == 1) return structure.slope_mean;
  return term >= 2 && structure.shared ? pool_->wave[term - 2] : 0;
}

// One Newton step of the quasi-Poisson posterior per iteration.
void Baselines::fit(Fit& f, double dispersion, int iterations) const {
  const Terms prior = prior_precision(f.structure, *pool_);
  for (std::size_t i = 0; i < kTerms; ++i)
    if (!active(i, prior)) f.mode[i] = 0;
  const std::size_t terms = used_terms(prior);
  for (int round = 0; round <= iterations; ++round) {
    Terms gradient{};
    TermMatrix information{};
    for (const Row& row : rows_) {
      const double mean = row.weight * std::exp(predictor(f.mode, row));
      const double residual = row.weight * row.count - mean;
      for (std::size_t i = 0; i < terms; ++i) {
        gradient[i] += row.x[i] * residual;
        const double wx = mean * row.x[i];
        for (std::size_t j = 0; j <= i; ++j) information[i][j] += wx * row.x[j];
      }
    }
    f.information = information;
    TermMatrix a = posterior_precision(information, prior, dispersion);
    cholesky(a, terms);
    if (round == iterations) {
      f.covariance = {};
      for (std::size_t i = 0; i < terms; ++i) {
        if (!active(i, prior)) continue;
        Terms unit{};
        unit[i] = 1;
        f.covariance[i] = solve(a, unit, terms);
      }
      break;
    }
    for (std::size_t i = 0; i < kTerms; ++i) {
      gradient[i] = active(i, prior) ? gradient[i] / dispersion - prior[i] * (f.mode[i] - centre(f.structure, i)) : 0;
    }
    const Terms step = solve(a, gradient, terms);
    for (std::size_t i = 0; i < kTerms; ++i) f.mode[i] += std::clamp(step[i], -2.0, 2.0);
  }
  f.dispersion = dispersion;
}

// All of the Laplace evidence but the likelihood.
double Baselines::log_prior(const Fit& f, std::size_t k) const {
  const Terms prior = prior_precision(f.structure, *pool_);
  double sum = std::log(pool_->dispersion_weights[k] + 1e-9) + std::log(pool_->structure_weights[f.index] + 1e-9);
  for (std::size_t i = 0; i < kTerms; ++i) {
    if (!active(i, prior)) continue;
    const double d = f.mode[i] - centre(f.structure, i);
    sum += 0.5 * (std::log(prior[i]) - prior[i] * d * d);
  }
  TermMatrix a = posterior_precision(f.information, prior, kDispersionGrid[k]);
  return sum - 0.5 * cholesky(a, used_terms(prior));
}

void Baselines::weigh(Fit& f) const {
  for (std::size_t k = 0; k < kDispersionGrid.size(); ++k) f.log_weight[k] = plausible_[k] ? log_prior(f, k) : kNever;
  for (const Row& row : rows_) {
    const double eta = predictor(f.mode, row), mean = std::exp(eta);
    for (std::size_t k = 0; k < kDispersionGrid.size(); ++k)
      if (plausible_[k]) f.log_weight[k] += row.weight * kernels()[k](row.count, mean, eta);
  }
}

// A first look at one dispersion only: the full grid is costly.
void Baselines::drop_unlikely_structures() {
  std::size_t k = 0;
  while (k + 1 < kDispersionGrid.size() && kDispersionGrid[k + 1] <= dispersion_) ++k;
  double best = -1e300;
  for (Fit& f : fits_) {
    f.log_weight[0] = log_prior(f, k);
    for (const Row& row : rows_) {
      const double eta = predictor(f.mode, row);
      f.log_weight[0] += row.weight * kernels()[k](row.count, std::exp(eta), eta);
    }
    best = std::max(best, f.log_weight[0]);
  }
  std::erase_if(fits_, [best](const Fit& f) { return f.log_weight[0] < best - 3; });
}

void Baselines::normalise(double smallest_share) {
  double best = -1e300;
  for (const Fit& f : fits_)
    for (double w : f.log_weight) best = std::max(best, w);
  double total = 0, mean = 0;
  for (Fit& f : fits_)
    for (std::size_t k = 0; k < kDispersionGrid.size(); ++k) {
      f.log_weight[k] -= best;
      const double w = std::exp(f.log_weight[k]);
      mean += w * kDispersionGrid[k];
      total += w;
    }
  dispersion_ = mean / total;
  std::erase_if(fits_, [&](const Fit& f) {
    double share = 0;
    for (double w : f.log_weight) share += std::exp(w);
    return share < smallest_share * total;
  });
}

double Baselines::clean_probability(double count, double mean, double dispersion) const {
  if (count <= mean || pool_->surge_rate <= 0) return 1;
  const double clean = log_density(count, mean, dispersion);
  double surge = 0;
  for (double size : kSurgeSizes)
    surge += std::exp(log_density(count, mean + size * std::sqrt(dispersion * mean), dispersion) - clean) / 3;
  return 1 / (1 + surge * pool_->surge_rate / (1 - pool_->surge_rate));
}

// Fits one middling structure, and in turns the dispersion and who belongs to a surge.
Terms Baselines::weigh_surges() {
  Fit f;
  f.index = kMiddling;
  f.structure = trend::structure(f.index);
  double total = 0.5, base = 0;
  for (const Row& row : rows_) total += row.count, base += std::exp(row.offset);
  f.mode[0] = rows_.empty() ? pool_->log_rate_mean : std::log(total / base);
  // Without a pool the only guess at the level is the series' own.
  level_ = pool_->series > 0 || rows_.empty() ? pool_->log_rate_mean : f.mode[0];
  for (int round = 0; round < 3; ++round) {
    fit(f, dispersion_, round == 0 ? 4 : 1);
    weigh(f);
    const double best = *std::max_element(f.log_weight.begin(), f.log_weight.end());
    double sum = 0, mean = 0;
    for (std::size_t k = 0; k < kDispersionGrid.size(); ++k) {
      const double w = std::exp(f.log_weight[k] - best);
      plausible_[k] = plausible_[k] && w > 1e-4;
      sum += w, mean += w * kDispersionGrid[k];
    }
    dispersion_ = mean / sum;
    for (Row& row : rows_) row.weight = clean_probability(row.count, std::exp(predictor(f.mode, row)), dispersion_);
  }
  return f.mode;
}

double Baselines::surge_share() const {
  double sum = 0;
  for (const Row& row : rows_) sum += 1 - row.weight;
  return rows_.empty() ? 0 : sum / static_cast<double>(rows_.size());
}

void Baselines::predict(const Row& row, std::vector<Component>& out) const {
  out.clear();
  double total = 0;
  for (const Fit& f : fits_) {
    const double eta = predictor(f.mode, row);
    double variance = 0;
    for (std::size_t i = 0; i < kTerms; ++i)
      for (std::size_t j = 0; j < kTerms; ++j) variance += row.x[i] * f.covariance[i][j] * row.x[j];
    const double mean = std::exp(eta);
    for (std::size_t k = 0; k < kDispersionGrid.size(); ++k) {
      const double weight = std::exp(f.log_weight[k]);
      if (weight < 0.02) continue;  // relative to the largest
      const double phi = kDispersionGrid[k];
      out.push_back({weight, mean, phi + variance * phi / f.dispersion * mean});
      total += weight;
    }
  }
  for (Component& c : out) c.weight /= total;
}

void Baselines::absorb(Row row, double expected) {
  row.weight = clean_probability(row.count, expected, dispersion_);
  for (Fit& f : fits_) {
    const double eta = predictor(f.mode, row), mean = std::exp(eta);
    for (std::size_t k = 0; k < kDispersionGrid.size(); ++k)
      if (plausible_[k]) f.log_weight[k] += row.weight * kernels()[k](row.count, mean, eta);
  }
  rows_.push_back(row);
  normalise(0.01);
  if (++since_refit_ * 50 < rows_.size()) return;  // one more week changes little in a long history
  since_refit_ = 0;
  for (Fit& f : fits_) fit(f, dispersion_, 1);
}

}  // namespace duluan::trend
