// What is changed in a line, as replacements in the line's own bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace duluan::chat {

/// [begin, end) of the line becomes `text`.
struct Edit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

/// The line after `edits`, which stand in order and apart.
std::string applied(std::string_view text, const std::vector<Edit>& edits);

/// Adds to `edits` what a second look found on the text they lead to, so that the sum stands in the bytes of the
/// first. A word of the second text is either as it was or lies inside what one edit put in.
void follow(std::vector<Edit>& edits, const std::vector<Edit>& second);

}  // namespace duluan::chat
