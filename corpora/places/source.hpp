// The open tables of administrative units, read and brought to one spelling.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace duluan::places {

struct Unit {
  std::string code;
  std::string level;   // "province", "district", "commune"
  std::string kind;    // "xã", "thị trấn", "thành phố" …
  std::string name;    // NFC, tone marks in the old style
  std::string parent;  // code, or empty
};

/// Rows of a tab-separated file without its header. Ends the program with a message if there is none.
std::vector<std::vector<std::string>> read_rows(const std::string& path);

/// Sorted by level (province first) and code.
std::vector<Unit> read_units(const std::string& path);

/// Code of each unit of after the merger to the sentence that says what it was formed from.
/// A row whose code no unit has goes to the unit of its name.
std::map<std::string, std::string> read_formed_from(const std::string& path, const std::vector<Unit>& after);

/// One space between words, none around, NFC, old tone style.
std::string tidy(std::string_view text);

/// A name as it is compared: tidy, lower case.
std::string key_of(std::string_view name);

/// Writes the whole file or ends the program.
void write_file(const std::string& path, const std::string& content);

}  // namespace duluan::places
