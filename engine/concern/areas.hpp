// What lies in what: the tree whole archive - provinces - districts - places, and who borders on whom.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "concern/place_names.hpp"

namespace duluan::concern {

/// A node of the tree that is more than one place. The first node is the whole archive.
struct Area {
  std::string name = {};            ///< empty: the whole
  int level = 0;                    ///< 0 the whole, 1 province, 2 district
  std::size_t above = 0;            ///< its node; of the whole itself
  std::vector<std::size_t> places;  ///< all that lie in it, indexes into Cells::places()
  std::vector<std::size_t> direct;  ///< those of them that lie in none of `below`
  std::vector<std::size_t> below;   ///< nodes
};

struct Areas {
  static constexpr int kLevels = 3;
  std::vector<Area> nodes;
  std::vector<bool> province;                        ///< [place] its name is a province's: nowhere in particular
  std::vector<std::vector<std::size_t>> neighbours;  ///< [place], sorted
};

/// Pairs of neighbours by name; without them, places of one (old) district are neighbours. A province or district of
/// less than two places is left out, and so is one that makes up more than two thirds of the area above it.
Areas areas_of(const std::vector<std::string>& places, int day, PlaceNames& names,
               const std::vector<std::pair<std::string, std::string>>& neighbours);

}  // namespace duluan::concern
