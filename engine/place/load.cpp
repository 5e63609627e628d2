// Reading the three tables of corpora/places. They are small (1 MB) and parse in a few milliseconds, so there is
// no second, packed form that could disagree with them.
#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>

#include "place/tables.hpp"

namespace duluan {

using place::kNoUnit;
using place::Share;
using place::Unit;

namespace {

constexpr std::size_t kKinds = 9;
constexpr std::array<std::string_view, 3> kLevels{"province", "district", "commune"};

template <std::size_t N>
std::size_t index_in(const std::array<std::string_view, N>& words, std::string_view word) {
  return static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin());
}

Result<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return Error{ErrorCode::kNotFound, "the gazetteer's table is not there", path, "name the folder corpora/places"};
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) return Error{ErrorCode::kUnreadable, "the gazetteer's table cannot be read", path, ""};
  return text;
}

Error bad_row(const std::string& path, std::size_t line, const char* what) {
  return {ErrorCode::kMalformed, what, path + ":" + std::to_string(line), "build the tables again"};
}

// Calls take(fields, line) for each row after the header; stops at the first that it refuses.
template <std::size_t N, class Take>
Result<void> for_rows(const std::string& path, std::string_view text, const Take& take) {
  std::size_t line = 1;
  std::size_t at = std::min(text.find('\n'), text.size() - 1) + 1;
  if (text.empty()) return bad_row(path, 1, "the table is empty");
  while (at < text.size()) {
    ++line;
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::array<std::string_view, N> fields;
    std::size_t count = 0;
    for (std::size_t from = at; from <= end && count < N; ++count) {
      const std::size_t stop = std::min(text.substr(0, end).find('\t', from), end);
      fields[count] = text.substr(from, stop - from);
      from = stop + 1;
    }
    if (count < N) return bad_row(path, line, "a row has too few fields");
    if (const char* refused = take(fields); refused != nullptr) return bad_row(path, line, refused);
    at = end + 1;
  }
  return {};
}

// Unit by level, map and code, in dense arrays: codes are numbers below 100,000.
class Codes {
 public:
  std::uint16_t& at(PlaceLevel level, bool after, std::string_view code) {
    std::uint32_t number = 0;
    std::from_chars(code.data(), code.data() + code.size(), number);
    const std::size_t row = static_cast<std::size_t>(level) * 2 + (after ? 1 : 0);
    return table_[row][number < table_[row].size() ? number : 0];
  }

 private:
  static std::vector<std::uint16_t> empty(std::size_t size) { return std::vector<std::uint16_t>(size, kNoUnit); }
  std::array<std::vector<std::uint16_t>, 6> table_{empty(100),  empty(100),    empty(1000),
                                                   empty(1000), empty(100000), empty(100000)};
};

// "1/3" or "0".
float share_of(std::string_view text) {
  int parts = 0;
  if (text.starts_with("1/")) std::from_chars(text.data() + 2, text.data() + text.size(), parts);
  return parts > 0 ? 1.0F / static_cast<float>(parts) : 0.0F;
}

}  // namespace

// Fills the tables; one object a load.
class PlaceLoader {
 public:
  PlaceLoader(Gazetteer::Tables& tables, std::string folder) : tables_(tables), folder_(std::move(folder)) {}

  Result<void> load() {
    if (auto read = units(); !read) return read;
    if (auto read = merges(); !read) return read;
    names();
    if (auto read = aliases(); !read) return read;
    tables_.index();
    return {};
  }

 private:
  Result<void> units() {
    const std::string path = folder_ + "/units.tsv";
    auto text = read_file(path);
    if (!text) return text.error();
    tables_.text = std::move(*text);
    tables_.units.reserve(16384);
    return for_rows<7>(path, tables_.text, [this](const auto& row) -> const char* {
      const std::size_t level = index_in(kLevels, row[1]);
      std::size_t kind = 0;
      while (kind < kKinds && kind_name(static_cast<PlaceKind>(kind)) != row[2]) ++kind;
      if (level == kLevels.size() || kind == kKinds) return "no such level or kind";
      if (tables_.units.size() + 1 >= kNoUnit) return "more units than the gazetteer can hold";
      Unit unit{row[0], row[3], static_cast<PlaceLevel>(level), static_cast<PlaceKind>(kind), !row[5].empty()};
      const auto self = static_cast<std::uint16_t>(tables_.units.size());
      codes_.at(unit.level, unit.after, row[0]) = self;
      const bool two_levels = unit.after || unit.level == PlaceLevel::kDistrict;
      if (level == 0) unit.province = self;
      else unit.parent = codes_.at(two_levels ? PlaceLevel::kProvince : PlaceLevel::kDistrict, unit.after, row[4]);
      if (level != 0 && unit.parent == kNoUnit) return "the parent does not stand above";
      if (level != 0) unit.province = tables_.units[unit.parent].province;
      if (!unit.after) unit.old_province = unit.province;
      if (!unit.after) unit.old_district = level == 1 ? self : unit.parent;
      if (!unit.after && level == 0) unit.old_district = kNoUnit;
      tables_.units.push_back(unit);
      return nullptr;
    });
  }

