#include "cli/word_cutter.hpp"

#include <memory>

#include "duluan/word.hpp"

namespace duluan::cli {

Result<WordCutter> word_cutter(const std::string& path) {
  auto segmenter = Segmenter::load(path);
  if (!segmenter) return segmenter.error();
  struct Cutter {
    Segmenter segmenter;
    Words words;
  };
  auto cutter = std::make_shared<Cutter>(Cutter{std::move(*segmenter), {}});
  return WordCutter([cutter](std::string_view utf8, std::vector<Span>& spans) {
    cutter->segmenter.segment(utf8, cutter->words);
    spans.clear();
    for (std::size_t i = 0; i < cutter->words.size(); ++i) spans.push_back(cutter->words.span(i));
  });
}

}  // namespace duluan::cli
