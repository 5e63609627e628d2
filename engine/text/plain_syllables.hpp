// The syllables of a text as one types them in haste: folded (fold()), without punctuation, symbols and emoji. What
// search and the comparison of paragraphs see of a text.
#pragma once

#include <string>
#include <string_view>

#include "duluan/span.hpp"

namespace duluan {

/// Runs of letters, digits and marks, one after another:
///
///     PlainSyllables syllables("“Giá điện” tăng 4,8%");
///     while (syllables.next()) syllables.plain();  // gia dien tang 4 8
///
/// Any bytes are accepted. Cost: one pass. `utf8` has to outlive it.
class PlainSyllables {
 public:
  explicit PlainSyllables(std::string_view utf8) noexcept : utf8_(utf8) {}
  /// Goes to the next syllable; false at the end.
  bool next();
  [[nodiscard]] const std::string& plain() const noexcept { return plain_; }
  [[nodiscard]] Span span() const noexcept { return span_; }  ///< bytes of the text

 private:
  std::string_view utf8_;
  std::string plain_;
  Span span_{0, 0};
};

}  // namespace duluan
