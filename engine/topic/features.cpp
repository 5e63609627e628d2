#include "topic/features.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace duluan::topics {
namespace {

constexpr float kTermShare = 0.7F;         // length of the terms' part
constexpr float kDenseShare = 1.0F;        // length of the vector's part
constexpr std::size_t kShortestPiece = 4;  // letters of a piece inside a folded syllable pair
constexpr std::size_t kLongestPiece = 5;

std::string joined(const std::vector<std::string>& syllables, std::size_t first, std::size_t length) {
  std::string out = syllables[first];
  for (std::size_t i = first + 1; i < first + length; ++i) out.append("_").append(syllables[i]);
  return out;
}

// Calls `use(key, family, span in the padded text)` for every term of a text, in no order.
template <class Use>
void each_term(const Terms& terms, const std::vector<Match>& matches, const std::string& text, Use use) {
  std::vector<std::size_t> begins{1};
  for (const std::string& syllable : terms.folded) begins.push_back(begins.back() + syllable.size() + 1);
  const auto span = [&](std::size_t first, std::size_t length) {
    return Span{begins[first], begins[first + length] - 1};
  };
  const auto add = [&](std::size_t first, std::size_t length, Family written, Family folded) {
    if (!terms.plain) use(term_key(joined(terms.syllables, first, length), written), written, span(first, length));
    use(term_key(joined(terms.folded, first, length), folded), folded, span(first, length));
  };
  for (const Match& match : matches) add(match.first, match.length, kWords, kFoldedWords);
  for (std::size_t i = 1; i < terms.syllables.size(); ++i)
    if (terms.breaks[i] == 0) add(i - 1, 2, kPairs, kFoldedPairs);
  // Pieces of the folded text, over spaces: they survive misspelling and missing spaces.
  for (std::size_t length = kShortestPiece; length <= kLongestPiece; ++length)
    for (std::size_t at = 0; at + length <= text.size(); ++at)
      use(term_key(std::string_view(text).substr(at, length), kLetters), kLetters, Span{at, at + length});
}

}  // namespace

std::string padded(const Terms& terms) {
  std::string text = " ";
  for (const std::string& syllable : terms.folded) text.append(syllable).append(" ");
  return text;
}

std::vector<RawTerm> raw_terms(const Terms& terms, const std::vector<Match>& matches) {
  std::vector<RawTerm> out;
  each_term(terms, matches, padded(terms), [&out](std::uint32_t key, Family family, Span) {
    out.push_back({key, family});
  });
  std::sort(out.begin(), out.end(), [](const RawTerm& a, const RawTerm& b) { return a.key < b.key; });
  out.erase(std::unique(out.begin(), out.end(), [](const RawTerm& a, const RawTerm& b) { return a.key == b.key; }),
            out.end());
  return out;
}

std::vector<Occurrence> occurrences(const Terms& terms, const std::vector<Match>& matches) {
  std::vector<Occurrence> out;
  each_term(terms, matches, padded(terms), [&out](std::uint32_t key, Family, Span at) { out.push_back({key, at}); });
  std::sort(out.begin(), out.end(), [](const Occurrence& a, const Occurrence& b) { return a.key < b.key; });
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
  features.parts = vectors.embed(matches, features.dense);
  for (float& value : features.dense) value *= kDenseShare;
  features.parts.word *= kDenseShare;
  features.parts.common *= kDenseShare;
  return features;
}

}  // namespace duluan::topics
