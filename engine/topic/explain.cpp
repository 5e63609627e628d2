// The score is a sum over features, so it can be shared out without remainder: a feature's part goes to the places
// where it stands, in equal shares, and a pair's share in halves to its two syllables.
#include "topic/explain.hpp"

#include <unordered_map>

#include "topic/terms.hpp"

namespace duluan::topics {
namespace {

// Score of each syllable for the topic.
std::vector<double> shares_of(const Workspace& space, std::size_t topic, double length) {
  struct Part {
    double share = 0;
    std::size_t places = 0;
  };
  std::unordered_map<std::uint32_t, Part> parts;
  for (const Contribution& part : space.parts)
    parts[part.key].share += double(part.factor) * double(RowView::weight(part.bucket, topic)) / length;
  each_feature(space.reading, [&](std::uint32_t key, Family, std::size_t) {
    if (const auto found = parts.find(key); found != parts.end()) ++found->second.places;
  });
  std::vector<double> shares(space.reading.folded.size());
  each_feature(space.reading, [&](std::uint32_t key, Family family, std::size_t at) {
    const auto found = parts.find(key);
    if (found == parts.end()) return;
    const double share = found->second.share / double(found->second.places);
    const bool pair = family == kPair || family == kFoldedPair;
    shares[at] += pair ? share / 2 : share;
    if (pair) shares[at + 1] += share / 2;
  });
  return shares;
}

// By words; what is one token of the caller's text stays one.
void tell(const std::vector<double>& shares, const Terms& text, const std::vector<Match>& matches,
          std::vector<WordShare>& out) {
  for (const Match& match : matches) {
    const Span first = text.spans[match.first];
    const bool goes_on = !out.empty() && first.begin < out.back().span.end;
    if (!goes_on) out.push_back({first, 0.0});
    WordShare& word = out.back();
    word.span.end = text.spans[match.first + match.length - 1].end;
    for (std::size_t i = match.first; i < match.first + match.length; ++i) word.weight += shares[i];
  }
}

}  // namespace

TopicExplanation explain(const Weights& weights, const VectorView& words, std::string_view utf8, std::size_t topic) {
  Workspace space;
  read_text(utf8, space.reading);
  const float length = score_text(weights, space);
  TopicExplanation out;
  out.topic = static_cast<int>(topic);
  out.score = double(space.scores[topic]);
  out.bias = double(weights.bias[topic]);
  const Terms text = terms_of(utf8);
  std::vector<Match> matches;
  words.match(text, matches);
  tell(shares_of(space, topic, length > 0 ? double(length) : 1.0), text, matches, out.words);
  return out;
}

}  // namespace duluan::topics
