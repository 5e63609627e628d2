// The linear model: a weight for each term and each dimension, topic by topic.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "duluan/progress.hpp"
#include "topic/features.hpp"

namespace duluan::topics {

/// One training text.
struct Sample {
  Features features;
  std::vector<std::uint8_t> topics;  ///< main first
  float weight = 1.0F;
};

struct LinearWeights {
  std::size_t topics = 0;
  std::size_t dimension = 0;
  std::vector<float> terms;  ///< terms x topics
  std::vector<float> dense;  ///< dimension x topics
  std::vector<float> bias;   ///< topics

  /// Adds up to `scores` (resized to the topics).
  void score(const Features& features, std::vector<float>& scores) const;
};

struct LinearOptions {
  bool softmax = true;  ///< one choice among the topics; else one yes or no each
  int epochs = 30;
  float rate = 0.5F;
  float decay = 1e-5F;       ///< ridge, per sample seen
  float main_share = 0.75F;  ///< of the main topic against the others of a text
  float dense_scale = 1.0F;
};

/// AdaGrad in a fixed, shuffled order; deterministic.
LinearWeights fit_linear(std::span<const Sample> samples, std::size_t terms, std::size_t topics, std::size_t dimension,
                         const LinearOptions& options);

}  // namespace duluan::topics
