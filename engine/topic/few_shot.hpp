// The model of a few-shot topic: ridge regression in the dual, where a text is one row of a kernel.
#pragma once

#include <span>
#include <vector>

#include "duluan/few_shot.hpp"
#include "topic/added_topics.hpp"

namespace duluan::topics {

/// A fitted topic with the memory its parts lie in.
struct FittedTopic {
  std::vector<std::uint32_t> keys;
  std::vector<float> rarity, mean, metric, terms, meaning;
  float bias = 0, slope = 1, shift = 0;
  FewShotReport report;

  [[nodiscard]] Ground ground() const { return {keys, rarity, mean, metric}; }
  [[nodiscard]] AddedTopic::Parts parts() const { return {ground(), terms, meaning, bias, slope, shift}; }
};

/// `hints` (name and description) teach like examples, but are not asked to be recognised.
FittedTopic fit_few_shot(std::span<const View> examples, std::span<const View> hints, std::span<const View> background,
                         double share);

}  // namespace duluan::topics
