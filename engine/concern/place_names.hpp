// Names of places as an archive holds them, found in the gazetteer.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "duluan/place.hpp"

namespace duluan::concern {

/// Homonyms are told apart by the province that most of the names can lie in. Answers are remembered.
class PlaceNames {
 public:
  /// Without a gazetteer no name is known.
  PlaceNames(const Gazetteer* gazetteer, std::span<const std::string> names);

  /// The unit a name stands for on a day (of homonyms across the two maps that of the day's map), if it is
  /// certain. Names that only contain a place ("Hội Nông dân tỉnh Lào Cai") stand for none.
  [[nodiscard]] std::optional<PlaceId> unit(const std::string& name, int day);
  [[nodiscard]] const Gazetteer* gazetteer() const { return gazetteer_; }
  /// A province said without the gazetteer: "tỉnh Lam Châu".
  [[nodiscard]] bool names_province(const std::string& name, int day);

 private:
  [[nodiscard]] std::optional<PlaceId> home_province(std::span<const std::string> names);

  const Gazetteer* gazetteer_;
  PlaceContext context_;
  Mentions mentions_;
  std::map<std::pair<std::string, bool>, std::optional<PlaceId>> known_;
};

}  // namespace duluan::concern
