#include <algorithm>
#include <array>

#include "place/tables.hpp"

namespace duluan {

using place::kNoUnit;
using place::Share;
using place::Unit;

namespace {

// The shares whose `key` is the unit.
template <class Key>
std::span<const Share> range(const std::vector<Share>& shares, std::uint16_t unit, Key key) {
  const auto first = std::partition_point(shares.begin(), shares.end(), [&](const Share& s) { return key(s) < unit; });
  const auto last = std::partition_point(first, shares.end(), [&](const Share& s) { return key(s) == unit; });
  return {first, last};
}

std::uint16_t old_of(const Share& share) { return share.from; }
std::uint16_t new_of(const Share& share) { return share.to; }

void add(std::vector<PlaceShare>& out, std::uint16_t unit, double weight, bool estimated) {
  for (PlaceShare& share : out)
    if (share.unit.index == unit) {
      share.weight += weight;
      share.estimated = share.estimated || estimated;
      return;
    }
  out.push_back({{unit}, weight, estimated});
}

void scale_to_one(std::vector<PlaceShare>& shares) {
  double sum = 0;
  for (const PlaceShare& share : shares) sum += share.weight;
  for (PlaceShare& share : shares) {
    share.weight = sum > 0 ? share.weight / sum : 1.0 / static_cast<double>(shares.size());
    share.estimated = share.estimated || shares.size() > 1;
  }
}

}  // namespace

std::string_view kind_name(PlaceKind kind) noexcept {
  static constexpr std::array<std::string_view, 9> kNames{"tỉnh",   "thành phố", "quận",     "huyện",  "thị xã",
                                                          "phường", "xã",        "thị trấn", "đặc khu"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::size_t Gazetteer::size() const noexcept { return tables_->units.size(); }

Place Gazetteer::place(PlaceId id) const {
  const Unit& unit = tables_->units[id.index];
  Place place{unit.code, unit.name, unit.level, unit.kind, unit.after, std::nullopt};
  if (unit.parent != kNoUnit) place.parent = PlaceId{unit.parent};
  return place;
}

std::string Gazetteer::full_name(PlaceId id) const {
  const Unit& unit = tables_->units[id.index];
  return std::string(kind_name(unit.kind)) + ' ' + std::string(unit.name);
}

std::optional<PlaceId> Gazetteer::province(std::string_view name, int day) const {
  std::vector<place::Atom> atoms;
  place::read_atoms(name, atoms);
  std::uint64_t bare = 0;
  std::uint64_t accented = 0;
  for (const place::Atom& atom : atoms) {
    bare = place::chain(bare, atom.bare);
    accented = place::chain(accented, atom.accented);
  }
  const place::Node* node = tables_->node(bare);
  if (node == nullptr) return std::nullopt;
  for (std::uint32_t i = node->first; i < node->first + node->count; ++i) {
    const place::Name& entry = tables_->names[i];
    const Unit& unit = tables_->units[entry.unit];
    if (entry.accented == accented && unit.level == PlaceLevel::kProvince && unit.after == (day >= kMergerDay))
      return PlaceId{entry.unit};
  }
  return std::nullopt;
}

std::optional<PlaceId> Gazetteer::by_code(std::string_view code, int day) const {
  for (std::size_t i = 0; i < tables_->units.size(); ++i)
    if (tables_->units[i].code == code && tables_->units[i].after == (day >= kMergerDay))
      return PlaceId{static_cast<std::uint16_t>(i)};
  return std::nullopt;
}

void Gazetteer::ancestors(PlaceId id, std::vector<PlaceId>& out) const {
  out.clear();
  for (std::uint16_t up = tables_->units[id.index].parent; up != kNoUnit; up = tables_->units[up].parent)
    out.push_back({up});
}

void Gazetteer::successors(PlaceId old_unit, std::vector<PlaceShare>& out) const {
  out.clear();
  for (const Share& share : range(tables_->by_old, old_unit.index, old_of))
    out.push_back({{share.to}, share.weight, share.estimated});
  const Unit& unit = tables_->units[old_unit.index];
  if (!out.empty() || unit.level != PlaceLevel::kDistrict) return;
  // A district's people went where those of its communes went; without figures, communes count alike.
  for (std::size_t i = 0; i < tables_->units.size(); ++i) {
    if (tables_->units[i].parent != old_unit.index) continue;
    for (const Share& share : range(tables_->by_old, static_cast<std::uint16_t>(i), old_of))
      add(out, share.to, share.weight, share.estimated);
  }
  scale_to_one(out);
}

void Gazetteer::predecessors(PlaceId new_unit, std::vector<PlaceShare>& out) const {
  out.clear();
  for (const Share& share : range(tables_->by_new, new_unit.index, new_of))
    out.push_back({{share.from}, share.weight, share.estimated});
}

void Gazetteer::rebase(PlaceId id, int day, std::vector<PlaceShare>& out) const {
  const bool after = tables_->units[id.index].after;
  out.clear();
  if (after == (day >= kMergerDay)) return out.push_back({id, 1, false});
  if (!after) return successors(id, out);
  predecessors(id, out);
  scale_to_one(out);
}

}  // namespace duluan
