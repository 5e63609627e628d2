// What Tết does to a topic, learnt from the new years already past.
#pragma once

#include <span>
#include <vector>

#include "duluan/period.hpp"
#include "duluan/trend.hpp"

namespace duluan::concern {

/// Logarithm of the factor for each period of `series`, whose first period is `first` and whose
/// last is the one to be judged, which is not looked at. Empty when no Tết has been observed
/// yet, or the periods are too long to tell it from the season.
std::vector<double> tet_effects(const Series& series, const Period& first);

}  // namespace duluan::concern
