// Random series for the tests of detection and forecast. Own generators, so that every
// standard library gives the same numbers.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <random>

#include "duluan/trend.hpp"

struct Draw {
  std::mt19937_64 bits;
  double uniform() { return (static_cast<double>(bits() >> 11) + 0.5) / 9007199254740992.0; }
  double normal() { return std::sqrt(-2 * std::log(uniform())) * std::cos(6.283185307179586 * uniform()); }
  // Marsaglia and Tsang.
  double gamma(double shape) {
    if (shape < 1) return gamma(shape + 1) * std::pow(uniform(), 1 / shape);
    const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
    for (;;) {
      const double z = normal(), v = std::pow(1 + c * z, 3);
      if (v > 0 && std::log(uniform()) < 0.5 * z * z + d - d * v + d * std::log(v)) return d * v;
    }
  }
  double poisson(double mean) {
    double n = 0;
    while (mean > 30) {  // the k-th arrival splits the interval
      const double k = std::floor(mean * 0.875), x = gamma(k);
      if (x >= mean) {
        for (double i = 1; i < k; ++i) n += uniform() < mean / x;
        return n;
      }
      n += k, mean -= x;
    }
    for (double left = mean; (left += std::log(uniform())) > 0;) ++n;
    return n;
  }
  double count(double mean, double phi) { return poisson(phi > 1 ? gamma(mean / (phi - 1)) * (phi - 1) : mean); }
  // Variance 2 x mean: a Poisson number of geometric clusters.
  double clustered(double mean) {
    double n = 0;
    for (double c = poisson(mean * 0.6931471805599453); c > 0; --c) {
      // Logarithmic series, q = 1/2.
      double u = uniform(), k = 1, p = 0.5 / 0.6931471805599453;
      while (u > p && k < 60) u -= p, p *= 0.5 * k / (k + 1), ++k;
      n += k;
    }
    return n;
  }
};

inline duluan::Series flat(Draw& draw, double mean, std::size_t n) {
  duluan::Series s;
  for (std::size_t t = 0; t < n; ++t) s.counts.push_back(draw.clustered(mean));
  return s;
}

/// Without any surge, around `level`: of four dispersions, a third with a trend, half with a season.
inline duluan::Series usual(Draw& draw, double level, std::size_t n, int per_year) {
  constexpr std::array<double, 4> kPhis = {1, 1.3, 2, 3.5};
  const double phi = kPhis[static_cast<std::size_t>(draw.uniform() * 4)];
  const double slope = draw.uniform() < 0.33 ? 0.2 * draw.normal() : 0;
  const bool season = draw.uniform() < 0.5;
  const double a = season ? 0.3 * draw.normal() : 0, b = season ? 0.3 * draw.normal() : 0;
  duluan::Series s;
  s.periods_per_year = per_year;
  for (std::size_t t = 0; t < n; ++t) {
    const double years = static_cast<double>(t) / per_year, angle = 6.283185307179586 * years;
    const double middle = years - static_cast<double>(n) / (2.0 * per_year);
    s.counts.push_back(draw.count(level * std::exp(slope * middle + a * std::cos(angle) + b * std::sin(angle)), phi));
  }
  return s;
}
