// Words are compared by the characters they cover, spaces left out, so natural and
// tokenised spacing of the same sentence give the same spans.
#include <algorithm>

#include "duluan/word.hpp"
#include "word/corpus.hpp"

namespace duluan {
namespace {

// Ends of the words in bytes without spaces and underscores; what covers no byte is no word.
std::vector<std::size_t> word_ends(std::string_view segmented) {
  std::vector<std::size_t> ends;
  std::size_t position = 0;
  for (const char c : segmented) {
    if (c != ' ' && c != '_') {
      ++position;
    } else if (c == ' ' && position > 0 && (ends.empty() || ends.back() != position)) {
      ends.push_back(position);
    }
  }
  if (position > 0 && (ends.empty() || ends.back() != position)) ends.push_back(position);
  return ends;
}

// Words are the stretches between ends; a word is right if both its edges are.
std::size_t matches(const std::vector<std::size_t>& gold, const std::vector<std::size_t>& predicted) {
  std::size_t correct = 0;
  for (std::size_t i = 0, j = 0, gold_begin = 0, begin = 0; i < gold.size() && j < predicted.size();) {
    if (gold[i] == predicted[j] && gold_begin == begin) ++correct;
    const std::size_t gold_end = gold[i];
    const std::size_t end = predicted[j];
    if (gold_end <= end) gold_begin = gold[i++];
    if (end <= gold_end) begin = predicted[j++];
  }
  return correct;
}

std::string with_spaces(std::string_view gold) {
  std::string text(gold);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

}  // namespace

Result<WordScore> evaluate_words(const Segmenter& segmenter, const std::string& gold_path,
                                 const std::string& natural_path) {
  std::vector<std::string> gold;
  std::vector<std::string> natural;
  auto read = for_each_line(gold_path, [&](std::string_view line) { gold.emplace_back(line); });
  if (!read) return read.error();
  if (!natural_path.empty()) {
    read = for_each_line(natural_path, [&](std::string_view line) { natural.emplace_back(line); });
    if (!read) return read.error();
    if (natural.size() != gold.size())
      return Error{ErrorCode::kMalformed,
                   "has " + std::to_string(natural.size()) + " lines, the gold file " + std::to_string(gold.size()),
                   natural_path, "give the same sentences in the same order"};
  }
  WordScore score;
  Words words;
  std::string out;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    const std::string text = natural.empty() ? with_spaces(gold[i]) : natural[i];
    segmenter.segment(text, words);
    out.clear();
    write_segmented(text, words, out);
    const auto expected = word_ends(gold[i]);
    const auto found = word_ends(out);
    score.gold += expected.size();
    score.predicted += found.size();
    score.correct += matches(expected, found);
  }
  return score;
}

}  // namespace duluan
