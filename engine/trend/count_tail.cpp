#include "trend/count_tail.hpp"

#include <algorithm>

namespace duluan::trend {
namespace {

constexpr double kWide = 1e7;       // variance beyond which single counts are not told apart
constexpr double kLongTailed = 10;  // dispersion from which on a tail is no longer summed
constexpr double kBroad = 1000;     // dispersion beyond which summing the tail would take too long
constexpr double kStretched = 300;  // the same, where the distribution is like a gamma with a mode

// Wilson and Hilferty: the cube root of a gamma variable is nearly normal.
double wide_root(double mean, double phi) { return std::sqrt(phi / mean) / 3; }

bool is_wide(double mean, double phi) { return mean * phi > kWide || phi > kBroad || (phi > kStretched && mean > phi); }

// P(Y > y) / P(Y = y + 1) for y >= mean: the continued fraction of the incomplete beta function (DLMF 8.17.22), by
// Lentz's method. A broad distribution has too long a tail to be summed.
double tail_fraction(double y, double size, double q) {
  constexpr double kTiny = 1e-300;
  const double a = y + 1;
  double c = 1, d = 1 / std::max(1 - (a + size) * q / (a + 1), kTiny), fraction = d;
  const auto take = [&](double term) {
    d = 1 + term * d, c = 1 + term / c;
    d = 1 / (std::abs(d) < kTiny ? kTiny : d), c = std::abs(c) < kTiny ? kTiny : c;
    fraction *= d * c;
    return std::abs(d * c - 1);
  };
  for (double m = 1; m < 10000; ++m) {
    take(m * (size - m) * q / ((a + 2 * m - 1) * (a + 2 * m)));
    if (take(-(a + m) * (a + size + m) * q / ((a + 2 * m) * (a + 2 * m + 1))) < 1e-12) break;
  }
  return fraction;
}

Tail wide_tail(double y, double mean, double phi) {
  const double root = wide_root(mean, phi);
  return {normal_tail((std::cbrt(y / mean) - 1 + root * root) / root), 0};
}

}  // namespace

double log_gamma(double x) {
  double shift = 0;
  if (x < 8) {
    double product = 1;
    while (x < 8) product *= x, x += 1;
    shift = std::log(product);
  }
  const double r = 1 / x, r2 = r * r;
  const double series = r * (1.0 / 12 - r2 * (1.0 / 360 - r2 * (1.0 / 1260 - r2 * (1.0 / 1680 - r2 / 1188))));
  return (x - 0.5) * std::log(x) - x + 0.91893853320467274178 + series - shift;
}

double log_rising(double a, double y) {
  if (y > 12) return log_gamma(a + y) - log_gamma(a);
  double product = 1;
  for (int i = 0; i < y; ++i) product *= a + i;  // y is at most 12
  return std::log(product);
}

double log_density(double y, double mean, double phi) {
  mean = std::max(mean, 1e-12);
  if (phi <= kPoisson) return y * std::log(mean) - mean - log_gamma(y + 1);
  const double size = mean / (phi - 1);
  return log_rising(size, y) - log_gamma(y + 1) - size * std::log(phi) + y * std::log1p(-1 / phi);
}

Tail tail(double y, double mean, double phi) {
  mean = std::max(mean, 1e-12);
  if (is_wide(mean, phi)) return wide_tail(y, mean, phi);
  const Ratio ratio(mean, phi);
  Tail result;
  result.at = std::exp(log_density(y, mean, phi));
  // Sum on the side where terms fall; the sum of the other side is the complement.
  if (y >= mean && phi > kLongTailed) {
    result.above = std::min(1.0, result.at * ratio.up(y) * tail_fraction(y, mean / (phi - 1), ratio.c));
  } else if (y >= mean) {
    double term = result.at;
    for (double k = y; term > 1e-12 * result.above + 1e-300; ++k) {
      term *= ratio.up(k);
      result.above += term;
    }
  } else {
    double term = result.at, below = 0;
    for (double k = y; k > 0 && term > 1e-14; --k) {
      term /= ratio.up(k - 1);
      below += term;
    }
    result.above = std::max(0.0, 1 - below - result.at);
  }
  return result;
}

double quantile(double level, double mean, double phi) {
  mean = std::max(mean, 1e-12);
  if (is_wide(mean, phi)) {
    const double root = wide_root(mean, phi), z = normal_score(1 - level);
    return std::floor(mean * std::pow(std::max(0.0, 1 - root * root + z * root), 3));
  }
  const Ratio ratio(mean, phi);
  // Start at the mean, where the density does not underflow, and walk.
  double y = std::floor(mean);
  const Tail here = tail(y, mean, phi);
  double cumulative = 1 - here.above, density = here.at;
  while (cumulative < level) {
    density *= ratio.up(y++);
    cumulative += density;
    if (density < 1e-18) break;
  }
  while (y > 0 && cumulative - density >= level) {
    cumulative -= density;
    density /= ratio.up(--y);
  }
  return y;
}

double normal_tail(double z) { return 0.5 * std::erfc(z * 0.70710678118654752440); }

double normal_score(double p) {
  if (p > 0.5) return -normal_score(1 - p);
  // Rational approximations after P. J. Acklam, good to nine digits.
  constexpr double kSplit = 0.02425;
  if (p < kSplit) {
    const double q = std::sqrt(-2 * std::log(p));
    return -(((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q -
               2.549732539343734e+00) *
                  q +
              4.374664141464968e+00) *
                 q +
             2.938163982698783e+00) /
           ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q +
             3.754408661907416e+00) *
                q +
            1);
  }
  const double q = p - 0.5, r = q * q;
  return -(((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r +
             1.383577518672690e+02) *
                r -
            3.066479806614716e+01) *
               r +
           2.506628277459239e+00) *
         q /
         (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r +
            6.680131188771972e+01) *
               r -
           1.328068155288572e+01) *
              r +
          1);
}

}  // namespace duluan::trend
