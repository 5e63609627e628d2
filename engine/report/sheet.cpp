#include "report/sheet.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace duluan::report {

std::string number_text(double number) {
  std::array<char, 40> text{};
  if (std::abs(number) < 1e15 && number == std::floor(number)) std::snprintf(text.data(), text.size(), "%.0f", number);
  else std::snprintf(text.data(), text.size(), "%.10g", number);
  return text.data();
}

std::string day_text(double number, bool from_1904) {
  constexpr double kLast = 2958466;  // the first day of year 10000
  if (!(number >= 0 && number < kLast)) return number_text(number);
  const double whole = std::floor(number);
  long days = static_cast<long>(whole);
  auto seconds = static_cast<long>(std::lround((number - whole) * 86400));
  std::array<char, 40> text{};
  if (seconds >= 86400) {
    seconds -= 86400;
    ++days;
  }
  // Days since 1970; the algorithm of civil days from era, year of era and day of year.
  if (from_1904) days += 1462;
  else if (days < 60) ++days;
  const long since = days - 25569 + 719468;
  const long era = since / 146097;
  const long of_era = since % 146097;
  const long year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const long of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const long shifted = (5 * of_year + 2) / 153;
  const long day = of_year - (153 * shifted + 2) / 5 + 1;
  const long month = shifted < 10 ? shifted + 3 : shifted - 9;
  const long year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  const int length = number < 1 ? 0
                                : std::snprintf(text.data(), text.size(), "%04ld-%02ld-%02ld%s", year, month, day,
                                                seconds > 0 ? " " : "");
  if (seconds > 0 || number < 1)
    std::snprintf(text.data() + length, text.size() - static_cast<std::size_t>(length), "%02ld:%02ld", seconds / 3600,
                  seconds / 60 % 60);
  return text.data();
}

bool shows_day(unsigned id, std::string_view pattern) {
  if (pattern.empty()) return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 58);
  // What stands in quotes or brackets, or after a backslash, is shown as it is.
  char closing = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if (closing != 0) closing = c == closing ? '\0' : closing;
    else if (c == '"') closing = '"';
    else if (c == '[') closing = ']';
    else if (c == '\\' || c == '_' || c == '*') ++at;
    else if (std::string_view("dmyhsDMYHS").find(c) != std::string_view::npos) return true;
  }
  return false;
}

void Sheets::begin(std::string name) {
  cells_.clear();
  if (!extract_.sheets.empty()) extract_.text += '\f';
  extract_.sheets.push_back(std::move(name));
}

void Sheets::set(std::uint32_t row, std::uint32_t column, std::string_view text) {
  if (row >= kMostRows || column >= kMostColumns || too_large()) return;
  std::string cell(text);
  // A cell is one field of one line.
  for (char& c : cell)
    if (c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v') c = ' ';
  size_ += cell.size() + 1;
  cells_.insert_or_assign({row, column}, std::move(cell));
}

bool Sheets::end() {
  std::uint32_t first = kMostColumns;
  for (const auto& [at, cell] : cells_) first = std::min(first, at.second);
  std::uint32_t row = 0;
  std::uint32_t column = first;
  for (const auto& [at, cell] : cells_) {
    // Few cells may stand far apart: what lies between counts too. Rows keep their numbers.
    if (at.first != row) column = first;
    size_ += at.first - row + at.second - column;
    if (too_large()) return false;
    extract_.text.append(at.first - row, '\n');
    extract_.text.append(at.second - column, '\t');
    extract_.text += cell;
    row = at.first;
    column = at.second;
  }
  if (!cells_.empty()) extract_.text += '\n';
  cells_.clear();
  return !too_large();
}

}  // namespace duluan::report
