// A topic model opened for use.
#pragma once

#include <string>

#include "topic/added_topics.hpp"
#include "topic/model.hpp"

namespace duluan::topics {

struct OpenModel {
  ModelFile file;
  Taxonomy taxonomy;  ///< with the added topics
  Weights weights;
  VectorView words;
  Calibration calibration;
  AddedTopics added;

  static Result<OpenModel> open(const std::string& path);
  /// How the added topics see a text.
  [[nodiscard]] View look(std::string_view text) const;
};

/// The word vectors of a model, for training another with them.
Result<std::vector<WordVector>> vectors_of(const std::string& path);

}  // namespace duluan::topics
