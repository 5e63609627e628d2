#include "topic/plain_text.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/lines.hpp"
#include "duluan/word.hpp"
#include "topic/terms.hpp"

namespace duluan::topics {
namespace {

constexpr std::size_t kShortestLine = 6;  // words; shorter ones are headings and lists

// Lines of words joined by '_' as terms_of() would write their syllables.
class Writer {
 public:
  Writer(const Segmenter& segmenter, std::ostream& out) : segmenter_(segmenter), out_(out) {}
  void paragraph(std::string_view text) {
    segmenter_.segment(text, words_);
    line_.clear();
    std::size_t count = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const std::size_t first = words_.first_token(i);
      if (words_.tokens()[first].kind != TokenKind::kWord) continue;
      for (std::size_t t = first; t < words_.first_token(i + 1); ++t) {
        if (t > first) line_ += '_';
        line_ += canonical(words_.tokens()[t].of(text));
      }
      line_ += ' ';
      ++count;
    }
    if (count < kShortestLine) return;
    line_.back() = '\n';
    out_ << line_;
  }

 private:
  const Segmenter& segmenter_;
  std::ostream& out_;
  Words words_;
  std::string line_;
};

}  // namespace

Result<void> write_segmented_text(const TopicTraining& training, const std::string& path) {
  auto segmenter = Segmenter::load(training.words_model);
  if (!segmenter) return segmenter.error();
  std::ofstream out(path, std::ios::binary);
  if (!out)
    return Error{ErrorCode::kUnwritable, std::string("cannot write: ") + std::strerror(errno), path,
                 "check the directory"};
  Writer writer(*segmenter, out);
  for (const std::string& file : training.plain_text) {
    std::size_t bytes = 0;
    auto measured = for_each_line(file, [&](std::string_view line) { bytes += line.size(); });
    if (!measured) return measured;
    // A word is about seven bytes; taking records by their running share keeps the sample even.
    const double share = double(training.plain_words) * 7.5 / double(training.plain_text.size()) / double(bytes + 1);
    double due = 0;
    auto read = for_each_line(file, [&](std::string_view line) {
      due += share;
      if (due < 1.0) return;
      due = share >= 1.0 ? 1.0 : due - 1.0;
      for_each_paragraph(line, [&](std::string_view paragraph) { writer.paragraph(paragraph); });
    });
    if (!read) return read;
  }
  out.flush();
  if (!out) return Error{ErrorCode::kUnwritable, "cannot write all of it", path, "free some space"};
  return {};
}

}  // namespace duluan::topics
