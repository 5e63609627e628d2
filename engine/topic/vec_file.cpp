// Word vectors from a file in the text form that fastText and word2vec write: a line of "words dimension", then a word
// and its values a line, the most frequent first.
#include <charconv>
#include <cmath>

#include "base/lines.hpp"
#include "duluan/text.hpp"
#include "topic/embed.hpp"
#include "topic/table.hpp"
#include "topic/terms.hpp"

namespace duluan::topics {
namespace {

constexpr std::uint64_t kFewest = 10;  // counts are not in the file: the n-th of N words counts N / n times as the last

// Fills `word` from a line; false if the line is none of so many values.
bool parse(std::string_view line, std::size_t dimension, WordVector& word) {
  const std::size_t gap = line.find(' ');
  if (gap == 0 || gap == std::string_view::npos) return false;
  word.word = canonical(line.substr(0, gap));
  word.values.clear();
  const char* at = line.data() + gap;
  const char* const end = line.data() + line.size();
  while (at != end) {
    if (*at == ' ') {
      ++at;
      continue;
    }
    float value = 0;
    const auto [next, fault] = std::from_chars(at, end, value);
    if (fault != std::errc() || !std::isfinite(value)) return false;
    word.values.push_back(value);
    at = next;
  }
  return word.values.size() == dimension;
}

}  // namespace

Result<std::vector<WordVector>> load_vectors(const std::string& path) {
  std::vector<WordVector> words;
  std::size_t dimension = 0;
  std::size_t number = 0;
  std::size_t bad = 0;
  auto read = for_each_line(path, [&](std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (++number == 1) {
      const std::size_t gap = line.find(' ');
      if (gap != std::string_view::npos) std::from_chars(line.data() + gap + 1, line.data() + line.size(), dimension);
      return;
    }
    WordVector word;
    if (bad != 0 || line.starts_with("</s> ")) return;
    if (dimension == 0 || dimension > 1000 || !parse(line, dimension, word)) {
      bad = number;
      return;
    }
    words.push_back(std::move(word));
  });
  if (!read) return read.error();
  if (bad != 0 || words.empty())
    return Error{ErrorCode::kMalformed, "no word with its values, as many as the first line says",
                 path + ":" + std::to_string(bad == 0 ? number : bad), "give a .vec file as fastText writes it"};
  for (std::size_t i = 0; i < words.size(); ++i) words[i].count = kFewest * words.size() / (i + 1);
  return words;
}

}  // namespace duluan::topics
