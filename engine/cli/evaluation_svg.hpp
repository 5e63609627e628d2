// A picture of how a topic model was evaluated.
#pragma once

#include <string>

#include "duluan/evaluation.hpp"

namespace duluan::cli {

/// A whole SVG document: the reliability diagram, and accuracy by coverage beside it. Follows the reader's light or
/// dark scheme; labels in Vietnamese ("vi") or English ("en").
std::string evaluation_svg(const TopicEvaluation& evaluation, const std::string& language);

}  // namespace duluan::cli
