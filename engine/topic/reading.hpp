// A text as the model reads it: a key for each syllable, with and without its diacritics.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/syllable.hpp"

namespace duluan::topics {

/// Families of features; the family is part of a feature's key.
enum Family : std::uint32_t { kSyllable, kPair, kFolded, kFoldedPair, kPiece, kEdge, kFoldedEdge, kFamilies };

/// The syllables of one text, in its order. Reused from text to text, it allocates nothing more.
struct Reading {
  std::vector<std::uint32_t> written;  ///< key of the canonical syllable: lower case, NFC, old tone style
  std::vector<std::uint32_t> folded;   ///< key of the same without diacritics
  std::vector<std::uint8_t> breaks;    ///< whether punctuation stands before it
  std::vector<Span> spans;             ///< of the caller's text; the syllables of a short form share one
  std::string letters;                 ///< all folded syllables in one
  std::vector<std::uint32_t> ends;     ///< of each in `letters`
  bool plain = false;                  ///< written without diacritics: only `folded` means anything

  std::vector<Token> tokens;  ///< as tokenize() gives them

  [[nodiscard]] std::string_view folded_letters(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    return std::string_view(letters).substr(begin, ends[i] - begin);
  }
};

/// Reads any UTF-8; no syllables if there is no word. The syllables are those of terms_of(); about 20 ns each,
/// for what is written in lower case, NFC and old tone style, and for most capitals.
void read_text(std::string_view utf8, Reading& out);

/// Key of a syllable, canonical or folded.
std::uint32_t syllable_key(std::string_view letters) noexcept;

/// Key of a feature made of one or two syllables' keys. Never 0.
inline std::uint32_t feature_key(Family family, std::uint32_t first, std::uint32_t second = 0) noexcept {
  std::uint64_t x = (std::uint64_t(first) << 32 | second) + (std::uint64_t(family) + 1) * 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 32)) * 0xD6E8FEB86659FD93ULL;
  x ^= x >> 32;
  const auto key = static_cast<std::uint32_t>(x * 0xD6E8FEB86659FD93ULL >> 32);
  return key == 0 ? 1 : key;
}

/// Keys of the pieces of a folded syllable: its runs of three and four letters, the edges marked. They tell what
/// misspelt, joined or foreign words are like.
template <class Use>
void each_piece(std::string_view folded, Use use) {
  constexpr std::size_t kShortest = 4;
  constexpr std::size_t kLongest = 24;  // no word; a link or a scream
  if (folded.size() < kShortest || folded.size() > kLongest) return;
  char text[kLongest + 2];
  text[0] = text[folded.size() + 1] = ' ';
  folded.copy(text + 1, folded.size());
  for (std::size_t length = 3; length <= 4; ++length)
    for (std::size_t at = 0; at + length <= folded.size() + 2; ++at) {
      std::uint32_t letters = 0;
      for (std::size_t i = 0; i < length; ++i) letters = letters << 8 | static_cast<unsigned char>(text[at + i]);
      use(feature_key(kPiece, letters));
    }
}

}  // namespace duluan::topics
