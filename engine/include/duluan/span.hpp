/// \file
/// Span: a byte range of what the caller handed in.
#pragma once

#include <cstddef>
#include <string_view>

namespace duluan {

/// Half-open byte range [begin, end) of the caller's own bytes, never of an
/// intermediate form. Cost: two words; trivially copyable.
///
///     Span s{0, 5};  s.of("Nhân dân")  // "Nhân" (â is two bytes)
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] std::size_t size() const noexcept { return end - begin; }
  [[nodiscard]] std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
  friend bool operator==(const Span&, const Span&) = default;
};

}  // namespace duluan
