#include "trend/mixture.hpp"

namespace duluan::trend {

Tail tail(double y, const Mixture& mixture) {
  Tail sum;
  for (const Component& c : mixture) {
    const Tail t = tail(y, c.mean, c.phi);
    sum.above += c.weight * t.above;
    sum.at += c.weight * t.at;
  }
  return sum;
}

double mean(const Mixture& mixture) {
  double sum = 0;
  for (const Component& c : mixture) sum += c.weight * c.mean;
  return sum;
}

double variance(const Mixture& mixture) {
  const double centre = mean(mixture);
  double sum = 0;
  for (const Component& c : mixture) sum += c.weight * (c.phi * c.mean + (c.mean - centre) * (c.mean - centre));
  return sum;
}

}  // namespace duluan::trend
