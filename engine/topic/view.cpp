#include "topic/view.hpp"

#include <algorithm>

namespace duluan::topics {
namespace {

// Families of terms: how much each counts, and what keeps their keys apart from each other and from the base's.
struct Family {
  unsigned kind;
  float weight;
};
constexpr Family kWord{301, 1.0F}, kFoldedWord{302, 0.7F}, kPair{303, 0.7F}, kFoldedPair{304, 0.5F},
    kLetters{305, 0.3F};

std::string joined(const std::vector<std::string>& syllables, std::size_t first, std::size_t length) {
  std::string out = syllables[first];
  for (std::size_t i = first + 1; i < first + length; ++i) (out += '_') += syllables[i];
  return out;
}

}  // namespace

View view_of(std::string_view text, const VectorView& vectors) {
  const Terms terms = terms_of(text);
  std::vector<Match> matches;
  vectors.match(terms, matches);
  View view;
  vectors.embed(matches, view.meaning);
  const auto add = [&view](std::string_view bytes, const Family& family) {
    view.terms.emplace_back(term_key(bytes, family.kind), family.weight);
  };
  for (const Match& match : matches) {
    if (!terms.plain) add(joined(terms.syllables, match.first, match.length), kWord);
    add(joined(terms.folded, match.first, match.length), kFoldedWord);
  }
  std::string letters = " ";
  for (std::size_t i = 0; i < terms.folded.size(); ++i) {
    (letters += terms.folded[i]) += ' ';
    if (i == 0 || terms.breaks[i] != 0) continue;
    if (!terms.plain) add(joined(terms.syllables, i - 1, 2), kPair);
    add(joined(terms.folded, i - 1, 2), kFoldedPair);
  }
  for (const std::size_t length : {4U, 5U})
    for (std::size_t at = 0; at + length <= letters.size(); ++at)
      add(std::string_view(letters).substr(at, length), kLetters);
  std::sort(view.terms.begin(), view.terms.end());
  const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
  view.terms.erase(std::unique(view.terms.begin(), view.terms.end(), same), view.terms.end());
  return view;
}

}  // namespace duluan::topics
