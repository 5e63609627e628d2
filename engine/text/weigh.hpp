// How Vietnamese a text is: what detection compares readings of the same bytes by.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace duluan {

struct Weight {
  std::size_t words = 0;
  std::size_t sound = 0;         ///< words that are Vietnamese syllables
  std::size_t marked = 0;        ///< words with a letter outside ASCII
  std::size_t sound_marked = 0;  ///< of these the Vietnamese syllables
  std::size_t firm = 0;          ///< of these again the longer than one letter
  std::size_t shaped = 0;        ///< of the firm those with one of ă â đ ê ô ơ ư
  std::size_t own = 0;           ///< letters that hardly any other language has (đ ơ ư and U+1EA0 on)
  std::uint64_t letters = 0;     ///< a bit for each letter outside ASCII in the firm ones, by its code modulo 64
  double bits = 0;               ///< cost of the marked words: their letters by frequency, or a lump for a wrong word

  Weight& operator+=(const Weight& other) noexcept;
  [[nodiscard]] std::size_t wrong() const noexcept { return marked - sound_marked; }
  /// Whether the firm words are not the same one or two again and again.
  [[nodiscard]] bool varied() const noexcept {
    return static_cast<std::size_t>(std::popcount(letters)) >= std::min<std::size_t>(firm, 3);
  }
  /// Share of the marked words that are syllables; 0 without any.
  [[nodiscard]] double confidence() const noexcept {
    return marked == 0 ? 0 : static_cast<double>(sound_marked) / static_cast<double>(marked);
  }
};

Weight weigh(std::string_view utf8);

}  // namespace duluan
