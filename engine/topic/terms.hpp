// An opinion as the classifier sees it: canonical syllables, with and without diacritics.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/syllable.hpp"

namespace duluan::topics {

/// Syllables of one text. `breaks[i]` tells that punctuation stands before syllable i.
struct Terms {
  std::vector<std::string> syllables;  ///< lower case, NFC, old tone style, teencode expanded
  std::vector<std::string> folded;     ///< the same without diacritics
  std::vector<std::uint8_t> breaks;
  std::vector<Span> spans;  ///< the token each comes from; the syllables of a short form share one
  bool plain = false;       ///< written without diacritics: only `folded` means anything
  bool letters = false;     ///< whether there was a word at all
};

/// Takes any UTF-8.
Terms terms_of(std::string_view utf8);

/// Lower case, NFC, old tone style; other scripts stay as they are.
std::string canonical(std::string_view token);

/// Calls `use` for the canonical syllables of one token: itself, or what its short form stands for. Tells whether
/// the token is written with diacritics.
bool each_syllable(std::string_view token, const std::function<void(std::string_view)>& use);

/// Whether a text with so many marked among its words is written without diacritics; written Vietnamese marks about
/// three syllables in four.
bool mostly_plain(std::size_t marked, std::size_t words) noexcept;

/// Key of a term in the model's tables; `kind` keeps the families of features apart.
std::uint32_t term_key(std::string_view bytes, unsigned kind) noexcept;

}  // namespace duluan::topics
