// The linear model in training: a weight for each feature and each dimension of the word vectors, topic by topic.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "topic/vocabulary.hpp"

namespace duluan::topics {

/// One training text. `dense` is the sum of the values of its features times their word vectors.
struct Sample {
  SparseText text;
  std::vector<float> dense;
  std::vector<std::uint8_t> topics;  ///< main first
  float weight = 1.0F;
};

struct LinearWeights {
  std::size_t topics = 0;
  std::size_t dimension = 0;
  std::vector<float> features;  ///< features x topics
  std::vector<float> dense;     ///< dimension x topics
  std::vector<float> bias;      ///< topics

  /// Fills `scores` (resized to the topics).
  void score(const SparseText& text, std::span<const float> text_dense, std::vector<float>& scores) const;
};

struct LinearOptions {
  int epochs = 10;
  float cost = 1.0F;  ///< of a margin missed, against the squares of the weights
};

/// For each topic a support-vector machine with squared hinge loss, this topic's texts against all others, by dual
/// coordinate descent (Hsieh, Chang, Lin, Keerthi, Sundararajan 2008) in a fixed, shuffled order; deterministic. Learns
/// from samples[i] for each i of `order`. `go_on` is asked after each epoch.
LinearWeights fit_linear(std::span<const Sample> samples, std::vector<std::uint32_t> order, std::size_t features,
                         std::size_t topics, std::size_t dimension, const LinearOptions& options,
                         const std::function<bool()>& go_on);

/// The same by kernel ridge regression, for at most some hundred texts; features must ascend within each text.
LinearWeights fit_ridge(std::span<const Sample> samples, const std::vector<std::uint32_t>& order, std::size_t features,
                        std::size_t topics, std::size_t dimension);

}  // namespace duluan::topics
