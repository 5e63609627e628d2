// The features a model learns, and texts as their values.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "topic/bag.hpp"

namespace duluan::topics {

/// Numbers keys in the order of their first coming.
class KeyIndex {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  /// Number of the key, a new one if it is new.
  std::uint32_t add(std::uint32_t key);
  [[nodiscard]] std::uint32_t find(std::uint32_t key) const noexcept;
  [[nodiscard]] std::span<const std::uint32_t> keys() const noexcept { return keys_; }

 private:
  void grow();

  std::vector<std::uint32_t> keys_;
  std::vector<std::uint32_t> slots_;  ///< number + 1; 0 is empty
};

/// A text as the trainer keeps it: every feature, whether the model will know it or not.
struct RawText {
  struct Feature {
    std::uint32_t key;
    float times;    ///< damped count
    float squares;  ///< sum of the squares of what it came from: times^2, or more for a piece of several syllables
    Family family;
  };
  std::vector<Feature> features;                              ///< pieces of folded syllables among them
  std::vector<std::pair<std::uint32_t, std::string>> folded;  ///< key and letters of each folded syllable
};

/// Without `pieces` the letters of the syllables are left out: long texts do without.
RawText raw_text_of(std::string_view utf8, bool pieces, Reading& reading, Bag& bag);

/// What a learnt feature is.
struct FeatureInfo {
  Family family = kSyllable;
  std::uint32_t texts = 0;   ///< in which it occurs
  bool learnt = false;       ///< in texts enough to have weights of its own
  std::int32_t vector = -1;  ///< row of its word vector, if it has one
};

/// The features of all texts.
struct Vocabulary {
  KeyIndex index;
  std::vector<FeatureInfo> features;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> pieces;  ///< keys of a folded syllable's, by its number
  std::vector<float> gain;                                               ///< rarity x weight of the family

  /// Counts one text. Call for all, then finish().
  void count(const RawText& text);
  /// Remembers the letters of a folded syllable, given by its feature's key.
  void add_pieces(std::uint32_t key, std::string_view letters);
  /// Decides what is learnt and what each counts. Without `edges` it means nothing to begin or end a text.
  void finish(std::size_t texts, bool edges);
  /// Whether the model has a row for the feature.
  [[nodiscard]] bool kept(std::size_t i) const { return features[i].learnt || features[i].vector >= 0; }
};

/// A text as the linear model learns from it: numbers of features, ascending, and values of a text of length 1.
struct SparseText {
  std::vector<std::uint32_t> features;
  std::vector<float> values;
};

/// Leaves out what the vocabulary does not keep.
SparseText sparse_text_of(const RawText& text, const Vocabulary& vocabulary);

}  // namespace duluan::topics
