// The tokenizer as a loop the segmenter can run without a buffer of its own.
//
// One token per call. The byte table decides the common cases (ASCII, Latin letters
// of two and three bytes); everything else goes through ICU properties.
#pragma once

#include <cstddef>
#include <string_view>

#include "duluan/syllable.hpp"

namespace duluan {

class Scanner {
 public:
  /// Starts at byte `at`, which must not lie inside a token.
  explicit Scanner(std::string_view text, std::size_t at = 0) noexcept : text_(text), at_(at) {}

  /// The next token; false at the end of the text.
  bool next(Token& token) noexcept;

 private:
  [[nodiscard]] std::size_t letters_end(std::size_t at) const noexcept;
  [[nodiscard]] std::size_t digits_end(std::size_t at) const noexcept;
  [[nodiscard]] std::size_t link_end(std::size_t begin, std::size_t end) const noexcept;
  [[nodiscard]] bool is_capital(std::size_t begin) const noexcept;
  [[nodiscard]] bool ends_in_capital(std::size_t begin, std::size_t end) const noexcept;
  std::size_t word_end(std::size_t begin, TokenKind& kind) const noexcept;
  [[nodiscard]] std::size_t number_end(std::size_t begin) const noexcept;
  [[nodiscard]] std::size_t mark_end(std::size_t begin, TokenKind& kind) const noexcept;
  [[nodiscard]] unsigned char at(std::size_t i) const noexcept {
    return i < text_.size() ? static_cast<unsigned char>(text_[i]) : 0;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// Whether the token is a known abbreviation that ends in a dot: "TS" before ".".
bool is_title_abbreviation(std::string_view word) noexcept;

}  // namespace duluan
