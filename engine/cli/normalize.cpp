#include <algorithm>
#include <array>
#include <cstdio>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "duluan/chat.hpp"
#include "duluan/encoding.hpp"
#include "duluan/text.hpp"

namespace duluan::cli {
namespace {

ToneStyle style_of(const std::string& name) {
  return name == "new" ? ToneStyle::kNew : name == "keep" ? ToneStyle::kKeep : ToneStyle::kOld;
}

struct Name {
  const char* name;
  Encoding encoding;
};

constexpr std::array<Name, 10> kNames{{{"utf-8", Encoding::kUtf8},
                                       {"utf-16", Encoding::kUtf16Le},
                                       {"tcvn3", Encoding::kTcvn3},
                                       {"tcvn3-capitals", Encoding::kTcvn3Capitals},
                                       {"tcvn5712", Encoding::kTcvn5712},
                                       {"vni", Encoding::kVni},
                                       {"viscii", Encoding::kViscii},
                                       {"vps", Encoding::kVps},
                                       {"viqr", Encoding::kViqrTyped},
                                       {"cp1258", Encoding::kWindows1258}}};

std::vector<std::string> choices() {
  std::vector<std::string> names{"auto"};
  for (const Name& one : kNames) names.emplace_back(one.name);
  return names;
}

// Says what was recognised when it was not UTF-8.
Text read_any(std::string_view bytes, const std::string& path) {
  Decoded decoded = decode_any(bytes);
  if (const Reading reading = decoded.main_reading(); reading != Reading{})
    std::fprintf(stderr, "duluan: %s: read as %s%s\n", path.c_str(), name_of(reading).c_str(),
                 decoded.read_as.size() > 1 ? ", in part" : "");
  return std::move(decoded.text);
}

Result<Text> read_as(std::string_view bytes, const std::string& name) {
  const auto known = std::find_if(kNames.begin(), kNames.end(), [&](const Name& one) { return one.name == name; });
  Encoding encoding = known == kNames.end() ? Encoding::kUtf8 : known->encoding;
  std::size_t bom = 0;
  if (encoding == Encoding::kUtf16Le && encoding_by_mark(bytes, bom) == Encoding::kUtf16Be)
    encoding = Encoding::kUtf16Be;
  return decode(bytes, encoding, OnBadBytes::kReplace);
}

Result<Exit> run(const Arguments& arguments) {
  const std::string encoding = arguments.get("--encoding");
  return for_each_file(arguments.all("FILE"), [&](const std::string& path) -> Result<void> {
    auto bytes = read_all(path);
    if (!bytes) return bytes.error();
    auto text = encoding == "auto" ? Result<Text>(read_any(*bytes, path)) : read_as(*bytes, encoding);
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
        .help = "encoding of the input; auto: recognised",
        .fallback = "auto",
        .choices = choices()},
       {.name = "--tone",
        .help = "old: hòa, thúy; new: hoà, thuý",
        .fallback = "old",
        .choices = {"old", "new", "keep"}},
       {.name = "--chat", .help = "write out chat spellings: ko -> không, đẹppp -> đẹp", .flag = true},
       {.name = "--abbreviations", .help = "write out official abbreviations: UBND -> Ủy ban nhân dân", .flag = true}},
      run};
}

}  // namespace duluan::cli
