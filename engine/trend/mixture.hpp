// Mixtures of negative binomials: the predictive distribution of one period.
#pragma once

#include <vector>

#include "trend/baseline.hpp"
#include "trend/count_tail.hpp"

namespace duluan::trend {

using Mixture = std::vector<Component>;

/// Tail of the mixture at y.
Tail tail(double y, const Mixture& mixture);

double mean(const Mixture& mixture);

double variance(const Mixture& mixture);

}  // namespace duluan::trend
