// .docx: a zip container with the text in word/document.xml.
#include <pugixml.hpp>

#include "report/readers.hpp"
#include "report/zip.hpp"

namespace duluan::report {
namespace {

constexpr int kDeepest = 512;  // Word nests tables some 20 deep

Error not_docx(const std::string& where, std::string what) {
  return {ErrorCode::kMalformed, std::move(what), where, "open it in Word or LibreOffice and save it again as .docx"};
}

// Bytes of word/document.xml.
Result<std::string> document_xml(std::string_view bytes, const std::string& where) {
  const auto wanted = [](std::string_view name) { return name == "word/document.xml"; };
  auto parts = zip_parts(bytes, wanted, 1);
  if (!parts)
    return parts.error().code == ErrorCode::kTooLarge
               ? Error{ErrorCode::kTooLarge, parts.error().what, where, parts.error().remedy}
               : not_docx(where, parts.error().what);
  if (parts->empty()) return not_docx(where, "the container holds no Word document");
  return std::move(parts->begin()->second);
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  for (const std::string_view one : names)
    if (name == one) return true;
  return false;
}

// Text of the elements in document order. A paragraph ends its line; one inside another
// (a text box) gets lines of its own before it. Depth is bounded: it is the sender's to choose.
class Paragraphs {
 public:
  [[nodiscard]] bool too_deep() const noexcept { return too_deep_; }
  Extract take() { return text_.take(); }

  void walk(const pugi::xml_node& node, int depth) {
    if (depth > kDeepest) {
      too_deep_ = true;
      return;
    }
    for (const pugi::xml_node child : node.children()) {
      const std::string_view name = child.name();
      // What was deleted or moved away, field codes, and the copy of a text box for old readers are not text.
      if (is_one_of(name, {"w:del", "w:moveFrom", "w:instrText", "w:delText", "mc:Fallback", "w:pPr", "w:rPr",
                           "w:tblPr", "w:sectPr"}))
        continue;
      if (name == "w:t") add(child.text().get());
      else if (name == "w:tab" || name == "w:ptab") add("\t");
      else if (name == "w:br" || name == "w:cr") add("\n");
      else if (name == "w:noBreakHyphen") add("-");
      else if (name == "w:softHyphen") add("\u00AD");  // ư in the fonts of TCVN3
      else if (name == "w:p") paragraph(child, depth);
      else if (name == "w:r") run(child, depth);
      else walk(child, depth + 1);
    }
  }

 private:
  void add(std::string_view utf8) { text_.add(utf8, encoding_); }

  void run(const pugi::xml_node& node, int depth) {
    const pugi::xml_node fonts = node.child("w:rPr").child("w:rFonts");
    encoding_ = encoding_of_font(fonts.attribute("w:ascii").as_string(fonts.attribute("w:hAnsi").value()));
    walk(node, depth + 1);
  }

  void paragraph(const pugi::xml_node& node, int depth) {
    const bool inside = inside_;
    if (inside) text_.begin_aside(false);
    inside_ = true;
    walk(node, depth + 1);
    text_.end_line();
    if (inside) text_.end_aside();
    inside_ = inside;
  }

  FontText text_;
  Encoding encoding_ = Encoding::kUtf8;
  bool inside_ = false;  // a paragraph
  bool too_deep_ = false;
};

}  // namespace

Container container_of(std::string_view bytes) {
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return Container::kZip;
  if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return Container::kOle;
  if (bytes.starts_with("%PDF-")) return Container::kPdf;
  if (bytes.starts_with("{\\rtf")) return Container::kRtf;
  return Container::kNone;
}

Result<Extract> docx_text(std::string_view bytes, const std::string& where) {
  auto xml = document_xml(bytes, where);
  if (!xml) return xml.error();
  pugi::xml_document document;
  const auto parsed =
      document.load_buffer_inplace(xml->data(), xml->size(), pugi::parse_default | pugi::parse_ws_pcdata);
  if (!parsed) return not_docx(where, std::string("word/document.xml is damaged: ") + parsed.description());
  Paragraphs paragraphs;
  paragraphs.walk(document, 0);
  if (paragraphs.too_deep()) return not_docx(where, "word/document.xml is nested too deeply for a document");
  return paragraphs.take();
}

}  // namespace duluan::report
