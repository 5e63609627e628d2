#include "place/tables.hpp"

#include <algorithm>
#include <utility>

namespace duluan {

using place::Atom;
using place::chain;
using place::kNoUnit;
using place::Name;
using place::Node;
using place::Unit;

void Gazetteer::Tables::add_name(std::string_view name, std::uint16_t unit, bool alone) {
  place::read_atoms(name, scratch);
  Name entry{0, 0, unit, alone};
  for (const Atom& atom : scratch) {
    const std::uint64_t before = std::exchange(entry.bare, chain(entry.bare, atom.bare));
    entry.accented = chain(entry.accented, atom.accented);
    if (before != 0) prefixes.push_back(before);
    else openers[(atom.bare >> 3U) & (openers.size() - 1)] |= static_cast<std::uint8_t>(1U << (atom.bare & 7U));
  }
  if (!scratch.empty()) names.push_back(entry);
}

void Gazetteer::Tables::index() {
  std::sort(names.begin(), names.end(),
            [](const Name& a, const Name& b) { return a.bare != b.bare ? a.bare < b.bare : a.unit < b.unit; });
  nodes.assign(std::size_t{1} << 15U, {});
  const auto slot = [this](std::uint64_t prefix) -> Node& {
    std::size_t at = prefix >> 40U;
    while (nodes[at & (nodes.size() - 1)].prefix != 0 && nodes[at & (nodes.size() - 1)].prefix != prefix) ++at;
    Node& node = nodes[at & (nodes.size() - 1)];
    node.prefix = prefix;
    return node;
  };
  for (const std::uint64_t prefix : prefixes) slot(prefix).longer = true;
  for (std::size_t first = 0; first < names.size();) {
    std::size_t end = first + 1;
    while (end < names.size() && names[end].bare == names[first].bare) ++end;
    Node& node = slot(names[first].bare);
    node.first = static_cast<std::uint32_t>(first);
    node.count = static_cast<std::uint16_t>(end - first);
    first = end;
  }
  prefixes = {};
  scratch = {};
}

int Gazetteer::Tables::inside(std::uint16_t unit, std::uint16_t place) const noexcept {
  const Unit& u = units[unit];
  const Unit& p = units[place];
  if (unit == place || u.parent == place || u.province == place) return 3;
  if (p.parent == unit || p.province == unit) return 3;  // the context lies in it
  if (p.level == PlaceLevel::kCommune && u.parent == p.parent && !u.after && !p.after) return 2;
  if (p.level != PlaceLevel::kProvince && u.old_district != kNoUnit && u.old_district == p.old_district) return 2;
  if (p.level == PlaceLevel::kProvince && (u.old_province == place || u.new_province == place)) return 2;
  return u.new_province == p.new_province ? 1 : 0;
}

}  // namespace duluan
