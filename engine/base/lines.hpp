// Lines of a text file, as the trainers read them.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "duluan/result.hpp"

namespace duluan {

/// Calls `use` for each line of a file; ".zst" is unpacked on the way.
Result<void> for_each_line(const std::string& path, const std::function<void(std::string_view)>& use);

/// Calls `use` for each paragraph of a record of a corpus: the text in the last of the columns apart by tabs,
/// its paragraphs apart by a written-out "\n".
void for_each_paragraph(std::string_view record, const std::function<void(std::string_view)>& use);

}  // namespace duluan
