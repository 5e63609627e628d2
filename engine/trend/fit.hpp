// The log-linear baseline of one kind of series fitted to one history.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "trend/gaussian.hpp"

namespace duluan::trend {

inline constexpr std::size_t kDispersions = SeriesKind::kDispersions;
// Variance / mean of the counts.
inline constexpr std::array<double, kDispersions> kDispersionGrid = {1.0, 1.12, 1.27, 1.46, 1.7, 2.0,
                                                                     2.4, 3.0,  4.0,  6.0,  10., 20.};
using DispersionWeights = std::array<double, kDispersions>;
using Plausible = std::array<bool, kDispersions>;  ///< dispersions worth computing
inline constexpr double kNever = -1e250;           ///< logarithm of no weight at all

/// One period made ready for fitting.
struct Row {
  Terms x{};
  double offset = 0;  ///< log exposure + known effects
  double count = 0;
  double weight = 1;  ///< probability that the period is no part of a surge
};

/// The posterior under one kind, normal around its mode.
struct Fit {
  std::size_t kind = 0;  ///< index into Pool::kinds
  Terms centre{};        ///< the kind's mean
  Terms prior{};         ///< the kind's precision
  std::size_t terms = 1;
  Terms mode{};
  Terms skew{};                    ///< posterior mean less mode
  TermMatrix information{};        ///< of the data at dispersion 1
  DispersionWeights log_weight{};  ///< joint evidence with each dispersion, plus prior
};

/// Logarithms of the means of all rows, and the means.
struct Means {
  std::vector<double> log, mean;
};

double predictor(const Terms& mode, const Row& row);

/// The leading terms that any row knows of: by the quarter, there is no half-yearly wave.
std::size_t seen_terms(const std::vector<Row>& rows);

/// Without the terms that this kind lacks.
Terms present(Terms x, const Fit& f);

/// So many Newton steps of the quasi-Poisson posterior; `means` are those of the last mode or next to it.
void refine(Fit& f, const std::vector<Row>& rows, double dispersion, int steps, Means& means);

void find_skew(Fit& f, const std::vector<Row>& rows, double dispersion, const Means& means);

/// log P(count) with each plausible dispersion, less log count!, which no comparison needs.
void add_likelihood(const Row& row, double log_mean, double mean, const Plausible& plausible, DispersionWeights& sum);

/// What of the prior's logarithm does not depend on the dispersion.
double log_prior(const Fit& f);

/// A function of the dispersion that is smooth, computed at up to four points of the grid: cubic in its logarithm.
class Interpolation {
 public:
  using Values = Factors::Lanes;

  Interpolation() = default;
  explicit Interpolation(const Plausible& wanted);
  [[nodiscard]] const Values& nodes() const { return nodes_; }
  [[nodiscard]] double at(std::size_t k, const Values& values) const {
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += share_[k][i] * values[i];
    return sum;
  }

 private:
  Values nodes_{};  ///< dispersions
  std::array<Values, kDispersions> share_{};
};

/// Probability that a count is no part of a surge.
double clean_probability(double count, double mean, double dispersion, double surge_rate);

}  // namespace duluan::trend
