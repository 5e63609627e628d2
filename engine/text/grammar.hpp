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

/// Whether the spelling lets the onset stand before the rime: k, gh, ngh before i e ê (k also before y),
/// c, g, ng elsewhere, c and k never before a medial (qu is written then); yê only without onset or after qu.
bool onset_fits(std::u32string_view onset, std::u32string_view rime) noexcept;

/// Whether the rime begins with a medial o or u: oa oă oe uâ uê uơ uy.
bool has_medial(std::u32string_view rime) noexcept;

/// Whether some rime starts so; true for the empty one.
bool starts_rime(std::u32string_view letters) noexcept;

/// Index within the rime of the vowel that bears the tone mark; `old_style` decides
/// open oa, oe, uy. The rime starts with a vowel.
std::size_t tone_position(std::u32string_view rime, bool old_style) noexcept;

}  // namespace duluan
