// The cells of a workbook's sheets as lines of text, and its numbers and days as people read them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "report/extract.hpp"

namespace duluan::report {

/// Up to ten digits, as a cell of general format shows.
std::string number_text(double number);
/// A day ("2026-03-05"), with the time if there is one; the number itself where there is no such day. Excel counts
/// from 1900, with a 29 February that never was, or from 1904.
std::string day_text(double number, bool from_1904);
/// Whether a number format shows days: one of the built-in, or a pattern with letters of days, months or years.
bool shows_day(unsigned id, std::string_view pattern);

/// Collects cells in any order; a sheet becomes lines with a tab between cells.
class Sheets {
 public:
  static constexpr std::uint32_t kMostRows = 1U << 20;
  static constexpr std::uint32_t kMostColumns = 1U << 14;

  void begin(std::string name);
  /// Cells outside the limits of the formats are none.
  void set(std::uint32_t row, std::uint32_t column, std::string_view text);
  [[nodiscard]] const Reading& reading() const noexcept { return extract_.reading; }
  void note(const Reading& reading) {
    if (reading != Reading{}) extract_.reading = reading;
  }
  /// False once the text grew beyond kLargestText.
  bool end();
  [[nodiscard]] bool too_large() const noexcept { return size_ > kLargestText; }
  Extract take() { return std::move(extract_); }

 private:
  Extract extract_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> cells_;
  std::size_t size_ = 0;
};

}  // namespace duluan::report
