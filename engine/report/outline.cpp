// The outline of a report (domain terms): national emblem, unit, number, place and date, title,
// sections with their opinions, forecast, proposals, signature, recipients (Nơi nhận).
//
// Each line is judged by its form alone. Lines that carry no opinion are left out; a heading
// names the section of the lines under it; every other line is one opinion or a list of them.
#include "report/outline.hpp"

#include <algorithm>
#include <array>

#include "duluan/syllable.hpp"
#include "duluan/text.hpp"
#include "text/letters.hpp"

namespace duluan::report {
namespace {

enum class LineKind { kBlank, kBoilerplate, kHeading, kRecipients, kOpinion };

struct Line {
  std::string_view text;   // trimmed
  std::size_t offset = 0;  // in the document's text
  std::string folded;
  std::size_t words = 0;
  bool capitals = false;   // hardly a small letter
};

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view prefix) { return text.starts_with(prefix); });
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

Line line_at(std::string_view text, std::size_t begin, std::size_t end) {
  while (begin < end && static_cast<unsigned char>(text[begin]) <= ' ') ++begin;
  while (end > begin && static_cast<unsigned char>(text[end - 1]) <= ' ') --end;
  Line line{text.substr(begin, end - begin), begin, fold(text.substr(begin, end - begin)), 0, false};
  std::vector<Token> tokens;
  tokenize(line.text, tokens);
  line.words = static_cast<std::size_t>(
      std::count_if(tokens.begin(), tokens.end(), [](const Token& token) { return token.kind == TokenKind::kWord; }));
  std::size_t upper = 0;
  std::size_t lower = 0;
  for (std::size_t at = 0; at < line.text.size();) {
    const Letter letter = letter_of(next_code(line.text, at));
    if (letter.plain != 0) ++(letter.upper ? upper : lower);
  }
  line.capitals = upper > 3 && lower * 8 < upper;
  return line;
}

// "I.", "1.", "a)", "Phần thứ nhất" before a short line.
bool is_numbered_heading(const Line& line) {
  if (line.words > 14 || line.text.ends_with('.')) return false;
  const std::size_t mark = line.folded.find_first_of(".)");
  return mark != std::string::npos && mark <= 4 && line.folded.find_first_not_of("ivx0123456789abcde", 0) >= mark;
}

std::size_t bullet_length(std::string_view text) {
  std::size_t at = 0;
  for (const std::string_view bullet : {"-", "+", "*", "•", "–", "—"})
    if (text.starts_with(bullet)) at = bullet.size();
  while (at < text.size() && at > 0 && text[at] == ' ') ++at;
  return at;
}

LineKind kind_of(const Line& line, bool in_heading) {
  if (line.text.empty()) return LineKind::kBlank;
  if (starts_with_any(line.folded, {"noi nhan"})) return LineKind::kRecipients;
  if (starts_with_any(line.folded, {"cong hoa xa hoi chu nghia", "doc lap - tu do", "doc lap-tu do", "doc lap – tu do",
                                    "so:", "so ", "kinh gui", "truy cap", "dang co", "so lan xem", "trang chu", "dang nhap",
                                    "copyright", "ban quyen", "tin lien quan", "tags:", "t/m ", "tm.", "kt.", "tl."}) &&
      line.words <= 20)
    return LineKind::kBoilerplate;
  if (in_heading && line.words <= 14 && contains_any(line.folded, {" ngay ", "ngay "}) && contains_any(line.folded, {" thang "}) &&
      line.folded.find(" nam ") != std::string::npos)
    return LineKind::kBoilerplate;
  if (line.words == 0) return LineKind::kBoilerplate;
  if (is_numbered_heading(line)) return LineKind::kHeading;
  if (line.capitals && line.words <= 30) return LineKind::kHeading;
  const bool ends = contains_any(std::string_view(line.folded).substr(line.folded.size() - 1), {".", "!", "?", ";", "…", ":"});
  // A short line without an end is a title, a menu entry or a signature.
  if (in_heading && !ends && line.words < 30 && bullet_length(line.text) == 0) return LineKind::kBoilerplate;
  if (line.words < 6 || (!ends && line.words < 12 && !starts_with_any(line.folded, {"-", "+", "*", "•"}))) return LineKind::kBoilerplate;
  return LineKind::kOpinion;
}

