// With ten examples there is nothing to choose a model by, so few things are left open: two unit vectors of equal
// weight, one ridge, and leave-one-out scores in closed form to calibrate on. C. K. I. Williams and C. E. Rasmussen,
// Gaussian Processes for Machine Learning (2006), 5.4.2: the score of a text left out of the fit is y - a /
// inverse(i,i).
#include "topic/few_shot.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

#include "topic/model.hpp"

namespace duluan::topics {
namespace {

constexpr double kRidge = 3.0;                 // of an example
constexpr double kBackgroundRidge = 30.0;      // background is plenty, and may carry the topic
constexpr std::size_t kMostBackground = 1200;  // in the kernel
constexpr std::size_t kFewestTexts = 3;        // that a term of the background occurs in

using Vectors = Ground::Vectors;

void find_terms(FittedTopic& topic, std::span<const View> examples, std::span<const View> background) {
  std::map<std::uint32_t, std::size_t> texts;
  for (const View& view : background)
    for (const auto& [key, family] : view.terms) ++texts[key];
  std::erase_if(texts, [](const auto& term) { return term.second < kFewestTexts; });
  for (const View& view : examples)
    for (const auto& [key, family] : view.terms) texts.try_emplace(key, 0);
  const double all = 1.0 + double(background.size());
  for (const auto& [key, count] : texts) {
    topic.keys.push_back(key);
    topic.rarity.push_back(static_cast<float>(std::log(all / (1.0 + double(count)))));
  }
}

// Mean and metric of the meaning in the background.
void find_metric(FittedTopic& topic, std::span<const View> background) {
  const std::size_t n = background.front().meaning.size();
  const auto size = static_cast<Eigen::Index>(n);
  Eigen::VectorXd mean = Eigen::VectorXd::Zero(size);
  for (const View& view : background)
    mean += Eigen::Map<const Eigen::VectorXf>(view.meaning.data(), size).cast<double>();
  mean /= double(background.size());
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(size, size);
  for (const View& view : background) {
    const Eigen::VectorXd apart = Eigen::Map<const Eigen::VectorXf>(view.meaning.data(), size).cast<double>() - mean;
    covariance.selfadjointView<Eigen::Lower>().rankUpdate(apart, 1.0 / double(background.size()));
  }
  const double spread = n == 0 ? 1.0 : std::max(covariance.diagonal().mean(), 1e-9);
  covariance.diagonal().array() += spread;
  const Eigen::MatrixXd lower = covariance.selfadjointView<Eigen::Lower>().llt().matrixL();
  topic.mean.resize(n);
  topic.metric.resize(n * n);
  for (std::size_t row = 0; row < n; ++row) {
    topic.mean[row] = static_cast<float>(mean(static_cast<Eigen::Index>(row)));
    for (std::size_t column = 0; column < n; ++column)
      topic.metric[row * n + column] =
          static_cast<float>(lower(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(column)));
  }
}

double product(const Vectors& a, const Vectors& b) {
  double sum = 1.0;  // the bias
  auto x = a.terms.begin();
  auto y = b.terms.begin();
  while (x != a.terms.end() && y != b.terms.end()) {
    if (x->first < y->first) ++x;
    else if (y->first < x->first) ++y;
    else sum += double((x++)->second) * double((y++)->second);
  }
  for (std::size_t d = 0; d < a.meaning.size(); ++d) sum += double(a.meaning[d]) * double(b.meaning[d]);
  return sum;
}

// Fits the weights; gives the score of each text as it would be without it.
std::vector<double> fit_weights(FittedTopic& topic, std::span<const Vectors* const> texts, std::size_t positive) {
  const auto n = static_cast<Eigen::Index>(texts.size());
  Eigen::MatrixXd kernel(n, n);
  Eigen::VectorXd wanted(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    const bool example = static_cast<std::size_t>(i) < positive;
    wanted(i) = example ? 1 : -1;
    for (Eigen::Index k = 0; k <= i; ++k)
      kernel(i, k) = product(*texts[static_cast<std::size_t>(i)], *texts[static_cast<std::size_t>(k)]);
    kernel(i, i) += example ? kRidge : kBackgroundRidge;
  }
  const Eigen::LLT<Eigen::MatrixXd, Eigen::Lower> factor(kernel);
  const Eigen::VectorXd alpha = factor.solve(wanted);
  const Eigen::MatrixXd inverse = factor.solve(Eigen::MatrixXd::Identity(n, n));
  std::vector<double> terms(topic.keys.size()), meaning(topic.mean.size()), unseen;
  for (Eigen::Index i = 0; i < n; ++i) {
    const Vectors& text = *texts[static_cast<std::size_t>(i)];
    for (const auto& [index, value] : text.terms) terms[index] += alpha(i) * double(value);
    for (std::size_t d = 0; d < meaning.size(); ++d) meaning[d] += alpha(i) * double(text.meaning[d]);
    unseen.push_back(wanted(i) - alpha(i) / inverse(i, i));
  }
  topic.terms.assign(terms.begin(), terms.end());
  topic.meaning.assign(meaning.begin(), meaning.end());
  topic.bias = static_cast<float>(alpha.sum());
  return unseen;
}

// Background in a fixed, shuffled order.
std::vector<std::size_t> shuffled(std::size_t count) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::uint64_t state = 20260301;
  for (std::size_t i = count; i > 1; --i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    std::swap(order[i - 1], order[(state >> 33) % i]);
  }
  return order;
}

// Scores as by a model that has not seen the text.
struct Unseen {
  std::vector<double> examples, background;
};

// Fits against those of the background that are kept.
Unseen fit_against(FittedTopic& topic, std::span<const Vectors> positive, std::size_t examples,
                   std::span<const Vectors> background, const std::vector<bool>& aside) {
  std::vector<const Vectors*> texts;
  for (const Vectors& one : positive) texts.push_back(&one);
  std::vector<std::size_t> taken;
  for (const std::size_t i : shuffled(background.size())) {
    if (aside[i] || taken.size() == kMostBackground) continue;
    taken.push_back(i);
    texts.push_back(&background[i]);
  }
  const std::vector<double> scores = fit_weights(topic, texts, positive.size());
  Unseen unseen;
  unseen.examples.assign(scores.begin(), scores.begin() + static_cast<std::ptrdiff_t>(examples));
  for (const Vectors& text : background) unseen.background.push_back(score_of(topic.parts(), text));
  for (std::size_t i = 0; i < taken.size(); ++i) unseen.background[taken[i]] = scores[positive.size() + i];
  return unseen;
}

// Platt's two numbers, with his targets (J. Platt 1999): as if the examples had come among so many other texts that
// they are `share` of all.
void calibrate(FittedTopic& topic, const Unseen& unseen, const std::vector<bool>& aside, double share) {
  struct Text {
    double score, target, weight;
  };
  std::vector<Text> texts;
  const double yes = double(unseen.examples.size());
  const double no = double(std::count(aside.begin(), aside.end(), false));
  for (const double score : unseen.examples) texts.push_back({score, (yes + 1) / (yes + 2), 1.0});
  const double weight = yes * (1 - share) / share / no;
  for (std::size_t i = 0; i < aside.size(); ++i)
    if (!aside[i]) texts.push_back({unseen.background[i], 1 / (no + 2), weight});
  Eigen::Vector2d w(3.0, 0.0);
  for (int step = 0; step < 50; ++step) {
    // The slope is drawn to 3: scores run from -1 to 1.
    Eigen::Vector2d gradient(0.02 * (w(0) - 3.0), 0.0);
    Eigen::Matrix2d hessian = Eigen::Vector2d(0.02, 1e-9).asDiagonal();
    for (const Text& text : texts) {
      const Eigen::Vector2d x(text.score, 1.0);
      const double p = 1.0 / (1.0 + std::exp(-w.dot(x)));
      gradient += text.weight * (p - text.target) * x;
      hessian += text.weight * std::max(p * (1 - p), 1e-6) * x * x.transpose();
    }
    Eigen::Vector2d move = hessian.ldlt().solve(gradient);
    if (move.norm() > 2.0) move *= 2.0 / move.norm();
    w -= move;
    if (move.norm() < 1e-9) break;
  }
  topic.slope = static_cast<float>(w(0));
  topic.shift = static_cast<float>(w(1));
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

FittedTopic fit_few_shot(std::span<const View> examples, std::span<const View> hints, std::span<const View> background,
                         double share) {
  FittedTopic topic;
  std::vector<View> both(examples.begin(), examples.end());
  both.insert(both.end(), hints.begin(), hints.end());
  find_terms(topic, both, background);
  find_metric(topic, background);
  std::vector<Vectors> positive, other;
  for (const View& view : both) positive.push_back(topic.ground().of(view));
  for (const View& view : background) other.push_back(topic.ground().of(view));

  std::vector<bool> aside(background.size(), false);
  Unseen unseen = fit_against(topic, positive, examples.size(), other, aside);
  // What looks more like the topic than half of its examples do may well carry it.
  const double typical = median(unseen.examples);
  for (std::size_t i = 0; i < aside.size(); ++i)
    if ((aside[i] = unseen.background[i] > typical)) topic.report.set_aside.push_back(i);
  if (!topic.report.set_aside.empty()) unseen = fit_against(topic, positive, examples.size(), other, aside);
  calibrate(topic, unseen, aside, share);

  const auto carries = [&](double score) { return double(topic.slope) * score + double(topic.shift) >= 0; };
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (carries(unseen.examples[i])) ++topic.report.recognised;
    else topic.report.odd.push_back(i);
  }
  for (std::size_t i = 0; i < aside.size(); ++i)
    if (!aside[i] && carries(unseen.background[i])) ++topic.report.alarms;
  return topic;
}

}  // namespace duluan::topics
