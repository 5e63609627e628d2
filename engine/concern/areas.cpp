#include "concern/areas.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

namespace duluan::concern {
namespace {

using Members = std::map<PlaceId, std::vector<std::size_t>>;

// The unit of a level that a unit is or lies in, on its own map.
std::optional<PlaceId> at_level(const Gazetteer& gazetteer, PlaceId unit, PlaceLevel level) {
  std::vector<PlaceId> line{unit}, above;
  gazetteer.ancestors(unit, above);
  line.insert(line.end(), above.begin(), above.end());
  for (const PlaceId id : line)
    if (gazetteer.place(id).level == level) return id;
  return std::nullopt;
}

// Since the merger there are no districts, but a new commune still lies where most of it came from.
std::optional<PlaceId> district_of(const Gazetteer& gazetteer, PlaceId unit) {
  const Place place = gazetteer.place(unit);
  if (place.level != PlaceLevel::kCommune || !place.after) return at_level(gazetteer, unit, PlaceLevel::kDistrict);
  std::vector<PlaceShare> parts;
  gazetteer.predecessors(unit, parts);
  if (parts.empty()) return std::nullopt;
  const auto most = std::max_element(parts.begin(), parts.end(),
                                     [](const PlaceShare& a, const PlaceShare& b) { return a.weight < b.weight; });
  return at_level(gazetteer, most->unit, PlaceLevel::kDistrict);
}

void add_level(const Gazetteer& gazetteer, const Members& members, int level, Areas& areas) {
  const std::size_t coarser = areas.nodes.size();
  for (const auto& [id, places] : members) {
    std::size_t above = 0;
    for (std::size_t node = 0; node < coarser; ++node)
      if (std::includes(areas.nodes[node].places.begin(), areas.nodes[node].places.end(), places.begin(), places.end()))
        above = node;
    if (places.size() < 2 || places.size() * 3 > areas.nodes[above].places.size() * 2) continue;
    areas.nodes[above].below.push_back(areas.nodes.size());
    areas.nodes.push_back({gazetteer.full_name(id), level, above, places, places, {}});
    auto& direct = areas.nodes[above].direct;
    std::erase_if(direct, [&](std::size_t place) { return std::binary_search(places.begin(), places.end(), place); });
  }
}

void befriend(Areas& areas, std::size_t a, std::size_t b) {
  if (a == b) return;
  areas.neighbours[a].push_back(b);
  areas.neighbours[b].push_back(a);
}

void pair_up(const std::vector<std::string>& places, const std::vector<std::pair<std::string, std::string>>& pairs,
             Areas& areas) {
  std::map<std::string, std::size_t> index;
  for (std::size_t place = 0; place < places.size(); ++place) index[places[place]] = place;
  for (const auto& [a, b] : pairs)
    if (const auto first = index.find(a), second = index.find(b); first != index.end() && second != index.end())
      befriend(areas, first->second, second->second);
}

}  // namespace

Areas areas_of(const std::vector<std::string>& places, int day, PlaceNames& names,
               const std::vector<std::pair<std::string, std::string>>& neighbours) {
  std::vector<std::size_t> all(places.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  Areas areas{{{.places = all, .direct = all, .below = {}}}, std::vector<bool>(places.size()), {}};
  areas.neighbours.resize(places.size());
  Members provinces, old_districts, districts;
  for (const std::size_t place : all) {
    areas.province[place] = names.names_province(places[place], day);
    const auto unit = names.unit(places[place], day);
    if (!unit) continue;
    const Gazetteer& gazetteer = *names.gazetteer();
    if (const auto id = at_level(gazetteer, *unit, PlaceLevel::kProvince)) provinces[*id].push_back(place);
    if (const auto id = at_level(gazetteer, *unit, PlaceLevel::kDistrict)) districts[*id].push_back(place);
    if (const auto id = district_of(gazetteer, *unit)) old_districts[*id].push_back(place);
  }
  if (names.gazetteer() != nullptr) {
    add_level(*names.gazetteer(), provinces, 1, areas);
    add_level(*names.gazetteer(), districts, 2, areas);
  }
  if (neighbours.empty()) {
    for (const auto& [id, members] : old_districts)
      for (std::size_t i = 0; i < members.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) befriend(areas, members[i], members[j]);
  } else {
    pair_up(places, neighbours, areas);
  }
  for (auto& list : areas.neighbours) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
  return areas;
}

}  // namespace duluan::concern
