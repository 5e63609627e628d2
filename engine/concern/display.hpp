// What renderers share: escapes, widths, numbers and periods in words, and the privacy rule.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/concern.hpp"

namespace duluan::concern {

std::string escape_html(std::string_view text);
/// A JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD.
std::string quote_json(std::string_view text);

/// Columns that a terminal gives to NFC or decomposed text; wide letters of East Asia count two.
std::size_t display_width(std::string_view utf8);
/// Spaces after (or before) the text up to a width.
std::string pad(std::string_view text, std::size_t width, bool right_aligned = false);

/// "1234.5", whatever the locale.
std::string fixed(double value, int decimals);
/// "1.234,5" in Vietnamese, "1,234.5" in English.
std::string number(double value, int decimals, Language language);
/// Few decimals for large values, more for small ones: 0,05 … 3,2 … 41.
std::string rounded(double value, Language language);

/// With a capital for its first letter, if that is ASCII or "đ".
std::string capital(std::string text);
std::string period_name(const Period& period, Language language);   ///< "tháng 9 năm 2026"
std::string period_short(const Period& period, Language language);  ///< "9/2026"
/// "xã A, xã B và xã C"
std::string joined(const std::vector<std::string>& items, Language language);
const std::string& label(const Topic& topic, Language language);
/// The topic of a concern; null if the report does not know it.
const Topic* topic_of(const ConcernReport& report, const Concern& concern);
std::string place_name(const std::string& place, Language language);

inline bool shown(int count) { return count >= kSmallestShown; }
/// The count, or "<5" where it could single someone out. Not escaped.
std::string shown_count(int count, Language language);

/// How a cell of the table is to be printed.
enum class CellState {
  kShown,
  kSmall,   ///< "<5"
  kHidden,  ///< large enough, but a small neighbour could be computed from it and the total
  kSilent,  ///< the place has not reported
};
/// States of one row, parallel to ConcernReport::coverage.
std::vector<CellState> cell_states(const ConcernReport& report, std::size_t topic);

/// Quotations that may be shown: with a small count no more than two, lest they be counted.
std::size_t shown_quotations(const Concern& concern);

}  // namespace duluan::concern
