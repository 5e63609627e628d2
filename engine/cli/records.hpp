// The records of `classify`: lines of text or JSON, rows of tables, in blocks that threads can take apart.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "cli/input.hpp"
#include "cli/json.hpp"
#include "duluan/span.hpp"

namespace duluan::cli {

enum class RecordFormat { kAuto, kText, kJsonl, kCsv, kTsv };

/// How the records are written. The columns of a table are found by its header.
struct RecordForm {
  RecordFormat format = RecordFormat::kAuto;
  std::string id;    ///< field or column; empty: "id", or a usual name of a column
  std::string text;  ///< the same for "text"
};

/// A record not yet looked into: spans of its block.
struct RawRecord {
  enum class Kind : std::uint8_t { kText, kJson, kRow, kBad };
  Kind kind = Kind::kText;
  std::size_t line = 0;
  Span id;    ///< of a row
  Span body;  ///< the text; the line of JSON; of a bad one what is wrong
  Span cure;  ///< of a bad one
};

/// Records of one file, in its order.
struct RecordBlock {
  std::string path;
  std::string bytes;
  std::vector<RawRecord> records;
  std::uint64_t taken = 0;  ///< bytes of the file read so far
};

/// Calls `use` with the records of a file, about a quarter of a megabyte at a time. kAuto takes a file named .csv or
/// .tsv (.gz, .zst …) for a table, one whose first line begins with "{" for JSON, else for text. A table without a
/// header is the text alone, or the id and the text. An Error ends the file: it cannot be read, or its table has no
/// column of text.
Result<void> for_each_block(const std::string& path, const RecordForm& form,
                            const std::function<void(RecordBlock&&)>& use);

/// Looks into the records of one thread's blocks.
class RecordReader {
 public:
  explicit RecordReader(const RecordForm& form);
  /// A record without an id has its line's number. The view holds until the next call. Error: why it is a bad one.
  Result<RecordView> read(const RecordBlock& block, const RawRecord& record);

 private:
  JsonRecords json_;
  std::string id_;
};

/// Why records were left out, and how often.
class BadRecords {
 public:
  /// Reports the record on standard error, if not too many were reported already.
  void add(const std::string& path, std::size_t line, const Error& error);
  [[nodiscard]] std::size_t count() const noexcept { return count_; }
  /// A line a reason.
  void print_reasons() const;

 private:
  std::size_t count_ = 0;
  std::map<std::string, std::size_t> reasons_;
};

}  // namespace duluan::cli
