// What a reader takes out of a container (Word, Excel, PDF …): lines of text, with the letters of legacy fonts read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/encoding.hpp"
#include "duluan/report.hpp"

namespace duluan::report {

/// Nothing a person wrote unpacks to more: a bomb, not a report.
inline constexpr std::size_t kLargestText = std::size_t{256} << 20;

struct Extract {
  std::string text;
  Reading reading;                  ///< what the fonts of some of it tell (.VnTime, VNI-Times); that is read already
  std::vector<std::string> sheets;  ///< names of a workbook's sheets; in the text a form feed stands between two
};

/// What the letters of a font stand for, by its name; UTF-8 if for themselves.
Encoding encoding_of_font(std::string_view font);

/// Appends a code point as UTF-8; what is none becomes U+FFFD.
void append_code(std::string& text, char32_t code);

/// What the fonts Symbol and Wingdings show for a byte: the bullets and signs that reports use, else U+F000 + byte.
char32_t symbol_code(unsigned char byte) noexcept;

/// Lines put together from runs in fonts. Runs in fonts of one encoding are read together: a mark may stand in the
/// run after its letter's. A run that lost its legacy font beside others that kept theirs is read like them.
class FontText {
 public:
  /// `known`: the legacy reading of text before this one in the document, if any.
  explicit FontText(const Reading& known = {}) : reading_(known) {}
  /// A run: UTF-8, the letters of legacy fonts as Windows-1252 shows them.
  void add(std::string_view utf8, Encoding encoding);
  /// Text that is in no font: a tab between cells.
  void add_plain(std::string_view utf8) { add(utf8, Encoding::kUtf8); }
  void end_line();
  /// What follows, up to the matching end, are lines of their own, put before the line that is open (a text box) or
  /// after it (a footnote).
  void begin_aside(bool after);
  void end_aside();
  [[nodiscard]] bool in_aside() const noexcept { return !outer_.empty(); }
  [[nodiscard]] bool too_large() const noexcept { return size_ > kLargestText; }
  /// Ends an open line.
  Extract take();

 private:
  struct Runs {
    std::string text;  // not read yet
    Encoding encoding = Encoding::kUtf8;
  };
  struct Outer {
    std::vector<Runs> line;
    std::string text;  // of an aside that comes after
    bool after = false;
  };
  void append_line();

  std::string text_;
  std::vector<Runs> line_;
  std::string notes_;  // they follow the line that is open
  Reading reading_;
  std::vector<Outer> outer_;
  std::size_t size_ = 0;
};

}  // namespace duluan::report
