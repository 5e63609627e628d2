// What a Vietnamese syllable may be made of, on letters without tones. It stands in
// `text` because tone placement needs it; `syllable` builds its parser on it.
#pragma once

#include <cstddef>
#include <string_view>

namespace duluan {

/// Longest onset that leaves a rime: "gi" before a vowel, "g" in "gì"; "qu" before a vowel.
std::size_t onset_length(std::u32string_view letters) noexcept;

/// Whether the rime (medial, nucleus, coda, no tone) occurs in Vietnamese.
bool is_rime(std::u32string_view rime) noexcept;

/// Index within the rime of the vowel that bears the tone mark; `old_style` decides
/// open oa, oe, uy. The rime starts with a vowel.
std::size_t tone_position(std::u32string_view rime, bool old_style) noexcept;

}  // namespace duluan
