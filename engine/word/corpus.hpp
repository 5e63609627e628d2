// Segmented sentences as the trainer and the evaluator read them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "duluan/result.hpp"
#include "word/model.hpp"

namespace duluan::boundary {

/// One token of a segmented sentence.
struct Annotated {
  Form form;
  bool open = false;    ///< whether the model decides the gap before it (two words with a space between)
  bool starts = false;  ///< whether a word starts here
};

/// Calls `use` for each line of a segmented file; ".zst" is unpacked on the way.
Result<void> for_each_line(const std::string& path, const std::function<void(std::string_view)>& use);

/// Turns "quan_trọng lắm !" into tokens with their boundaries.
void annotate(std::string_view line, std::vector<Annotated>& out);

}  // namespace duluan::boundary
