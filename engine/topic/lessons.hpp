// Labelled texts made ready for the linear model.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "topic/embed.hpp"
#include "topic/linear.hpp"
#include "topic/table.hpp"

namespace duluan::topics {

/// Weight of the word vectors against the features; chosen on unseen authors.
inline constexpr float kVectorScale = 1.0F;

/// Word vectors as features' companions: of unit length, without what all words share.
struct FeatureVectors {
  std::size_t dimension = 0;
  std::vector<float> values;  ///< rows x dimension

  [[nodiscard]] std::span<const float> row(std::size_t i) const { return {values.data() + i * dimension, dimension}; }
};

inline constexpr std::size_t kParts = 5;  ///< most parts that are judged
inline constexpr std::uint8_t kNoPart = 255;

/// All that is learnt from. samples[2i] is a text as written, samples[2i + 1] the same without its diacritics.
struct Lessons {
  Vocabulary vocabulary;
  FeatureVectors vectors;
  std::vector<Sample> samples;
  std::vector<std::uint8_t> part;  ///< of each text: which of the parts it belongs to; of phrases kNoPart
  std::size_t judged = 1;          ///< parts that calibrate, each judged by a model that has not seen it
  bool pieces = true;              ///< whether the letters of syllables count
  bool edges = false;              ///< whether it counts to begin or to end a text
};

/// One labelled file.
struct LabelledFile {
  std::vector<Labelled> texts;
  bool phrases = false;  ///< terms and turns of speech: learnt from with less weight, never judged
};

/// Reads the texts on both cores. `words` may be empty: a model without word vectors. Without `edges` the place of a
/// word in its text means nothing.
Lessons make_lessons(const std::vector<LabelledFile>& files, std::span<const WordVector> words, bool edges);

/// Calls `work(i)` for each i below `count`, on as many threads as the machine has cores, at most `count`.
void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace duluan::topics
