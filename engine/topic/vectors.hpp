// Word vectors, one byte a dimension, and the longest-match reading of a text by their vocabulary.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "duluan/model_file.hpp"
#include "topic/terms.hpp"

namespace duluan::topics {

/// A word as trained: syllables joined by '_', and how often it was seen.
struct WordVector {
  std::string word;
  std::uint64_t count = 0;
  std::vector<float> values;
};

/// A word of the text: syllables [first, first + length), its row or -1.
struct Match {
  std::size_t first = 0;
  std::size_t length = 1;
  int row = -1;
};

/// The table as it lies in the model: rows sorted by the word's key.
struct VectorView {
  std::span<const std::uint32_t> keys;       ///< of words with diacritics, ascending
  std::span<const std::uint32_t> fold_keys;  ///< of words without, ascending
  std::span<const std::uint32_t> fold_rows;  ///< the most frequent word of each
  std::span<const std::int8_t> values;       ///< rows x dimension
  std::span<const float> scales;             ///< of each row; holds the row's weight by rarity too
  std::span<const float> common;             ///< what all texts share, taken off the mean
  std::size_t dimension = 0;

  /// Reads the text as words, the longest first, never across punctuation.
  void match(const Terms& terms, std::vector<Match>& out) const;
  /// What a word's row and `common` are multiplied by to add up to the text's vector.
  struct Parts {
    float word = 0;
    float common = 0;
  };
  /// Unit vector of the text in `out`; all zero if no word is known.
  Parts embed(const std::vector<Match>& matches, std::vector<float>& out) const;
  [[nodiscard]] int find(std::string_view word, bool plain) const noexcept;

  static Result<VectorView> from(const ModelFile& file);
};

/// The words of the table in a model, the most frequent first.
Result<std::vector<WordVector>> words_from(const ModelFile& file, const VectorView& table);

/// The same with its own memory, for the trainer.
struct VectorTable {
  std::string words;  ///< of each row: word, tab, count, line end
  std::vector<std::uint32_t> keys, fold_keys, fold_rows;
  std::vector<std::int8_t> values;
  std::vector<float> scales, common;
  std::size_t dimension = 0;

  [[nodiscard]] VectorView view() const { return {keys, fold_keys, fold_rows, values, scales, common, dimension}; }
  /// Rounds to bytes; `rarity` is a of the weight a / (a + p(word)).
  static VectorTable from(std::vector<WordVector> words, double rarity);
  void add_to(ModelWriter& writer) const;
};

}  // namespace duluan::topics
