// A stored opinion as others read it: redacted, by topic, place and period.
#pragma once

#include <string>

#include "duluan/archive.hpp"

namespace duluan::cli {

/// One JSON object and a line's end.
std::string opinion_json(const StoredOpinion& stored);

/// The text with its line breaks as spaces.
std::string one_line(const std::string& text);

}  // namespace duluan::cli
