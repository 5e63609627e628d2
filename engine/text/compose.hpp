// Marks and their letters put together, fast: Latin letters with the marks of Vietnamese. What
// it makes is canonically equivalent to what it reads; what it does not know it leaves.
#pragma once

#include <string_view>

#include "duluan/text.hpp"

namespace duluan {

/// Whether composing `block` first is worth while: one byte in a hundred opens a combining mark.
bool has_many_marks(std::string_view block) noexcept;

/// `block` with its marks composed; the block stands at `from` in the input.
Text compose_marks(std::string_view block, std::size_t from);

}  // namespace duluan
