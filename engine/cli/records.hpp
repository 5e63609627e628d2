// The records of `classify`: lines of text or JSON, rows of tables, in a stream.
#pragma once

#include <functional>
#include <string>

#include "cli/json.hpp"

namespace duluan::cli {

enum class RecordFormat { kAuto, kText, kJsonl, kCsv, kTsv };

/// Calls `use` with each record and its line, in order; a bad record comes as an Error. A record without an id has
/// its line's number. kAuto takes a file whose first line begins with "{" for JSON, else for text. The columns of a
/// table are found by its header; without one they are the text alone, or the id and the text. Memory: the longest
/// record. An Error ends the file: it cannot be read, or its table has no column of text.
Result<void> for_each_record(const std::string& path, RecordFormat format,
                             const std::function<void(const Result<Record>& record, std::size_t line)>& use);

}  // namespace duluan::cli
