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
/// In `unit`, or in its own if that is longer.
std::optional<Period> period_in(std::string_view text, Period::Unit unit);
/// The month a phrase names without its year: "tháng 3"; 0 if none.
int month_in(std::string_view text);
/// The last day a phrase names: "ngày 20 tháng 9 năm 2014", "20/9/2014", "2014-09-20".
/// A day left blank ("ngày … tháng 9 năm 2014") still gives its month.
std::optional<Period> day_in(std::string_view text, Period::Unit unit);
/// The period in a file's name: "2026-03_xa-an-tram.docx", "bc-thang-3-2026", "quy-1-2026", "T3.2026".
std::optional<Period> period_of_name(std::string_view name, Period::Unit unit);
/// The first commune, ward, town, district or province a phrase names: "UBND XÃ AN TRẦM" -> "xã An Trầm".
std::string place_in(std::string_view text);
/// 3 commune, 2 district, 1 province, 0 none: of what place_in gives.
int place_rank(std::string_view place);

/// What the lines above the first opinion say.
struct Heading {
  std::string place, unit;
  std::optional<Period> period;
};

class HeadingReader {
 public:
  explicit HeadingReader(Period::Unit unit) : unit_(unit) {}
  /// One line of the heading, trimmed; `capitals`: written in capital letters.
  void learn(std::string_view line, bool capitals);
  /// The title says what month is reported; the date line only when it was written.
  [[nodiscard]] Heading finish(std::string_view file_name) const;

 private:
  Period::Unit unit_;
  std::string place_;
  std::vector<std::string> offices_;
  std::optional<Period> titled_, dated_, day_;
  int month_ = 0;  // a month in the title whose year the date line has
  bool title_seen_ = false;
};

}  // namespace duluan::report
