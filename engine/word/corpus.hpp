// Segmented sentences as the trainer and the evaluator read them.
#pragma once

#include <string_view>
#include <vector>

#include "base/lines.hpp"
#include "word/model.hpp"

namespace duluan::boundary {

/// One token of a segmented sentence.
struct Annotated {
  Form form;
  bool open = false;    ///< whether the model decides the gap before it (two words with a space between)
  bool starts = false;  ///< whether a word starts here
};

/// Turns "quan_trọng lắm !" into tokens with their boundaries.
void annotate(std::string_view line, std::vector<Annotated>& out);

}  // namespace duluan::boundary
