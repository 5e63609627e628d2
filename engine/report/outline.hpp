// From the lines of a document to its opinions: the administrative outline of a report.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/report.hpp"

namespace duluan::report {

/// Fills document.opinions from document.text; place, unit and period come from the heading.
void read_outline(Document& document, const ReadOptions& options);

/// The period a phrase names: "tháng 3 năm 2026", "quý I/2026", "tuần 12/2026", "2026-03".
std::optional<Period> period_in(std::string_view text, Period::Unit unit);
/// The day a phrase names: "ngày 20 tháng 9 năm 2014", "20/9/2014", "2014-09-20".
std::optional<Period> day_in(std::string_view text, Period::Unit unit);
/// The first commune, ward, town, district or province a phrase names: "UBND XÃ AN TRẦM" -> "xã An Trầm".
std::string place_in(std::string_view text);

}  // namespace duluan::report
