// What a command is to the program: a name, its options as a table, and a function.
//
// The table drives parsing and help (through CLI11, in arguments.cpp alone), so a
// command file needs neither.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "duluan/result.hpp"

namespace duluan::cli {

/// Exit codes that scripts rely on.
enum Exit : int { kDone = 0, kFailed = 1, kUsage = 2 };

struct Option {
  std::string name;  ///< "--format"; a positional argument has no dashes ("FILE")
  std::string help;
  std::string fallback = "";              ///< value when absent
  std::vector<std::string> choices = {};  ///< allowed values; empty: any
  bool flag = false;                      ///< takes no value
  bool required = false;
  bool many = false;      ///< a positional argument that takes all that follow
  bool repeated = false;  ///< may be given several times, a value each time
};

/// What the user said.
class Arguments {
 public:
  std::map<std::string, std::vector<std::string>> values;
  [[nodiscard]] std::string get(const std::string& name) const {
    const auto found = values.find(name);
    return found == values.end() || found->second.empty() ? "" : found->second.front();
  }
  [[nodiscard]] bool has(const std::string& name) const { return !get(name).empty(); }
  [[nodiscard]] std::vector<std::string> all(const std::string& name) const {
    const auto found = values.find(name);
    return found == values.end() ? std::vector<std::string>{} : found->second;
  }
};

struct Command {
  std::string name;  ///< "segment", or "train words"
  std::string help;
  std::vector<Option> options;
  /// An Error is printed and the program exits with kFailed; what was written is flushed.
  Result<Exit> (*run)(const Arguments&);
};

/// Parses the command line against the table and runs what it names.
int run_program(const std::vector<Command>& commands, int argc, char** argv);

}  // namespace duluan::cli
