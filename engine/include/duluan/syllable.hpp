/// \file
/// The Vietnamese syllable, and text cut into tokens and sentences.
///
///     auto s = parse_syllable("nghiêng");  // onset "ngh", nucleus "iê", coda "ng", Tone::kLevel
///     std::vector<Token> tokens;
///     tokenize("Ngày 2/9/2024, TP.HCM có 5 ca COVID-19.", tokens);  // 2/9/2024, TP.HCM, COVID-19 whole
///     sentences("TS. Nam ở TP. Vinh. Ông vui.");                     // two spans
///
/// Cost: one pass, no allocation beyond the caller's buffers. Thread-safety: pure functions.
/// Source of the grammar: Đoàn Thiện Thuật, Ngữ âm tiếng Việt (onset, medial, nucleus, coda, tone).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/result.hpp"
#include "duluan/span.hpp"
#include "duluan/text.hpp"

namespace duluan {

/// A syllable taken apart; letters in lower case without the tone.
struct Syllable {
  std::string onset;    ///< "ngh", "qu", "gi", "" …
  std::string medial;   ///< "o", "u" or "" (the u of "qu" is part of the onset)
  std::string nucleus;  ///< "a", "iê", "ươ" …
  std::string coda;     ///< "ng", "i", "u", "" …
  int tone = 0;         ///< 0 ngang, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng

  friend bool operator==(const Syllable&, const Syllable&) = default;
};

/// Takes a syllable apart, or says why it is none (kMalformed): a strange letter, too many letters, two tones, a mark
/// out of place, no vowel, no such onset, no such rime, an onset that is not written so before the rime
/// (c/k/q, g/gh, ng/ngh, gi, qu, yê), or a tone that c, ch, p, t do not allow. Any case, NFC or NFD, either
/// tone style; marks in any order, and one typed twice counts once. Letters of one syllable's spelling, not of names
/// such as Kạn or Đắk.
Result<Syllable> parse_syllable(std::string_view utf8);
/// Whether parse_syllable would take it apart, at a fraction of the cost.
bool is_syllable(std::string_view utf8) noexcept;

/// The letters put together again, lower case NFC, tone by `style` (kKeep counts as kOld).
std::string write_syllable(const Syllable& syllable, ToneStyle style);

enum class TokenKind : std::uint8_t {
  kWord,         ///< letters, also with digits, hyphen or dots inside: đẹp, H5N1, COVID-19, TP.HCM
  kNumber,       ///< digits with inner . , / : -: 1.234,5 2/9/2024 7:30
  kPunctuation,  ///< one mark, or a run of dots
  kSymbol,       ///< currency, emoji, anything else that is no space
  kLink,         ///< URL or e-mail address
};

struct Token {
  std::size_t begin = 0;  ///< byte range of the caller's text
  std::size_t end = 0;
  TokenKind kind = TokenKind::kWord;

  [[nodiscard]] std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
};

/// Cuts one text into tokens; replaces the content of `tokens`. Spaces belong to none.
/// Any bytes are accepted: what is no UTF-8 comes out as kSymbol.
void tokenize(std::string_view utf8, std::vector<Token>& tokens);

/// Spans of the sentences, without the spaces around them. A line break ends a sentence;
/// the dot of TS. TP. v.v. and of numbers does not.
std::vector<Span> sentences(std::string_view utf8);

}  // namespace duluan
