// The lines of a document with what their form tells; wrapped paragraphs are put together.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace duluan::report {

struct Line {
  static constexpr int kRoman = 1, kArabic = 2, kLetter = 3;

  std::string_view text;   // trimmed; of a wrapped paragraph with its line breaks
  std::size_t offset = 0;  // in the document's text
  std::string folded;
  std::size_t words = 0;
  std::size_t marker = 0;  // length of "- ", "1. ", "a) " before the text
  int numbering = 0;       // kind of a numbered marker
  bool capitals = false;   // hardly a small letter
  bool ended = false;      // by . ! ? ; … : or a closing quote
};

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> prefixes);
bool contains_any(std::string_view text, std::initializer_list<std::string_view> parts);

/// All lines that are not blank, in order.
std::vector<Line> lines_of(std::string_view text);

}  // namespace duluan::report
