// Log-linear baselines of one series, one for each kind of series it may be of, averaged by their evidence.
#pragma once

#include <vector>

#include "duluan/trend.hpp"
#include "trend/survey.hpp"

namespace duluan::trend {

/// Part of a predictive distribution: negative binomial with variance phi * mean.
struct Component {
  double weight, mean, phi;
};

/// The kinds that the surveyed series may be of, fitted, with their evidence: what learning a pool asks for.
std::vector<Fit> kinds_by_evidence(const Survey& survey, const LikelihoodNearby& nearby, const Pool& pool);

/// All kinds the series may be of, fitted to a growing history.
class Baselines {
 public:
  /// `pool` must outlive the object.
  Baselines(Survey survey, const Pool& pool);

  /// Predictive mixture for a period with these terms and offset; weights sum to 1.
  void predict(const Row& row, std::vector<Component>& out) const;
  /// Takes a judged period into the history; `expected` is its predictive mean.
  void absorb(Row row, double expected);

  [[nodiscard]] double dispersion() const { return dispersion_; }
  [[nodiscard]] std::size_t periods() const { return rows_.size(); }

 private:
  void normalise();
  void update(Fit& fit, const Row& row) const;

  const Pool* pool_;
  std::vector<Row> rows_;
  std::vector<Fit> fits_;
  double dispersion_ = 1;
  Plausible plausible_{};
  Interpolation nodes_;    ///< of the dispersions that predictions need
  double last_surge_ = 0;  ///< probability that the last period belongs to a surge
  std::size_t since_refit_ = 0;
  Means means_;
};

}  // namespace duluan::trend
