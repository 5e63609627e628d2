#include <cstdio>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "duluan/chat.hpp"
#include "duluan/text.hpp"

namespace duluan::cli {
namespace {

ToneStyle style_of(const std::string& name) {
  return name == "new" ? ToneStyle::kNew : name == "keep" ? ToneStyle::kKeep : ToneStyle::kOld;
}

Encoding encoding_of(const std::string& name, std::string_view bytes) {
  std::size_t mark = 0;
  const Encoding marked = encoding_by_mark(bytes, mark);
  if (name == "utf-8") return Encoding::kUtf8;
  if (name == "utf-16") return marked == Encoding::kUtf16Be ? marked : Encoding::kUtf16Le;
  return marked;
}

Result<Exit> run(const Arguments& arguments) {
  return for_each_file(arguments.all("FILE"), [&arguments](const std::string& path) -> Result<void> {
    auto bytes = read_all(path);
    if (!bytes) return bytes.error();
    auto text = decode(*bytes, encoding_of(arguments.get("--encoding"), *bytes), OnBadBytes::kReplace);
    if (!text) return text.error();
    if (text->replaced() > 0)
      std::fprintf(stderr, "duluan: %s: %zu bad byte sequences became U+FFFD\n", path.c_str(), text->replaced());
    const ToneStyle style = style_of(arguments.get("--tone"));
    Text normal = normalize(text->str(), style);
    const ChatOptions chat{arguments.has("--chat"), arguments.has("--abbreviations")};
    // Once more, because what chat stands for is written in the old style.
    if (chat.spellings || chat.abbreviations) normal = normalize(expand_chat(normal.str(), chat).str(), style);
    write_out(normal.str());
    return {};
  });
}

}  // namespace

Command normalize_command() {
  return {
      "normalize",
      "Bytes to UTF-8, NFC, one style of tone placement",
      {{.name = "FILE", .help = "files (standard input if none)", .many = true},
       {.name = "--encoding",
        .help = "encoding of the input",
        .fallback = "auto",
        .choices = {"auto", "utf-8", "utf-16"}},
       {.name = "--tone",
        .help = "old: hòa, thúy; new: hoà, thuý",
        .fallback = "old",
        .choices = {"old", "new", "keep"}},
       {.name = "--chat", .help = "write out chat spellings: ko -> không, đẹppp -> đẹp", .flag = true},
       {.name = "--abbreviations", .help = "write out official abbreviations: UBND -> Ủy ban nhân dân", .flag = true}},
      run};
}

}  // namespace duluan::cli
