// The loaded gazetteer: units with their neighbours in both maps, and the hashed names.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/place.hpp"
#include "place/atoms.hpp"
#include "place/words.hpp"

namespace duluan {

namespace place {

inline constexpr std::uint16_t kNoUnit = 0xFFFF;

struct Unit {
  std::string_view code, name;
  PlaceLevel level;
  PlaceKind kind;
  bool after;
  std::uint16_t parent = kNoUnit;
  std::uint16_t province = kNoUnit;      // of its own map; itself for provinces
  std::uint16_t old_province = kNoUnit;  // before the merger; none for new provinces
  std::uint16_t old_district = kNoUnit;  // likewise; of a new commune that of its largest part
  std::uint16_t new_province = kNoUnit;
};

struct Share {
  std::uint16_t from, to;
  float weight;
  bool estimated;
};

/// A name as text may write it, and the unit that bears it.
struct Name {
  std::uint64_t bare, accented;
  std::uint16_t unit;
  bool alone;  // may stand without a level word
};

/// A prefix of names, by the hash of its bare atoms; first and count: the names that end here.
struct Node {
  std::uint64_t prefix = 0;
  std::uint32_t first = 0;
  std::uint16_t count = 0;
  bool longer = false;
};

}  // namespace place

struct Gazetteer::Tables {
  std::string text;  // of units.tsv; names and codes point into it
  std::vector<place::Unit> units;
  std::vector<place::Share> by_old, by_new;                             // sorted by from, by to
  std::vector<place::Name> names;                                       // sorted by bare
  std::vector<place::Node> nodes;                                       // open addressing, a power of two
  std::vector<std::uint8_t> openers = std::vector<std::uint8_t>(8192);  // bit set of first atoms
  std::vector<std::uint64_t> prefixes;                                  // of names, until index
  std::vector<place::Atom> scratch;                                     // of add_name
  place::Words words;

  [[nodiscard]] const place::Node* node(std::uint64_t prefix) const noexcept {
    for (std::size_t slot = prefix >> 40U;; ++slot) {
      const place::Node& node = nodes[slot & (nodes.size() - 1)];
      if (node.prefix == prefix) return &node;
      if (node.prefix == 0) return nullptr;
    }
  }
  [[nodiscard]] bool opens(std::uint64_t bare) const noexcept {
    return (openers[(bare >> 3U) & (openers.size() - 1)] >> (bare & 7U) & 1U) != 0;
  }

  /// Fills nodes and openers from names.
  void index();
  /// Adds a unit's name, a way to write it.
  void add_name(std::string_view name, std::uint16_t unit, bool alone);
  /// 3: the unit lies in (or is) `place`, on one map; 2: by way of the merger; 1: in the same province of after; 0:
  /// not.
  [[nodiscard]] int inside(std::uint16_t unit, std::uint16_t place) const noexcept;
};

}  // namespace duluan
