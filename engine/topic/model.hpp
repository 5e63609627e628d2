// The sections of a topic model, shared by classifier and trainer.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "duluan/model_file.hpp"
#include "duluan/topic.hpp"
#include "topic/bag.hpp"
#include "topic/decide.hpp"
#include "topic/rows.hpp"
#include "topic/vectors.hpp"

namespace duluan::topics {

inline constexpr std::string_view kKind = "topics";
inline constexpr std::uint32_t kVersion = 2;

/// The linear model: rows of the features, and what is there without any.
struct Weights {
  RowView rows;
  std::span<const float> bias;

  [[nodiscard]] std::size_t topics() const noexcept { return bias.size(); }
};

/// What a feature of a text adds to the scores, before the division by the text's length.
struct Contribution {
  const std::byte* bucket = nullptr;
  float factor = 1;  ///< of its weights
  std::uint32_t key = 0;
};

/// Buffers that a thread keeps from text to text.
struct Workspace {
  Reading reading;
  Bag bag;
  std::vector<Contribution> parts;
  std::vector<float> sums;
  std::vector<float> scores;
};

/// Scores of the text in space.reading, in space.scores: bias + sum of the parts / length. Returns the length, 0 if the
/// model knows nothing of the text.
float score_text(const Weights& weights, Workspace& space);

}  // namespace duluan::topics
