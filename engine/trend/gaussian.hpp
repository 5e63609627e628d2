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

/// In place, lower triangle. Returns the log determinant.
double cholesky(TermMatrix& a, std::size_t size);

/// Solves L L' x = b.
Terms solve(const TermMatrix& l, Terms b, std::size_t size);

/// x' (L L')^-1 x.
double quadratic(const TermMatrix& l, Terms x, std::size_t size);

}  // namespace duluan::trend
