// .docx: a zip container with the text in word/document.xml.
#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <pugixml.hpp>

#include "report/readers.hpp"

namespace duluan::report {
namespace {

constexpr std::size_t kLargestXml = std::size_t{256} << 20;  // a bomb, not a report

struct FreeArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};

Error not_docx(const std::string& where, std::string what) {
  return {ErrorCode::kMalformed, std::move(what), where, "open it in Word or LibreOffice and save it again as .docx"};
}

// Bytes of one entry of the container.
Result<std::string> entry_content(std::string_view bytes, const char* name, const std::string& where) {
  std::unique_ptr<archive, FreeArchive> zip(archive_read_new());
  archive_read_support_format_zip(zip.get());
  if (archive_read_open_memory(zip.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
    return not_docx(where, "the file is no .docx (not a zip container)");
  archive_entry* entry = nullptr;
  int state = ARCHIVE_OK;
  while ((state = archive_read_next_header(zip.get(), &entry)) == ARCHIVE_OK) {
    const char* path = archive_entry_pathname(entry);
    if (path == nullptr || std::string_view(path) != name) continue;
    std::string content;
    std::string block(1U << 16, '\0');
    la_ssize_t got = 0;
    while ((got = archive_read_data(zip.get(), block.data(), block.size())) > 0) {
      content.append(block, 0, static_cast<std::size_t>(got));
      if (content.size() > kLargestXml)
        return Error{ErrorCode::kTooLarge, "the document unpacks to more than 256 MB", where, "check where it comes from"};
    }
    if (got < 0) return not_docx(where, "the container is damaged");
    return content;
  }
  return not_docx(where, state == ARCHIVE_EOF ? "the container holds no Word document" : "the container is damaged or truncated");
}

// Appends the text of a run's children; deletions and field codes are not text.
void append_runs(const pugi::xml_node& node, std::string& out) {
  for (const pugi::xml_node child : node.children()) {
    const std::string_view name = child.name();
    if (name == "w:t") out += child.text().get();
    else if (name == "w:tab") out += '\t';
    else if (name == "w:br" || name == "w:cr") out += '\n';
    else if (name == "w:noBreakHyphen") out += '-';
    else if (name == "w:p") continue;  // a paragraph of its own (text box)
    else if (name != "w:del" && name != "w:instrText" && name != "mc:Fallback" && name != "w:pPr" && name != "w:rPr")
      append_runs(child, out);
  }
}

// Word stores text boxes twice; the fallback copy is for old readers.
bool is_fallback(pugi::xml_node node) {
  for (; node; node = node.parent())
    if (std::string_view(node.name()) == "mc:Fallback") return true;
  return false;
}

// Paragraphs in document order, those of cells and text boxes too. Iterative: depth is the sender's.
class Paragraphs : public pugi::xml_tree_walker {
 public:
  std::string text;
  bool for_each(pugi::xml_node& node) override {
    if (std::string_view(node.name()) == "w:p" && !is_fallback(node)) {
      append_runs(node, text);
      text += '\n';
    }
    return true;
  }
};

}  // namespace

Result<std::string> docx_text(std::string_view bytes, const std::string& where) {
  auto xml = entry_content(bytes, "word/document.xml", where);
  if (!xml) return xml.error();
  pugi::xml_document document;
  const auto parsed = document.load_buffer_inplace(xml->data(), xml->size(), pugi::parse_default | pugi::parse_ws_pcdata);
  if (!parsed) return not_docx(where, std::string("word/document.xml is damaged: ") + parsed.description());
  Paragraphs paragraphs;
  document.traverse(paragraphs);
  return std::move(paragraphs.text);
}

}  // namespace duluan::report
