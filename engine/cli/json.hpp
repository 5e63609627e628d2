// JSON lines: reading one record, writing values. nlohmann/json stays in json.cpp.
#pragma once

#include <string>
#include <string_view>

#include "duluan/result.hpp"

namespace duluan::cli {

/// A record of `classify`: {"id": …, "text": …}; the id may be a string or a number.
struct Record {
  std::string id;  ///< as JSON ("\"a-7\"", "12"), or empty
  std::string text;
};

/// Reads one line. Error kMalformed says what is wrong with it.
Result<Record> parse_record(std::string_view line);

/// The text as a JSON string with its quotes; bad UTF-8 becomes U+FFFD.
std::string json_string(std::string_view text);

}  // namespace duluan::cli
