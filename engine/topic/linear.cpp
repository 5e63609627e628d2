#include "topic/linear.hpp"

#include <algorithm>
#include <cmath>

namespace duluan::topics {
namespace {

constexpr float kFirstSquares = 1e-8F;

// The distribution a text should score.
void targets_of(const Sample& sample, float main_share, std::vector<float>& target) {
  std::fill(target.begin(), target.end(), 0.0F);
  const std::size_t n = sample.topics.size();
  for (std::size_t i = 0; i < n; ++i)
    target[sample.topics[i]] = n == 1 ? 1.0F : i == 0 ? main_share : (1.0F - main_share) / static_cast<float>(n - 1);
}

void softmax(std::vector<float>& scores) {
  const float most = *std::max_element(scores.begin(), scores.end());
  float sum = 0;
  for (float& s : scores) sum += s = std::exp(s - most);
  for (float& s : scores) s /= sum;
}

void add_row(const float* row, float value, std::vector<float>& scores) {
  for (std::size_t t = 0; t < scores.size(); ++t) scores[t] += value * row[t];
}

// Sums of squared gradients beside their weights.
class Squares {
 public:
  Squares(std::size_t rows, std::size_t topics) : topics_(topics), sums_(rows * topics, kFirstSquares) {}
  void step(std::vector<float>& weights, std::size_t row, float value, const std::vector<float>& error, float rate,
            float decay) {
    float* w = weights.data() + row * topics_;
    float* q = sums_.data() + row * topics_;
    const float* e = error.data();
    for (std::size_t t = 0; t < topics_; ++t) {
      const float g = e[t] * value + decay * w[t];
      q[t] += g * g;
      w[t] -= rate * g / std::sqrt(q[t]);
    }
  }

 private:
  std::size_t topics_;
  std::vector<float> sums_;
};

// A fixed generator, so that every library gives the same order.
void shuffle(std::vector<std::uint32_t>& order, std::uint64_t& state) {
  for (std::size_t i = order.size(); i > 1; --i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    std::swap(order[i - 1], order[(state >> 33U) % i]);
  }
}

}  // namespace

void LinearWeights::score(const SparseText& text, std::span<const float> text_dense, std::vector<float>& scores) const {
  scores.assign(bias.begin(), bias.end());
  for (std::size_t i = 0; i < text.features.size(); ++i)
    add_row(features.data() + std::size_t(text.features[i]) * topics, text.values[i], scores);
  for (std::size_t d = 0; d < dimension; ++d) add_row(dense.data() + d * topics, text_dense[d], scores);
}

LinearWeights fit_linear(std::span<const Sample> samples, std::vector<std::uint32_t> order, std::size_t features,
                         std::size_t topics, std::size_t dimension, const LinearOptions& options,
                         const std::function<bool()>& go_on) {
  LinearWeights w{topics, dimension, std::vector<float>(features * topics), std::vector<float>(dimension * topics),
                  std::vector<float>(topics)};
  Squares feature_squares(features, topics);
  Squares dense_squares(dimension, topics);
  Squares bias_squares(1, topics);
  std::uint64_t state = 20260301;
  std::vector<float> error;
  std::vector<float> target(topics);
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    shuffle(order, state);
    for (const std::uint32_t i : order) {
      const Sample& sample = samples[i];
      w.score(sample.text, sample.dense, error);
      softmax(error);
      targets_of(sample, options.main_share, target);
      for (std::size_t t = 0; t < topics; ++t) error[t] = sample.weight * (error[t] - target[t]);
      for (std::size_t k = 0; k < sample.text.features.size(); ++k)
        feature_squares.step(w.features, sample.text.features[k], sample.text.values[k], error, options.rate,
                             options.decay);
      for (std::size_t d = 0; d < dimension; ++d)
        dense_squares.step(w.dense, d, sample.dense[d], error, options.rate, options.decay);
      bias_squares.step(w.bias, 0, 1.0F, error, options.rate, 0.0F);
    }
    if (!go_on()) break;
  }
  return w;
}

}  // namespace duluan::topics
