// Words are compared by the characters they cover, spaces left out, so natural and
// tokenised spacing of the same sentence give the same spans.
#include <algorithm>
#include <map>
#include <unordered_set>

#include "duluan/word.hpp"
#include "text/letters.hpp"
#include "word/corpus.hpp"

namespace duluan {
namespace {

// A word by the bytes it covers, spaces and underscores not counted.
struct Covered {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t syllables = 1;
  std::string text;  // lower case, syllables joined by '_'

  friend bool operator==(const Covered& a, const Covered& b) { return a.begin == b.begin && a.end == b.end; }
};

std::string canonical(std::string_view word) { return lower_case(normalize(word, ToneStyle::kOld).str()); }

std::vector<Covered> words_of(std::string_view segmented) {
  std::vector<Covered> words;
  std::size_t position = 0;
  for (std::size_t at = 0; at < segmented.size();) {
    const std::size_t end = std::min(segmented.find(' ', at), segmented.size());
    const auto piece = segmented.substr(at, end - at);
    at = end + 1;
    const auto joints = static_cast<std::size_t>(std::count(piece.begin(), piece.end(), '_'));
    if (joints == piece.size()) continue;  // covers nothing
    const std::size_t next = position + piece.size() - joints;
    words.push_back({position, next, joints + 1, canonical(piece)});
    position = next;
  }
  return words;
}

WordScore& length_score(WordReport& report, std::size_t syllables) {
  return report.by_length[std::min(syllables, WordReport::kLengths) - 1];
}

class Evaluation {
 public:
  Result<void> know(const std::string& path) {
    everything_known_ = path.empty();
    if (everything_known_) return {};
    return for_each_line(path, [this](std::string_view line) {
      for (Covered& word : words_of(line)) known_.insert(std::move(word.text));
    });
  }

  void add(std::string_view gold_line, std::string_view found_line) {
    const auto gold = words_of(gold_line);
    const auto found = words_of(found_line);
    for (const Covered& word : found) {
      ++report_.all.predicted;
      ++length_score(report_, word.syllables).predicted;
    }
    std::size_t at = 0;
    for (const Covered& word : gold) {
      while (at < found.size() && found[at].begin < word.begin) ++at;
      const bool right = at < found.size() && found[at] == word;
      const bool known = everything_known_ || known_.contains(word.text);
      for (WordScore* score :
           {&report_.all, &length_score(report_, word.syllables), known ? &report_.known : &report_.unknown}) {
        ++score->gold;
        score->correct += right ? 1U : 0U;
      }
    }
    note_mistakes(gold, found);
  }

  WordReport finish() {
    for (const auto& [place, count] : mistakes_) {
      const auto& [left, right, cut] = place;
      report_.mistakes.push_back({left, right, cut, count});
    }
    std::stable_sort(report_.mistakes.begin(), report_.mistakes.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
    return std::move(report_);
  }

 private:
  struct Gap {
    std::string left, right;
    bool cut = false;
  };
  // The gaps of a line by the bytes before them.
  static std::map<std::size_t, Gap> gaps_of(const std::vector<Covered>& words) {
    std::map<std::size_t, Gap> gaps;
    std::string left;
    std::size_t position = 0;
    for (const Covered& word : words) {
      position = word.begin;
      bool first = true;
      for (std::size_t at = 0; at <= word.text.size();) {
        const std::size_t end = std::min(word.text.find('_', at), word.text.size());
        std::string syllable = word.text.substr(at, end - at);
        if (!left.empty()) gaps[position] = {left, syllable, first};
        position += syllable.size();
        left = std::move(syllable);
        first = false;
        at = end + 1;
      }
    }
    return gaps;
  }

  void note_mistakes(const std::vector<Covered>& gold, const std::vector<Covered>& found) {
    const auto right = gaps_of(gold);
    const auto made = gaps_of(found);
    for (const auto& [position, gap] : right) {
      const auto same = made.find(position);
      if (same != made.end() && same->second.cut != gap.cut) ++mistakes_[{gap.left, gap.right, !gap.cut}];
    }
  }

  WordReport report_;
  std::unordered_set<std::string> known_;
  bool everything_known_ = true;
  std::map<std::tuple<std::string, std::string, bool>, std::size_t> mistakes_;
};

std::string with_spaces(std::string_view gold) {
  std::string text(gold);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

}  // namespace

Result<WordReport> evaluate_words(const Segmenter& segmenter, const std::string& gold_path,
                                  const std::string& natural_path, const std::string& known_path) {
  std::vector<std::string> gold;
  std::vector<std::string> natural;
  Evaluation evaluation;
  if (auto known = evaluation.know(known_path); !known) return known.error();
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
  Words words;
  std::string out;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    const std::string text = natural.empty() ? with_spaces(gold[i]) : natural[i];
    segmenter.segment(text, words);
    out.clear();
    write_segmented(text, words, out);
    evaluation.add(gold[i], out);
  }
  return evaluation.finish();
}

}  // namespace duluan
