// One line of a comment as words with what stands between them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "syllable/chat_lexicon.hpp"

namespace duluan::chat {

/// What stands before a word.
enum class Gap : std::uint8_t { kSpace, kNumber, kBreak };

enum class Case : std::uint8_t { kLower, kTitle, kUpper, kMixed };

/// A run of letters.
struct Word {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t letters = 0;
  std::string_view lower;  ///< in Line::lowered
  const Entry* entry = nullptr;
  std::string drawn;    ///< an unknown word without its stretched letters
  std::string reading;  ///< what it was read as, in lower case; empty: it stays
  Gap gap = Gap::kBreak;
  Case letter_case = Case::kLower;
  bool joined = false;  ///< touches digits, signs or other letters: part of something that is no word
};

/// Reused from line to line, so that nothing is allocated once it has grown.
struct Line {
  std::string lowered;
  std::vector<Word> words;
  std::size_t size = 0;    ///< of words in use
  bool last_break = true;  ///< whether a clause ends after the last word
  bool emoticon = false;
  bool suspicious = false;  ///< some word may be chat

  /// Cuts `text` (one line) into words; looks each up.
  void read(std::string_view text, const Lexicon& lexicon);

 private:
  void close_word(std::string_view text, Word& word, const Lexicon& lexicon);
};

}  // namespace duluan::chat
