// One reader per format; each fills a Document that has its source set.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "duluan/report.hpp"
#include "report/extract.hpp"

namespace duluan::report {

/// The whole text of a .docx: paragraphs and cells in reading order, one a line.
Result<Extract> docx_text(std::string_view bytes, const std::string& where);
/// The same of rich text, with headers, footers, footnotes and text boxes.
Result<Extract> rtf_text(std::string_view bytes, const std::string& where);

/// The same of a workbook: sheets as lines with tabs between cells, a form feed between sheets.
Result<Extract> xlsx_text(std::string_view bytes, const std::string& where);

/// The same of a PDF, its lines as they stand; by poppler's program pdftohtml.
Result<Extract> pdf_text(std::string_view bytes, const std::string& where);
/// The lines of what pdftohtml -xml writes.
Extract pdf_lines(std::string_view xml);
/// The same of the binary formats of Word 97 to 2003 and Excel 5 to 2003.
Result<Extract> doc_text(std::string_view bytes, const std::string& where);
Result<Extract> xls_text(std::string_view bytes, const std::string& where);

/// A table as text: delimited, or a sheet of a workbook, which may have a title above its header and rows that end
/// early.
struct Table {
  std::string_view text;
  char separator = '\0';  ///< ',', ';' or a tab, 0 to guess
  bool sheet = false;
  std::size_t offset = 0;  ///< in the document's text
  std::string name = {};   ///< of the sheet where there are several
};
/// Records of a table into opinions.
Result<void> read_table(const Table& table, const ReadOptions& options, Document& document);
/// The same of each sheet in the document's text; one without a column of opinions is listed as skipped.
void read_sheets(const std::vector<std::string>& names, const ReadOptions& options, Document& document);

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
