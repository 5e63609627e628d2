// Rows of delimited tables with RFC 4180 quoting.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/span.hpp"

namespace duluan::report {

struct Row {
  std::vector<std::string> fields;
  std::size_t line = 0;  // where it begins, from 1
  Span span;             // in the text, with its end
  bool open = false;     // a quote is never closed
};

// Rows with quoted fields. A quote that is not closed within kMostLines lines is a slip of the
// pen: the row ends with its line, so that one bad record does not swallow those after it.
class Rows {
 public:
  static constexpr std::size_t kMostLines = 500;

  /// `quoted`: whether a quote at the beginning of a field means anything.
  Rows(std::string_view text, char separator, bool quoted = true)
      : text_(text), separator_(separator), quoted_(quoted) {}

  /// False at the end. The text ends its lines with "\n" alone.
  bool next(Row& row);
  /// Bytes read so far.
  [[nodiscard]] std::size_t at() const noexcept { return at_; }

 private:
  bool read(Row& row, bool quotes);
  [[nodiscard]] bool closes(std::size_t from) const;

  std::string_view text_;
  char separator_;
  bool quoted_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

/// Tab, semicolon or comma: whichever the first line has most of.
char guess_separator(std::string_view text);

/// A column's name as is_usual_name takes it: folded, without blanks and stars around it.
std::string header_name(const std::string& field);

}  // namespace duluan::report
