// From learnt layers to the tables of the model file.
#pragma once

#include "duluan/word.hpp"
#include "word/learning.hpp"

namespace duluan::boundary {

/// Settles pairs by what the layers say over all of `corpus`, keeps the weights that unsettled gaps
/// use, the weightiest first, and writes the model.
Result<void> compile_model(const WordTraining& training, const Corpus& corpus, const FormCounts& forms,
                           PairCounts& pairs, const Layers& layers, const std::string& path);

}  // namespace duluan::boundary
