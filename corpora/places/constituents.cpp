#include "constituents.hpp"

#include <algorithm>
#include <array>

#include "source.hpp"

namespace duluan::places {
namespace {

constexpr std::array<std::string_view, 4> kCommunes{"phường", "thị trấn", "đặc khu", "xã"};
constexpr std::array<std::string_view, 4> kDistricts{"thành phố ", "thị xã ", "huyện ", "quận "};

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" .;") + 1 - begin));
}

// The parts of a list: commas, semicolons and "và" outside brackets.
std::vector<std::string> items_of(const std::string& lower) {
  std::vector<std::string> items(1);
  int depth = 0;
  for (std::size_t at = 0; at < lower.size(); ++at) {
    const std::string_view rest = std::string_view(lower).substr(at);
    depth += lower[at] == '(' ? 1 : lower[at] == ')' ? -1 : 0;
    if (depth == 0 && (lower[at] == ',' || lower[at] == ';')) items.emplace_back();
    else if (depth == 0 && rest.starts_with(" và ")) at += std::string_view(" và").size() - 1, items.emplace_back();
    else items.back() += lower[at];
  }
  return items;
}

// Takes the brackets out of an item; gives the district one of them names.
std::string take_brackets(std::string& item) {
  std::string district;
  for (std::size_t open = item.find('('); open != std::string::npos; open = item.find('(')) {
    const std::size_t close = std::min(item.find(')', open), item.size());
    const std::string inside = item.substr(open + 1, close - open - 1);
    for (const std::string_view kind : kDistricts)
      if (inside.starts_with(kind)) district = trimmed(std::string_view(inside).substr(kind.size()));
    item.erase(open, close + 1 - open);
  }
  return district;
}

// Where the last level word of the item ends, so that "quy mô dân số của các phường Cửa Nam" gives "cửa nam".
std::size_t after_level(const std::string& item, std::string& kind) {
  std::size_t best = 0;
  for (const std::string_view level : kCommunes)
    for (std::size_t at = item.find(level); at != std::string::npos; at = item.find(level, at + 1)) {
      const std::size_t end = at + level.size();
      const bool word = (at == 0 || item[at - 1] == ' ') && end < item.size() && item[end] == ' ';
      // "Xã Tân Xã": the last word of a name is no level.
      if (!word || end + 1 <= best) continue;
      best = end + 1;
      kind = level;
    }
  return best;
}

}  // namespace

std::vector<Constituent> constituents(std::string_view formed_from) {
  std::vector<Constituent> found;
  bool all_people = false;
  for (std::string& item : items_of(key_of(formed_from))) {
    Constituent part;
    part.district = take_brackets(item);
    for (const std::string_view stop : {" sau khi", " theo quy"})
      if (const std::size_t cut = item.find(stop); cut != std::string::npos) item.erase(cut);
    item = trimmed(item);
    if (item.find("dân số") != std::string::npos) all_people = item.find("toàn b") != std::string::npos;
    else if (item.find("diện tích") != std::string::npos || item.find("phần còn") != std::string::npos)
      all_people = false;
    const std::size_t begin = after_level(item, part.kind);
    part.name = trimmed(std::string_view(item).substr(begin));
    part.all_people = all_people;
    const bool filler =
        begin == 0 && (item.find("diện tích") != std::string::npos || item.find("dân số") != std::string::npos);
    if (!part.name.empty() && !filler) found.push_back(part);
    // What follows in a whole unit's own words ends the clause.
    if (begin == part.kind.size() + 1 && begin > 1) all_people = false;
  }
  return found;
}

}  // namespace duluan::places
