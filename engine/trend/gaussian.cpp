#include "trend/gaussian.hpp"

#include <algorithm>
#include <cmath>

namespace duluan::trend {

Terms precision(const Terms& sd) {
  Terms p{};
  for (std::size_t i = 0; i < kTerms; ++i) p[i] = sd[i] > 0 ? 1 / (sd[i] * sd[i]) : 0;
  return p;
}

std::size_t used_terms(const Terms& precision) {
  std::size_t size = kTerms;
  while (size > 1 && precision[size - 1] <= 0) --size;
  return size;
}

TermMatrix posterior_precision(const TermMatrix& information, const Terms& prior, double dispersion) {
  TermMatrix a{};
  const double scale = 1 / dispersion;
  for (std::size_t i = 0; i < kTerms; ++i) {
    if (prior[i] <= 0) {
      a[i][i] = 1;
      continue;
    }
    for (std::size_t j = 0; j <= i; ++j)
      if (prior[j] > 0) a[i][j] = information[i][j] * scale;
    a[i][i] += prior[i];
  }
  return a;
}

double cholesky(TermMatrix& a, std::size_t size) {
  double determinant = 1, log_determinant = 0;
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = a[i][j];
      for (std::size_t k = 0; k < j; ++k) sum -= a[i][k] * a[j][k];
      if (i == j) {
        sum = std::max(sum, 1e-12);
        determinant *= sum;
        if (determinant > 1e200 || determinant < 1e-200) log_determinant += std::log(determinant), determinant = 1;
        a[i][i] = 1 / std::sqrt(sum);
      } else {
        a[i][j] = sum * a[j][j];
      }
    }
  }
  return log_determinant + std::log(determinant);
}

Terms solve(const TermMatrix& l, Terms b, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= l[i][k] * b[k];
    b[i] *= l[i][i];
  }
  for (std::size_t i = size; i-- > 0;) {
    for (std::size_t k = i + 1; k < size; ++k) b[i] -= l[k][i] * b[k];
    b[i] *= l[i][i];
  }
  return b;
}

TermMatrix covariance(const TermMatrix& l, const Terms& prior, std::size_t size) {
  TermMatrix root{};  // L^-1, column by column
  for (std::size_t j = 0; j < size; ++j) {
    root[j][j] = l[j][j];
    for (std::size_t i = j + 1; i < size; ++i) {
      double sum = 0;
      for (std::size_t k = j; k < i; ++k) sum -= l[i][k] * root[k][j];
      root[i][j] = sum * l[i][i];
    }
  }
  TermMatrix c{};
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      if (prior[i] <= 0 || prior[j] <= 0) continue;
      double sum = 0;
      for (std::size_t k = i; k < size; ++k) sum += root[k][i] * root[k][j];
      c[i][j] = c[j][i] = sum;
    }
  return c;
}

Factors::Factors(const TermMatrix& information, const Terms& prior, const Lanes& dispersions, std::size_t size)
    : size_(size) {
  Lanes scale;
  for (std::size_t n = 0; n < kLanes; ++n) scale[n] = 1 / dispersions[n];
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      const bool known = prior[i] > 0 && prior[j] > 0;
      const double data = known ? information[i][j] : 0, own = i != j ? 0 : prior[i] > 0 ? prior[i] : 1;
      Lanes sum;
      for (std::size_t n = 0; n < kLanes; ++n) sum[n] = data * scale[n] + own;
      for (std::size_t k = 0; k < j; ++k)
        for (std::size_t n = 0; n < kLanes; ++n) sum[n] -= l_[i][k][n] * l_[j][k][n];
      if (i == j)
        for (std::size_t n = 0; n < kLanes; ++n) l_[i][i][n] = 1 / std::sqrt(std::max(sum[n], 1e-12));
      else
        for (std::size_t n = 0; n < kLanes; ++n) l_[i][j][n] = sum[n] * l_[j][j][n];
    }
}

Factors::Lanes Factors::log_determinant() const {
  Lanes logs{};
  for (std::size_t n = 0; n < kLanes; ++n) {
    double product = 1;
    for (std::size_t i = 0; i < size_; ++i) product *= l_[i][i][n];  // within 1e-60 and 1e36
    logs[n] = -2 * std::log(product);
  }
  return logs;
}

Factors::Lanes Factors::quadratic(const Terms& x) const {
  std::array<Lanes, kTerms> b;
  Lanes sum{};
  for (std::size_t i = 0; i < size_; ++i) {
    for (std::size_t n = 0; n < kLanes; ++n) b[i][n] = x[i];
    for (std::size_t k = 0; k < i; ++k)
      for (std::size_t n = 0; n < kLanes; ++n) b[i][n] -= l_[i][k][n] * b[k][n];
    for (std::size_t n = 0; n < kLanes; ++n) b[i][n] *= l_[i][i][n], sum[n] += b[i][n] * b[i][n];
  }
  return sum;
}

}  // namespace duluan::trend
