// Bytes to documents: what format they are in, and their text cleaned.
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>

#include "duluan/encoding.hpp"
#include "duluan/text.hpp"
#include "report/ole.hpp"
#include "report/outline.hpp"
#include "report/places.hpp"
#include "report/readers.hpp"
#include "report/zip.hpp"

namespace duluan {
namespace report {
namespace {

std::string extension_of(const std::string& name) {
  const std::size_t dot = name.find_last_of("./");
  std::string extension = dot == std::string::npos || name[dot] == '/' ? "" : name.substr(dot + 1);
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

// The text of a file through all that is done to it, and the way back.
class Stages {
 public:
  [[nodiscard]] const std::string& text() const { return stages_.back().str(); }
  [[nodiscard]] Span source(Span span) const {
    for (auto stage = stages_.rbegin(); stage != stages_.rend(); ++stage) span = stage->source(span);
    return span;
  }
  void add(Text text) { stages_.push_back(std::move(text)); }

 private:
  std::vector<Text> stages_;
};

// Lines beyond the limit go, with a note; an empty line keeps their place, and so the numbers of
// the others. Lines end in "\n" alone.
Text without_long_lines(std::string_view text, Document& document) {
  Text kept;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    ++number;
    if (line.size() > kLongestLine)
      document.skipped.push_back({document.source + ":" + std::to_string(number), "the line is longer than 16 MB"});
    else kept.copy(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line, at);
    if (end < text.size()) kept.copy("\n", end);
    at = end + 1;
  }
  return kept;
}

// Soft hyphens only show where a line may break; what a legacy font meant by them is read by now.
Text without_soft_hyphens(std::string_view text) {
  constexpr std::string_view kSoftHyphen = "\u00AD";
  Text kept;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(kSoftHyphen, at), text.size());
    kept.copy(text.substr(at, end - at), at);
    at = end + kSoftHyphen.size();
  }
  return kept;
}

// Bytes to NFC text; `extracted`: out of a container.
Stages clean_text(std::string_view bytes, bool extracted, Document& document) {
  Stages stages;
  Decoded decoded = decode_any(bytes);
  document.replaced = decoded.text.replaced();
  if (document.reading == Reading{}) document.reading = decoded.main_reading();
  stages.add(std::move(decoded.text));
  stages.add(without_long_lines(stages.text(), document));
  if (extracted) stages.add(without_soft_hyphens(stages.text()));
  stages.add(normalize(stages.text(), ToneStyle::kOld));
  document.text = stages.text();
  return stages;
}

Error unsupported(const std::string& what, const std::string& where, const std::string& remedy) {
  return {ErrorCode::kUnsupported, what, where, remedy};
}

// Text formats hold text.
Result<void> check_text(const std::string& extension, const std::string& where) {
  for (const std::string_view container : {"docx", "xlsx", "doc", "xls", "pdf", "rtf"})
    if (extension == container)
      return Error{ErrorCode::kMalformed, "the file is no ." + extension + " (it does not begin as one)", where,
                   "open it in the program it comes from and save it again as ." + extension};
  static constexpr std::array<std::string_view, 9> kKnown{"",    "txt", "text",  "md",    "csv",
                                                          "tsv", "tab", "jsonl", "ndjson"};
  if (std::find(kKnown.begin(), kKnown.end(), extension) == kKnown.end())
    return unsupported("the format ." + extension + " is not read", where,
                       "save it as .docx, .xlsx, .pdf, .txt, .csv or .jsonl");
  return {};
}

Result<void> read_text(const std::string& extension, const ReadOptions& options, Document& document) {
  if (document.text.substr(0, 4096).find('\0') != std::string::npos)
    return Error{ErrorCode::kBadEncoding, "the file is no text (it has zero bytes)", document.source,
                 "save it as UTF-8 text"};
  if (extension == "csv") return read_table({document.text}, options, document);
  if (extension == "tsv" || extension == "tab") return read_table({document.text, '\t'}, options, document);
  if (extension == "jsonl" || extension == "ndjson") return read_jsonl(document.text, options, document);
  read_outline(document, options);
  return {};
}

// The binary formats of Word and Excel, and what newer ones with a password look like.
Result<Extract> ole_text(std::string_view bytes, const std::string& extension, const std::string& where) {
  const auto file = OleFile::open(bytes);
  if (file && file->stream("EncryptedPackage"))
    return unsupported("the file is protected by a password", where, "save it without one");
  const bool workbook = file ? file->stream("Workbook") || file->stream("Book") : extension == "xls";
  return workbook ? xls_text(bytes, where) : doc_text(bytes, where);
}

// The text of a container; nothing for what is text itself.
Result<std::optional<Extract>> extracted(std::string_view bytes, const std::string& extension,
                                         const std::string& where) {
  const auto some = [](Result<Extract> extract) -> Result<std::optional<Extract>> {
    if (!extract) return extract.error();
    return std::optional(std::move(*extract));
  };
  const Container container = container_of(bytes);
  if (container == Container::kPdf) return some(pdf_text(bytes, where));
  if (container == Container::kOle) return some(ole_text(bytes, extension, where));
  if (container == Container::kRtf) return some(rtf_text(bytes, where));
  const bool zip = container == Container::kZip;
  if (zip && (extension == "xlsx" || zip_kind(bytes) == ZipKind::kExcel)) return some(xlsx_text(bytes, where));
  if (zip) return some(docx_text(bytes, where));
  return std::optional<Extract>();
}

Result<void> read_format(std::string_view bytes, const std::string& extension, const ReadOptions& options,
                         Document& document) {
  Stages stages;
  auto extract = extracted(bytes, extension, document.source);
  if (!extract) return extract.error();
  if (*extract) {
    document.reading = (*extract)->reading;
    stages = clean_text((*extract)->text, true, document);
    if ((*extract)->sheets.empty()) read_outline(document, options);
    else read_sheets((*extract)->sheets, options, document);
  } else {
    if (auto text = check_text(extension, document.source); !text) return text;
    stages = clean_text(bytes, false, document);
    if (auto read = read_text(extension, options, document); !read) return read;
  }
  for (Opinion& opinion : document.opinions) opinion.bytes = stages.source(opinion.bytes);
  return {};
}

}  // namespace
}  // namespace report

