// Log-linear baselines of one series, averaged by their evidence.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "duluan/trend.hpp"

namespace duluan::trend {

inline constexpr std::size_t kTerms = 6;  // level, slope per year, two harmonics of the year

// Grids of the pool. Variance / mean of the counts:
inline constexpr std::array<double, Pool::kDispersions> kDispersionGrid = {1.0, 1.12, 1.27, 1.46, 1.7, 2.0,
                                                                           2.4, 3.0,  4.0,  6.0,  10., 20.};

/// What a baseline may contain: standard deviations of its terms, 0 = absent.
struct Structure {
  double slope_sd;      ///< of the log rate, per year
  double season_sd;     ///< per coefficient of the yearly wave
  bool two_waves;       ///< also a half-yearly one
  bool shared = false;  ///< around the pool's wave, else around none
  double slope_mean = 0;
};
struct Slope {
  double mean, sd;
};
inline constexpr std::array<Slope, 5> kSlopes = {{{0, 0}, {0, 0.1}, {0, 0.3}, {0.2, 0.08}, {-0.2, 0.08}}};
inline constexpr std::array<Structure, 6> kSeasons = {
    {{0, 0, false}, {0, 0.05, false, true}, {0, 0.3, false}, {0, 0.7, false}, {0, 0.25, true}, {0, 0.7, true}}};
Structure structure(std::size_t index);

using Terms = std::array<double, kTerms>;
using TermMatrix = std::array<Terms, kTerms>;

/// One period made ready for fitting.
struct Row {
  Terms x{};
  double offset = 0;  ///< log exposure + known effects
  double count = 0;
  double weight = 1;  ///< probability that the period is no part of a surge
};

/// The posterior of one structure, Gaussian around its mode.
struct Fit {
  Structure structure{};
  std::size_t index = 0;
  Terms mode{};
  TermMatrix information{};  ///< of the data at dispersion 1
  TermMatrix covariance{};   ///< at the dispersion it was fitted with
  double dispersion = 1;
  std::array<double, Pool::kDispersions> log_weight{};  ///< joint evidence with each dispersion, plus prior
};

/// Part of a predictive distribution: negative binomial with variance phi * mean.
struct Component {
  double weight, mean, phi;
};

Terms prior_precision(const Structure& s, const Pool& pool);

/// All structures the pool thinks possible, fitted to a growing history.
class Baselines {
 public:
  /// `pool` must outlive the object.
  /// kLikely drops structures of negligible evidence, kAll serves learning the pool.
  enum class Keep { kLikely, kAll };
  Baselines(std::vector<Row> history, const Pool& pool, Keep keep = Keep::kLikely);

  /// Predictive mixture for a period with these terms and offset; weights sum to 1.
  void predict(const Row& row, std::vector<Component>& out) const;
  /// Takes a judged period into the history; `expected` is its predictive mean.
  void absorb(Row row, double expected);

  [[nodiscard]] double dispersion() const { return dispersion_; }
  [[nodiscard]] std::size_t periods() const { return rows_.size(); }
  [[nodiscard]] const std::vector<Fit>& fits() const { return fits_; }
  /// Share of the history that looks like surges.
  [[nodiscard]] double surge_share() const;

 private:
  Terms weigh_surges();
  void fit(Fit& fit, double dispersion, int iterations) const;
  [[nodiscard]] double log_prior(const Fit& fit, std::size_t dispersion) const;
  void weigh(Fit& fit) const;
  void drop_unlikely_structures();
  void normalise(double smallest_share);
  [[nodiscard]] double centre(const Structure& structure, std::size_t term) const;
  [[nodiscard]] double clean_probability(double count, double mean, double dispersion) const;

  const Pool* pool_;
  std::vector<Row> rows_;
  std::vector<Fit> fits_;
  double level_ = 0;  ///< centre of the prior of the log rate
  double dispersion_ = 1;
  std::array<bool, Pool::kDispersions> plausible_{};  ///< dispersions worth computing
  std::size_t since_refit_ = 0;
};

}  // namespace duluan::trend
