// Word vectors learnt from plain text by fastText, or read from a file.
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

/// Vectors learnt elsewhere: a .vec file of fastText or word2vec, the syllables of a word joined by '_'. Errors name
/// the line. By Zipf's law the n-th word is taken to be 1/n as frequent as the first.
Result<std::vector<WordVector>> load_vectors(const std::string& path);

}  // namespace duluan::topics