Result<Document> read_bytes(std::string_view bytes, const std::string& name, const ReadOptions& options) {
  Document document;
  document.source = name;
  std::size_t bom = 0;
  (void)encoding_by_mark(bytes, bom);
  if (bytes.find_first_not_of(" \t\r\n", bom) == std::string_view::npos)
    return Error{ErrorCode::kEmpty, bytes.empty() ? "the file is empty" : "the file holds nothing but blanks", name,
                 "send it again"};
  if (auto read = report::read_format(bytes, report::extension_of(name), options, document); !read) return read.error();
  if (options.gazetteer != nullptr) report::name_places(document, *options.gazetteer);
  if (document.replaced > 0)
    document.skipped.push_back(
        {name, std::to_string(document.replaced) + " byte sequences that are not text became U+FFFD"});
  return document;
}

Result<Document> read_document(const std::string& path, const ReadOptions& options) {
  std::error_code fault;
  if (std::filesystem::is_directory(path, fault))
    return Error{ErrorCode::kUnreadable, "it is a directory", path, "name the files in it"};
  errno = 0;
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in)
    return Error{errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnreadable,
                 std::string("cannot open: ") + std::strerror(errno), path, "check the path and its permissions"};
  std::string bytes;
  const std::streamoff size = in.tellg();
  in.seekg(0);
  // Pipes have no size; they are read to their end.
  if (size > 0) {
    bytes.resize(static_cast<std::size_t>(size));
    in.read(bytes.data(), size);
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  } else {
    in.clear();
    bytes.assign(std::istreambuf_iterator<char>(in), {});
  }
  if (in.bad()) return Error{ErrorCode::kUnreadable, "cannot read", path, "check the file"};
  return read_bytes(bytes, path, options);
}

}  // namespace duluan
