#include <algorithm>
#include <vector>

#include "base/lines.hpp"
#include "duluan/text.hpp"
#include "duluan/word.hpp"
#include "text/letters.hpp"

namespace duluan {
namespace {

// Syllables of letters with joints between them, nothing else.
bool is_of_letters(std::string_view word) {
  if (word.starts_with('_') || word.ends_with('_')) return false;
  for (std::size_t at = 0; at < word.size();) {
    const char32_t code = next_code(word, at);
    if (code != U'_' && letter_of(code).plain == 0) return false;
  }
  return true;
}

}  // namespace

void WordCounts::add(std::string_view segmented) {
  for (std::size_t at = 0; at < segmented.size();) {
    const std::size_t end = std::min(segmented.find(' ', at), segmented.size());
    const auto piece = segmented.substr(at, end - at);
    at = end + 1;
    if (piece.find('_') == std::string_view::npos) continue;
    const std::string word = normalize(piece, ToneStyle::kOld).str();
    if (!is_of_letters(word)) continue;
    std::string lower = lower_case(word);
    std::replace(lower.begin(), lower.end(), '_', ' ');
    const bool small = !capitals_of(word).first;
    Count& count = counts_[std::move(lower)];
    ++count.all;
    count.small += small ? 1U : 0U;
  }
}

Result<void> WordCounts::read(const std::string& path) {
  return for_each_line(path, [this](std::string_view line) { add(line); });
}

std::string WordCounts::table(std::uint32_t least) const {
  std::vector<std::pair<std::string_view, std::uint32_t>> words;
  for (const auto& [word, count] : counts_)
    if (count.all >= least && count.small * 2 >= count.all) words.emplace_back(word, count.all);
  std::sort(words.begin(), words.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  std::string table;
  for (const auto& [word, count] : words) table.append(word).append("\t").append(std::to_string(count)).append("\n");
  return table;
}

}  // namespace duluan
