// Baselines whose level, slope and season move: dynamic log-linear models of counts, averaged by how well each
// foretold every period of the history from those before it.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "duluan/trend.hpp"
#include "trend/baseline.hpp"

namespace duluan::trend {

inline constexpr std::size_t kMovements = Pool::kMovements;
inline constexpr std::size_t kScatters = Pool::kScatters;

/// How well each model foretold: log P(the periods of the history).
struct MovingEvidence {
  using Scores = std::array<std::array<double, kScatters>, kMovements>;
  Scores before{}, after{};  ///< the periods before foretold_from(), and all

  /// Of all models together.
  static double together(const Scores& scores, const Pool& pool);
  /// log P(the periods from foretold_from() on | those before).
  [[nodiscard]] double foretold(const Pool& pool) const { return together(after, pool) - together(before, pool); }
};

/// All models, each run through one history.
class MovingBaselines {
 public:
  /// `per_year` periods a year; the pool gives the prior of level, slope and season.
  MovingBaselines(const std::vector<Row>& rows, int per_year, const Pool& pool);

  [[nodiscard]] const MovingEvidence& evidence() const { return evidence_; }
  /// Predictive mixture for a period after the history; weights sum to `share`.
  void predict(const Row& row, double share, std::vector<Component>& out) const;

 private:
  static constexpr std::size_t kHarmonics = 6, kStates = 2 + 2 * kHarmonics;
  using States = std::array<double, kStates>;
  struct Filter {
    std::size_t movement, scatter;
    States mean{};
    std::array<States, kStates> covariance{};
    double log_score = 0, surge = 0;
  };

  [[nodiscard]] States terms(const Row& row) const;
  void advance(Filter& f, double years) const;
  void observe(Filter& f, const Row& row, const States& x) const;
  void start(const std::vector<Row>& rows);
  void note(MovingEvidence::Scores& scores) const;
  void weigh();

  std::size_t states_ = 2;
  double last_ = 0;  ///< time of the last period
  const Pool* pool_;
  std::vector<Filter> filters_;
  MovingEvidence evidence_{};
};

/// From this period on, forecasts of a history's own periods count.
std::size_t foretold_from(std::size_t periods);
/// The same logarithm for the kinds of series that do not move.
double foretold_by_kinds(const std::vector<Row>& rows, const Pool& pool);
/// Probability that movements foretell this history better than the kinds do.
double moving_share(const std::vector<Row>& rows, const MovingBaselines& moving, const Pool& pool);

/// Learns which movements are usual among the series.
void learn_movements(const std::vector<std::vector<Row>>& histories, Pool& pool);
/// What to assume of movements when there is nothing to learn from.
void standard_movements(Pool& pool);

}  // namespace duluan::trend
