// Plates: two digits of the province, one or two series letters (or letter and digit), then four or
// five digits: 30A-123.45, 29-B1 678.90, 59X1-234.56, 51F1234 after "biển số".
#include <algorithm>
#include <cctype>

#include "privacy/finders.hpp"

namespace duluan::privacy {
namespace {

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// Civilian series leave out I, J, O, Q, W; R is for trailers, Đ (MĐ: electric) is two bytes.
std::size_t letter_length(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) == "Đ") return 2;
  return at < text.size() && std::string_view("ABCDEFGHKLMNPRSTUVXYZ").find(text[at]) != std::string_view::npos ? 1 : 0;
}

// The end of the plate that begins at byte `at`, or 0. `sure`: a mark inside says it is one.
std::size_t plate_end(std::string_view text, std::size_t at, bool& sure) {
  if (at + 2 > text.size() || !is_digit(text[at]) || !is_digit(text[at + 1]) || text[at] == '0') return 0;
  at += 2;
  const auto skip = [&](std::string_view marks) {
    const bool hit = at < text.size() && marks.find(text[at]) != std::string_view::npos;
    at += hit ? 1 : 0;
    return hit;
  };
  sure = skip("-");
  const std::size_t letter = letter_length(text, at);
  if (letter == 0) return 0;
  at += letter;
  if (const std::size_t second = letter_length(text, at); second > 0) at += second;
  else if (at + 1 < text.size() && is_digit(text[at]) &&
           (text[at + 1] == '-' || text[at + 1] == ' ' || text[at + 1] == '.'))
    ++at;
  if (skip("-")) sure = true;
  else skip(" .");
  const std::size_t serial = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  const std::size_t first = at - serial;
  if (first == 3 && at + 2 < text.size() && text[at] == '.' && is_digit(text[at + 1]) && is_digit(text[at + 2])) {
    at += 3;
    sure = true;
  } else if (first != 4 && first != 5) {
    return 0;
  }
  const bool open = at < text.size() && (is_digit(text[at]) || std::isalpha(static_cast<unsigned char>(text[at])) != 0);
  if (first == 5) sure = true;
  return open ? 0 : at;
}

}  // namespace

void find_plates(const Tokens& tokens, std::vector<Redacted>& found) {
  std::size_t done = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens.tokens[i];
    if (token.begin < done || token.kind == TokenKind::kPunctuation || !is_digit(tokens.text[token.begin])) continue;
    bool sure = false;
    const std::size_t end = plate_end(tokens.text, token.begin, sure);
    if (end == 0) continue;
    // "12A 2025" is a school class; it takes a word to make it a plate.
    for (std::size_t back = 1; !sure && back <= 4 && back <= i; ++back) {
      const std::string_view low = tokens.lower(i - back);
      sure = low == "biển" || low == "bks" || low == "xe" || low == "bs";
    }
    if (!sure) continue;
    found.push_back({{token.begin, end}, PersonalData::kPlate});
    done = end;
  }
}

}  // namespace duluan::privacy
