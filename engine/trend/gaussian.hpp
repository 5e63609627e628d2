// Normal distributions of the few terms of a baseline: small symmetric systems.
#pragma once

#include <array>
#include <cstddef>

#include "duluan/trend.hpp"

namespace duluan::trend {

inline constexpr std::size_t kTerms = SeriesKind::kTerms;

using Terms = std::array<double, kTerms>;
using TermMatrix = std::array<Terms, kTerms>;  // only the lower triangle counts

/// One over the variances; 0 marks an absent term.
Terms precision(const Terms& sd);

/// The leading terms that have to be reckoned with: those after the last present one need no arithmetic.
std::size_t used_terms(const Terms& precision);

/// information / dispersion + prior; absent terms are unit rows.
TermMatrix posterior_precision(const TermMatrix& information, const Terms& prior, double dispersion);

/// In place, lower triangle; the diagonal holds one over that of L. Returns the log determinant.
double cholesky(TermMatrix& a, std::size_t size);

/// Solves L L' x = b.
Terms solve(const TermMatrix& l, Terms b, std::size_t size);

/// (L L')^-1, whole; rows and columns of absent terms are 0.
TermMatrix covariance(const TermMatrix& l, const Terms& prior, std::size_t size);

/// Several systems of one size at a time: the same information at several dispersions, factored side by side.
class Factors {
 public:
  static constexpr std::size_t kLanes = 4;
  using Lanes = std::array<double, kLanes>;

  Factors(const TermMatrix& information, const Terms& prior, const Lanes& dispersions, std::size_t size);
  [[nodiscard]] Lanes log_determinant() const;
  /// x' (L L')^-1 x; x of absent terms must be 0.
  [[nodiscard]] Lanes quadratic(const Terms& x) const;

 private:
  std::size_t size_;
  std::array<std::array<Lanes, kTerms>, kTerms> l_;  ///< the diagonal holds one over that of L
};

}  // namespace duluan::trend
