// What must hold of Segmenter and write_segmented on any line, whatever the model says: every byte of the
// text is in the output, words stand in order and apart, and joiners stand only where the text has space
// or a token begins.
#pragma once

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "duluan/word.hpp"

namespace duluan::word_check {

/// Bytes of the spaces that stand at `at`.
inline std::size_t spaces(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size()) {
    std::size_t next = end;
    UChar32 code = 0;
    U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), next, text.size(), code);
    const bool space = code <= ' ' || code == 0x7F || u_isUWhiteSpace(code) != 0 || code == 0x200B || code == 0xFEFF;
    if (!space) break;
    end = next;
  }
  return end - at;
}

/// What is wrong with the spans and tokens of `words`, or null.
inline const char* wrong_spans(std::string_view text, const Words& words) {
  const auto tokens = words.tokens();
  std::size_t reached = 0;
  for (std::size_t t = 0; t < tokens.size(); ++t) {
    const Token& token = tokens[t];
    if (token.begin < reached || token.begin >= token.end || token.end > text.size()) return "a token out of order";
    if (reached + spaces(text, reached) != token.begin) return "more than spaces left out";
    reached = token.end;
  }
  if (reached + spaces(text, reached) != text.size()) return "more than spaces left out at the end";
  std::size_t first = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t next = words.first_token(i + 1);
    if (words.first_token(i) != first || next <= first || next > tokens.size()) return "a word without tokens";
    if (words.span(i) != Span{tokens[first].begin, tokens[next - 1].end}) return "a span that is not its tokens'";
    first = next;
  }
  return first == tokens.size() ? nullptr : "tokens in no word";
}

/// What is wrong with a line of output, or null. Knows nothing of tokens: reads text and output side by side.
inline const char* wrong_output(std::string_view text, std::string_view out) {
  std::size_t o = 0;
  for (std::size_t at = spaces(text, 0); at < text.size();) {
    if (const std::size_t length = spaces(text, at); length > 0) {
      at += length;
      if (at == text.size()) break;
      if (o >= out.size() || (out[o] != ' ' && out[o] != '_')) return "a space lost";
      ++o;
    } else if (o < out.size() && out[o] == text[at]) {
      ++o;
      ++at;
    } else if (o > 0 && o < out.size() && out[o] == ' ') {
      ++o;  // between tokens that touch
    } else {
      return "a character changed";
    }
  }
  return o == out.size() ? nullptr : "more written than there was";
}

/// What is wrong with one line, or null; `words` and `out` are memory to use again.
inline const char* wrong_line(const Segmenter& segmenter, std::string_view line, Words& words, std::string& out) {
  segmenter.segment(line, words);
  if (const char* wrong = wrong_spans(line, words)) return wrong;
  out.clear();
  write_segmented(line, words, out);
  return wrong_output(line, out);
}

}  // namespace duluan::word_check
