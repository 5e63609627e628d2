// Counts of one administrative map as counts of the other, across 1 July 2025.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "concern/cells.hpp"
#include "concern/place_names.hpp"
#include "duluan/concern.hpp"

namespace duluan::concern {

struct Rebased {
  Material material;
  Reform reform;
  /// Of each place the names under which the archive holds its opinions of the period.
  std::map<std::string, std::vector<std::string>> origins;
};

/// Brings everything to the map before or after the merger. A unit that was split gives each opinion to the part that
/// lags furthest behind its weight, in the order of the periods: counts stay whole, totals of every topic and period
/// stay what they were, no part's sum over time strays by more than a few opinions from its weight, and what is later
/// changes nothing that is earlier. Places the gazetteer does not know stay. What is later than `period` is left out.
Rebased rebase(const Material& all, bool after, const Period& period, PlaceNames& names);

}  // namespace duluan::concern
