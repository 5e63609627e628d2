// Log-linear baselines of one series, one for each kind of series it may be of, averaged by their evidence.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "duluan/trend.hpp"
#include "trend/gaussian.hpp"

namespace duluan::trend {

inline constexpr std::size_t kDispersions = SeriesKind::kDispersions;
// Variance / mean of the counts.
inline constexpr std::array<double, kDispersions> kDispersionGrid = {1.0, 1.12, 1.27, 1.46, 1.7, 2.0,
                                                                     2.4, 3.0,  4.0,  6.0,  10., 20.};
using DispersionWeights = std::array<double, kDispersions>;

/// One period made ready for fitting.
struct Row {
  Terms x{};
  double offset = 0;  ///< log exposure + known effects
  double count = 0;
  double memory = 1;  ///< how much the period still tells of the present
  double weight = 1;  ///< memory x probability that the period is no part of a surge
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

/// A history as all kinds of the pool together explain it: who belongs to a surge, how dispersed it is, and the
/// quadratic form of its likelihood.
struct Survey {
  Survey(std::vector<Row> history, const Pool& pool);

  std::vector<Row> rows;
  double own_level = 0;
  Fit fit{};
  double dispersion = 1;
  std::array<bool, kDispersions> plausible{};  ///< dispersions worth computing
  DispersionWeights log_likelihood{};          ///< with each plausible dispersion, at the mode

  /// Share of the history that looks like surges.
  [[nodiscard]] double surge_share() const;
};

/// Kinds the surveyed series may be of, their modes and evidence by the survey's quadratic form alone, without
/// another look at the data: those within `reach` of the best logarithm.
std::vector<Fit> candidates(const Survey& survey, const Pool& pool, double reach);

/// Part of a predictive distribution: negative binomial with variance phi * mean.
struct Component {
  double weight, mean, phi;
};

/// All kinds the series may be of, fitted to a growing history.
class Baselines {
 public:
  /// `pool` must outlive the object.
  Baselines(Survey survey, const Pool& pool);

  /// Predictive mixture for a period with these terms and offset; weights sum to 1. The uncertainty of the mean is
  /// widened by that factor of its variance.
  void predict(const Row& row, std::vector<Component>& out, double widened = 1) const;
  /// Takes a judged period into the history; `expected` is its predictive mean.
  void absorb(Row row, double expected);

  [[nodiscard]] double dispersion() const { return dispersion_; }
  [[nodiscard]] std::size_t periods() const { return rows_.size(); }
  [[nodiscard]] const std::vector<Fit>& fits() const { return fits_; }

 private:
  void weigh(Fit& fit) const;
  void normalise();
  void update(Fit& fit, const Row& row) const;

  const Pool* pool_;
  std::vector<Row> rows_;
  std::vector<Fit> fits_;
  double dispersion_ = 1;
  std::array<bool, kDispersions> plausible_{};
  double last_surge_ = 0;  ///< probability that the last period belongs to a surge
  std::size_t since_refit_ = 0;
};

}  // namespace duluan::trend
