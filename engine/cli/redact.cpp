#include <cstdio>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "duluan/privacy.hpp"

namespace duluan::cli {
namespace {

Result<Exit> run(const Arguments& arguments) {
  std::size_t removed = 0;
  const Exit exit = for_each_input_line(arguments.all("FILE"), [&](std::string_view line, std::size_t) {
    const Redaction redaction = redact(line);
    removed += redaction.removed.size();
    write_out(redaction.text);
    write_out("\n");
  });
  std::fprintf(stderr, "duluan: %zu pieces of personal data replaced\n", removed);
  return exit;
}

}  // namespace

Command redact_command() {
  return {"redact",
          "Replace personal data by typed placeholders",
          {{.name = "FILE", .help = "files (standard input if none)", .many = true}},
          run};
}

}  // namespace duluan::cli
