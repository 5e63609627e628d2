// Which words made the linear model score a topic as it did.
#pragma once

#include <cstddef>
#include <vector>

#include "topic/model.hpp"

namespace duluan::topics {

/// All that turns a text into scores.
struct Scorer {
  TermView terms;
  VectorView vectors;
  PackedView weights;

  void score(const Terms& text, std::vector<float>& scores) const {
    weights.score(features_of(text, terms, vectors), scores);
  }
};

/// Takes the score of one topic apart; the shares of the words and the bias add up to it.
TopicExplanation explain(const Scorer& scorer, const Terms& text, std::size_t topic);

}  // namespace duluan::topics
