#include "trend/survey.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "trend/count_tail.hpp"

namespace duluan::trend {
namespace {

constexpr double kSettled = 0.03;    // change of the dispersion's logarithm not worth another round
constexpr double kSurgeLasts = 0.4;  // probability that a surge goes on in the next period

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

// In a long history Pearson's statistic already tells the dispersion within bounds.
Plausible near_pearson(const std::vector<Row>& rows, const Means& means) {
  Plausible near;
  near.fill(true);
  if (rows.size() < 60) return near;
  double sum = 0, total = 0;
  for (std::size_t t = 0; t < rows.size(); ++t) {
    const Row& row = rows[t];
    const double mean = means.mean[t];
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

double surge_rate(const Pool& pool, double before) {
  return pool.surge_rate + (1 - pool.surge_rate) * kSurgeLasts * before;
}

// In turns the dispersion and who belongs to a surge.
Survey::Survey(std::vector<Row> history, const Pool& pool) : rows(std::move(history)) {
  const SeriesKind all = overall(pool);
  double total = 0.5, base = 0;
  for (const Row& row : rows) total += row.count, base += std::exp(row.offset);
  own_level = rows.empty() ? all.mean[0] : std::log(total / base);
  fit.centre = all.mean;
  if (pool.series == 0) fit.centre[0] = own_level;
  fit.prior = precision(all.sd);
  fit.terms = seen_terms(rows);
  fit.mode = fit.centre;
  fit.mode[0] = own_level;
  dispersion = 0;
  for (std::size_t k = 0; k < kDispersions; ++k) dispersion += all.dispersion_weights[k] * kDispersionGrid[k];
  Means means;
  double before = dispersion;
  for (int round = 0; round < 3; ++round) {
    refine(fit, rows, dispersion, round == 0 ? 4 : 1, means);
    if (round == 0) plausible = near_pearson(rows, means);
    weigh_dispersions(all.dispersion_weights, means);
    weigh_surges(pool, means);
    if (round > 0 && std::abs(std::log(dispersion / before)) < kSettled) break;
    before = dispersion;
  }
  refine(fit, rows, dispersion, 1, means);
}

void Survey::weigh_dispersions(const DispersionWeights& usual, const Means& means) {
  log_likelihood.fill(0);
  for (std::size_t t = 0; t < rows.size(); ++t)
    add_likelihood(rows[t], means.log[t], means.mean[t], plausible, log_likelihood);
  const Interpolation nodes(plausible);
  const auto determinants = Factors(fit.information, fit.prior, nodes.nodes(), fit.terms).log_determinant();
  double best = kNever, sum = 0, mean = 0;
  for (std::size_t k = 0; k < kDispersions; ++k) {
    if (!plausible[k]) continue;
    fit.log_weight[k] = log_likelihood[k] + std::log(usual[k] + 1e-12) - 0.5 * nodes.at(k, determinants);
    best = std::max(best, fit.log_weight[k]);
  }
  for (std::size_t k = 0; k < kDispersions; ++k) {
    if (!plausible[k]) continue;
    const double w = std::exp(fit.log_weight[k] - best);
    plausible[k] = w > 1e-4;
    sum += w, mean += w * kDispersionGrid[k];
  }
  dispersion = mean / sum;
}

void Survey::weigh_surges(const Pool& pool, const Means& means) {
  double surge = 0;
  for (std::size_t t = 0; t < rows.size(); ++t) {
    rows[t].weight = clean_probability(rows[t].count, means.mean[t], dispersion, surge_rate(pool, surge));
    surge = 1 - rows[t].weight;
  }
}

double Survey::surge_share() const {
  double sum = 0;
  for (const Row& row : rows) sum += 1 - row.weight;
  return rows.empty() ? 0 : sum / static_cast<double>(rows.size());
}

LikelihoodNearby::LikelihoodNearby(const Survey& survey) : plausible_(survey.plausible) {
  for (std::size_t k = 0; k < kDispersions; ++k) {
    const double phi = kDispersionGrid[k];
    per_mean_[k] = phi > kPoisson ? std::log(phi) / (phi - 1) : 1;
    per_count_[k] = phi > kPoisson ? std::log1p(-1 / phi) : 0;
  }
  constexpr double kStep = 0.5;  // nodes at -1, 0, 1 and 2 of it: modes of likely kinds are not far
  for (std::size_t t = 0; t < survey.rows.size(); ++t) {
    const Row& row = survey.rows[t];
    if (row.count == 0) continue;
    Curve& curve = curves_.emplace_back(Curve{t, predictor(survey.fit.mode, row), {}});
    for (std::size_t k = 0; k < kDispersions; ++k) {
      if (!plausible_[k]) continue;
      const double phi = kDispersionGrid[k];
      auto& c = curve.coefficients;
      if (phi <= kPoisson) {
        c[0][k] = row.count * curve.centre, c[1][k] = row.count;
        continue;
      }
      const double size = std::exp(curve.centre) / (phi - 1);
      static const double kFactor = std::exp(kStep);
      const double low = log_rising(size / kFactor, row.count), mid = log_rising(size, row.count),
                   high = log_rising(size * kFactor, row.count), top = log_rising(size * kFactor * kFactor, row.count);
      const double second = (low - 2 * mid + high) / 2, third = (top - 3 * high + 3 * mid - low) / 6;
      c[0][k] = mid;
      c[1][k] = ((high - low) / 2 - third) / kStep;
      c[2][k] = second / (kStep * kStep);
      c[3][k] = third / (kStep * kStep * kStep);
    }
  }
}

void LikelihoodNearby::add(const std::vector<Row>& rows, const Means& means, DispersionWeights& sum) const {
  double total = 0, counted = 0;
  for (std::size_t t = 0; t < rows.size(); ++t)
    total += rows[t].weight * means.mean[t], counted += rows[t].weight * rows[t].count;
  DispersionWeights rising{};
  for (const Curve& curve : curves_) {
    const double w = rows[curve.row].weight, far = means.log[curve.row] - curve.centre;
    // Beyond the cubic's reach its tangent goes on.
    const double d = std::clamp(far, -1.2, 1.5), beyond = far - d;
    const auto& c = curve.coefficients;
    for (std::size_t k = 0; k < kDispersions; ++k)
      rising[k] += w * (c[0][k] + d * (c[1][k] + d * (c[2][k] + d * c[3][k])) +
                        beyond * (c[1][k] + d * (2 * c[2][k] + 3 * d * c[3][k])));
  }
  for (std::size_t k = 0; k < kDispersions; ++k)
    if (plausible_[k]) sum[k] += rising[k] - total * per_mean_[k] + counted * per_count_[k];
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
    f.terms = std::min(survey.fit.terms, used_terms(f.prior));
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

}  // namespace duluan::trend
