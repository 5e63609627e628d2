// Word vectors learnt from plain text; the only user of fastText.
#pragma once

#include <string>
#include <vector>

#include "duluan/progress.hpp"
#include "topic/vectors.hpp"

namespace duluan::topics {

struct EmbedOptions {
  int dimension = 80;
  int epochs = 2;
  int window = 6;
  int least_count = 10;
};

/// Skip-gram over a file of segmented lines, one thread, fixed seed; the most frequent word first.
Result<std::vector<WordVector>> learn_vectors(const std::string& segmented_path, const EmbedOptions& options,
                                              const Progress& progress);

}  // namespace duluan::topics
