#include "topic/linear.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace duluan::topics {
namespace {

// What a text should score: a distribution (softmax) or a yes for each of its topics.
std::vector<float> targets_of(const Sample& sample, std::size_t topics, const LinearOptions& options) {
  std::vector<float> target(topics, 0.0F);
  const std::size_t n = sample.topics.size();
  for (std::size_t i = 0; i < n; ++i) {
    float share = 1.0F;
    if (options.softmax && n > 1)
      share = i == 0 ? options.main_share : (1.0F - options.main_share) / static_cast<float>(n - 1);
    target[sample.topics[i]] = share;
  }
  return target;
}

void to_probabilities(std::vector<float>& scores, bool softmax) {
  if (!softmax) {
    for (float& s : scores) s = 1.0F / (1.0F + std::exp(-s));
    return;
  }
  const float most = *std::max_element(scores.begin(), scores.end());
  float sum = 0;
  for (float& s : scores) sum += s = std::exp(s - most);
  for (float& s : scores) s /= sum;
}

// Weights with AdaGrad's sums of squares beside them.
class Fit {
 public:
  Fit(std::size_t size, std::size_t topics) : topics_(topics), squares_(size * topics, 0.01F) {}
  void step(float* weights, std::size_t row, float value, const std::vector<float>& gradient, float rate, float decay) {
    float* w = weights + row * topics_;
    float* q = squares_.data() + row * topics_;
    for (std::size_t t = 0; t < topics_; ++t) {
      const float g = gradient[t] * value + decay * w[t];
      q[t] += g * g;
      w[t] -= rate * g / std::sqrt(q[t]);
    }
  }

 private:
  std::size_t topics_;
  std::vector<float> squares_;
};

// A fixed generator, so that every library gives the same order.
void shuffle(std::vector<std::size_t>& order, std::uint64_t& state) {
  for (std::size_t i = order.size(); i > 1; --i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    std::swap(order[i - 1], order[(state >> 33) % i]);
  }
}

}  // namespace

void LinearWeights::score(const Features& features, std::vector<float>& scores) const {
  scores.assign(bias.begin(), bias.end());
  const auto add = [&](const float* row, float value) {
    for (std::size_t t = 0; t < topics; ++t) scores[t] += value * row[t];
  };
  for (const auto& [index, value] : features.terms) add(terms.data() + index * topics, value);
  for (std::size_t d = 0; d < dimension; ++d) add(dense.data() + d * topics, features.dense[d]);
}

LinearWeights fit_linear(std::span<const Sample> samples, std::size_t terms, std::size_t topics, std::size_t dimension,
                         const LinearOptions& options) {
  LinearWeights w{topics, dimension, std::vector<float>(terms * topics), std::vector<float>(dimension * topics),
                  std::vector<float>(topics)};
  Fit term_fit(terms, topics);
  Fit dense_fit(dimension, topics);
  Fit bias_fit(1, topics);
  std::vector<std::size_t> order(samples.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::uint64_t state = 20260301;
  std::vector<float> p;
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    shuffle(order, state);
    const float rate = options.rate / (1.0F + 4.0F * static_cast<float>(epoch) / static_cast<float>(options.epochs));
    for (const std::size_t i : order) {
      const Sample& sample = samples[i];
      w.score(sample.features, p);
      to_probabilities(p, options.softmax);
      const auto target = targets_of(sample, topics, options);
      for (std::size_t t = 0; t < topics; ++t) p[t] = sample.weight * (p[t] - target[t]);
      for (const auto& [index, value] : sample.features.terms)
        term_fit.step(w.terms.data(), index, value, p, rate, options.decay);
      for (std::size_t d = 0; d < dimension; ++d)
        dense_fit.step(w.dense.data(), d, sample.features.dense[d], p, rate * options.dense_scale, options.decay);
      bias_fit.step(w.bias.data(), 0, 0.1F, p, rate, 0.0F);
    }
  }
  return w;
}

}  // namespace duluan::topics
