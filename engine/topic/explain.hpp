// Which words made the linear model score a topic as it did.
#pragma once

#include <cstddef>
#include <string_view>

#include "topic/model.hpp"

namespace duluan::topics {

/// Takes the score of one topic apart; the shares of the words and the bias add up to it. Neighbours that the word
/// vectors know as one word are told as one.
TopicExplanation explain(const Weights& weights, const VectorView& words, std::string_view utf8, std::size_t topic);

}  // namespace duluan::topics
