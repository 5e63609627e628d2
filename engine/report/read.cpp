#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "duluan/text.hpp"
#include "report/outline.hpp"
#include "report/readers.hpp"

namespace duluan {
namespace report {

Opinion record_opinion(std::string text, const std::string& source, std::string place, std::string unit,
                       std::string_view period, const ReadOptions& options) {
  Opinion opinion;
  opinion.text = std::move(text);
  opinion.source = source;
  opinion.place = std::move(place);
  opinion.unit = std::move(unit);
  if (auto label = Period::parse(period); label && label->unit != Period::Unit::kDay) opinion.period = *label;
  else opinion.period = day_in(period, options.period_unit);
  if (!opinion.period) opinion.period = period_in("tháng " + std::string(period), options.period_unit);
  return opinion;
}

namespace {

std::string extension_of(const std::string& name) {
  const std::size_t dot = name.find_last_of("./");
  std::string extension = dot == std::string::npos || name[dot] == '/' ? "" : name.substr(dot + 1);
  std::transform(extension.begin(), extension.end(), extension.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

// Bytes to NFC text; lines beyond the limit go, with a note.
std::string clean_text(std::string_view bytes, Document& document) {
  std::size_t bom = 0;
  auto decoded = decode(bytes, encoding_by_mark(bytes, bom), OnBadBytes::kReplace);  // lenient: never fails
  document.replaced = decoded->replaced();
  const std::string& text = decoded->str();
  std::string kept;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    ++number;
    if (end - at > kLongestLine)
      document.skipped.push_back({document.source + ":" + std::to_string(number), "the line is longer than 16 MB"});
    else
      kept.append(text, at, std::min(end + 1, text.size()) - at);
    at = end + 1;
  }
  return normalize(kept, ToneStyle::kOld).str();
}

Result<void> read_format(std::string_view bytes, const std::string& extension, const ReadOptions& options, Document& document) {
  const bool zip = bytes.starts_with("PK\x03\x04");
  if (extension == "docx" || (zip && extension.empty())) {
    auto text = docx_text(bytes, document.source);
    if (!text) return text.error();
    document.text = clean_text(*text, document);
    read_outline(document, options);
    return {};
  }
  const bool known = extension.empty() || extension == "txt" || extension == "csv" || extension == "tsv" ||
                     extension == "jsonl" || extension == "md" || extension == "text";
  if (!known)
    return Error{ErrorCode::kUnsupported, "the format ." + extension + " is not read", document.source,
                 "save it as .docx, .txt, .csv, .tsv or .jsonl"};
  document.text = clean_text(bytes, document);
  if (extension == "csv" || extension == "tsv") return read_table(document.text, extension == "tsv" ? '\t' : '\0', options, document);
  if (extension == "jsonl") return read_jsonl(document.text, options, document);
  read_outline(document, options);
  return {};
}

}  // namespace
}  // namespace report

Result<Document> read_bytes(std::string_view bytes, const std::string& name, const ReadOptions& options) {
  Document document;
  document.source = name;
  if (bytes.empty()) return Error{ErrorCode::kEmpty, "the file is empty", name, "send it again"};
  if (auto read = report::read_format(bytes, report::extension_of(name), options, document); !read) return read.error();
  if (document.replaced > 0)
    document.skipped.push_back({name, std::to_string(document.replaced) + " byte sequences that are not text became U+FFFD"});
  return document;
}

Result<Document> read_document(const std::string& path, const ReadOptions& options) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return Error{errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnreadable,
                 std::string("cannot open: ") + std::strerror(errno), path, "check the path and its permissions"};
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) return Error{ErrorCode::kUnreadable, "cannot read", path, "check the file"};
  return read_bytes(bytes, path, options);
}

}  // namespace duluan
