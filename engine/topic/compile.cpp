#include "topic/compile.hpp"

#include <algorithm>
#include <cmath>

namespace duluan::topics {
namespace {

class Compiler {
 public:
  Compiler(const Lessons& lessons, const LinearWeights& weights) : lessons_(lessons), w_(weights) {
    // Weights of the vectors' dimensions meet each word only once.
    const FeatureVectors& vectors = lessons.vectors;
    const std::size_t words = vectors.dimension == 0 ? 0 : vectors.values.size() / vectors.dimension;
    by_word_.resize(words * w_.topics);
    for (std::size_t word = 0; word < words; ++word)
      for (std::size_t d = 0; d < vectors.dimension; ++d) {
        const float value = kVectorScale * vectors.row(word)[d];
        for (std::size_t t = 0; t < w_.topics; ++t)
          by_word_[word * w_.topics + t] += value * w_.dense[d * w_.topics + t];
      }
  }

  [[nodiscard]] FeatureRow row(std::size_t number) const {
    const Vocabulary& vocabulary = lessons_.vocabulary;
    FeatureRow out{vocabulary.index.keys()[number], 0, std::vector<float>(w_.topics)};
    float squares = 0;
    add(number, out.weights, squares);
    if (const auto pieces = vocabulary.pieces.find(static_cast<std::uint32_t>(number));
        pieces != vocabulary.pieces.end())
      for (const std::uint32_t key : pieces->second)
        if (const std::uint32_t piece = vocabulary.index.find(key); piece != KeyIndex::kNone && vocabulary.kept(piece))
          add(piece, out.weights, squares);
    out.gain = std::sqrt(squares);
    return out;
  }

 private:
  void add(std::size_t number, std::vector<float>& weights, float& squares) const {
    const float gain = lessons_.vocabulary.gain[number];
    squares += gain * gain;
    const float* own = w_.features.data() + number * w_.topics;
    for (std::size_t t = 0; t < w_.topics; ++t) weights[t] += gain * own[t];
    const std::int32_t word = lessons_.vocabulary.features[number].vector;
    if (word < 0) return;
    const float* shared = by_word_.data() + static_cast<std::size_t>(word) * w_.topics;
    for (std::size_t t = 0; t < w_.topics; ++t) weights[t] += gain * shared[t];
  }

  const Lessons& lessons_;
  const LinearWeights& w_;
  std::vector<float> by_word_;  // words x topics
};

constexpr float kUnseen = 0.5F;  // texts that a word known by its vector alone is worth

// What a row can change where it occurs: the spread of its weights.
float strength(const FeatureRow& row) {
  float squares = 0;
  float sum = 0;
  for (const float weight : row.weights) {
    squares += weight * weight;
    sum += weight;
  }
  return squares - sum * sum / static_cast<float>(row.weights.size());
}

}  // namespace

std::vector<FeatureRow> rows_of(const Lessons& lessons, const LinearWeights& weights) {
  const Compiler compiler(lessons, weights);
  std::vector<FeatureRow> rows;
  for (std::size_t i = 0; i < lessons.vocabulary.features.size(); ++i)
    if (lessons.vocabulary.kept(i)) rows.push_back(compiler.row(i));
  return rows;
}

void keep_strongest(std::vector<FeatureRow>& rows, std::size_t most, const Lessons& lessons) {
  if (rows.size() <= most) return;
  struct Ranked {
    bool folded;
    float strength;
    std::size_t at;
  };
  std::vector<Ranked> ranks;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const FeatureInfo& info = lessons.vocabulary.features[lessons.vocabulary.index.find(rows[i].key)];
    const float texts = static_cast<float>(info.texts) + kUnseen;
    ranks.push_back({info.family == kFolded, strength(rows[i]) * texts, i});
  }
  std::sort(ranks.begin(), ranks.end(), [](const Ranked& a, const Ranked& b) {
    if (a.folded != b.folded) return a.folded;
    return a.strength != b.strength ? a.strength > b.strength : a.at < b.at;
  });
  ranks.resize(most);
  std::sort(ranks.begin(), ranks.end(), [](const Ranked& a, const Ranked& b) { return a.at < b.at; });
  std::vector<FeatureRow> kept;
  for (const Ranked& rank : ranks) kept.push_back(std::move(rows[rank.at]));
  rows = std::move(kept);
}

}  // namespace duluan::topics
