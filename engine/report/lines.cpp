#include "report/lines.hpp"

#include <algorithm>

#include "duluan/syllable.hpp"
#include "duluan/text.hpp"
#include "text/letters.hpp"

namespace duluan::report {
namespace {

bool is_blank(char c) { return static_cast<unsigned char>(c) <= ' '; }

// Length of a bullet and the spaces after it.
// U+F0B7 is the bullet of the Symbol font, as Word copies it.
std::size_t bullet_length(std::string_view text) {
  std::size_t at = 0;
  for (const std::string_view bullet : {"-", "+", "*", "•", "–", "—", "\xEF\x82\xB7", "▪", "●", "○", "►", "✓"})
    if (text.starts_with(bullet)) at = bullet.size();
  const std::size_t bare = at;
  while (at < text.size() && at > 0 && (is_blank(text[at]) || text.substr(at).starts_with("\xC2\xA0")))
    at += is_blank(text[at]) ? 1 : 2;
  // "-5 độ" is no item; "-Nhân dân" is.
  const bool digit = at == bare && at < text.size() && text[at] >= '0' && text[at] <= '9';
  return digit ? 0 : at;
}

// Length of "I. ", "1.2. ", "a) ", "(1) " and what kind it is.
std::size_t number_length(std::string_view text, int& kind) {
  const std::size_t open = text.starts_with("(") ? 1 : 0;
  std::size_t at = open;
  const auto run = [&](std::string_view letters) {
    const std::size_t begin = at;
    while (at < text.size() && letters.find(text[at]) != std::string_view::npos) ++at;
    return at - begin;
  };
  kind = 0;
  if (const std::size_t digits = run("0123456789"); digits > 0 && digits <= 2) {
    while (at + 1 < text.size() && text[at] == '.' && text[at + 1] >= '0' && text[at + 1] <= '9')
      ++at, run("0123456789");
    kind = Line::kArabic;
  } else if (digits == 0 && run("IVX") > 0) {
    kind = Line::kRoman;
  } else if (digits == 0 && at == open && at < text.size() &&
             ((text[at] >= 'a' && text[at] <= 'h') || (text[at] >= 'A' && text[at] <= 'H'))) {
    kind = text[at++] < 'a' ? Line::kRoman : Line::kLetter;  // "A." heads a part of the report
  }
  const bool closed =
      at < text.size() && (text[at] == ')' || (open == 0 && (text[at] == '.' || text[at] == '/' || text[at] == '-')));
  if (kind == 0 || !closed) return kind = 0, 0;
  const char mark = text[at++];
  std::size_t end = at;
  while (end < text.size() && is_blank(text[end])) ++end;
  // "1.200 hộ", "5/2026", "2-3 ngày": the mark belongs to a number.
  const bool number = end == at && (mark != ')') && end < text.size() && text[end] >= '0' && text[end] <= '9';
  const bool dash = mark == '/' || mark == '-';
  if (number || (dash && end == at)) return kind = 0, 0;
  return end;
}

Line line_at(std::string_view text, std::size_t begin, std::size_t end) {
  while (begin < end && is_blank(text[begin])) ++begin;
  while (end > begin && is_blank(text[end - 1])) --end;
  Line line;
  line.text = text.substr(begin, end - begin);
  line.offset = begin;
  line.folded = fold(line.text);
  line.marker = bullet_length(line.text);
  if (line.marker == 0) line.marker = number_length(line.text, line.numbering);
  std::vector<Token> tokens;
  tokenize(line.text, tokens);
  line.words = static_cast<std::size_t>(std::count_if(tokens.begin(), tokens.end(), [&](const Token& token) {
    return token.kind == TokenKind::kWord && token.begin >= (line.numbering != 0 ? line.marker : 0);
  }));
  std::size_t upper = 0;
  std::size_t lower = 0;
  for (std::size_t at = 0; at < line.text.size();) {
    const Letter letter = letter_of(next_code(line.text, at));
    if (letter.plain != 0) ++(letter.upper ? upper : lower);
  }
  line.capitals = upper > 3 && lower * 8 < upper;
  for (const std::string_view mark : {".", "!", "?", ";", "…", ":", "”", "\"", ")"})
    line.ended = line.ended || (line.text.ends_with(mark) && line.text.size() > line.marker);
  if (line.text.ends_with(')') && line.words < 12) line.ended = false;
  return line;
}

bool starts_lower(std::string_view text) {
  std::size_t at = 0;
  const Letter letter = letter_of(next_code(text, at));
  return letter.plain != 0 && !letter.upper;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// The widest line from `at` to the next blank one, in characters.
std::size_t width_of_block(std::string_view text, std::size_t at) {
  std::size_t widest = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (line.find_first_not_of(" \t") == std::string_view::npos) break;
    widest = std::max(widest, characters(line));
    at = end + 1;
  }
  return widest;
}

// Whether `next` goes on with the paragraph of `line`, as in text wrapped by a mail program: the
// line was broken because the next word had hardly room in the width of the block. Lines that begin
// with a small letter are comments, one a line.
bool goes_on(const Line& line, const Line& next, std::size_t width) {
  constexpr std::size_t kLeastWidth = 40;
  constexpr std::size_t kMostWidth = 160;
  const std::size_t last = line.text.rfind('\n') == std::string_view::npos ? 0 : line.text.rfind('\n') + 1;
  const std::size_t length = characters(line.text.substr(last));
  const std::size_t word = characters(next.text.substr(0, next.text.find(' ')));
  return length >= kLeastWidth && width <= kMostWidth && length + 1 + word + width / 8 >= width && !line.capitals &&
         next.marker == 0 && starts_lower(next.text) && !starts_lower(line.text) && !line.text.ends_with('.') &&
         !line.text.ends_with('!') && !line.text.ends_with('?') && !line.text.ends_with(':');
}

// Lines of the heading put two columns side by side: "ỦY BAN …\tCỘNG HÒA …".
std::size_t column_end(std::string_view text, std::size_t begin, std::size_t end) {
  const std::string_view line = text.substr(begin, end - begin);
  const std::size_t from = std::min(line.find_first_not_of(" \t"), line.size());
  const std::size_t tab = std::min(line.find('\t', from), line.find("    ", from));
  return tab == std::string_view::npos || line.size() > 300 ? end : begin + tab;
}

}  // namespace

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  bool broken = true;     // a blank line or the beginning came before
  std::size_t width = 0;  // of the block of lines
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::size_t cut = column_end(text, at, end);
    Line line = line_at(text, at, cut);
    if (broken) width = width_of_block(text, at);
    at = cut < end ? cut : end + 1;
    if (line.text.empty()) {
      broken = true;
      continue;
    }
    if (!broken && goes_on(lines.back(), line, width))
      lines.back() = line_at(text, lines.back().offset, line.offset + line.text.size());
    else lines.push_back(std::move(line));
    broken = cut < end;
  }
  return lines;
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view prefix) { return text.starts_with(prefix); });
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

}  // namespace duluan::report
