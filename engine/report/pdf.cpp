// PDF through poppler's program pdftohtml: of its XML the pieces of text with their place and font. pdftotext
// would say no fonts, and so neither what .VnTimeH shows as capitals nor where legacy letters begin.
//
// The XML is scanned, not parsed: it is not always well-formed (poppler issue of nested links).
#include <algorithm>
#include <charconv>
#include <map>

#include "report/process.hpp"
#include "report/readers.hpp"

namespace duluan::report {
namespace {

// The value of an attribute: name="value".
std::string_view attribute(std::string_view tag, std::string_view name) {
  const std::string opening = " " + std::string(name) + "=\"";
  const std::size_t at = tag.find(opening);
  if (at == std::string_view::npos) return "";
  const std::size_t begin = at + opening.size();
  return tag.substr(begin, tag.find('"', begin) - begin);
}

int number(std::string_view tag, std::string_view name) {
  const std::string_view value = attribute(tag, name);
  int result = 0;
  (void)std::from_chars(value.data(), value.data() + value.size(), result);
  return std::clamp(result, -1'000'000, 1'000'000);
}

// Text without the tags inside it (<b>, <i>, <a>), its entities resolved.
std::string plain(std::string_view marked) {
  std::string text;
  for (std::size_t at = 0; at < marked.size();) {
    if (marked[at] == '<') {
      at = std::min(marked.find('>', at), marked.size() - 1) + 1;
    } else if (const std::size_t end = marked[at] == '&' ? marked.find(';', at) : std::string_view::npos;
               end != std::string_view::npos && end - at <= 9) {
      const std::string_view name = marked.substr(at + 1, end - at - 1);
      unsigned code = 0;
      if (name == "amp") text += '&';
      else if (name == "lt") text += '<';
      else if (name == "gt") text += '>';
      else if (name == "quot") text += '"';
      else if (name.starts_with('#') &&
               std::from_chars(name.data() + 1, name.data() + name.size(), code).ec == std::errc{})
        append_code(text, code);
      at = end + 1;
    } else {
      text += marked[at++];
    }
  }
  return text;
}

// Pieces of text put together into lines.
class Pages {
 public:
  void begin_page() { end_line(); }
  void font(std::string_view tag) {
    encodings_.insert_or_assign(number(tag, "id"), encoding_of_font(attribute(tag, "family")));
  }
  void piece(std::string_view tag, std::string_view marked) {
    const int top = number(tag, "top");
    const int height = std::max(number(tag, "height"), 1);
    const int left = number(tag, "left");
    const std::string text = plain(marked);
    if (text.find_first_not_of(" \xC2\xA0") == std::string::npos && !open_) return;
    // On the line: what overlaps it by half and stands to its right.
    const int overlap = std::min(bottom_, top + height) - std::max(top_, top);
    if (open_ && (2 * overlap < std::min(height, bottom_ - top_) || left + height < right_)) end_line();
    if (open_ && left > right_ + 2 && !blank_ && !text.starts_with(' '))
      lines_.add_plain(left > right_ + 3 * height ? "\t" : " ");
    const auto font = encodings_.find(number(tag, "font"));
    lines_.add(text, font == encodings_.end() ? Encoding::kUtf8 : font->second);
    top_ = open_ ? std::min(top_, top) : top;
    bottom_ = open_ ? std::max(bottom_, top + height) : top + height;
    right_ = left + number(tag, "width");
    blank_ = text.ends_with(' ');
    open_ = true;
  }
  Extract take() {
    end_line();
    return lines_.take();
  }

 private:
  void end_line() {
    if (open_) lines_.end_line();
    open_ = false;
  }

  FontText lines_;
  std::map<int, Encoding> encodings_;
  bool open_ = false;   // a line
  bool blank_ = false;  // it ends with a space
  int top_ = 0, bottom_ = 0, right_ = 0;
};

}  // namespace

Extract pdf_lines(std::string_view xml) {
  Pages pages;
  for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at)) {
    const std::size_t end = xml.find('>', at);
    if (end == std::string_view::npos) break;
    const std::string_view tag = xml.substr(at, end - at);
    at = end + 1;
    if (tag.starts_with("<page ")) pages.begin_page();
    else if (tag.starts_with("<fontspec ")) pages.font(tag);
    if (!tag.starts_with("<text ")) continue;
    const std::size_t close = std::min(xml.find("</text>", at), xml.size());
    pages.piece(tag, xml.substr(at, close - at));
    at = close;
  }
  return pages.take();
}

Result<Extract> pdf_text(std::string_view bytes, const std::string& where) {
  const auto xml = run_process({"pdftohtml", "-xml", "-stdout", "-i", "-q", "-enc", "UTF-8", "/dev/stdin"}, bytes, {});
  if (!xml) {
    Error error = xml.error();
    error.where = where;
    switch (error.code) {
      case ErrorCode::kNotFound:
        error.code = ErrorCode::kUnsupported;
        error.what = "the file is a PDF, and " + error.what;
        error.remedy = "install poppler-utils, or save the text as .txt or .docx";
        break;
      case ErrorCode::kMalformed:
        error.what = "the PDF is damaged, or protected by a password";
        error.remedy = "open it and print it to a new PDF, or save its text as .txt or .docx";
        break;
      default: error.what = "the PDF cannot be read: " + error.what; error.remedy = "save its text as .txt or .docx";
    }
    return error;
  }
  Extract extract = pdf_lines(*xml);
  if (extract.text.find_first_not_of(" \t\n\f") == std::string::npos)
    return Error{ErrorCode::kEmpty, "the PDF has no text (a scan, or a damaged file)", where,
                 "make its text readable with OCR, or type it"};
  return extract;
}

}  // namespace duluan::report
