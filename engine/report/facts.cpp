// Periods, days and places as reports write them, found on the folded words of a phrase.
#include <algorithm>
#include <array>
#include <charconv>

#include "duluan/syllable.hpp"
#include "report/outline.hpp"
#include "text/letters.hpp"

namespace duluan::report {
namespace {

struct Words {
  std::string_view text;
  std::vector<Token> tokens;
  std::vector<std::string> folded;

  explicit Words(std::string_view source) : text(source) {
    tokenize(source, tokens);
    for (const Token& token : tokens) folded.push_back(fold(token.of(source)));
  }
  [[nodiscard]] std::string_view at(std::size_t i) const {
    return i < folded.size() ? std::string_view(folded[i]) : "";
  }
};

int number(std::string_view text) {
  int value = -1;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  return fault == std::errc() && end == text.data() + text.size() ? value : -1;
}

int roman(std::string_view text) {
  static constexpr std::array<std::string_view, 4> kNumerals{"i", "ii", "iii", "iv"};
  for (std::size_t i = 0; i < kNumerals.size(); ++i)
    if (text == kNumerals[i]) return static_cast<int>(i) + 1;
  return number(text);
}

bool is_year(int year) { return year >= 1990 && year <= 2100; }

std::optional<Period> make(Period::Unit unit, int year, int month, int day) {
  if (!is_year(year) || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  return Period::containing(unit, year, month, day);
}

// "3 năm 2026", "3/2026", "3-2026", "3, năm 2026" from token i on.
bool numbered_year(const Words& words, std::size_t i, int& index, int& year) {
  const std::string_view first = words.at(i);
  const std::size_t cut = first.find_first_of("/-");
  if (cut != std::string_view::npos) {
    index = roman(first.substr(0, cut));
    year = number(first.substr(cut + 1));
    return index > 0 && is_year(year);
  }
  index = roman(first);
  std::size_t next = i + 1;
  if (words.at(next) == "," || words.at(next) == "/" || words.at(next) == "-") ++next;
  if (words.at(next) == "nam") ++next;
  year = number(words.at(next));
  return index > 0 && is_year(year);
}

// In `unit` if that is the longer; a week goes where its Thursday is.
std::optional<Period> at_least(const Period& period, Period::Unit unit) {
  if (static_cast<int>(period.unit) >= static_cast<int>(unit)) return period;
  const Period thursday{Period::Unit::kDay, period.days_since_epoch() + (period.unit == Period::Unit::kWeek ? 3 : 0)};
  const std::string date = thursday.first_day();
  return make(unit, number(std::string_view(date).substr(0, 4)), number(std::string_view(date).substr(5, 2)),
              number(std::string_view(date).substr(8, 2)));
}

std::optional<Period> week(int year, int index, Period::Unit unit) {
  const auto period = Period::parse(std::to_string(year) + (index < 10 ? "-W0" : "-W") + std::to_string(index));
  return period ? at_least(*period, unit) : std::nullopt;
}

std::optional<Period> quarter(int year, int index) {
  return index > 4 ? std::nullopt : make(Period::Unit::kQuarter, year, index * 3 - 2, 1);
}

// "01", "2", "…": what may stand for the day in a date line.
int day_number(std::string_view text) {
  return text == "..." || text == "…" || text == "…." || text == "...." ? 1 : number(text);
}

constexpr std::array<std::string_view, 10> kLevels{"xã",     "phường",    "thị trấn", "huyện",   "quận",
                                                   "thị xã", "thành phố", "tỉnh",     "đặc khu", "tp"};

// "TRẦM" or "Trầm" -> "Trầm".
std::string title(std::string_view word) {
  std::string out;
  bool first = true;
  for (std::size_t at = 0; at < word.size(); first = false) {
    const std::size_t begin = at;
    const Letter letter = letter_of(next_code(word, at));
    if (letter.plain == 0) {
      out.append(word, begin, at - begin);
    } else if (letter.vowel) {
      append_code(out, compose(letter.plain, letter.tone, first));
    } else if (letter.plain == U'đ') {
      append_code(out, first ? U'Đ' : U'đ');
    } else {
      append_code(out, letter.plain - (first ? 32 : 0));
    }
  }
  return out;
}

bool all_upper(std::string_view word) {
  for (std::size_t at = 0; at < word.size();)
    if (!letter_of(next_code(word, at)).upper) return false;
  return true;
}

bool starts_upper(std::string_view word) {
  std::size_t at = 0;
  return letter_of(next_code(word, at)).upper;
}

}  // namespace

std::optional<Period> period_in(std::string_view text, Period::Unit unit) {
  const Words words(text);
  for (std::size_t i = 0; i + 1 < words.folded.size(); ++i) {
    int index = 0;
    int year = 0;
    if (!numbered_year(words, i + 1, index, year)) continue;
    const bool after_day = (i >= 2 && words.at(i - 2) == "ngay") || (i >= 1 && words.at(i - 1) == "ngay");
    if (words.at(i) == "thang" && !after_day)
      if (auto period = make(Period::Unit::kMonth, year, index, 1)) return at_least(*period, unit);
    if (words.at(i) == "quy") return quarter(year, index);
    if (words.at(i) == "tuan") return week(year, index, unit);
  }
  for (const Token& token : words.tokens) {
    const std::string_view word = token.of(text);
    if (word.size() != 7 || !is_year(number(word.substr(0, 4)))) continue;
    if (const auto period = Period::parse(word)) return at_least(*period, unit);
  }
  return std::nullopt;
}

int month_in(std::string_view text) {
  const Words words(text);
  for (std::size_t i = 0; i + 1 < words.folded.size(); ++i) {
    const bool after_day = i >= 2 && words.at(i - 2) == "ngay";
    const int month = number(words.at(i + 1));
    if (words.at(i) == "thang" && !after_day && month >= 1 && month <= 12) return month;
  }
  return 0;
}

std::optional<Period> day_in(std::string_view text, Period::Unit unit) {
  const Words words(text);
  std::optional<Period> last;
  for (std::size_t i = 0; i < words.folded.size(); ++i) {
    if (words.at(i) == "ngay") {
      // The day may be left blank for the pen: "ngày tháng 9 năm 2014".
      const std::size_t month = words.at(i + 1) == "thang" ? i + 1 : i + 2;
      const int day = month == i + 1 ? 1 : day_number(words.at(i + 1));
      if (words.at(month) == "thang" && words.at(month + 2) == "nam")
        if (auto period = make(unit, number(words.at(month + 3)), number(words.at(month + 1)), day)) last = period;
    }
    const std::string_view token = words.at(i);
    const std::size_t first = token.find_first_of("/-.");
    const std::size_t second = first == std::string_view::npos ? first : token.find_first_of("/-.", first + 1);
    if (second == std::string_view::npos) continue;
    const int a = number(token.substr(0, first));
    const int b = number(token.substr(first + 1, second - first - 1));
    const int c = number(token.substr(second + 1));
    if (auto period = is_year(a) ? make(unit, a, b, c) : make(unit, c, b, a)) last = period;
  }
  return last;
}

std::optional<Period> period_of_name(std::string_view name, Period::Unit unit) {
  // Runs of letters and of digits, whatever stands between.
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < name.size();) {
    const auto digit = [&](std::size_t i) { return i < name.size() && name[i] >= '0' && name[i] <= '9'; };
    const auto letter = [&](std::size_t i) {
      return i < name.size() && ((name[i] | 32) >= 'a' && (name[i] | 32) <= 'z');
    };
    const std::size_t begin = at;
    if (digit(at))
      while (digit(at)) ++at;
    else if (letter(at))
      while (letter(at)) ++at;
    else ++at;
    if (digit(begin) || letter(begin)) parts.push_back(fold(name.substr(begin, at - begin)));
  }
  const auto part = [&](std::size_t i) { return i < parts.size() ? std::string_view(parts[i]) : std::string_view(); };
  const auto month = [&](int year, int index) -> std::optional<Period> {
    const auto period = make(Period::Unit::kMonth, year, index, 1);
    return period ? at_least(*period, unit) : std::nullopt;
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const int here = number(part(i));
    const int next = number(part(i + 1));
    const int after = number(part(i + 2));
    if (is_year(here) && part(i + 1) == "q") return quarter(here, after);
    if (is_year(here) && (part(i + 1) == "w" || part(i + 1) == "tuan")) return week(here, after, unit);
    if (is_year(here) && part(i + 1).size() == 2 && next >= 1 && next <= 12) {
      if (part(i + 2).size() == 2)
        if (auto day = make(unit, here, next, after)) return day;
      return month(here, next);
    }
    if ((part(i) == "quy" || part(i) == "q") && is_year(number(part(i + 2)))) return quarter(after, roman(part(i + 1)));
    if (part(i) == "tuan" && is_year(after)) return week(after, next, unit);
    if (here >= 1 && here <= 12 && part(i).size() <= 2 && is_year(next)) return month(next, here);
  }
  return std::nullopt;
}

namespace {

// "XÃ HỘI", "tỉnh ủy", "xã viên": the level is part of another word.
bool is_other_word(std::string_view level, std::string_view next, bool capitals) {
  if (level == "xã" && (next == "hội" || next == "viên" || next == "đội")) return capitals;
  return next == "đội" && capitals;
}

// What ends a name in a line of capitals: "XÃ AN TRẦM THÁNG 3".
bool ends_name(std::string_view lower, std::string_view next) {
  static constexpr std::array<std::string_view, 13> kEnds{"tháng", "quý", "năm", "tuần",   "huyện", "tỉnh", "quận",
                                                          "về",    "số",  "xã",  "phường", "độc",   "cộng"};
  if (lower == "thành") return next == "phố";  // "CHÂU THÀNH" is a name
  if (lower == "thị") return next == "xã" || next == "trấn";
  return std::find(kEnds.begin(), kEnds.end(), lower) != kEnds.end();
}

}  // namespace

std::string place_in(std::string_view text) {
  std::vector<Token> tokens;
  tokenize(text, tokens);
  std::vector<std::string> lowered;
  lowered.reserve(tokens.size());
  for (const Token& token : tokens) lowered.push_back(lower_case(token.of(text)));
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i)
    for (const std::string_view level : kLevels) {
      const bool two = level.find(' ') != std::string_view::npos;
      const std::string written = two ? lowered[i] + ' ' + lowered[i + 1] : lowered[i];
      const bool committee = !two && lowered[i] == "thành" && lowered[i + 1] == "ủy" && level == "thành phố";
      if (written != level && !committee) continue;
      std::string name(level == "tp" ? "thành phố" : level);
      std::size_t next = i + (two || committee ? 2 : 1);
      const bool capitals = all_upper(tokens[i].of(text));
      if (level == "tp" && next < tokens.size() && tokens[next].of(text) == ".") ++next;
      if (next < tokens.size() && lowered[next] == "ủy") ++next;  // "HUYỆN ỦY CHÂU THÀNH"
      if (next >= tokens.size() || is_other_word(level, lowered[next], capitals)) continue;
      const std::size_t first = next;
      while (
          next < tokens.size() && next < first + 4 && starts_upper(tokens[next].of(text)) &&
          !(capitals && ends_name(lowered[next], next + 1 < tokens.size() ? lowered[next + 1] : "") && next > first) &&
          tokens[next].kind == TokenKind::kWord && (next == first || tokens[next].begin == tokens[next - 1].end + 1))
        name += ' ' + title(tokens[next++].of(text));
      const bool numbered = next == first && tokens[next].kind == TokenKind::kNumber;
      if (numbered) name += ' ' + std::string(tokens[next++].of(text));
      if (next > first) return name;
    }
  return "";
}

int place_rank(std::string_view place) {
  for (const std::string_view level : {"xã ", "phường ", "thị trấn ", "đặc khu "})
    if (place.starts_with(level)) return 3;
  for (const std::string_view level : {"huyện ", "quận ", "thị xã ", "thành phố "})
    if (place.starts_with(level)) return 2;
  return place.empty() ? 0 : 1;
}

}  // namespace duluan::report
