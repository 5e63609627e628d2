/// \file
/// Which opinion is told when, where and by whom: the usual talk, the season, what is planted.
#pragma once

#include <string>
#include <vector>

#include "material.hpp"
#include "province.hpp"

namespace sample {

enum class Origin { kBase, kCopy, kSeason, kSudden, kCreeping, kLocal };

struct Told {
  int month = 0;
  std::size_t source = 0;  ///< index into sources()
  std::size_t place = 0;   ///< index into the places: where it is said, or the department that says it
  std::size_t topic = 0;
  std::string text;
  Origin origin = Origin::kBase;
};

struct Plan {
  std::vector<Told> told;
  int unplaced = 0;  ///< drawn, but every fitting sentence had been used lately
};

/// The whole archive; the same for the same material and places.
Plan make_plan(const Material& material, const std::vector<Place>& places);

}  // namespace sample
