// duluan_places SOURCE_DIR OUT_DIR: the gazetteer's tables from the open tables of units.
//
// A constituent is named, often without its district. It is looked for in the old provinces that the new one
// was made of; where several communes bear the name, in this order: the district in brackets, the districts of
// the constituents that are certain, the nearest code (codes run by district). A name that no commune bears is
// spelled otherwise in the other table ("Mỵ Hòa", "Mỹ Hòa"): it is the nearest name among the communes left over.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <set>
#include <utility>

#include "constituents.hpp"
#include "duluan/text.hpp"
#include "source.hpp"

using namespace duluan;
using namespace duluan::places;

namespace {

constexpr std::string_view kLastBefore = "2025-06-30";
constexpr std::string_view kFirstAfter = "2025-07-01";

struct Maps {
  std::vector<Unit> before, after;
  std::map<std::string, std::string> formed_from;
  std::map<std::string, const Unit*> old_unit;              // by level's first letter and code
  std::map<std::string, std::vector<const Unit*>> by_name;  // old communes
  std::map<std::string, std::string> corrections;           // new code, tab, constituent -> old code, or "-"
};

struct Share {
  std::string code;
  bool all_people;
};
using Merges = std::map<std::string, std::vector<Share>>;  // old code -> new codes

std::string old_province(const Maps& maps, const Unit& commune) {
  return maps.old_unit.at("d" + commune.parent)->parent;
}

Merges merge_provinces(const Maps& maps) {
  Merges merges;
  for (const Unit& unit : maps.after) {
    if (unit.level != "province") continue;
    std::string sentence = key_of(maps.formed_from.at(unit.code)) + ' ' + key_of(unit.name);
    if (sentence.find("tphcm") != std::string::npos) sentence += " hồ chí minh";
    for (const Unit& old : maps.before)
      if (old.level == "province" && sentence.find(key_of(old.name)) != std::string::npos)
        merges[old.code].push_back({unit.code, false});
  }
  return merges;
}

class Resolver {
 public:
  Resolver(const Maps& maps, const Merges& provinces) : maps_(maps), provinces_(provinces) {}

  void resolve(const Unit& unit, Merges& merges) {
    auto parts = constituents(maps_.formed_from.at(unit.code));
    if (parts.size() == 1 && parts[0].name.ends_with("giữ nguyên")) parts = {{unit.kind, key_of(unit.name), "", false}};
    std::vector<std::vector<const Unit*>> found;
    std::set<std::string> districts;
    for (const Constituent& part : parts) {
      if (part.kind.empty() && take_district(unit, part.name, merges)) {
        found.emplace_back();
        continue;
      }
      found.push_back(named(unit, part));
      const auto corrected = maps_.corrections.find(unit.code + '\t' + part.kind + ' ' + part.name);
      if (corrected != maps_.corrections.end()) {
        found.back().clear();
        if (corrected->second == "-") continue;
        found.back().push_back(maps_.old_unit.at("c" + corrected->second));
      }
      if (found.back().empty()) misspelled_.push_back({&unit, part});
      if (found.back().size() == 1) districts.insert(found.back()[0]->parent);
    }
    if (const auto own = maps_.old_unit.find("c" + unit.code); own != maps_.old_unit.end())
      districts.insert(own->second->parent);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (found[i].empty()) continue;
      const Unit* old = nearest(unit, found[i], districts);
      auto& shares = merges[old->code];
      const bool known = std::any_of(shares.begin(), shares.end(), [&](const Share& s) { return s.code == unit.code; });
      if (!known) shares.push_back({unit.code, parts[i].all_people});
      else if (found[i].size() > 1) std::cerr << "twice: " << parts[i].name << " in " << label(unit) << '\n';
    }
  }

  void resolve_misspelled(Merges& merges) {
    Merges added;
    for (const auto& [unit, part] : misspelled_) {
      const Unit* best = nullptr;
      std::size_t least = kMostEdits + 1;
      for (const Unit& old : maps_.before) {
        if (old.level != "commune" || merges.contains(old.code) || !belongs(old, *unit)) continue;
        const std::size_t edits = distance(letters(part.name), letters(key_of(old.name)));
        if (edits < least) least = edits, best = &old;
      }
      if (best != nullptr) added[best->code].push_back({unit->code, part.all_people});
      std::cerr << (best != nullptr ? "spelled otherwise: " : "not found: ") << part.kind << ' ' << part.name << " in "
                << label(*unit) << (best != nullptr ? ": " + best->kind + ' ' + best->name : "") << '\n';
    }
    merges.merge(added);
  }

  /// Districts without communes.
  [[nodiscard]] const Merges& districts() const { return districts_; }

 private:
  static constexpr std::size_t kMostEdits = 2;

  // Letters and digits without diacritics, "nông trường" as the other table abbreviates it.
  static std::string letters(std::string name) {
    if (const std::size_t farm = name.find("nông trường"); farm != std::string::npos)
      name.replace(farm, std::string_view("nông trường").size(), "nt");
    std::string out;
    for (const char c : fold(name))
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
    return out;
  }

