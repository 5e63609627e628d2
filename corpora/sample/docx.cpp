#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <stdexcept>
#include <string_view>

#include "files.hpp"

namespace sample {
namespace {

constexpr std::string_view kTypes =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>)";

constexpr std::string_view kRelations =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>)";

constexpr std::string_view kHead =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>)";

constexpr std::string_view kFoot =
    R"(<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr></w:body></w:document>)";

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '&') result += "&amp;";
    else if (c == '<') result += "&lt;";
    else if (c == '>') result += "&gt;";
    else result += c;
  }
  return result;
}

std::string as_xml(const Paragraph& paragraph) {
  const bool bold = paragraph.look == Look::kBold || paragraph.look == Look::kTitle;
  std::string_view side = "both";
  if (paragraph.look == Look::kCentred || paragraph.look == Look::kTitle) side = "center";
  if (paragraph.look == Look::kRight) side = "right";
  std::string xml = "<w:p><w:pPr><w:jc w:val=\"" + std::string(side) + "\"/></w:pPr><w:r><w:rPr>";
  xml += "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>";
  if (bold) xml += "<w:b/>";
  xml += "<w:sz w:val=\"28\"/></w:rPr><w:t xml:space=\"preserve\">" + escaped(paragraph.text) + "</w:t></w:r></w:p>";
  return xml;
}

struct Free {
  void operator()(archive* zip) const { archive_write_free(zip); }
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};
using Zip = std::unique_ptr<archive, Free>;

void check(archive* zip, bool good) {
  if (good) return;
  const char* cause = archive_error_string(zip);
  throw std::runtime_error(std::string("cannot write docx: ") + (cause != nullptr ? cause : "out of memory"));
}

void add(archive* zip, const char* name, std::string_view content) {
  constexpr std::time_t kFixed = 1767225600;  // 2026-01-01 00:00 UTC; zip keeps local time, main sets UTC
  const std::unique_ptr<archive_entry, Free> entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), name);
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0644);
  archive_entry_set_mtime(entry.get(), kFixed, 0);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
  check(zip, archive_write_header(zip, entry.get()) == ARCHIVE_OK);
  check(zip, archive_write_data(zip, content.data(), content.size()) == static_cast<la_ssize_t>(content.size()));
}

la_ssize_t append(archive*, void* bytes, const void* block, std::size_t size) {
  static_cast<std::string*>(bytes)->append(static_cast<const char*>(block), size);
  return static_cast<la_ssize_t>(size);
}

}  // namespace

std::string as_docx(const std::vector<Paragraph>& paragraphs) {
  std::string body(kHead);
  for (const Paragraph& paragraph : paragraphs) body += as_xml(paragraph);
  body += kFoot;

  std::string bytes;
  const Zip zip(archive_write_new());
  check(zip.get(), archive_write_set_format_zip(zip.get()) == ARCHIVE_OK);
  check(zip.get(), archive_write_zip_set_compression_deflate(zip.get()) == ARCHIVE_OK);
  check(zip.get(), archive_write_set_bytes_in_last_block(zip.get(), 1) == ARCHIVE_OK);
  check(zip.get(), archive_write_open(zip.get(), &bytes, nullptr, append, nullptr) == ARCHIVE_OK);
  add(zip.get(), "[Content_Types].xml", kTypes);
  add(zip.get(), "_rels/.rels", kRelations);
  add(zip.get(), "word/document.xml", body);
  check(zip.get(), archive_write_close(zip.get()) == ARCHIVE_OK);
  return bytes;
}

}  // namespace sample