// Clauses joined by ";" that stand alone; the introduction before the first ":" stays with the first.
std::vector<Span> split_list(std::string_view text) {
  constexpr std::size_t kLeastWords = 6;
  std::vector<Token> tokens;
  tokenize(text, tokens);
  std::vector<Span> parts;
  std::size_t first = 0;
  std::size_t words = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == TokenKind::kWord) ++words;
    if (tokens[i].of(text) != ";") continue;
    if (words < kLeastWords) return {{0, text.size()}};
    parts.push_back({tokens[first].begin, tokens[i].begin});
    first = i + 1;
    words = 0;
  }
  constexpr std::size_t kLeastParts = 3;  // one ";" joins the halves of a single opinion
  if (parts.size() + 1 < kLeastParts || words < kLeastWords) return {{0, text.size()}};
  parts.push_back({tokens[first].begin, text.size()});
  return parts;
}

// Forecast and proposals are the reporting unit's own words, not reported opinions.
bool is_own_section(std::string_view heading) {
  return contains_any(fold(heading), {"du bao", "de xuat", "phuong huong", "nhiem vu trong tam"});
}

struct Heading {
  std::string place, unit, title;
  std::optional<Period> period, day;
};

// What the lines above the first opinion say.
void learn(const Line& line, const ReadOptions& options, Heading& heading) {
  const bool dated = contains_any(line.folded, {"ngay "}) && contains_any(line.folded, {" thang "});
  if (!heading.period && !dated) heading.period = period_in(line.text, options.period_unit);
  if (!heading.day && dated) heading.day = day_in(line.text, options.period_unit);
  const bool national = starts_with_any(line.folded, {"cong hoa", "doc lap"});
  if (heading.unit.empty() && line.capitals && !national &&
      !starts_with_any(line.folded, {"bao cao", "tinh hinh", "tong hop"})) {
    heading.unit = std::string(line.text);
  }
  if (heading.place.empty() && !national) heading.place = place_in(line.text);
}

Opinion opinion_of(std::string_view text, std::size_t offset, const std::string& section, const Document& document) {
  Opinion opinion;
  opinion.text = std::string(text);
  opinion.offset = offset;
  opinion.section = section;
  opinion.source = document.source;
  return opinion;
}

}  // namespace

void read_outline(Document& document, const ReadOptions& options) {
  Heading heading;
  std::string section;
  bool recipients = false;
  const std::string_view text = document.text;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const Line line = line_at(text, at, end);
    at = end + 1;
    const bool in_heading = document.opinions.empty();
    if (in_heading) learn(line, options, heading);
    switch (kind_of(line, in_heading)) {
      case LineKind::kBlank: recipients = false; continue;
      case LineKind::kRecipients: recipients = true; continue;
      case LineKind::kHeading:
        section = std::string(line.text);
        recipients = false;
        continue;
      case LineKind::kBoilerplate: continue;
      case LineKind::kOpinion: break;
    }
    if (recipients || is_own_section(section)) continue;
    const std::size_t bullet = bullet_length(line.text);
    const std::string_view body = line.text.substr(bullet);
    for (const Span part : split_list(body)) {
      std::string_view clause = part.of(body);
      while (clause.ends_with(' ')) clause.remove_suffix(1);
      document.opinions.push_back(opinion_of(clause, line.offset + bullet + part.begin, section, document));
    }
  }
  const std::string name = document.source.substr(document.source.find_last_of('/') + 1);
  if (!heading.period) heading.period = heading.day;
  if (!heading.period) heading.period = period_in(name, options.period_unit);
  for (Opinion& opinion : document.opinions) {
    opinion.place = heading.place;
    opinion.unit = heading.unit;
    opinion.period = heading.period;
  }
}

}  // namespace duluan::report
