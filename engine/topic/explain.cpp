// The score is a sum over features, so it can be shared out without remainder. A term's part goes
// to the places where it stands, in equal shares, and at each place to the syllables by their
// letters. The vector is (sum of the words' rows x parts.word + common x parts.common): each word
// has its own row's part, and the common part, the same for every text of that length, is bias.
#include "topic/explain.hpp"

#include <algorithm>

namespace duluan::topics {
namespace {

class Shares {
 public:
  Shares(const Terms& text, std::size_t topic) : topic_(topic), of_syllable_(text.folded.size(), 0.0) {
    owner_.push_back(kNobody);
    for (std::size_t i = 0; i < text.folded.size(); ++i) {
      owner_.insert(owner_.end(), text.folded[i].size(), i);
      owner_.push_back(kNobody);
    }
  }

  // The part of a term, over the places [first, last) where it stands.
  void add_term(const Occurrence* first, const Occurrence* last, double part) {
    const double each = part / static_cast<double>(last - first);
    for (const Occurrence* place = first; place != last; ++place) {
      std::size_t letters = 0;
      for (std::size_t at = place->at.begin; at < place->at.end; ++at) letters += owner_[at] != kNobody;
      for (std::size_t at = place->at.begin; at < place->at.end; ++at)
        if (owner_[at] != kNobody) of_syllable_[owner_[at]] += each / static_cast<double>(letters);
      if (letters == 0) bias_ += each;
    }
  }

  void add_terms(const Scorer& scorer, const Features& features, const std::vector<Occurrence>& places) {
    const Occurrence* place = places.data();
    const Occurrence* const end = place + places.size();
    for (const auto& [index, value] : features.terms) {
      const std::uint32_t key = scorer.terms.keys[index];
      const auto [first, last] = std::equal_range(
          place, end, Occurrence{key, {}}, [](const Occurrence& a, const Occurrence& b) { return a.key < b.key; });
      const PackedView& w = scorer.weights;
      add_term(first, last, double(value) * double(w.scales[index]) * double(w.terms[index * w.topics + topic_]));
      place = last;
    }
  }

  void add_vector(const Scorer& scorer, const Features& features, const std::vector<Match>& matches) {
    const VectorView& v = scorer.vectors;
    const auto weight = [&](std::size_t d) { return double(scorer.weights.dense[d * scorer.weights.topics + topic_]); };
    for (const Match& match : matches) {
      if (match.row < 0) continue;
      const auto row = static_cast<std::size_t>(match.row);
      double part = 0;
      for (std::size_t d = 0; d < v.dimension; ++d) part += double(v.values[row * v.dimension + d]) * weight(d);
      part *= double(v.scales[row]) * double(features.parts.word);
      for (std::size_t i = match.first; i < match.first + match.length; ++i)
        of_syllable_[i] += part / static_cast<double>(match.length);
    }
    for (std::size_t d = 0; d < v.dimension; ++d)
      bias_ += double(v.common[d]) * weight(d) * double(features.parts.common);
  }

  // By words; what is one token of the caller's text stays one.
  void tell(const Terms& text, const std::vector<Match>& matches, TopicExplanation& out) const {
    out.bias += bias_;
    for (const Match& match : matches) {
      const Span first = text.spans[match.first];
      const bool goes_on = !out.words.empty() && first.begin < out.words.back().span.end;
      if (!goes_on) out.words.push_back({first, 0.0});
      WordShare& word = out.words.back();
      word.span.end = text.spans[match.first + match.length - 1].end;
      for (std::size_t i = match.first; i < match.first + match.length; ++i) word.weight += of_syllable_[i];
    }
  }

 private:
  static constexpr std::size_t kNobody = static_cast<std::size_t>(-1);
  std::size_t topic_;
  std::vector<double> of_syllable_;
  std::vector<std::size_t> owner_;  // of each byte of the padded text
  double bias_ = 0;
};

}  // namespace

TopicExplanation explain(const Scorer& scorer, const Terms& text, std::size_t topic) {
  std::vector<Match> matches;
  scorer.vectors.match(text, matches);
  const Features features = features_of(text, scorer.terms, scorer.vectors);
  std::vector<float> scores;
  scorer.weights.score(features, scores);
  TopicExplanation out;
  out.topic = static_cast<int>(topic);
  out.score = double(scores[topic]);
  out.bias = double(scorer.weights.bias[topic]);
  Shares shares(text, topic);
  shares.add_terms(scorer, features, occurrences(text, matches));
  shares.add_vector(scorer, features, matches);
  shares.tell(text, matches, out);
  return out;
}

}  // namespace duluan::topics
