// HTML entities as one character.
#pragma once

#include <cstddef>
#include <string_view>

namespace duluan {

struct Entity {
  char32_t code = 0;       ///< 0 if none stands there
  std::size_t length = 0;  ///< with "&" and ";"
};

/// The entity at `at`, where "&" stands: named (Latin-1, the Vietnamese letters that have names, and usual
/// punctuation), &#DECIMAL; or &#xHEX;. Numbers 128 to 159 mean Windows-1252, as browsers read them.
Entity entity_at(std::string_view text, std::size_t at) noexcept;

}  // namespace duluan
