// The marks of VIQR (RFC 1456), for reading and for writing.
#pragma once

#include <cstddef>
#include <string_view>

#include "text/letters.hpp"

namespace duluan {

/// A letter as VIQR writes it: "a^'" for ấ, "DD" for Đ; or any other byte, alone.
struct ViqrLetter {
  char32_t code = 0;
  std::size_t length = 0;
  bool tone = false;  ///< the last byte is a mark of tone
};

/// The longest letter at `at`, as the RFC composes it.
ViqrLetter viqr_letter(std::string_view bytes, std::size_t at) noexcept;

/// Whether a byte can be a mark.
bool is_viqr_mark(char byte) noexcept;

}  // namespace duluan
