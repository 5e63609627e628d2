#include <algorithm>
#include <array>
#include <vector>

#include "duluan/chat.hpp"
#include "duluan/syllable.hpp"
#include "text/letters.hpp"

namespace duluan {
namespace {

constexpr std::uint32_t kLeastWord = 5;  // below it a word of a corpus is as likely a slip
constexpr std::uint32_t kLeastPair = 60;
constexpr std::size_t kLongestWord = 7;  // letters; what is longer is no single syllable
constexpr double kClear = 2.5;           // how many times as frequent as the next reading the best must be

// Of digits nothing is a separator: "a4" is no word.
constexpr std::string_view kSeparators = " _\t.,;:!?()\"";

using Counts = std::unordered_map<std::string, std::uint32_t>;
using Count = std::pair<std::string, std::uint32_t>;

// Words of letters of the alphabet, all small; joined syllables count one by one, and two joined ones as a pair.
bool is_small(std::string_view word, std::size_t& letters) {
  letters = 0;
  for (std::size_t at = 0; at < word.size(); ++letters) {
    const Letter letter = letter_of(next_code(word, at));
    if (letter.plain == 0 || letter.upper) return false;
  }
  return letters > 0;
}

std::vector<Count> by_count(const Counts& counts, std::uint32_t least) {
  std::vector<Count> sorted;
  for (const Count count : counts)
    if (count.second >= least) sorted.push_back(count);
  std::sort(sorted.begin(), sorted.end(), [](const Count& a, const Count& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  return sorted;
}

}  // namespace

void ChatCounts::add(std::string_view utf8) {
  const Text text = normalize(utf8, ToneStyle::kOld);
  const std::string_view line = text.str();
  std::string previous;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find_first_of(kSeparators, at), line.size());
    std::string word(line.substr(at, end - at));
    const bool joins = end < line.size() && line[end] == '_';
    std::size_t letters = 0;
    const bool small = is_small(word, letters);
    if (small && letters <= kLongestWord) ++words_[word];
    // Two syllables, no more: the ones before and after stand apart.
    if (small && !joins && !previous.empty() && previous.find(' ') == std::string::npos)
      ++pairs_[previous.append(" ").append(word)];
    if (!joins) previous.clear();
    else if (!previous.empty() || !small) previous = " ";
    else previous = std::move(word);
    at = end + 1;
  }
}

std::string ChatCounts::syllables() const {
  std::string out;
  for (const auto& [word, count] : by_count(words_, kLeastWord)) out += word + '\t' + std::to_string(count) + '\n';
  return out;
}

std::string ChatCounts::pairs() const {
  struct Best {
    std::string words;
    std::uint32_t count = 0;
    std::uint32_t next = 0;
  };
  std::unordered_map<std::string, Best> shortened;
  for (const auto& [words, count] : by_count(pairs_, kLeastPair)) {
    const std::size_t space = words.find(' ');
    const auto first = parse_syllable(words.substr(0, space));
    if (!first || first->onset.empty()) continue;
    const std::string second = words.substr(space + 1);
    const std::size_t letter = first->onset.starts_with("đ") ? 2 : 1;
    std::array<std::string, 4> forms{first->onset + second, first->onset.substr(0, letter) + second, "", ""};
    forms[2] = first->onset + fold(second);
    forms[3] = first->onset.substr(0, letter) + fold(second);
    std::sort(forms.begin(), forms.end());
    const auto last = std::unique(forms.begin(), forms.end());
    for (auto form = forms.begin(); form != last; ++form) {
      Best& best = shortened[*form];
      if (best.count == 0) best = {words, count, 0};
      else if (best.next == 0) best.next = count;
    }
  }
  std::vector<std::string> rows;
  for (const auto& [form, best] : shortened) {
    const bool clear = best.count >= kClear * best.next;
    // What the language could have as one syllable is not taken apart.
    if (clear && !parse_syllable(form).ok() && !words_.contains(form)) rows.push_back(form + '\t' + best.words + '\n');
  }
  std::sort(rows.begin(), rows.end());
  std::string out;
  for (const std::string& row : rows) out += row;
  return out;
}

}  // namespace duluan
