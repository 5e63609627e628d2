// Negative-binomial arithmetic: log densities, tails, quantiles.
#pragma once

#include <cmath>

namespace duluan::trend {

/// log Γ(x), x > 0; std::lgamma writes a global, so it is not safe in threads.
double log_gamma(double x);

/// log Γ(a + y) - log Γ(a) for a whole y >= 0.
double log_rising(double a, double y);

/// log P(Y = y) for mean m and variance phi * m (phi = 1: Poisson).
double log_density(double y, double mean, double phi);

/// The same for one dispersion and many counts, without the term log y! that no
/// comparison of baselines needs.
class DensityKernel {
 public:
  explicit DensityKernel(double phi)
      : poisson_(phi < 1.0 + 1e-6),
        per_mean_(poisson_ ? 1 : 1 / (phi - 1)),
        log_phi_(std::log(phi)),
        log_ratio_(poisson_ ? 0 : std::log1p(-1 / phi)) {}
  [[nodiscard]] double operator()(double y, double mean, double log_mean) const {
    if (poisson_) return y * log_mean - mean;
    const double size = mean * per_mean_;
    return log_rising(size, y) - size * log_phi_ + y * log_ratio_;
  }

 private:
  bool poisson_;
  double per_mean_, log_phi_, log_ratio_;
};

/// Below this dispersion the negative binomial loses digits, and is Poisson anyway.
inline constexpr double kPoisson = 1.0 + 1e-6;

/// P(Y = k + 1) / P(Y = k) = (k c + s) / (k + 1): Poisson has c = 0, s = mean.
struct Ratio {
  double c, s;
  Ratio(double mean, double phi) : c(phi > kPoisson ? 1 - 1 / phi : 0), s(phi > kPoisson ? mean / phi : mean) {}
  [[nodiscard]] double up(double k) const { return (k * c + s) / (k + 1); }
};

/// Tail at y: P(Y > y) and P(Y = y).
struct Tail {
  double above = 0;
  double at = 0;
  [[nodiscard]] double mid() const { return above + 0.5 * at; }
};
Tail tail(double y, double mean, double phi);

/// Smallest y with P(Y <= y) >= level.
double quantile(double level, double mean, double phi);

/// Standard normal: P(Z > z), and the z with P(Z > z) = p (0 < p < 1).
double normal_tail(double z);
double normal_score(double p);

}  // namespace duluan::trend
