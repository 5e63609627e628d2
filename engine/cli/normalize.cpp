#include <cstdio>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "duluan/text.hpp"

namespace duluan::cli {
namespace {

ToneStyle style_of(const std::string& name) {
  return name == "new" ? ToneStyle::kNew : name == "keep" ? ToneStyle::kKeep : ToneStyle::kOld;
}

int run(const Arguments& arguments) {
  const std::string encoding = arguments.get("--encoding");
  const std::vector<std::string> files = arguments.has("FILE") ? arguments.all("FILE") : std::vector<std::string>{"-"};
  int exit = kDone;
  for (const std::string& path : files) {
    auto bytes = read_all(path);
    if (!bytes) {
      exit = fail(bytes.error());
      continue;
    }
    std::size_t bom = 0;
    const Encoding marked = encoding_by_mark(*bytes, bom);
    const bool little = marked != Encoding::kUtf16Be;
    const Encoding chosen = encoding == "utf-8"    ? Encoding::kUtf8
                            : encoding == "utf-16" ? (little ? Encoding::kUtf16Le : Encoding::kUtf16Be)
                                                   : marked;
    auto text = decode(*bytes, chosen, OnBadBytes::kReplace);
    if (!text) {
      exit = fail(text.error());
      continue;
    }
    if (text->replaced() > 0)
      std::fprintf(stderr, "duluan: %s: %zu bad byte sequences became U+FFFD\n", path.c_str(), text->replaced());
    write_out(normalize(text->str(), style_of(arguments.get("--tone"))).str());
  }
  if (auto written = finish_output(); !written) return fail(written.error());
  return exit;
}

}  // namespace

Command normalize_command() {
  return {"normalize",
          "Bytes to UTF-8, NFC, one style of tone placement",
          {{.name = "FILE", .help = "files (standard input if none)", .many = true},
           {.name = "--encoding", .help = "encoding of the input", .fallback = "auto", .choices = {"auto", "utf-8", "utf-16"}},
           {.name = "--tone", .help = "old: hòa, thúy; new: hoà, thuý", .fallback = "old", .choices = {"old", "new", "keep"}}},
          run};
}

}  // namespace duluan::cli
