#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

#include "trend/count_tail.hpp"

using namespace duluan::trend;

TEST_CASE("log_gamma agrees with factorials and the half") {
  double factorial = 1;
  for (int n = 1; n < 60; ++n) {
    CHECK(log_gamma(n) == doctest::Approx(std::log(factorial)).epsilon(1e-11));
    factorial *= n;
  }
  CHECK(log_gamma(0.5) == doctest::Approx(0.5 * std::log(3.14159265358979323846)).epsilon(1e-11));
}

TEST_CASE("densities sum to one and have the stated mean and variance") {
  for (double mean : {0.3, 4.0, 70.0})
    for (double phi : {1.0, 1.3, 5.0}) {
      double total = 0, first = 0, second = 0;
      for (int y = 0; y < 3000; ++y) {
        const double p = std::exp(log_density(y, mean, phi));
        total += p, first += p * y, second += p * y * y;
      }
      CHECK(total == doctest::Approx(1).epsilon(1e-9));
      CHECK(first == doctest::Approx(mean).epsilon(1e-8));
      CHECK(second - first * first == doctest::Approx(mean * phi).epsilon(1e-7));
    }
}

TEST_CASE("tails are the sums of densities on both sides of the mean") {
  for (double phi : {1.0, 2.5})
    for (int y : {0, 1, 5, 12, 13, 40}) {
      double above = 0;
      for (int k = y + 1; k < 1000; ++k) above += std::exp(log_density(k, 12.5, phi));
      CHECK(tail(y, 12.5, phi).above == doctest::Approx(above).epsilon(1e-8));
    }
}

TEST_CASE("quantiles are the smallest count that reaches the level") {
  for (double mean : {0.2, 3.0, 55.0, 900.0})
    for (double phi : {1.0, 3.0})
      for (double level : {0.025, 0.5, 0.975}) {
        const double q = quantile(level, mean, phi);
        CHECK(1 - tail(q, mean, phi).above >= level - 1e-9);
        if (q > 0) CHECK(1 - tail(q - 1, mean, phi).above < level + 1e-9);
      }
}

TEST_CASE("very wide distributions go over smoothly into the approximation") {
  // Variance just below and just above the switch, 2.5 standard deviations out.
  const double mean = 1e5;
  const double below = tail(mean + 25000, mean, 999.9).mid(), above = tail(mean + 25000, mean, 1000.1).mid();
  CHECK(below == doctest::Approx(above).epsilon(0.02));
  CHECK(quantile(0.975, mean, 1000.1) == doctest::Approx(quantile(0.975, mean, 999.9)).epsilon(0.002));
  CHECK(tail(1e9, 1e8, 1e7).mid() < 1e-3);
}

TEST_CASE("normal_score inverts normal_tail far into both tails") {
  for (double z = -5; z < 35; z += 0.37) CHECK(normal_score(normal_tail(z)) == doctest::Approx(z).epsilon(1e-6));
  CHECK(normal_score(0.5) == doctest::Approx(0));
  CHECK(normal_score(1e-300) == doctest::Approx(37.047).epsilon(1e-4));
}

TEST_CASE("the kernel differs from the density by log y! only") {
  for (double phi : {1.0, 1.7, 10.0})
    for (int y : {0, 3, 30})
      CHECK(DensityKernel(phi)(y, 7.5, std::log(7.5)) - log_gamma(y + 1.0) ==
            doctest::Approx(log_density(y, 7.5, phi)).epsilon(1e-10));
}

TEST_CASE("long tails by the continued fraction are what summing gives") {
  for (double mean : {0.01, 0.5, 3.0, 20.0, 300.0, 5000.0})
    for (double phi : {11.0, 20.0, 100.0, 280.0})
      for (double times : {1.0, 1.5, 3.0, 10.0}) {
        const double y = std::ceil(mean * times);
        const Tail result = tail(y, mean, phi);
        const Ratio ratio(mean, phi);
        double term = result.at, sum = 0;
        for (double k = y; term > 1e-16 * sum + 1e-305; ++k) sum += term *= ratio.up(k);
        CAPTURE(mean);
        CAPTURE(phi);
        CAPTURE(y);
        if (sum > 1e-280) CHECK(result.above == doctest::Approx(sum).epsilon(1e-9));
      }
}
