// Plain text turned into the segmented lines that word vectors are learnt from.
#pragma once

#include <string>

#include "duluan/topic.hpp"

namespace duluan::topics {

/// Writes training.plain_text, cut into lower-case words, to `path`: about training.plain_words words,
/// the same share of the lines of each file.
Result<void> write_segmented_text(const TopicTraining& training, const std::string& path);

}  // namespace duluan::topics
