// A history as all kinds of the pool together explain it.
#pragma once

#include <vector>

#include "duluan/trend.hpp"
#include "trend/fit.hpp"

namespace duluan::trend {

/// Of a period after one that belongs to a surge with this probability.
double surge_rate(const Pool& pool, double before);

/// Who belongs to a surge, how dispersed the series is, and the quadratic form of its likelihood.
struct Survey {
  Survey(std::vector<Row> history, const Pool& pool);

  std::vector<Row> rows;
  double own_level = 0;
  Fit fit{};
  double dispersion = 1;
  Plausible plausible{};
  DispersionWeights log_likelihood{};  ///< with each plausible dispersion, at the mode

  /// Share of the history that looks like surges.
  [[nodiscard]] double surge_share() const;

 private:
  void weigh_dispersions(const DispersionWeights& usual, const Means& means);
  void weigh_surges(const Pool& pool, const Means& means);
};

/// The log likelihood near the surveyed mode, with every plausible dispersion: exact but for what a negative
/// binomial has beyond the terms of a Poisson, which is cubic in the log mean.
class LikelihoodNearby {
 public:
  explicit LikelihoodNearby(const Survey& survey);
  void add(const std::vector<Row>& rows, const Means& means, DispersionWeights& sum) const;

 private:
  struct Curve {
    std::size_t row;
    double centre;                                  ///< log mean
    std::array<DispersionWeights, 4> coefficients;  ///< of log Γ(size + count) - log Γ(size)
  };
  Plausible plausible_;
  DispersionWeights per_mean_{}, per_count_{};
  std::vector<Curve> curves_;
};

/// Kinds the surveyed series may be of, their modes and evidence by the survey's quadratic form alone, without
/// another look at the data: those within `reach` of the best logarithm.
std::vector<Fit> candidates(const Survey& survey, const Pool& pool, double reach);

}  // namespace duluan::trend
