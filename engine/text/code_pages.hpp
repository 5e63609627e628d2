// Encodings of one byte a letter, as tables; and the Windows characters between 80 and 9F.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "duluan/encoding.hpp"

namespace duluan {

/// What a byte stands for: its code point, and that as UTF-8.
struct PageEntry {
  char32_t code = 0;  ///< 0 for a byte (other than 0) that stands for nothing
  std::array<char, 3> utf8{};
  std::uint8_t length = 0;  ///< of utf8; 0 for a byte that stands for nothing
  bool same = false;        ///< the byte is its own UTF-8
  bool mark = false;        ///< joins the letter before it
};

/// The same in one word, for decoding by the block: the UTF-8 in the lower three bytes, in the highest its length
/// and signs. Little-endian machines may store the word and go on by the length.
struct PageWord {
  static constexpr std::uint32_t kLength = 3U << 24;
  static constexpr std::uint32_t kMark = 1U << 28;
  static constexpr std::uint32_t kBad = 1U << 29;
  static constexpr std::uint32_t kOther = 1U << 30;  ///< not the byte itself
};

struct CodePage {
  std::array<PageEntry, 256> entries{};
  std::array<std::uint32_t, 256> words{};
  bool marks = false;  ///< whether it has any

  const PageEntry& operator[](std::size_t byte) const noexcept { return entries[byte]; }
};

/// The table of an encoding of one byte a letter; null for the others.
const CodePage* code_page(Encoding encoding) noexcept;

/// The byte by which `page` writes the code point, or -1. Marks and unmapped bytes are never given.
int page_byte(Encoding encoding, char32_t code) noexcept;

/// The byte that Windows-1252 (or Latin-1) shows as this code point, or -1. Word's and PDF's substitutes for
/// such characters count too (U+2212 for the soft hyphen, U+2219 for the middle dot).
int western_byte(char32_t code) noexcept;

/// The code point of Windows-1252 for a byte from 80 on; the byte itself where that page has none.
char32_t western_code(unsigned char byte) noexcept;

}  // namespace duluan
