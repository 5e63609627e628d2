// .docx: a zip container with the text in word/document.xml.
#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <pugixml.hpp>

#include "report/readers.hpp"
#include "text/weigh.hpp"

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

// What the letters of a font stand for; UTF-8 if for themselves.
Encoding encoding_of_font(std::string_view font) {
  if (font.starts_with(".Vn")) return font.ends_with('H') ? Encoding::kTcvn3Capitals : Encoding::kTcvn3;
  if (font.starts_with("VNI")) return Encoding::kVni;
  return font.starts_with("VPS ") ? Encoding::kVps : Encoding::kUtf8;
}

// Text in the letters of a legacy font, unless it makes more sense as it is: some typed Unicode in such a font.
std::string read_in_font(const std::string& text, Encoding encoding) {
  auto decoded = decode(text, Reading{encoding, Flaw::kMisSaved}, OnBadBytes::kReplace);
  const Weight as_is = weigh(text);
  return as_is.own > 0 || as_is.wrong() < weigh(decoded->str()).wrong() ? text : decoded->str();
}

// Text of the elements in document order. A paragraph ends its line; one inside another
// (a text box) gets lines of its own before it. Depth is bounded: it is the sender's to choose.
class Paragraphs {
 public:
  [[nodiscard]] bool too_deep() const noexcept { return too_deep_; }
  DocxText take() { return {std::move(text_), reading_}; }

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
      if (name == "w:t") run_ += child.text().get();
      else if (name == "w:tab" || name == "w:ptab") run_ += '\t';
      else if (name == "w:br" || name == "w:cr") run_ += '\n';
      else if (name == "w:noBreakHyphen") run_ += '-';
      else if (name == "w:softHyphen") run_ += "\u00AD";  // ư in the fonts of TCVN3
      else if (name == "w:p") paragraph(child, depth);
      else if (name == "w:r") run(child, depth);
      else walk(child, depth + 1);
    }
  }

 private:
  // Runs in fonts of one encoding are read together: a mark may stand in the run after its letter's.
  void run(const pugi::xml_node& node, int depth) {
    const pugi::xml_node fonts = node.child("w:rPr").child("w:rFonts");
    const Encoding encoding =
        encoding_of_font(fonts.attribute("w:ascii").as_string(fonts.attribute("w:hAnsi").value()));
    if (encoding != encoding_) end_runs();
    encoding_ = encoding;
    walk(node, depth + 1);
  }

  void end_runs() {
    if (encoding_ != Encoding::kUtf8 && !run_.empty()) reading_ = {encoding_, Flaw::kMisSaved};
    line_ += encoding_ == Encoding::kUtf8 ? run_ : read_in_font(run_, encoding_);
    run_.clear();
  }

  void paragraph(const pugi::xml_node& node, int depth) {
    end_runs();
    std::string outer;
    const bool inside = inside_;
    if (inside) outer.swap(line_);
    inside_ = true;
    walk(node, depth + 1);
    end_runs();
    text_ += line_;
    text_ += '\n';
    line_ = std::move(outer);
    inside_ = inside;
  }

  std::string text_;
  std::string line_;
  std::string run_;  // what is not read yet, in the encoding below
  Encoding encoding_ = Encoding::kUtf8;
  Reading reading_;
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

Result<DocxText> docx_text(std::string_view bytes, const std::string& where) {
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
  return paragraphs.take();
}

}  // namespace duluan::report
