#include "text/letters.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>

namespace duluan {
namespace {

struct VowelRow {
  char32_t plain;
  char32_t upper;
  std::u32string_view lower_tones;  // in the order of Tone
  std::u32string_view upper_tones;
};

constexpr std::array<VowelRow, 12> kVowels{{
    {U'a', U'A', U"aàảãáạ", U"AÀẢÃÁẠ"},
    {U'ă', U'Ă', U"ăằẳẵắặ", U"ĂẰẲẴẮẶ"},
    {U'â', U'Â', U"âầẩẫấậ", U"ÂẦẨẪẤẬ"},
    {U'e', U'E', U"eèẻẽéẹ", U"EÈẺẼÉẸ"},
    {U'ê', U'Ê', U"êềểễếệ", U"ÊỀỂỄẾỆ"},
    {U'i', U'I', U"iìỉĩíị", U"IÌỈĨÍỊ"},
    {U'o', U'O', U"oòỏõóọ", U"OÒỎÕÓỌ"},
    {U'ô', U'Ô', U"ôồổỗốộ", U"ÔỒỔỖỐỘ"},
    {U'ơ', U'Ơ', U"ơờởỡớợ", U"ƠỜỞỠỚỢ"},
    {U'u', U'U', U"uùủũúụ", U"UÙỦŨÚỤ"},
    {U'ư', U'Ư', U"ưừửữứự", U"ƯỪỬỮỨỰ"},
    {U'y', U'Y', U"yỳỷỹýỵ", U"YỲỶỸÝỴ"},
}};

// Two blocks hold every Vietnamese letter: U+0000..U+01FF and U+1E00..U+1EFF.
constexpr std::size_t kLow = 0x200;
constexpr std::size_t kHigh = 0x100;

constexpr std::array<Letter, kLow + kHigh> make_letters() {
  std::array<Letter, kLow + kHigh> table{};
  const auto slot = [&table](char32_t code) -> Letter& { return table[code < kLow ? code : code - 0x1E00 + kLow]; };
  for (char32_t c = U'a'; c <= U'z'; ++c) {
    slot(c) = {c, Tone::kLevel, false, false};
    slot(c - 32) = {c, Tone::kLevel, true, false};
  }
  slot(U'đ') = {U'đ', Tone::kLevel, false, false};
  slot(U'Đ') = {U'đ', Tone::kLevel, true, false};
  for (const VowelRow& row : kVowels)
    for (std::size_t t = 0; t < 6; ++t) {
      slot(row.lower_tones[t]) = {row.plain, static_cast<Tone>(t), false, true};
      slot(row.upper_tones[t]) = {row.plain, static_cast<Tone>(t), true, true};
    }
  return table;
}

constexpr std::array<Letter, kLow + kHigh> kLetters = make_letters();

}  // namespace

Letter letter_of(char32_t code) noexcept {
  if (code < kLow) return kLetters[code];
  if (code >= 0x1E00 && code < 0x1F00) return kLetters[code - 0x1E00 + kLow];
  return {};
}

char32_t compose(char32_t plain, Tone tone, bool upper) noexcept {
  for (const VowelRow& row : kVowels)
    if (row.plain == plain) return (upper ? row.upper_tones : row.lower_tones)[static_cast<std::size_t>(tone)];
  return plain;
}

std::string lower_case(std::string_view nfc) {
  std::string out;
  out.reserve(nfc.size());
  for (std::size_t at = 0; at < nfc.size();) {
    const std::size_t begin = at;
    const Letter letter = letter_of(next_code(nfc, at));
    if (letter.plain == 0) out.append(nfc, begin, at - begin);
    else append_code(out, compose(letter.plain, letter.tone, false));
  }
  return out;
}

Capitals capitals_of(std::string_view nfc) noexcept {
  std::size_t letters = 0;
  std::size_t uppers = 0;
  Capitals capitals;
  for (std::size_t at = 0; at < nfc.size();) {
    const Letter letter = letter_of(next_code(nfc, at));
    if (letter.plain == 0) continue;
    if (letter.upper && letters == 0) capitals.first = true;
    ++letters;
    uppers += letter.upper ? 1U : 0U;
  }
  capitals.all = letters >= 2 && uppers == letters;
  return capitals;
}

bool is_mark(char32_t code) noexcept {
  return code >= 0x300 && (code < 0x370 || (U_GET_GC_MASK(static_cast<UChar32>(code)) & U_GC_M_MASK) != 0);
}

bool is_letter(char32_t code) noexcept {
  if (code < 0x80) return (code | 32) >= U'a' && (code | 32) <= U'z';
  return u_isalpha(static_cast<UChar32>(code)) != 0 || is_mark(code);
}

char32_t next_code(std::string_view utf8, std::size_t& at) noexcept {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  UChar32 code = 0;
  U8_NEXT_OR_FFFD(bytes, at, utf8.size(), code);
  return static_cast<char32_t>(code);
}

void append_code(std::string& out, char32_t code) {
  std::array<char, 4> buffer{};
  std::size_t length = 0;
  U8_APPEND_UNSAFE(buffer.data(), length, static_cast<UChar32>(code));
  out.append(buffer.data(), length);
}

}  // namespace duluan
