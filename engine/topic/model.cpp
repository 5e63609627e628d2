#include "topic/model.hpp"

#include <algorithm>
#include <cmath>

namespace duluan::topics {

void PackedView::score(const Features& features, std::vector<float>& scores) const {
  scores.assign(bias.begin(), bias.end());
  for (const auto& [index, value] : features.terms) {
    const std::int8_t* row = terms.data() + index * topics;
    const float scale = value * scales[index];
    for (std::size_t t = 0; t < topics; ++t) scores[t] += scale * static_cast<float>(row[t]);
  }
  for (std::size_t d = 0; d < features.dense.size(); ++d) {
    const float* row = dense.data() + d * topics;
    for (std::size_t t = 0; t < topics; ++t) scores[t] += features.dense[d] * row[t];
  }
}

void add_weights(ModelWriter& writer, const LinearWeights& weights) {
  const std::size_t rows = weights.topics == 0 ? 0 : weights.terms.size() / weights.topics;
  std::vector<std::int8_t> bytes;
  std::vector<float> scales;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::span<const float> values(weights.terms.data() + row * weights.topics, weights.topics);
    float most = 1e-12F;
    for (const float value : values) most = std::max(most, std::fabs(value));
    scales.push_back(most / 127.0F);
    for (const float value : values) bytes.push_back(static_cast<std::int8_t>(std::lround(value / most * 127.0F)));
  }
  writer.add_array("weights", std::span<const std::int8_t>(bytes));
  writer.add_array("weight_scales", std::span<const float>(scales));
  writer.add_array("dense", std::span(weights.dense));
  writer.add_array("bias", std::span(weights.bias));
}

Result<PackedView> weights_from(const ModelFile& file, std::size_t topics, std::size_t terms, std::size_t dimension) {
  auto bytes = file.array<std::int8_t>("weights");
  if (!bytes) return bytes.error();
  auto scales = file.array<float>("weight_scales");
  if (!scales) return scales.error();
  auto dense = file.array<float>("dense");
  if (!dense) return dense.error();
  auto bias = file.array<float>("bias");
  if (!bias) return bias.error();
  if (bytes->size() != terms * topics || scales->size() != terms || dense->size() != dimension * topics ||
      bias->size() != topics)
    return Error{ErrorCode::kCorruptModel, "the sizes of the weights do not agree", file.where(), "copy it again"};
  return PackedView{topics, *bytes, *scales, *dense, *bias};
}

}  // namespace duluan::topics
