// .docx: a zip container with the text in word/document.xml.
#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <pugixml.hpp>

#include "report/readers.hpp"

namespace duluan::report {
namespace {

constexpr std::size_t kLargestXml = std::size_t{256} << 20;  // a bomb, not a report
constexpr int kDeepest = 512;                                // Word nests tables some 20 deep

struct FreeArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};

Error not_docx(const std::string& where, std::string what) {
  return {ErrorCode::kMalformed, std::move(what), where, "open it in Word or LibreOffice and save it again as .docx"};
}

Result<std::string> content_of(archive* zip, const std::string& where) {
  std::string content;
  std::string block(1U << 16, '\0');
  la_ssize_t got = 0;
  while ((got = archive_read_data(zip, block.data(), block.size())) > 0) {
    content.append(block, 0, static_cast<std::size_t>(got));
    if (content.size() > kLargestXml)
      return Error{ErrorCode::kTooLarge, "the document unpacks to more than 256 MB", where,
                   "check where it comes from"};
  }
  if (got < 0) return not_docx(where, "the container is damaged");
  return content;
}

// Bytes of word/document.xml; what else the container holds names what it is.
Result<std::string> document_xml(std::string_view bytes, const std::string& where) {
  std::unique_ptr<archive, FreeArchive> zip(archive_read_new());
  archive_read_support_format_zip(zip.get());
  if (archive_read_open_memory(zip.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
    return not_docx(where, "the file is no .docx (not a zip container)");
  archive_entry* entry = nullptr;
  int state = ARCHIVE_OK;
  bool workbook = false;
  while ((state = archive_read_next_header(zip.get(), &entry)) == ARCHIVE_OK) {
    const char* name = archive_entry_pathname(entry);
    const std::string_view path = name == nullptr ? "" : name;
    if (path == "word/document.xml") return content_of(zip.get(), where);
    workbook = workbook || path == "xl/workbook.xml";
  }
  if (workbook)
    return Error{ErrorCode::kUnsupported, "the file is an Excel workbook, which is not read", where,
                 "save its sheet as .csv"};
  return not_docx(
      where, state == ARCHIVE_EOF ? "the container holds no Word document" : "the container is damaged or truncated");
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
  std::string& text() noexcept { return text_; }

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
      if (name == "w:t") line_ += child.text().get();
      else if (name == "w:tab" || name == "w:ptab") line_ += '\t';
      else if (name == "w:br" || name == "w:cr") line_ += '\n';
      else if (name == "w:noBreakHyphen") line_ += '-';
      else if (name == "w:p") paragraph(child, depth);
      else walk(child, depth + 1);
    }
  }

 private:
  void paragraph(const pugi::xml_node& node, int depth) {
    std::string outer;
    const bool inside = inside_;
    if (inside) outer.swap(line_);
    inside_ = true;
    walk(node, depth + 1);
    text_ += line_;
    text_ += '\n';
    line_ = std::move(outer);
    inside_ = inside;
  }

  std::string text_;
  std::string line_;
  bool inside_ = false;
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

Result<std::string> docx_text(std::string_view bytes, const std::string& where) {
  if (container_of(bytes) == Container::kOle)
    return not_docx(where, "the file is an old Word file or protected by a password");
  auto xml = document_xml(bytes, where);
  if (!xml) return xml.error();
  pugi::xml_document document;
  const auto parsed =
      document.load_buffer_inplace(xml->data(), xml->size(), pugi::parse_default | pugi::parse_ws_pcdata);
  if (!parsed) return not_docx(where, std::string("word/document.xml is damaged: ") + parsed.description());
  Paragraphs paragraphs;
  paragraphs.walk(document, 0);
  if (paragraphs.too_deep()) return not_docx(where, "word/document.xml is nested too deeply for a document");
  return std::move(paragraphs.text());
}

}  // namespace duluan::report
