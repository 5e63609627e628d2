#include <cstdio>
#include <memory>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/line_blocks.hpp"
#include "cli/threads.hpp"
#include "duluan/word.hpp"

namespace duluan::cli {
namespace {

void segment_block(const Segmenter& segmenter, const Guidance& guidance, Words& words, const LineBlock& block,
                   BlockResult& result) {
  result.out.clear();
  result.bad.clear();
  std::size_t number = block.first;
  for (std::string_view rest = block.lines; !rest.empty(); ++number) {
    const std::size_t end = rest.find('\n');
    const auto line = rest.substr(0, end);
    segmenter.segment(line, words, guidance);
    if (!words.well_formed()) result.bad.emplace_back(number, find_bad_utf8(line));
    write_segmented(line, words, result.out);
    result.out += '\n';
    rest.remove_prefix(end + 1);
  }
}

Result<Exit> run(const Arguments& arguments) {
  constexpr std::size_t kMostReported = 10;
  const unsigned threads = threads_of(arguments);
  if (threads == 0) return misuse(no_threads());
  auto segmenter = Segmenter::load(model_path(arguments.get("--model"), "words.model"));
  if (!segmenter) return segmenter.error();
  Lexicon lexicon;
  if (const std::string path = arguments.get("--lexicon"); !path.empty())
    if (auto read = lexicon.read(path); !read) return read.error();
  const Guidance guidance{.lexicon = lexicon.size() > 0 ? &lexicon : nullptr};

  std::size_t bad = 0;
  const auto make = [&]() -> LineBlocks::Pool::Work {
    return [&, words = std::make_shared<Words>()](const LineBlock& block, BlockResult& result) {
      segment_block(*segmenter, guidance, *words, block, result);
    };
  };
  LineBlocks blocks(threads, make, [&](std::size_t line, std::size_t byte) {
    // The bytes pass through unchanged; the reader is told where they stand.
    if (bad++ < kMostReported)
      std::fprintf(stderr, "duluan: line %zu, byte %zu: not UTF-8; the bytes are kept as they are\n", line, byte);
  });
  const Exit exit = for_each_input_line(arguments.all("FILE"),
                                        [&](std::string_view line, std::size_t number) { blocks.add(line, number); });
  blocks.finish();
  if (bad > 0) std::fprintf(stderr, "duluan: %zu lines hold bytes that are not UTF-8\n", bad);
  return exit;
}

}  // namespace

Command segment_command() {
  return {"segment",
          "Cut lines into words: words apart by one space, syllables of a word joined by '_'",
          {{.name = "FILE", .help = "text files (standard input if none)", .many = true},
           {.name = "--lexicon", .help = "words to keep whole, one a line"},
           threads_option(),
           {.name = "--model", .help = "word model"}},
          run};
}

}  // namespace duluan::cli
