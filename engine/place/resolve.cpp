// The choice among homonyms. Evidence in the order of its weight: the parent named beside the mention, the place of the
// report, a place said before, the kind of unit that is written, the map of the report's day.
#include <algorithm>

#include "place/finder.hpp"

namespace duluan {

using place::kNoUnit;
using place::Unit;

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr int kFitsParent = 64;
constexpr std::array<int, 4> kContext{0, 20, 28, 32};  // by Tables::inside
constexpr std::array<int, 4> kSaidBefore{0, 8, 12, 14};
constexpr int kKind = 5;
constexpr int kMap = 3;

bool is_city(PlaceKind kind) { return kind == PlaceKind::kThanhPho; }

}  // namespace

// The mention that stands as parent right after this one: ", huyện Vũ Thư", "(Thái Bình)", "thuộc quận 1"; or kNone.
std::size_t PlaceFinder::parent_of(std::size_t mention) const {
  if (mention + 1 >= out_.found.size()) return kNone;
  const std::uint32_t end = out_.sightings[mention].end_atom;
  const std::uint32_t next = out_.sightings[mention + 1].first_atom;
  const bool linked = next == end + 1 && gap(end) == place::kSpace && words_.linking.holds(out_.atoms[end]);
  const std::uint8_t between = gap(next);
  const bool beside = next == end && between != place::kNewline && between != place::kOther;
  return linked || beside ? mention + 1 : kNone;
}

int PlaceFinder::score(std::size_t mention, std::uint16_t unit, std::size_t parent, std::uint16_t last) const {
  const Unit& candidate = tables_.units[unit];
  const Mentions::Sighting& sighting = out_.sightings[mention];
  int points = 0;
  if (parent != kNone) {
    int best = 0;
    for (const PlaceId above : out_.of(out_.found[parent])) {
      if (out_.found[parent].unit && out_.found[parent].unit->index != above.index) continue;
      if (tables_.units[above.index].level >= candidate.level) continue;
      best = std::max(best, tables_.inside(unit, above.index));
    }
    if (best > 0) points += kFitsParent + best * 8;
  }
  if (context_.within && context_.within->index < tables_.units.size())
    points += kContext[static_cast<std::size_t>(tables_.inside(unit, context_.within->index))];
  if (last != kNoUnit) points += kSaidBefore[static_cast<std::size_t>(tables_.inside(unit, last))];
  if (out_.found[mention].written == candidate.kind) points += kKind;
  if (sighting.kinds == 0 && candidate.level == PlaceLevel::kProvince) points += kKind;
  // "Hậu Lộc (Thanh Hóa)" was rather the district than its town.
  if (!out_.found[mention].written && candidate.level == PlaceLevel::kDistrict) points += 2;
  const bool after = !context_.day || *context_.day >= Gazetteer::kMergerDay;
  if (candidate.after == after) points += kMap;
  if (candidate.level == PlaceLevel::kProvince && is_city(candidate.kind)) points += 1;
  return points;
}

void PlaceFinder::choose(std::size_t mention, std::size_t parent, std::uint16_t last) {
  Mention& found = out_.found[mention];
  int best = -1;
  std::size_t alike = 0;
  bool exact = true;  // diacritics and all
  for (std::uint32_t i = 0; i < found.count; ++i) {
    const PlaceId candidate = out_.candidates[found.first + i];
    const int points = score(mention, candidate.index, parent, last) + (i < out_.sightings[mention].exact ? 1 : 0);
    if (points > best) {
      best = points;
      alike = 0;
      found.unit = candidate;
      exact = i < out_.sightings[mention].exact;
    }
    alike += points == best ? 1 : 0;
  }
  found.confidence =
      (out_.sightings[mention].quality - (exact ? 0.0F : 0.08F)) / static_cast<float>(std::max<std::size_t>(alike, 1));
  if (alike != 1) found.unit.reset();
  const bool elsewhere = found.unit && context_.within && context_.within->index < tables_.units.size() &&
                         best < kFitsParent && tables_.units[found.unit->index].level != PlaceLevel::kProvince &&
                         tables_.inside(found.unit->index, context_.within->index) == 0;
  if (elsewhere) found.confidence *= 0.7F;
  if (found.unit && found.written && tables_.units[found.unit->index].kind != *found.written) found.confidence *= 0.85F;
  out_.sightings[mention].certain = found.unit && !elsewhere;
}

void PlaceFinder::resolve() {
  for (std::size_t i = out_.found.size(); i-- > 0;) choose(i, parent_of(i), kNoUnit);
  // A parent is known by its child: of all "Châu Thành" the one that has this commune.
  std::uint16_t last = kNoUnit;
  for (std::size_t i = 0; i < out_.found.size(); ++i) {
    if (!out_.found[i].unit) choose(i, parent_of(i), last);
    if (i > 0 && parent_of(i - 1) == i && out_.found[i - 1].unit && !out_.found[i].unit) {
      const std::uint16_t child = out_.found[i - 1].unit->index;
      for (const PlaceId above : out_.of(out_.found[i]))
        if (tables_.inside(child, above.index) == 3 && above.index != child) {
          out_.found[i].unit = above;
          out_.found[i].confidence = out_.sightings[i].quality;
        }
    }
    if (out_.found[i].unit && tables_.units[out_.found[i].unit->index].level != PlaceLevel::kCommune)
      last = out_.found[i].unit->index;
  }
  // "ở phường Bửu Long và phường Quang Vinh, cùng của Biên Hòa": what is said after helps where nothing else does.
  last = kNoUnit;
  for (std::size_t i = out_.found.size(); i-- > 0;) {
    if (!out_.found[i].unit && last != kNoUnit) choose(i, parent_of(i), last);
    if (out_.found[i].unit && tables_.units[out_.found[i].unit->index].level != PlaceLevel::kCommune)
      last = out_.found[i].unit->index;
  }
  // "P4" alone is a processor; "quận 1" is nothing in a report of Hà Nội.
  std::size_t kept = 0;
  for (std::size_t i = 0; i < out_.found.size(); ++i) {
    const bool nowhere =
        out_.sightings[i].number && context_.within && !out_.sightings[i].certain &&
        std::none_of(out_.of(out_.found[i]).begin(), out_.of(out_.found[i]).end(), [&](PlaceId id) {
          return context_.within->index < tables_.units.size() && tables_.inside(id.index, context_.within->index) > 0;
        });
    if (nowhere || (out_.sightings[i].joined && !out_.found[i].unit)) continue;
    out_.found[kept] = out_.found[i];
    out_.sightings[kept++] = out_.sightings[i];
  }
  out_.found.resize(kept);
  out_.sightings.resize(kept);
}

}  // namespace duluan