  Result<void> merges() {
    const std::string path = folder_ + "/merges.tsv";
    const auto text = read_file(path);
    if (!text) return text.error();
    tables_.by_old.reserve(16384);
    auto read = for_rows<5>(path, *text, [this](const auto& row) -> const char* {
      const std::size_t level = index_in(kLevels, row[0]);
      if (level == kLevels.size()) return "no such level";
      const auto from = codes_.at(static_cast<PlaceLevel>(level), false, row[1]);
      const auto to = codes_.at(level == 0 ? PlaceLevel::kProvince : PlaceLevel::kCommune, true, row[2]);
      if (from == kNoUnit || to == kNoUnit) return "no unit has this code";
      tables_.by_old.push_back({from, to, share_of(row[3]), row[4] == "equal"});
      return nullptr;
    });
    if (!read) return read;
    tables_.by_new = tables_.by_old;
    const auto ends = [](const Share& share) { return std::pair(share.to, share.from); };
    std::stable_sort(tables_.by_old.begin(), tables_.by_old.end(),
                     [](const Share& a, const Share& b) { return a.from < b.from; });
    std::sort(tables_.by_new.begin(), tables_.by_new.end(),
              [&](const Share& a, const Share& b) { return ends(a) < ends(b); });
    neighbours();
    return {};
  }

  // Provinces and districts of the other map.
  void neighbours() {
    auto& units = tables_.units;
    for (const Share& share : tables_.by_old)
      if (units[share.from].level == PlaceLevel::kProvince) units[share.from].new_province = share.to;
    for (Unit& unit : units) unit.new_province = unit.after ? unit.province : units[unit.province].new_province;
    std::vector<float> largest(units.size());
    for (const Share& share : tables_.by_new) {
      Unit& unit = units[share.to];
      if (unit.level != PlaceLevel::kCommune || share.weight <= largest[share.to]) continue;
      largest[share.to] = share.weight;
      unit.old_province = units[share.from].old_province;
      unit.old_district = units[share.from].old_district;
    }
  }

  void names() {
    tables_.names.reserve(20480);
    for (std::size_t i = 0; i < tables_.units.size(); ++i) {
      const Unit& unit = tables_.units[i];
      // Without "thành phố", Hồ Chí Minh is the man.
      const bool alone = unit.level == PlaceLevel::kProvince && unit.name != "Hồ Chí Minh";
      tables_.add_name(unit.name, static_cast<std::uint16_t>(i), alone);
    }
  }

  Result<void> aliases() {
    const std::string path = folder_ + "/aliases.tsv";
    const auto text = read_file(path);
    if (!text) return text.error();
    return for_rows<4>(path, *text, [this](const auto& row) -> const char* {
      const PlaceLevel level = row[0].size() == 2   ? PlaceLevel::kProvince
                               : row[0].size() == 3 ? PlaceLevel::kDistrict
                                                    : PlaceLevel::kCommune;
      bool any = false;
      for (const bool after : {false, true}) {
        const std::uint16_t unit = codes_.at(level, after, row[0]);
        if (unit == kNoUnit || (row[1] != "both" && (row[1] == "after") != after)) continue;
        tables_.add_name(row[2], unit, row[3] == "yes");
        any = true;
      }
      return any ? nullptr : "no unit has this code";
    });
  }

  Gazetteer::Tables& tables_;
  std::string folder_;
  Codes codes_;
};

Result<Gazetteer> Gazetteer::load(const std::string& folder) {
  auto tables = std::make_shared<Tables>();
  if (auto read = PlaceLoader(*tables, folder).load(); !read) return read.error();
  return Gazetteer(std::move(tables));
}

}  // namespace duluan
