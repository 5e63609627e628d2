// From learnt weights to the rows of a model.
#pragma once

#include "topic/lessons.hpp"
#include "topic/rows.hpp"

namespace duluan::topics {

/// One row a kept feature: its weights with those of its word vector, and for a folded syllable those of its letters,
/// times what one occurrence counts.
std::vector<FeatureRow> rows_of(const Lessons& lessons, const LinearWeights& weights);

/// Keeps the `most` rows that change most over all texts; folded syllables stay, because their absence would be read by
/// their letters.
void keep_strongest(std::vector<FeatureRow>& rows, std::size_t most, const Lessons& lessons);

}  // namespace duluan::topics
