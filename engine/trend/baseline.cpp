#include "trend/baseline.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace duluan::trend {
namespace {

constexpr double kNegligible = -5;  // logarithm, relative to the largest weight

}  // namespace

namespace {

// The evidence of a fit, which stands at its mode.
void weigh(Fit& f, const Survey& survey, const LikelihoodNearby& nearby, const Interpolation& nodes,
           const SeriesKind& kind, const Means& means) {
  const double prior = log_prior(f);
  const auto determinants = Factors(f.information, f.prior, nodes.nodes(), f.terms).log_determinant();
  for (std::size_t k = 0; k < kDispersions; ++k)
    f.log_weight[k] = survey.plausible[k] ? prior - 0.5 * nodes.at(k, determinants) +
                                                std::log(kind.weight * kind.dispersion_weights[k] + 1e-12)
                                          : kNever;
  nearby.add(survey.rows, means, f.log_weight);
}

}  // namespace

std::vector<Fit> kinds_by_evidence(const Survey& survey, const LikelihoodNearby& nearby, const Pool& pool) {
  std::vector<Fit> fits = candidates(survey, pool, 4);
  const Interpolation nodes(survey.plausible);
  Means means;
  for (Fit& f : fits) {
    refine(f, survey.rows, survey.dispersion, 1, means);
    weigh(f, survey, nearby, nodes, pool.kinds[f.kind], means);
  }
  return fits;
}

Baselines::Baselines(Survey survey, const Pool& pool) : pool_(&pool) {
  constexpr std::size_t kLong = 100;  // from here on the likelihood's quadratic form is exact enough
  fits_ = candidates(survey, pool, 6);
  std::optional<LikelihoodNearby> nearby;
  if (survey.rows.size() < kLong) nearby.emplace(survey);
  const Interpolation nodes(survey.plausible);
  for (Fit& f : fits_) {
    refine(f, survey.rows, survey.dispersion, 1, means_);
    find_skew(f, survey.rows, survey.dispersion, means_);
    if (nearby) weigh(f, survey, *nearby, nodes, pool.kinds[f.kind], means_);
  }
  rows_ = std::move(survey.rows);
  dispersion_ = survey.dispersion;
  plausible_ = survey.plausible;
  normalise();
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
  Plausible likely{};
  for (const Fit& f : fits_)
    for (std::size_t k = 0; k < kDispersions; ++k) likely[k] |= plausible_[k] && f.log_weight[k] >= kNegligible;
  nodes_ = Interpolation(likely);
}

void Baselines::predict(const Row& row, std::vector<Component>& out) const {
  out.clear();
  double total = 0;
  for (const Fit& f : fits_) {
    const Terms x = present(row.x, f);
    const double eta = predictor(f.mode, row);
    double below = 0;
    for (std::size_t i = 0; i < f.terms; ++i) below += x[i] * f.skew[i];
    const auto variances = Factors(f.information, f.prior, nodes_.nodes(), f.terms).quadratic(x);
    for (std::size_t k = 0; k < kDispersions; ++k) {
      if (!plausible_[k] || f.log_weight[k] < kNegligible) continue;
      const double weight = std::exp(f.log_weight[k]), variance = nodes_.at(k, variances);
      const double mean = std::exp(eta + (f.skew[0] != 0 ? std::min(below + 0.5 * variance, 1.0) : 0));
      out.push_back({weight, mean, kDispersionGrid[k] + variance * mean});
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
  for (Fit& f : fits_) {
    const double eta = predictor(f.mode, row);
    add_likelihood(row, eta, std::exp(eta), plausible_, f.log_weight);
  }
  rows_.push_back(row);
  normalise();
  const bool refit = ++since_refit_ * 12 > rows_.size();  // a little more changes little in a long history
  if (refit) since_refit_ = 0;
  for (Fit& f : fits_)
    if (refit) refine(f, rows_, dispersion_, 1, means_), find_skew(f, rows_, dispersion_, means_);
    else update(f, row);
}

}  // namespace duluan::trend
