#include "source.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "duluan/text.hpp"
#include "text/letters.hpp"

namespace duluan::places {
namespace {

constexpr std::array<std::string_view, 9> kKinds{"thành phố", "thị trấn", "thị xã", "đặc khu", "tỉnh",
                                                 "huyện",     "quận",     "phường", "xã"};

[[noreturn]] void stop(const std::string& message) {
  std::cerr << "duluan_places: " << message << '\n';
  std::exit(1);
}

int rank(std::string_view level) { return level == "province" ? 0 : level == "district" ? 1 : 2; }

}  // namespace

std::vector<std::vector<std::string>> read_rows(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) stop("cannot read " + path);
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    auto& row = rows.emplace_back(1);
    for (const char c : line)
      if (c == '\t') row.emplace_back();
      else if (c != '\r') row.back() += c;
  }
  return rows;
}

std::string tidy(std::string_view text) {
  std::string spaced;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t code = next_code(text, at);
    if (code == U'\u2019') spaced += '\'';
    else if (code > U' ' && code != U'\u00A0') spaced.append(text, begin, at - begin);
    else if (!spaced.empty() && spaced.back() != ' ') spaced += ' ';
  }
  if (spaced.ends_with(' ')) spaced.pop_back();
  return normalize(spaced, ToneStyle::kOld).str();
}

std::string key_of(std::string_view name) { return lower_case(tidy(name)); }

std::vector<Unit> read_units(const std::string& path) {
  std::vector<Unit> units;
  for (const auto& row : read_rows(path)) {
    if (row.size() < 5) stop(path + ": a row with fewer than five fields");
    const std::string full = key_of(row[3]);
    const auto kind =
        std::find_if(kKinds.begin(), kKinds.end(), [&](std::string_view k) { return full.starts_with(k); });
    if (kind == kKinds.end()) stop(path + ": no kind of unit in '" + row[3] + "'");
    units.push_back({row[1], row[0], std::string(*kind), tidy(row[2]), row[4]});
  }
  std::sort(units.begin(), units.end(), [](const Unit& a, const Unit& b) {
    return rank(a.level) != rank(b.level) ? rank(a.level) < rank(b.level) : a.code < b.code;
  });
  return units;
}

std::map<std::string, std::string> read_formed_from(const std::string& path, const std::vector<Unit>& after) {
  std::map<std::string, std::string> formed;
  std::vector<std::vector<std::string>> strangers;
  for (const auto& row : read_rows(path)) {
    const bool known = std::any_of(after.begin(), after.end(), [&](const Unit& unit) { return unit.code == row[0]; });
    if (known) formed[row[0]] = tidy(row[2]);
    else strangers.push_back(row);
  }
  for (const auto& row : strangers)
    for (const Unit& unit : after)
      if (!formed.contains(unit.code) && key_of(row[1]) == unit.kind + ' ' + lower_case(unit.name)) {
        std::cerr << "code " << row[0] << " is taken for " << unit.code << ", " << row[1] << '\n';
        formed[unit.code] = tidy(row[2]);
      }
  return formed;
}

void write_file(const std::string& path, const std::string& content) {
  std::ofstream out(path, std::ios::binary);
  out << content;
  if (!out.flush()) stop("cannot write " + path);
}

}  // namespace duluan::places
