// What the fuzz targets share: a check that stops with a reason, inputs rich in
// Vietnamese, and ICU as oracle.
#pragma once

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace duluan::fuzzing {

/// Stops the target with a reason; libFuzzer keeps the input.
inline void require(bool holds, const char* what, std::string_view text = {}) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\ntext (%zu bytes): ", what, text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    std::fprintf(stderr, byte > ' ' && byte < 0x7F ? "%c" : "\\x%02X", byte);
  }
  std::fputc('\n', stderr);
  std::abort();
}

// Random bytes are hardly ever Vietnamese; a byte that picks a piece is.
inline constexpr auto kPieces = std::to_array<std::string_view>({
    "a",
    "ă",
    "â",
    "e",
    "ê",
    "i",
    "o",
    "ô",
    "ơ",
    "u",
    "ư",
    "y",
    "à",
    "ả",
    "ã",
    "á",
    "ạ",
    "ấ",
    "ề",
    "ỗ",
    "ớ",
    "ự",
    "ý",
    "A",
    "Ă",
    "Ấ",
    "Ơ",
    "Ứ",
    "Y",
    "đ",
    "Đ",
    "\xC3\x90",
    "\xC3\xB0",
    "qu",
    "gi",
    "ngh",
    "ng",
    "nh",
    "ch",
    "th",
    "tr",
    "kh",
    "ph",
    "b",
    "c",
    "m",
    "n",
    "p",
    "t",
    "v",
    "x",
    "T",
    "P",
    "H",
    "f",
    "w",
    "oa",
    "oe",
    "uy",
    "oà",
    "oé",
    "uỳ",
    // Combining marks: tones, circumflex, breve, horn, and strangers to Vietnamese.
    "\u0300",
    "\u0301",
    "\u0303",
    "\u0309",
    "\u0323",
    "\u0302",
    "\u0306",
    "\u031B",
    "\u0308",
    "\u0338",
    "\u0345",
    // Spaces and line ends of all kinds.
    " ",
    " ",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\u00A0",
    "\u3000",
    "\u200B",
    "\uFEFF",
    "\u2028",
    std::string_view("\0", 1),
    "\x7F",
    // Digits, marks, links, abbreviations.
    "0",
    "19",
    "2/9/2024",
    "1.234,5",
    "7:30",
    ".",
    "...",
    ",",
    "-",
    "_",
    "@",
    "/",
    ":",
    "!",
    "?",
    "(",
    ")",
    "\"",
    "’",
    "…",
    "http",
    "://",
    "www",
    ".vn",
    "v.v",
    "TP.",
    "TS.",
    "COVID",
    "=",
    "$",
    "#",
    "%",
    // Symbols, emoji with joiners and modifiers, other scripts.
    "₫",
    "≠",
    "×",
    "😀",
    "👍",
    "\U0001F3FD",
    "\u200D",
    "\uFE0F",
    "Å",
    "ç",
    "ß",
    "Ω",
    "я",
    "中",
    "한",
    "\u1100",
    "\u1161",
    "\u11A8",
    "\u0915\u093C",
    "\uFB1D",
    "\u2126",
    "\u0958",
    "\U0001D15E",
    "\uFFFD",
    // What stands for Latin letters and spaces.
    "\u2009",
    "\u00AD",
    "\u200C",
    "\u2060",
    "ａ",
    "Ｈ",
    "，",
    "／",
    "а",
    "о",
    "Н",
    "і",
    "ό",
    "Α",
    "ê\u0301",
    "ă\u0323",
    // What is no UTF-8.
    "\x80",
    "\xC3",
    "\xE1\xBA",
    "\xF0\x9F\x98",
    "\xC0\xAF",
    "\xED\xA0\x80",
    "\xFF",
});

/// The input as text: after an even first byte the rest as it is, after an odd one a piece for each byte.
inline std::string text_of(const std::uint8_t* data, std::size_t size) {
  std::string text;
  if (size == 0) return text;
  for (std::size_t i = 1; i < size; ++i) {
    if (data[0] % 2 == 0) text += static_cast<char>(data[i]);
    else text += kPieces[data[i] % kPieces.size()];
  }
  return text;
}

inline std::string icu_normalized(std::string_view utf8, bool composed) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* form = composed ? icu::Normalizer2::getNFCInstance(status) : icu::Normalizer2::getNFDInstance(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  form->normalizeUTF8(0, icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())), sink, nullptr, status);
  require(U_SUCCESS(status) != 0, "ICU normalizes", utf8);
  return out;
}

/// Whether a space in the sense of the tokenizer stands at `at`; `length` becomes its (or the character's) bytes.
inline bool is_space_at(std::string_view text, std::size_t at, std::size_t& length) {
  std::size_t end = at;
  UChar32 code = 0;
  U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), end, text.size(), code);
  length = end - at;
  return code <= ' ' || code == 0x7F || u_isUWhiteSpace(code) != 0 || code == 0x200B || code == 0xFEFF;
}

/// Whether `text` is nothing but spaces.
inline bool all_space(std::string_view text) {
  std::size_t length = 0;
  for (std::size_t at = 0; at < text.size(); at += length)
    if (!is_space_at(text, at, length)) return false;
  return true;
}

/// Whether `text` holds a space.
inline bool has_space(std::string_view text) {
  std::size_t length = 0;
  for (std::size_t at = 0; at < text.size(); at += length)
    if (is_space_at(text, at, length)) return true;
  return false;
}

}  // namespace duluan::fuzzing
