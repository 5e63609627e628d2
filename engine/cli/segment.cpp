#include <cstdio>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "duluan/word.hpp"

namespace duluan::cli {
namespace {

constexpr std::size_t kBlock = 1U << 18;

Result<Exit> run(const Arguments& arguments) {
  auto segmenter = Segmenter::load(model_path(arguments.get("--model"), "words.model"));
  if (!segmenter) return segmenter.error();
  Words words;
  std::string out;
  std::size_t bad = 0;
  const Exit exit = for_each_input_line(arguments.all("FILE"), [&](std::string_view line, std::size_t number) {
    if (const std::size_t at = find_bad_utf8(line); at != std::string_view::npos) {
      // The bytes pass through unchanged; the reader is told where they stand.
      if (bad++ < 10)
        std::fprintf(stderr, "duluan: line %zu, byte %zu: not UTF-8; the bytes are kept as they are\n", number, at);
    }
    segmenter->segment(line, words);
    write_segmented(line, words, out);
    out += '\n';
    if (out.size() >= kBlock) {
      write_out(out);
      out.clear();
    }
  });
  write_out(out);
  if (bad > 0) std::fprintf(stderr, "duluan: %zu lines hold bytes that are not UTF-8\n", bad);
  return exit;
}

}  // namespace

Command segment_command() {
  return {"segment",
          "Cut lines into words: words apart by one space, syllables of a word joined by '_'",
          {{.name = "FILE", .help = "text files (standard input if none)", .many = true},
           {.name = "--model", .help = "word model"}},
          run};
}

}  // namespace duluan::cli
