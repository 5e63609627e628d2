#include "topic/features.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace duluan::topics {
namespace {

constexpr float kTermShare = 0.7F;   // length of the terms' part
constexpr float kDenseShare = 1.0F;  // length of the vector's part
constexpr std::size_t kShortestPiece = 4;  // letters of a piece inside a folded syllable pair
constexpr std::size_t kLongestPiece = 5;

std::string joined(const std::vector<std::string>& syllables, std::size_t first, std::size_t length) {
  std::string out = syllables[first];
  for (std::size_t i = first + 1; i < first + length; ++i) out.append("_").append(syllables[i]);
  return out;
}

// Pieces of the folded text, over spaces: they survive misspelling and missing spaces.
void add_letters(const Terms& terms, std::vector<RawTerm>& out) {
  std::string text = " ";
  for (std::size_t i = 0; i < terms.folded.size(); ++i) text.append(terms.folded[i]).append(" ");
  for (std::size_t length = kShortestPiece; length <= kLongestPiece; ++length)
    for (std::size_t at = 0; at + length <= text.size(); ++at)
      out.push_back({term_key(std::string_view(text).substr(at, length), kLetters), kLetters});
}

}  // namespace

std::vector<RawTerm> raw_terms(const Terms& terms, const std::vector<Match>& matches) {
  std::vector<RawTerm> out;
  const auto add = [&out](const std::string& term, Family family) { out.push_back({term_key(term, family), family}); };
  for (const Match& match : matches) {
    if (!terms.plain) add(joined(terms.syllables, match.first, match.length), kWords);
    add(joined(terms.folded, match.first, match.length), kFoldedWords);
  }
  for (std::size_t i = 1; i < terms.syllables.size(); ++i) {
    if (terms.breaks[i] != 0) continue;
    if (!terms.plain) add(joined(terms.syllables, i - 1, 2), kPairs);
    add(joined(terms.folded, i - 1, 2), kFoldedPairs);
  }
  add_letters(terms, out);
  std::sort(out.begin(), out.end(), [](const RawTerm& a, const RawTerm& b) { return a.key < b.key; });
  out.erase(std::unique(out.begin(), out.end(), [](const RawTerm& a, const RawTerm& b) { return a.key == b.key; }),
            out.end());
  return out;
}

Features features_of(const Terms& terms, const TermView& known, const VectorView& vectors) {
  std::vector<Match> matches;
  vectors.match(terms, matches);
  Features features;
  float squares = 0;
  const auto* from = known.keys.data();
  for (const RawTerm& term : raw_terms(terms, matches)) {
    from = std::lower_bound(from, known.keys.data() + known.keys.size(), term.key);
    if (from == known.keys.data() + known.keys.size()) break;
    if (*from != term.key) continue;
    const auto index = static_cast<std::uint32_t>(from - known.keys.data());
    features.terms.emplace_back(index, known.weights[index]);
    squares += known.weights[index] * known.weights[index];
  }
  const float length = std::sqrt(std::max(squares, 1e-12F)) / kTermShare;
  for (auto& [index, value] : features.terms) value /= length;
  vectors.embed(matches, features.dense);
  for (float& value : features.dense) value *= kDenseShare;
  return features;
}

}  // namespace duluan::topics
