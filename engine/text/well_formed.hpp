// Whether letters make a Vietnamese syllable as it is spelled: what tells a right reading of bytes from a wrong one.
#pragma once

#include <string_view>

namespace duluan {

/// Code points of one word, NFC. Stricter than the parser of room syllable: the tone stands on its vowel (old or
/// new style), no small letter comes before a capital (but for ĐIềU), c/k, g/gh, ng/ngh are spelled by the vowel that
/// follows.
bool is_spelled_syllable(std::u32string_view word) noexcept;

}  // namespace duluan
