// One reader per format; each fills a Document that has its source set.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "duluan/report.hpp"

namespace duluan::report {

/// The whole text of a .docx: paragraphs and cells in reading order, one a line.
Result<std::string> docx_text(std::string_view bytes, const std::string& where);

/// Records of a table into opinions; `separator` is ',', ';' or a tab, 0 to guess.
Result<void> read_table(std::string_view text, char separator, const ReadOptions& options, Document& document);

/// One JSON object a line: text (or "nội dung"), and id, place, unit, period when known.
Result<void> read_jsonl(std::string_view text, const ReadOptions& options, Document& document);

/// A record's opinion; empty fields stay empty. `period` is read as a label or a day.
Opinion record_opinion(std::string text, const std::string& source, std::string place, std::string unit,
                       std::string_view period, const ReadOptions& options);

}  // namespace duluan::report
