// A word read letter by letter, marks in any order: what `normalize` and parse_syllable share.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "text/grammar.hpp"
#include "text/letters.hpp"

namespace duluan {

/// nghiêng has 7 letters; one more for a misplaced one.
constexpr std::size_t kLongestSyllable = 8;

/// Letters of at most one syllable, with its tone. Feed it code points of any normalization form.
class Spelling {
 public:
  enum class Fault { kNone, kStranger, kTooLong, kTwoTones, kMisplacedMark };

  /// Takes the next letter or combining mark; false, with a fault, when no syllable holds it there.
  bool add(char32_t code) noexcept;

  [[nodiscard]] Fault fault() const noexcept { return fault_; }
  [[nodiscard]] std::u32string_view letters() const noexcept {
    return {plain_.data(), size_};
  }  ///< lower case, no tone
  [[nodiscard]] Tone tone() const noexcept { return tone_; }
  /// Whether the letter bears the tone; more than one does when a mark was typed twice.
  [[nodiscard]] bool is_marked(std::size_t letter) const noexcept { return (marked_ >> letter & 1U) != 0; }
  /// The letter in its own case, with the tone or without it.
  [[nodiscard]] char32_t written(std::size_t letter, bool with_tone) const noexcept;

 private:
  bool fail(Fault fault) noexcept {
    fault_ = fault;
    return false;
  }
  bool add_tone(Tone tone) noexcept;
  bool add_quality(char32_t mark) noexcept;

  std::array<char32_t, kLongestSyllable> plain_{};
  std::array<bool, kLongestSyllable> upper_{};
  std::size_t size_ = 0;
  unsigned marked_ = 0;
  Tone tone_ = Tone::kLevel;
  Fault fault_ = Fault::kNone;
};

}  // namespace duluan
