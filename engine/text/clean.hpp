// Finds what `normalize` may have to change: a byte automaton that reads clean text and refuses
// everything else. What it accepts is well-formed UTF-8 in NFC whose Vietnamese words bear their
// tone where the style wants it; what it refuses may still turn out to be right, the exact way decides.
//
// It is made once from the grammar: over letters first (the rime so far, which vowel bears the mark),
// reduced to its smallest form, then over bytes. One step costs a load that waits for the one before,
// so six stretches of the text are read in turns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "duluan/span.hpp"
#include "duluan/text.hpp"

namespace duluan {

class CleanText {
 public:
  /// The automaton for one style; made on first use, shared by all threads.
  static const CleanText& of(ToneStyle style);

  /// Whether all of the text is clean; for short texts.
  [[nodiscard]] bool accepts(std::string_view text) const noexcept {
    std::size_t state = start_;
    for (const char byte : text) state = next_[state + static_cast<unsigned char>(byte)];
    return next_[state + ' '] != refused_;
  }

  /// Finds the stretches between spaces (bytes up to U+0020) that are not clean, in order, and stops when there
  /// are more than `limit`. `block` starts at the text's start or after a space, and ends so.
  void find_suspects(std::string_view block, std::size_t limit, std::vector<Span>& suspects) const;

 private:
  struct Lane;
  explicit CleanText(ToneStyle style);
  [[nodiscard]] bool read_lanes(std::string_view block, Lane* lanes, std::size_t limit) const;
  void refuse(std::string_view block, Lane& lane) const;

  // By state and byte: 256 times the next state. Some 170 states; the words of a text use a small part of it.
  std::vector<std::uint16_t> next_;
  std::uint16_t start_ = 0;
  std::uint16_t refused_ = 0;
};

}  // namespace duluan
