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
        a[i][i] = std::sqrt(sum);
      } else {
        a[i][j] = sum / a[j][j];
      }
    }
  }
  return log_determinant + std::log(determinant);
}

namespace {

void forward(const TermMatrix& l, Terms& b, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= l[i][k] * b[k];
    b[i] /= l[i][i];
  }
}

}  // namespace

Terms solve(const TermMatrix& l, Terms b, std::size_t size) {
  forward(l, b, size);
  for (std::size_t i = size; i-- > 0;) {
    for (std::size_t k = i + 1; k < size; ++k) b[i] -= l[k][i] * b[k];
    b[i] /= l[i][i];
  }
  return b;
}

double quadratic(const TermMatrix& l, Terms x, std::size_t size) {
  forward(l, x, size);
  double sum = 0;
  for (std::size_t i = 0; i < size; ++i) sum += x[i] * x[i];
  return sum;
}

}  // namespace duluan::trend
