#include <algorithm>
#include <cctype>

#include "duluan/syllable.hpp"
#include "syllable/scanner.hpp"
#include "text/letters.hpp"

namespace duluan {
namespace {

bool ends_sentence(std::string_view mark) { return mark.front() == '.' || mark == "!" || mark == "?" || mark == "…"; }

bool closes(std::string_view mark) {
  return mark == "\"" || mark == "'" || mark == ")" || mark == "]" || mark == "”" || mark == "’" || mark == "»";
}

bool starts_upper_or_digit(std::string_view text, std::size_t at) {
  std::size_t end = at;
  const char32_t code = next_code(text, end);
  const Letter letter = letter_of(code);
  // A quotation mark, bracket or dash may open a sentence too.
  return letter.plain != 0 ? letter.upper : true;
}

// Whether the dot after `word` belongs to an abbreviation.
bool is_abbreviation(std::string_view word, bool lower_follows) {
  if (is_title_abbreviation(word)) return true;
  const bool initial = word.size() <= 2 && !word.empty() && std::isupper(static_cast<unsigned char>(word[0])) != 0;
  return initial || (lower_follows && word.size() <= 4);
}

}  // namespace

std::vector<Span> sentences(std::string_view utf8) {
  std::vector<Token> tokens;
  tokenize(utf8, tokens);
  std::vector<Span> found;
  std::size_t first = 0;
  const auto flush = [&](std::size_t end) {
    if (end > first) found.push_back({tokens[first].begin, tokens[end - 1].end});
    first = end;
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool last = i + 1 == tokens.size();
    const std::size_t gap_end = last ? utf8.size() : tokens[i + 1].begin;
    const auto gap = utf8.substr(tokens[i].end, gap_end - tokens[i].end);
    if (gap.find('\n') != std::string_view::npos) {
      flush(i + 1);
      continue;
    }
    const auto mark = tokens[i].of(utf8);
    const bool et_cetera = mark == "v.v.";
    if (last || !(et_cetera || (tokens[i].kind == TokenKind::kPunctuation && ends_sentence(mark)))) continue;
    std::size_t stop = i + 1;
    while (stop < tokens.size() && tokens[stop].begin == tokens[stop - 1].end && closes(tokens[stop].of(utf8))) ++stop;
    if (stop == tokens.size()) break;
    if (tokens[stop].begin == tokens[stop - 1].end) continue;  // no space: inside a number, a name, an ellipsis
    const bool upper = starts_upper_or_digit(utf8, tokens[stop].begin);
    const bool abbreviation = mark == "." && i > first && tokens[i - 1].end == tokens[i].begin &&
                              is_abbreviation(tokens[i - 1].of(utf8), !upper);
    if (!upper || abbreviation) continue;
    flush(stop);
    i = stop - 1;
  }
  flush(tokens.size());
  return found;
}

}  // namespace duluan
