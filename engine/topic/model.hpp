// The sections of a topic model, shared by classifier and trainer.
#pragma once

#include <optional>
#include <string_view>

#include "duluan/model_file.hpp"
#include "duluan/topic.hpp"
#include "topic/decide.hpp"
#include "topic/linear.hpp"

namespace duluan::topics {

inline constexpr std::string_view kKind = "topics";
inline constexpr std::uint32_t kVersion = 1;

/// The linear model with one byte a weight and one scale a row.
struct PackedView {
  std::size_t topics = 0;
  std::span<const std::int8_t> terms;  ///< terms x topics
  std::span<const float> scales;       ///< of a term's row
  std::span<const float> dense;        ///< dimension x topics
  std::span<const float> bias;

  void score(const Features& features, std::vector<float>& scores) const;
};

/// Writes the weights as PackedView reads them.
void add_weights(ModelWriter& writer, const LinearWeights& weights);
Result<PackedView> weights_from(const ModelFile& file, std::size_t topics, std::size_t terms, std::size_t dimension);

}  // namespace duluan::topics
