// Accented text as the diacritic trainer reads it: numbered tokens, paragraph after paragraph.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "syllable/restore_lexicon.hpp"

namespace duluan::diacritics {

class Corpus {
 public:
  /// Reads files of lines, or of records whose last column is the text.
  Result<void> read(const std::vector<std::string>& paths);
  /// The readings seen at least `least` times in paragraphs that bear marks, as Lexicon::parse reads them.
  [[nodiscard]] std::string readings(unsigned least) const;
  /// Paragraphs of Vietnamese without marks teach nothing true; they are left out.
  void drop_unmarked(const Lexicon& lexicon);
  /// End of a paragraph's tokens.
  [[nodiscard]] std::size_t end_of(std::size_t paragraph) const;

  /// Tokens in order; type 0 stands kReach times before, between and after the paragraphs.
  std::vector<std::uint32_t> tokens;
  std::vector<Form> types;
  /// First token of each paragraph.
  std::vector<std::size_t> paragraphs;

 private:
  void add_paragraph(std::string_view text);
  [[nodiscard]] bool bears_marks(std::size_t paragraph, const Lexicon* lexicon) const;

  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<Token> scratch_;
};

}  // namespace duluan::diacritics
