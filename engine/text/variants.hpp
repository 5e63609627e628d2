// Characters that stand for others in Vietnamese text: invisible ones, odd spaces, full-width
// forms, look-alike letters of other alphabets.
#pragma once

#include <cstdint>

namespace duluan {

enum class Variant : std::uint8_t {
  kNone,
  kInvisible,  ///< U+00AD 200B 200C 200D 2060 FEFF
  kSpace,      ///< U+00A0 1680 2000..200A 202F 205F 3000
  kFullWidth,  ///< U+FF01..FF5E
  kLookAlike,  ///< a Cyrillic or Greek letter that looks like a Latin one
  kEth,        ///< U+00D0, U+00F0: Đ, đ in old Vietnamese files
};

Variant variant_of(char32_t code) noexcept;

/// What it stands for: a space, an ASCII character, Đ or đ; 0 for an invisible one, `code` itself for kNone.
char32_t plain_of(char32_t code) noexcept;

inline bool is_variant(char32_t code) noexcept { return variant_of(code) != Variant::kNone; }

}  // namespace duluan
