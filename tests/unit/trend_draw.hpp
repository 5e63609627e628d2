// Random series for the tests of detection and forecast. Own generators, so that every
// standard library gives the same numbers.
#pragma once

#include <cmath>
#include <cstddef>
#include <random>

#include "duluan/trend.hpp"

struct Draw {
  std::mt19937_64 bits;
  double uniform() { return (static_cast<double>(bits() >> 11) + 0.5) / 9007199254740992.0; }
  double poisson(double mean) {
    double n = 0, left = mean;
    while ((left += std::log(uniform())) > 0) ++n;
    return n;
  }
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
