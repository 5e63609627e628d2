// Periods, days and places as reports write them, found on the folded words of a phrase.
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
  [[nodiscard]] std::string_view at(std::size_t i) const { return i < folded.size() ? std::string_view(folded[i]) : ""; }
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

constexpr std::array<std::string_view, 10> kLevels{"xã", "phường", "thị trấn", "huyện", "quận",
                                                   "thị xã", "thành phố", "tỉnh", "đặc khu", "tp"};

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
    const bool after_day = i >= 2 && words.at(i - 2) == "ngay";
    if (words.at(i) == "thang" && !after_day && numbered_year(words, i + 1, index, year)) return make(unit, year, index, 1);
    if (words.at(i) == "quy" && numbered_year(words, i + 1, index, year) && index <= 4)
      return make(Period::Unit::kQuarter, year, index * 3 - 2, 1);
  }
  for (std::size_t i = 0; i < words.tokens.size(); ++i) {
    const auto token = words.tokens[i].of(text);
    if (token.size() == 7 && token[4] == '-' && is_year(number(token.substr(0, 4))))
      if (auto period = Period::parse(token)) return Period::containing(unit, number(token.substr(0, 4)), number(token.substr(5)), 1);
  }
  return std::nullopt;
}

std::optional<Period> day_in(std::string_view text, Period::Unit unit) {
  const Words words(text);
  for (std::size_t i = 0; i < words.folded.size(); ++i) {
    if (words.at(i) == "ngay" && words.at(i + 2) == "thang" && words.at(i + 4) == "nam")
      if (auto period = make(unit, number(words.at(i + 5)), number(words.at(i + 3)), number(words.at(i + 1)))) return period;
    const std::string_view token = words.at(i);
    const std::size_t first = token.find_first_of("/-");
    const std::size_t second = first == std::string_view::npos ? first : token.find_first_of("/-", first + 1);
    if (second == std::string_view::npos) continue;
    const int a = number(token.substr(0, first));
    const int b = number(token.substr(first + 1, second - first - 1));
    const int c = number(token.substr(second + 1));
    if (auto period = is_year(a) ? make(unit, a, b, c) : make(unit, c, b, a)) return period;
  }
  return std::nullopt;
}

std::string place_in(std::string_view text) {
  std::vector<Token> tokens;
  tokenize(text, tokens);
  std::vector<std::string> lowered;
  for (const Token& token : tokens) lowered.push_back(lower_case(token.of(text)));
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i)
    for (const std::string_view level : kLevels) {
      const bool two = level.find(' ') != std::string_view::npos;
      const std::string written = two ? lowered[i] + ' ' + lowered[i + 1] : lowered[i];
      if (written != level) continue;
      std::string name(level == "tp" ? "thành phố" : level);
      std::size_t next = i + (two ? 2 : 1);
      if (level == "tp" && next < tokens.size() && tokens[next].of(text) == ".") ++next;
      const std::size_t first = next;
      while (next < tokens.size() && next < first + 4 && starts_upper(tokens[next].of(text)) &&
             tokens[next].kind == TokenKind::kWord && (next == first || tokens[next].begin == tokens[next - 1].end + 1))
        name += ' ' + title(tokens[next++].of(text));
      const bool numbered = next == first && next < tokens.size() && tokens[next].kind == TokenKind::kNumber;
      if (numbered) name += ' ' + std::string(tokens[next++].of(text));
      if (next > first) return name;
    }
  return "";
}

}  // namespace duluan::report
