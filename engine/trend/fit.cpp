#include "trend/fit.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "trend/count_tail.hpp"

namespace duluan::trend {
namespace {

constexpr std::array<double, 3> kSurgeSizes = {1.5, 3.5, 7};  // in standard deviations of the count
constexpr double kUnsuspicious = 1.2;                         // the same; less is taken for no surge
constexpr double kArrived = 2e-3;                             // steps of the mode too short to go on

const std::array<DensityKernel, kDispersions>& kernels() {
  static const auto kAll = []<std::size_t... K>(std::index_sequence<K...>) {
    return std::array<DensityKernel, kDispersions>{DensityKernel(kDispersionGrid[K])...};
  }
  (std::make_index_sequence<kDispersions>{});
  return kAll;
}

}  // namespace

double predictor(const Terms& mode, const Row& row) {
  double eta = row.offset;
  for (std::size_t i = 0; i < kTerms; ++i) eta += mode[i] * row.x[i];
  return std::clamp(eta, -30.0, 21.0);
}

std::size_t seen_terms(const std::vector<Row>& rows) {
  std::size_t seen = 1;
  for (const Row& row : rows)
    for (std::size_t i = seen; i < kTerms; ++i)
      if (row.x[i] != 0) seen = i + 1;
  return seen;
}

Terms present(Terms x, const Fit& f) {
  for (std::size_t i = 0; i < kTerms; ++i)
    if (f.prior[i] <= 0) x[i] = 0;
  return x;
}

void refine(Fit& f, const std::vector<Row>& rows, double dispersion, int steps, Means& means) {
  means.log.resize(rows.size()), means.mean.resize(rows.size());
  for (int round = 0; round <= steps; ++round) {
    Terms gradient{};
    TermMatrix information{};
    for (std::size_t t = 0; t < rows.size(); ++t) {
      const Row& row = rows[t];
      means.log[t] = predictor(f.mode, row);
      means.mean[t] = std::exp(means.log[t]);
      const double mean = row.weight * means.mean[t], residual = row.weight * row.count - mean;
      for (std::size_t i = 0; i < f.terms; ++i) {
        gradient[i] += row.x[i] * residual;
        const double wx = mean * row.x[i];
        for (std::size_t j = 0; j <= i; ++j) information[i][j] += wx * row.x[j];
      }
    }
    f.information = information;
    if (round == steps) break;
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
void find_skew(Fit& f, const std::vector<Row>& rows, double dispersion, const Means& means) {
  constexpr std::size_t kLong = 120;
  f.skew = {};
  if (rows.size() > kLong) return;
  TermMatrix a = posterior_precision(f.information, f.prior, dispersion);
  cholesky(a, f.terms);
  const TermMatrix c = covariance(a, f.prior, f.terms);
  Terms pull{};
  for (std::size_t t = 0; t < rows.size(); ++t) {
    const Terms& x = rows[t].x;
    double variance = 0;
    for (std::size_t i = 0; i < f.terms; ++i) {
      double sum = 0.5 * c[i][i] * x[i];
      for (std::size_t j = 0; j < i; ++j) sum += c[i][j] * x[j];
      variance += 2 * sum * x[i];
    }
    const double third = rows[t].weight * means.mean[t] / dispersion * variance;
    for (std::size_t i = 0; i < f.terms; ++i) pull[i] -= 0.5 * third * x[i];
  }
  for (std::size_t i = 0; i < f.terms; ++i)
    for (std::size_t j = 0; j < f.terms; ++j) f.skew[i] += c[i][j] * pull[j];
}

void add_likelihood(const Row& row, double log_mean, double mean, const Plausible& plausible, DispersionWeights& sum) {
  for (std::size_t k = 0; k < kDispersions; ++k)
    if (plausible[k]) sum[k] += row.weight * kernels()[k](row.count, mean, log_mean);
}

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

Interpolation::Interpolation(const Plausible& wanted) {
  static const DispersionWeights kLogs = [] {
    DispersionWeights logs = kDispersionGrid;
    for (double& phi : logs) phi = std::log(phi);
    return logs;
  }();
  std::array<std::size_t, kDispersions> all{};
  std::size_t n = 0;
  for (std::size_t k = 0; k < kDispersions; ++k)
    if (wanted[k]) all[n++] = k;
  const std::size_t size = std::min(n, nodes_.size());
  Values logs{};
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const std::size_t k = all[i < size && size > 1 ? i * (n - 1) / (size - 1) : 0];
    nodes_[i] = kDispersionGrid[k], logs[i] = kLogs[k];
  }
  for (std::size_t i = 0; i < size; ++i) {  // Lagrange
    double below = 1;
    for (std::size_t o = 0; o < size; ++o)
      if (o != i) below *= logs[i] - logs[o];
    for (std::size_t j = 0; j < n; ++j) {
      double share = 1 / below;
      for (std::size_t o = 0; o < size; ++o)
        if (o != i) share *= kLogs[all[j]] - logs[o];
      share_[all[j]][i] = share;
    }
  }
}

double clean_probability(double count, double mean, double dispersion, double surge_rate) {
  if (count <= mean + kUnsuspicious * std::sqrt(mean * dispersion) || surge_rate <= 0) return 1;
  const double clean = log_density(count, mean, dispersion);
  double surge = 0;
  for (double size : kSurgeSizes)
    surge += std::exp(log_density(count, mean + size * std::sqrt(dispersion * mean), dispersion) - clean) / 3;
  return 1 / (1 + surge * surge_rate / (1 - surge_rate));
}

}  // namespace duluan::trend
