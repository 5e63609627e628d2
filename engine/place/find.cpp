// One pass over the atoms. At a level word the longest name of that level follows; elsewhere a capital may open a name
// that stands alone. Names are walked down the table of hashed prefixes.
#include <algorithm>
#include <limits>

#include "place/finder.hpp"

namespace duluan {

using place::LevelWord;
using place::Name;
using place::Node;

namespace {

constexpr std::size_t kLongestName = 7;  // atoms

std::uint8_t level_bit(PlaceLevel level) { return static_cast<std::uint8_t>(1U << static_cast<unsigned>(level)); }

}  // namespace

// The level word at atom i, and where the name after it begins.
const LevelWord* PlaceFinder::level_word(std::size_t i, std::size_t& next) const {
  const Atom& atom = out_.atoms[i];
  if ((words_.level_filter >> (atom.bare & 63U) & 1U) == 0 || (atom.flags & place::kDigit) != 0) return nullptr;
  for (const LevelWord& word : words_.levels) {
    const bool bare = (atom.flags & place::kMarked) == 0 && atom.bare == word.bare_first;
    if (atom.accented != word.first && !bare) continue;
    next = i + 1;
    if (word.second != 0) {
      const Atom* second = at(i + 1);
      if (second == nullptr || second->gap != place::kSpace) continue;
      if (second->accented != word.second &&
          !((second->flags & place::kMarked) == 0 && second->bare == word.bare_second))
        continue;
      next = i + 2;
    } else if (word.form == LevelWord::kWhole && at(next) != nullptr && words_.committee.holds(out_.atoms[next])) {
      ++next;
    }
    const std::uint8_t after = gap(next);
    const bool digit = is(next, place::kDigit);
    if (word.form == LevelWord::kInitial) {
      // "H. Châu Thành", "Q.1", "P3", "Q 1"; never a lone letter before a word.
      const bool numbered = word.kind == PlaceKind::kQuan || word.kind == PlaceKind::kPhuong;
      const bool joined =
          digit && numbered && (after == place::kNone || (after == place::kSpace && is(i, place::kUpper)));
      if ((after == place::kDot && (digit || is(next, place::kUpper))) || joined) return &word;
      continue;
    }
    const bool heads_list = after == place::kColon && i > 0 && words_.plural.holds(out_.atoms[i - 1]);
    if (after == place::kSpace || heads_list ||
        (word.form == LevelWord::kShort && (after == place::kDot || (digit && after == place::kNone))))
      return &word;
  }
  return nullptr;
}

bool PlaceFinder::accepts(const Name& name, const Match& match, std::uint8_t levels, bool alone) const {
  if (match.exact && name.accented != match.accented) return false;
  if (alone && !name.alone) return false;
  return levels == 0 || (level_bit(tables_.units[name.unit].level) & levels) != 0;
}

// The longest name of the levels at atom i; with diacritics if one fits so, else without if the words bear none.
bool PlaceFinder::match(std::size_t i, std::uint8_t levels, bool alone, Match& best) const {
  if (i >= out_.atoms.size() || !tables_.opens(out_.atoms[i].bare)) return false;
  std::uint64_t prefix = 0;
  Match match;
  bool marked = false;
  bool all_capital = true;
  best.size = 0;
  match.capital = true;
  for (std::size_t k = i; k < i + kLongestName && k < out_.atoms.size(); ++k) {
    const Atom& atom = out_.atoms[k];
    const bool joined = k == i || atom.gap == place::kSpace || atom.gap == place::kHyphen ||
                        (atom.gap == place::kDot && out_.atoms[k - 1].letters == 1) ||
                        (atom.gap == place::kNone && (atom.flags & place::kDigit) != 0);
    if (!joined) break;
    prefix = place::chain(prefix, atom.bare);
    match.accented = place::chain(match.accented, atom.accented);
    marked = marked || (atom.flags & place::kMarked) != 0;
    match.marked = marked;
    match.capital = match.capital && (atom.flags & (place::kUpper | place::kDigit)) != 0;
    all_capital = all_capital && (atom.flags & (place::kAllUpper | place::kDigit)) != 0 && atom.letters != 1;
    const Node* node = tables_.node(prefix);
    if (node == nullptr) break;
    const auto accepted = [&](bool exact) {
      match.exact = exact;
      return std::any_of(tables_.names.begin() + node->first, tables_.names.begin() + node->first + node->count,
                         [&](const Name& name) { return accepts(name, match, levels, alone); });
    };
    // Where nothing bears marks, "Vinh An" may as well be Vĩnh An.
    const bool fits = node->count > 0 && ((!(bare_ && !marked) && accepted(true)) || (!marked && accepted(false)));
    if (fits) {
      best = match;
      best.first = node->first;
      best.count = node->count;
      best.end = k + 1;
      best.size = k + 1 - i;
      best.all_capital = all_capital;
      best.number = best.size == 1 && (atom.flags & place::kDigit) != 0;
    }
    if (!node->longer) break;
  }
  return best.size > 0;
}

// Whether another capital goes on with the name, so that it is one we do not know: "xã Thái Bình Đông".
bool PlaceFinder::goes_on(const Match& match) const {
  const std::size_t k = match.end;
  if (gap(k) != place::kSpace || !is(k, place::kUpper)) return false;
  std::size_t next = 0;
  if (level_word(k, next) != nullptr) return false;
  if (match.all_capital) return match.size == 1 && is(k, place::kAllUpper);
  if (is(k, place::kAllUpper) && out_.atoms[k].letters > 1) return false;
  return match.size == 1 ||
         !(words_.family.holds(out_.atoms[k]) && gap(k + 1) == place::kSpace && is(k + 1, place::kUpper));
}

void PlaceFinder::add(std::size_t begin, std::size_t name, const Match& match, const LevelWord* word, float quality,
                      bool alone) {
  Mention mention;
  mention.span = {out_.atoms[begin].begin, out_.atoms[match.end - 1].end};
  mention.name = {out_.atoms[name].begin, mention.span.end};
  mention.first = static_cast<std::uint32_t>(out_.candidates.size());
  const std::uint8_t levels = word != nullptr ? word->levels : 0;
  Mentions::Sighting sighting;
  for (const bool exact : {true, false}) {
    for (std::uint32_t i = match.first; i < match.first + match.count; ++i) {
      const bool same = tables_.names[i].accented == match.accented;
      const PlaceId unit{tables_.names[i].unit};
      const auto first = out_.candidates.begin() + mention.first;
      if (same == exact && accepts(tables_.names[i], match, levels, alone) &&
          std::find(first, out_.candidates.end(), unit) == out_.candidates.end())
        out_.candidates.push_back(unit);
    }
    mention.count = static_cast<std::uint32_t>(out_.candidates.size()) - mention.first;
    if (exact) sighting.exact = mention.count;
  }
  sighting.first_atom = static_cast<std::uint32_t>(begin);
  sighting.end_atom = static_cast<std::uint32_t>(match.end);
  sighting.kinds = levels;
  if (word != nullptr && word->first != 0) mention.written = word->kind;
  sighting.number = match.number;
  sighting.quality = quality;
  out_.found.push_back(mention);
  out_.sightings.push_back(sighting);
}

// A mention whose level word stands at atom i; the atom to go on from, or 0.
std::size_t PlaceFinder::with_level(std::size_t i) {
  std::size_t name = 0;
  const LevelWord* word = level_word(i, name);
  Match found;
  if (word == nullptr || !match(name, word->levels, false, found) || goes_on(found)) return 0;
  const bool whole = word->form == LevelWord::kWhole;
  const bool level_marked = is(i, place::kMarked) || (word->second != 0 && is(i + 1, place::kMarked));
  // "quan", "xa", "tinh" are other words where the rest bears diacritics.
  if (whole && !level_marked && (!bare_ || found.marked)) return 0;
  if (!found.capital && !found.number && found.size == 1 && !is(name, place::kAbbreviation)) return 0;
  if (!found.exact && !bare_ && (!found.capital || found.size == 1)) return 0;
  // "H5N1", "Q1A"
  if (found.number && gap(found.end) == place::kNone && found.end < out_.atoms.size()) return 0;
  float quality = 0.98F;
  if (!found.capital) quality -= 0.1F;
  if (!whole || found.all_capital) quality -= 0.03F;
  const bool city = word->kind == PlaceKind::kThanhPho;
  if (found.number && city) return 0;  // "CLB thành phố 6 điểm"
  add(i, name, found, word, quality, false);
  out_.sightings.back().joined = found.number && word->form == LevelWord::kInitial && gap(name) != place::kDot;
  const bool plural =
      i > 0 && gap(i) == place::kSpace && (words_.plural.holds(out_.atoms[i - 1]) || is(i - 1, place::kDigit));
  return plural && whole ? rest_of_list(found.end, *word) : found.end;
}

// "các xã An Bình, Tân Tiến và Mỹ Hòa": the names after the first.
std::size_t PlaceFinder::rest_of_list(std::size_t end, const LevelWord& word) {
  for (Match found;; end = found.end) {
    const bool conjunction =
        at(end) != nullptr && gap(end) == place::kSpace && words_.conjunction.holds(out_.atoms[end]);
    if (!conjunction && gap(end) != place::kComma) return end;
    const std::size_t name = end + (conjunction ? 1 : 0);
    std::size_t next = 0;
    if (at(name) == nullptr || level_word(name, next) != nullptr || !match(name, word.levels, false, found)) return end;
    if (!found.capital || !found.exact || goes_on(found)) return end;
    add(name, name, found, &word, 0.93F, false);
  }
}

// Whether what stands before lets a capital open a name without level word.
bool PlaceFinder::may_stand_alone(std::size_t i) const {
  if (i == 0 || (gap(i) != place::kSpace && gap(i) != place::kHyphen)) return true;
  const Atom& before = out_.atoms[i - 1];
  if (words_.no_place_before.holds(before)) return false;
  if (gap(i) == place::kHyphen || (before.flags & place::kUpper) == 0) return true;
  if ((before.flags & place::kAllUpper) != 0 && before.letters > 1 && !is(i, place::kAllUpper)) return true;
  return words_.openers.holds(before);
}

bool PlaceFinder::parent_follows(const Match& match) const {
  const std::uint8_t between = gap(match.end);
  if (between != place::kComma && between != place::kHyphen && between != place::kOpen) return false;
  std::size_t name = match.end;
  const LevelWord* word = level_word(match.end, name);
  if (word == nullptr) name = match.end;
  Match parent;
  if (!this->match(name, word != nullptr ? word->levels : 3, false, parent) || !parent.exact || !parent.capital)
    return false;
  for (std::uint32_t c = match.first; c < match.first + match.count; ++c)
    for (std::uint32_t p = parent.first; p < parent.first + parent.count; ++p) {
      const Name& child = tables_.names[c];
      const Name& above = tables_.names[p];
      if (!accepts(child, match, 0, false) || !accepts(above, parent, word != nullptr ? word->levels : 3, false))
        continue;
      if (child.unit != above.unit &&
          (tables_.units[child.unit].parent == above.unit || tables_.units[child.unit].province == above.unit))
        return true;
    }
  return false;
}

// "xã Minh Quang (Vũ Thư)", "xã Minh Quang thuộc Vũ Thư": whether the mention just before lies in a unit of this name.
bool PlaceFinder::child_precedes(std::size_t i, const Match& match) const {
  if (out_.found.empty()) return false;
  const std::size_t end = out_.sightings.back().end_atom;
  const std::uint8_t between = gap(i);
  const bool beside = end == i && (between == place::kComma || between == place::kHyphen || between == place::kOpen);
  const bool linked =
      end + 1 == i && between == place::kSpace && gap(end) == place::kSpace && words_.linking.holds(out_.atoms[end]);
  if (!beside && !linked) return false;
  for (const PlaceId child : out_.of(out_.found.back()))
    for (std::uint32_t p = match.first; p < match.first + match.count; ++p)
      if (accepts(tables_.names[p], match, 2, false) && tables_.units[child.index].parent == tables_.names[p].unit)
        return true;
  return false;
}

// One unit of this name lies in the report's place, and a word of place stands before it; or it is the report's own.
bool PlaceFinder::certain_by_context(std::size_t i, const Match& match) const {
  if (!context_.within || context_.within->index >= tables_.units.size()) return false;
  const bool said = i > 0 && gap(i) == place::kSpace && words_.locative.holds(out_.atoms[i - 1]);
  std::uint16_t only = place::kNoUnit;
  for (std::uint32_t c = match.first; c < match.first + match.count; ++c) {
    const std::uint16_t unit = tables_.names[c].unit;
    if (!accepts(tables_.names[c], match, 0, false)) continue;
    if (unit == context_.within->index) return true;
    if (tables_.inside(unit, context_.within->index) < 2) continue;
    // The same place on the other map is no homonym.
    if (only != place::kNoUnit && tables_.units[only].after == tables_.units[unit].after) return false;
    only = unit;
  }
  return said && only != place::kNoUnit;
}

std::size_t PlaceFinder::without_level(std::size_t i) {
  if (!is(i, place::kUpper | place::kAbbreviation) || !tables_.opens(out_.atoms[i].bare)) return 0;
  Match found;
  if (match(i, 0, true, found)) {
    const bool single =
        found.size == 1 && (!found.exact || !is(found.end - 1, place::kMarked)) && out_.atoms[i].letters < 5;
    const bool nickname =
        found.size == 1 && i > 0 && gap(i) == place::kOther && is(i - 1, place::kUpper);  // Dũng "Huế"
    const bool written_so = found.capital || (found.size == 1 && is(i, place::kAbbreviation));
    if (written_so && !nickname && !single && (found.exact || bare_) && !goes_on(found) && may_stand_alone(i)) {
      add(i, i, found, nullptr, 0.93F, true);
      return found.end;
    }
  }
  if (!match(i, 6, false, found) || found.size < 2 || !found.capital || !found.exact || goes_on(found) ||
      !may_stand_alone(i))
    return 0;
  if (!parent_follows(found) && !child_precedes(i, found) && !certain_by_context(i, found)) return 0;
  static constexpr LevelWord kBelowProvince{0, 0, 0, 0, PlaceKind::kTinh, 6, LevelWord::kWhole};
  add(i, i, found, &kBelowProvince, 0.88F, false);
  return found.end;
}

void PlaceFinder::sight() {
  const auto marked = std::count_if(out_.atoms.begin(), out_.atoms.end(),
                                    [](const Atom& a) { return (a.flags & place::kMarked) != 0; });
  bare_ = static_cast<std::size_t>(marked) * 10 < out_.atoms.size();
  for (std::size_t i = 0; i < out_.atoms.size();) {
    std::size_t next = with_level(i);
    if (next == 0) next = without_level(i);
    i = next != 0 ? next : i + 1;
  }
}

void Gazetteer::find(std::string_view utf8, const PlaceContext& context, Mentions& out) const {
  out.found.clear();
  out.candidates.clear();
  out.sightings.clear();
  out.atoms.clear();
  if (utf8.size() > std::numeric_limits<std::uint32_t>::max()) return;
  place::read_atoms(utf8, out.atoms);
  PlaceFinder finder(*tables_, context, out);
  finder.sight();
  finder.resolve();
}

}  // namespace duluan
