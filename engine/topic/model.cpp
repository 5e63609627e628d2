#include "topic/model.hpp"

#include <algorithm>
#include <cmath>

namespace duluan::topics {
namespace {

// The known features of the bag, and for folded syllables the model has no row of their known pieces.
float gather(const Weights& weights, Workspace& space) {
  space.bag.collect(space.reading);
  const auto& entries = space.bag.entries();
  space.parts.clear();
  float squares = 0;
  const auto take = [&](const std::byte* bucket, float times, std::uint32_t key) {
    const float value = times * RowView::gain(bucket);
    squares += value * value;
    space.parts.push_back({bucket, times, key});
  };
  constexpr std::size_t kAhead = 12;
  for (std::size_t i = 0; i < std::min(kAhead, entries.size()); ++i) weights.rows.prefetch(entries[i].key);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i + kAhead < entries.size()) weights.rows.prefetch(entries[i + kAhead].key);
    const BagEntry& entry = entries[i];
    const float times = damped(entry.count);
    if (const std::byte* bucket = weights.rows.find(entry.key)) {
      take(bucket, times, entry.key);
    } else if (entry.family == kFolded) {
      each_piece(space.reading.folded_letters(entry.at), [&](std::uint32_t key) {
        if (const std::byte* piece = weights.rows.find(key)) take(piece, times, entry.key);
      });
    }
  }
  return std::sqrt(squares);
}

}  // namespace

float score_text(const Weights& weights, Workspace& space) {
  const float length = gather(weights, space);
  space.sums.assign(weights.rows.width(), 0.0F);
  for (const Contribution& part : space.parts) weights.rows.add(part.bucket, part.factor, space.sums.data());
  space.scores.assign(weights.bias.begin(), weights.bias.end());
  if (length > 0)
    for (std::size_t t = 0; t < space.scores.size(); ++t) space.scores[t] += space.sums[t] / length;
  return length;
}

}  // namespace duluan::topics