  // Levenshtein.
  static std::size_t distance(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      std::size_t corner = std::exchange(row[0], i);
      for (std::size_t j = 1; j <= b.size(); ++j) {
        const std::size_t cost = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
        corner = row[j];
        row[j] = std::min({row[j] + 1, row[j - 1] + 1, cost});
      }
    }
    return row.back();
  }

  [[nodiscard]] bool belongs(const Unit& old, const Unit& unit) const {
    return provinces_.at(old_province(maps_, old)).front().code == unit.parent;
  }

  // "huyện Kiên Hải": all communes of the district, or the district itself where it has none (islands).
  bool take_district(const Unit& unit, const std::string& name, Merges& merges) {
    for (const Unit& district : maps_.before) {
      if (district.level != "district" || district.kind + ' ' + key_of(district.name) != name) continue;
      if (provinces_.at(district.parent).front().code != unit.parent) continue;
      bool any = false;
      for (const Unit& old : maps_.before)
        if (old.level == "commune" && old.parent == district.code) {
          merges[old.code].push_back({unit.code, false});
          any = true;
        }
      if (!any) districts_[district.code].push_back({unit.code, false});
      return true;
    }
    return false;
  }

  static std::string label(const Unit& unit) { return unit.code + ' ' + unit.kind + ' ' + unit.name; }

  // Old communes that the constituent may be, all alike in how well they fit.
  std::vector<const Unit*> named(const Unit& unit, const Constituent& part) const {
    std::vector<const Unit*> fit;
    const auto all = maps_.by_name.find(part.name);
    if (all == maps_.by_name.end()) return fit;
    int best = 0;
    for (const Unit* old : all->second) {
      if (!belongs(*old, unit)) continue;
      const bool district =
          !part.district.empty() && key_of(maps_.old_unit.at("d" + old->parent)->name) == part.district;
      const int score = 1 + (district ? 4 : 0) + (old->kind == part.kind ? 2 : 0);
      if (score > best) fit.clear();
      if (score >= best) fit.push_back(old);
      best = std::max(best, score);
    }
    return fit;
  }

  static const Unit* nearest(const Unit& unit, const std::vector<const Unit*>& found,
                             const std::set<std::string>& districts) {
    const auto distance = [&](const Unit* old) {
      const bool near = districts.contains(old->parent);
      return std::pair(!near, std::abs(std::atoi(old->code.c_str()) - std::atoi(unit.code.c_str())));
    };
    const Unit* best = *std::min_element(found.begin(), found.end(),
                                         [&](const Unit* a, const Unit* b) { return distance(a) < distance(b); });
    if (found.size() > 1 && std::count_if(found.begin(), found.end(),
                                          [&](const Unit* old) { return districts.contains(old->parent); }) != 1)
      std::cerr << "by the nearest code: " << best->code << ' ' << best->name << " of " << found.size() << " in "
                << label(unit) << '\n';
    return best;
  }

  const Maps& maps_;
  const Merges& provinces_;
  Merges districts_;
  std::vector<std::pair<const Unit*, Constituent>> misspelled_;
};

void append_units(std::string& out, const std::vector<Unit>& units, std::string_view from, std::string_view until) {
  for (const Unit& unit : units)
    out += unit.code + '\t' + unit.level + '\t' + unit.kind + '\t' + unit.name + '\t' + unit.parent + '\t' +
           std::string(from) + '\t' + std::string(until) + '\n';
}

// Shares of an old unit: whole; or what a part that took all the people leaves; or equal parts.
void append_merges(std::string& out, const char* level, const Merges& merges) {
  for (const auto& [code, shares] : merges) {
    const auto takers = std::count_if(shares.begin(), shares.end(), [](const Share& s) { return s.all_people; });
    for (const Share& share : shares) {
      const auto sharers = takers > 0 ? takers : static_cast<std::ptrdiff_t>(shares.size());
      const bool takes = takers == 0 || share.all_people;
      const std::string part = shares.size() == 1 ? "whole" : takers > 0 ? "people" : "equal";
      out += std::string(level) + '\t' + code + '\t' + share.code + '\t' +
             (takes ? "1/" + std::to_string(sharers) : "0") + '\t' + part + '\n';
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: duluan_places SOURCE_DIR OUT_DIR\n";
    return 2;
  }
  const std::string source = std::string(argv[1]) + '/';
  const std::string out = std::string(argv[2]) + '/';
  Maps maps;
  maps.before = read_units(source + "vn_pre2025_units.tsv");
  maps.after = read_units(source + "vn2025_units.tsv");
  maps.formed_from = read_formed_from(source + "sapnhap_2025_old_to_new.tsv", maps.after);
  for (const auto& row : read_rows(out + "corrections.tsv")) maps.corrections[row[0] + '\t' + row[1]] = row[2];
  for (const Unit& unit : maps.before) {
    maps.old_unit[unit.level.substr(0, 1) + unit.code] = &unit;
    if (unit.level == "commune") maps.by_name[key_of(unit.name)].push_back(&unit);
  }
  const Merges provinces = merge_provinces(maps);
  Merges communes;
  Resolver resolver(maps, provinces);
  for (const Unit& unit : maps.after)
    if (unit.level == "commune") resolver.resolve(unit, communes);
  resolver.resolve_misspelled(communes);
  std::size_t split = 0;
  for (const auto& [code, shares] : communes) split += shares.size() > 1 ? 1 : 0;
  for (const Unit& unit : maps.before)
    if (unit.level == "commune" && !communes.contains(unit.code))
      std::cerr << "no successor: " << unit.code << ' ' << unit.kind << ' ' << unit.name << ", "
                << maps.old_unit.at("d" + unit.parent)->name << ", " << old_province(maps, unit) << '\n';

  std::string units = "code\tlevel\tkind\tname\tparent\tfrom\tuntil\n";
  append_units(units, maps.before, "", kLastBefore);
  append_units(units, maps.after, kFirstAfter, "");
  write_file(out + "units.tsv", units);
  std::string merges = "level\told\tnew\tshare\tmark\n";
  append_merges(merges, "province", provinces);
  append_merges(merges, "district", resolver.districts());
  append_merges(merges, "commune", communes);
  write_file(out + "merges.tsv", merges);
  std::cout << maps.before.size() << " units before, " << maps.after.size() << " after, " << communes.size()
            << " communes with a successor, " << split << " of them split\n";
}
