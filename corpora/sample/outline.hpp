/// \file
/// A report as a commune or a department writes it: paragraphs under the fixed outline.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plan.hpp"

namespace sample {

enum class Look { kPlain, kCentred, kRight, kBold, kTitle };

struct Paragraph {
  std::string text;
  Look look = Look::kPlain;
};

/// The report of a unit for a month over what it was told, in the order of the fields.
/// A late report is dated in the month after.
std::vector<Paragraph> make_report(const Place& unit, int month, const std::vector<const Told*>& told);

/// The same as plain text, a line a paragraph.
std::string as_text(const std::vector<Paragraph>& paragraphs);

}  // namespace sample
