// JSON lines: reading records, writing strings. simdjson stays in json.cpp.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/result.hpp"

namespace duluan::cli {

/// Bytes that must be readable behind a line that is parsed.
inline constexpr std::size_t kJsonPadding = 64;

/// A record, {"id": …, "text": "…"} or a row. Both fields lie in the parser's or the caller's memory.
struct RecordView {
  std::string_view id;  ///< as JSON ("\"a-7\"", "12"), or empty
  std::string_view text;
};

/// Reads the lines of one thread, one at a time, reusing its memory.
class JsonRecords {
 public:
  /// The fields that hold the id and the text. `labels`: fields that may hold labels, for parse_labelled.
  JsonRecords(std::string id, std::string text);
  ~JsonRecords();
  JsonRecords(JsonRecords&&) noexcept;
  JsonRecords& operator=(JsonRecords&&) noexcept;

  /// kJsonPadding bytes behind the line must be readable. The view holds until the next call. Error: what is wrong.
  Result<RecordView> parse(std::string_view line);
  /// A labelled record: beside the text the fields `topics` (strings, or objects with a field "topic", as `classify`
  /// writes them), or `label` or `topics` as one string with commas.
  struct Labelled {
    std::string id, reg, text;
    std::vector<std::string> topics;
  };
  Result<Labelled> parse_labelled(std::string_view line);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

/// Appends the text as a JSON string with its quotes; bad UTF-8 becomes U+FFFD.
void append_json_string(std::string& out, std::string_view text);
std::string json_string(std::string_view text);

}  // namespace duluan::cli
