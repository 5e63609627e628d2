#include "topic/linear.hpp"

#include <algorithm>
#include <cmath>

namespace duluan::topics {
namespace {

// Margins of 1 stand for odds of about 20 to 1: so scaled, a softmax over the scores is near their probabilities.
constexpr float kOddsOfMargin = 3.0F;

void add_row(const float* row, float value, std::vector<float>& scores) {
  for (std::size_t t = 0; t < scores.size(); ++t) scores[t] += value * row[t];
}

// A fixed generator, so that every library gives the same order.
void shuffle(std::vector<std::uint32_t>& order, std::uint64_t& state) {
  for (std::size_t i = order.size(); i > 1; --i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    std::swap(order[i - 1], order[(state >> 33U) % i]);
  }
}

// Dual coordinate descent on the one-against-the-rest problems of all topics at once: they share the texts' features,
// so one walk through a text serves them all.
class DualDescent {
 public:
  DualDescent(std::span<const Sample> samples, const std::vector<std::uint32_t>& order, LinearWeights& weights,
              float cost)
      : samples_(samples), w_(weights), cost_(cost), dual_(samples.size() * weights.topics) {
    squares_.resize(samples.size());
    for (const std::uint32_t i : order) {
      float sum = 1.0F;  // of the bias
      for (const float v : samples[i].text.values) sum += v * v;
      for (const float v : samples[i].dense) sum += v * v;
      squares_[i] = sum;
    }
  }

  void visit(std::uint32_t i) {
    const Sample& sample = samples_[i];
    w_.score(sample.text, sample.dense, score_);
    target_.assign(w_.topics, -1.0F);
    for (const std::uint8_t topic : sample.topics) target_[topic] = 1.0F;
    const float softness = 0.5F / (cost_ * sample.weight);
    float* dual = dual_.data() + std::size_t(i) * w_.topics;
    step_.resize(w_.topics);
    float moved = 0;
    for (std::size_t t = 0; t < w_.topics; ++t) {
      const float gradient = target_[t] * score_[t] - 1.0F + softness * dual[t];
      const float next = std::max(dual[t] - gradient / (squares_[i] + softness), 0.0F);
      step_[t] = (next - dual[t]) * target_[t];
      moved += std::abs(step_[t]);
      dual[t] = next;
    }
    if (moved > 0) move_by(sample);
  }

 private:
  void move_by(const Sample& sample) {
    const auto add = [this](float* row, float value) {
      for (std::size_t t = 0; t < w_.topics; ++t) row[t] += value * step_[t];
    };
    for (std::size_t k = 0; k < sample.text.features.size(); ++k)
      add(w_.features.data() + std::size_t(sample.text.features[k]) * w_.topics, sample.text.values[k]);
    for (std::size_t d = 0; d < w_.dimension; ++d) add(w_.dense.data() + d * w_.topics, sample.dense[d]);
    add(w_.bias.data(), 1.0F);
  }

  std::span<const Sample> samples_;
  LinearWeights& w_;
  float cost_;
  std::vector<float> dual_;     // samples x topics
  std::vector<float> squares_;  // length of each sample, squared
  std::vector<float> score_, target_, step_;
};

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
  DualDescent descent(samples, order, w, options.cost);
  std::uint64_t state = 20260301;
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    shuffle(order, state);
    for (const std::uint32_t i : order) descent.visit(i);
    if (!go_on()) break;
  }
  for (auto* part : {&w.features, &w.dense, &w.bias})
    for (float& weight : *part) weight *= kOddsOfMargin;
  return w;
}

}  // namespace duluan::topics
