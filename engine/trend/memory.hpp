// The slow-rise statistic beside the score of one period, and the p-value of both together.
#pragma once

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "trend/mixture.hpp"

namespace duluan::trend {

/// The scores that the counts of a period can have, normal scores of their mid-p. Of small counts few are possible,
/// and a standard normal would be far from their distribution.
class PossibleScores {
 public:
  PossibleScores() = default;  ///< as good as continuous
  explicit PossibleScores(const Mixture& mixture);

  [[nodiscard]] bool few() const { return !scores_.empty(); }
  /// P(a score above x) + P(x itself) / 2.
  [[nodiscard]] double tail(double x) const;
  /// The distribution of the score kept within 0 and `highest`, times `weight`: values and probabilities.
  [[nodiscard]] std::vector<std::pair<double, double>> bounded(double highest, double weight) const;

 private:
  struct Score {
    double value, probability, above;
  };
  std::vector<Score> scores_;  ///< of the counts 0, 1, …, to where almost nothing is left
};

/// A surge rarely lasts one period only: the scores of the periods before count too, each at less than half
/// the weight of the next. Each is bounded: one great surge must not alarm ordinary periods after it, and a trough
/// hides nothing. Successive predictive scores are independent while the predictions hold, whatever the series, so
/// that the distribution of the sum is known. A period without verdict counts nothing.
class Memory {
 public:
  static constexpr std::size_t kPeriods = 2;

  /// P(a sum this high or higher) when the score of this period is `score`; of equal sums half counts.
  [[nodiscard]] double p_value(double score, const PossibleScores& possible) const;
  void remember(double score, PossibleScores possible);
  void skip();

 private:
  struct Past {
    bool known = false;
    double score = 0;  ///< bounded
    PossibleScores possible;
  };
  std::array<Past, kPeriods> past_{};  ///< the latest first
};

}  // namespace duluan::trend
