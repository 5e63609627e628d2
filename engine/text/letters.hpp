// Vietnamese letters as (plain letter, quality, tone), by table: the one place
// that knows how a precomposed letter is built. ICU is the oracle in the tests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace duluan {

/// In the order of the dictionary; kLevel is the unmarked tone (thanh ngang).
enum class Tone : std::uint8_t { kLevel, kGrave, kHook, kTilde, kAcute, kDot };

/// One letter of the Vietnamese alphabet, taken apart.
struct Letter {
  char32_t plain = 0;  ///< without its tone, lower case: "ấ" -> 'â'; 0 if not a Vietnamese letter
  Tone tone = Tone::kLevel;
  bool upper = false;
  bool vowel = false;
};

/// Takes a code point apart; `plain` is 0 for what is no letter of the alphabet
/// (f, j, w, z count as letters: names and abbreviations use them).
Letter letter_of(char32_t code) noexcept;
/// Puts a vowel and its tone together again. `plain` must be a vowel as letter_of gives it.
char32_t compose(char32_t plain, Tone tone, bool upper) noexcept;

/// Lower case by the Vietnamese alphabet; other letters stay as they are. Expects NFC.
std::string lower_case(std::string_view nfc);

/// How a word is capitalised; letters outside the alphabet do not count.
struct Capitals {
  bool first = false;  ///< the first letter is a capital
  bool all = false;    ///< there are at least two letters, all capitals
};
Capitals capitals_of(std::string_view nfc) noexcept;

/// Letter or combining mark of any script.
bool is_letter(char32_t code) noexcept;
bool is_mark(char32_t code) noexcept;

/// Next code point of well-formed UTF-8; bad bytes come out one at a time as U+FFFD.
char32_t next_code(std::string_view utf8, std::size_t& at) noexcept;
void append_code(std::string& out, char32_t code);

}  // namespace duluan
