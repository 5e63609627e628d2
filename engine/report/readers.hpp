// One reader per format; each fills a Document that has its source set.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "duluan/report.hpp"

namespace duluan::report {

/// The whole text of a .docx: paragraphs and cells in reading order, one a line.
struct DocxText {
  std::string text;
  Reading reading;  ///< what the fonts of some of it tell (.VnTime, VNI-Times); that is read already
};
Result<DocxText> docx_text(std::string_view bytes, const std::string& where);

/// Records of a table into opinions; `separator` is ',', ';' or a tab, 0 to guess.
Result<void> read_table(std::string_view text, char separator, const ReadOptions& options, Document& document);

/// One JSON object a line: text (or "nội dung"), and id, place, unit, period when known.
Result<void> read_jsonl(std::string_view text, const ReadOptions& options, Document& document);

/// What a record of a table or of JSON lines says.
struct Record {
  std::string where;  ///< "items.csv:17", for the list of what was left out
  std::string id;     ///< after the "#" in the source
  std::string text, place, unit, period;
  Span span;  ///< of its row or line in the document's text
};

/// Adds the record's opinion to the document, or lists it as skipped: without text, or with a
/// period that cannot be read. An empty period is the one in the file's name.
void add_record(Record record, const ReadOptions& options, Document& document);

/// Folded names under which tables and JSON keep a field.
enum class Field { kText, kPlace, kUnit, kPeriod, kId };
bool is_usual_name(Field field, std::string_view folded);

/// What the first bytes say of a file that is no text.
enum class Container { kNone, kZip, kOle, kPdf, kRtf };
Container container_of(std::string_view bytes);

}  // namespace duluan::report
