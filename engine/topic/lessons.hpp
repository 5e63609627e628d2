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
inline constexpr float kVectorScale = 2.0F;

/// Word vectors as features' companions: of unit length, without what all words share.
struct FeatureVectors {
  std::size_t dimension = 0;
  std::vector<float> values;  ///< rows x dimension

  [[nodiscard]] std::span<const float> row(std::size_t i) const { return {values.data() + i * dimension, dimension}; }
};

/// All that is learnt from. samples[2i] is a text as written, samples[2i + 1] the same without its diacritics.
struct Lessons {
  Vocabulary vocabulary;
  FeatureVectors vectors;
  std::vector<Sample> samples;
  std::vector<std::uint8_t> part;  ///< of each text: which of the parts it belongs to
  std::size_t judged = 1;          ///< parts that calibrate, each judged by a model that has not seen it
  bool pieces = true;              ///< whether the letters of syllables count
};

/// One labelled file.
struct LabelledFile {
  std::vector<Labelled> texts;
};

/// Reads the texts on both cores. `words` may be empty: a model without word vectors.
Lessons make_lessons(const std::vector<LabelledFile>& files, std::span<const WordVector> words);

/// Calls `work(i)` for each i below `count`, on as many threads as the machine has cores, at most `count`.
void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace duluan::topics
