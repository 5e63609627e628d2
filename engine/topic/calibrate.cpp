#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "topic/decide.hpp"

namespace duluan::topics {
namespace {

constexpr double kRidge = 4.0;  // on the topics' own shifts: each has only some hundred texts
constexpr int kNewtonSteps = 25;
constexpr int kHalvings = 30;

bool carries(const Judged& text, std::size_t topic) {
  return std::find(text.topics.begin(), text.topics.end(), topic) != text.topics.end();
}

double logit(double p) { return std::log(std::max(p, 1e-12) / std::max(1 - p, 1e-12)); }

// Lowers a convex loss by Newton steps, halved where they overshoot. `slopes` adds gradient and Hessian at `w`.
template <class Vector, class Loss, class Slopes>
void newton(Vector& w, const Loss& loss_of, const Slopes& slopes) {
  using Matrix = Eigen::Matrix<double, Vector::RowsAtCompileTime, Vector::RowsAtCompileTime>;
  double now = loss_of(w);
  for (int step = 0; step < kNewtonSteps; ++step) {
    Vector gradient = Vector::Zero(w.size());
    Matrix hessian = Matrix::Identity(w.size(), w.size()) * 1e-6;
    slopes(gradient, hessian);
    Vector move = hessian.ldlt().solve(gradient);
    double next = loss_of(w - move);
    for (int halved = 0; !(next <= now) && halved < kHalvings; ++halved) {
      move /= 2;
      next = loss_of(w - move);
    }
    if (!(next <= now)) return;
    w -= move;
    now = next;
    if (move.norm() < 1e-8) return;
  }
}

// What a Newton step must lower: the loss of all judgements, and the ridge on the topics' own shifts.
double loss(std::span<const Judged> judged, const Eigen::VectorXd& w) {
  double sum = 0.5 * kRidge * w.tail(w.size() - 3).squaredNorm();
  for (const Judged& text : judged)
    for (std::size_t k = 0; k < text.evidence.own.size(); ++k) {
      const double z = w(0) * double(text.evidence.own[k]) + w(1) * double(text.evidence.rival[k]) + w(2) +
                       w(static_cast<Eigen::Index>(3 + k));
      const double against = carries(text, k) ? -z : z;
      sum += std::max(against, 0.0) + std::log1p(std::exp(-std::abs(against)));
    }
  return sum;
}

// Parameters: slope, rival, common shift, a shift per topic (ridge).
Calibration fit_probabilities(std::span<const Judged> judged, std::size_t topics) {
  const auto size = static_cast<Eigen::Index>(3 + topics);
  Eigen::VectorXd w = Eigen::VectorXd::Zero(size);
  w(0) = 1;
  const auto slopes = [&](Eigen::VectorXd& gradient, Eigen::MatrixXd& hessian) {
    for (std::size_t k = 0; k < topics; ++k) {
      const auto own = static_cast<Eigen::Index>(3 + k);
      gradient(own) += kRidge * w(own);
      hessian(own, own) += kRidge;
    }
    for (const Judged& text : judged)
      for (std::size_t k = 0; k < topics; ++k) {
        const auto own = static_cast<Eigen::Index>(3 + k);
        const Eigen::Vector3d x(double(text.evidence.own[k]), double(text.evidence.rival[k]), 1.0);
        const double p = 1.0 / (1.0 + std::exp(-(w.head<3>().dot(x) + w(own))));
        const double miss = p - (carries(text, k) ? 1.0 : 0.0);
        const double curve = std::max(p * (1 - p), 1e-9);
        gradient.head<3>() += miss * x;
        gradient(own) += miss;
        hessian.topLeftCorner<3, 3>() += curve * x * x.transpose();
        hessian.block<3, 1>(0, own) += curve * x;
        hessian.block<1, 3>(own, 0) += curve * x.transpose();
        hessian(own, own) += curve;
      }
  };
  newton(
      w, [&](const Eigen::VectorXd& at) { return loss(judged, at); }, slopes);
  Calibration c;
  c.slope = static_cast<float>(w(0));
  c.rival = static_cast<float>(w(1));
  for (std::size_t k = 0; k < topics; ++k)
    c.shift.push_back(static_cast<float>(w(2) + w(static_cast<Eigen::Index>(3 + k))));
  c.thresholds.assign(topics, 0.5F);
  return c;
}

double micro_f1(const Calibration& c, std::span<const Judged> judged) {
  std::size_t correct = 0;
  std::size_t sizes = 0;
  for (const Judged& text : judged) {
    const TopicResult result = decide(c, text.evidence);
    for (const TopicScore& score : result.topics)
      correct += carries(text, static_cast<std::size_t>(score.topic)) ? 1U : 0U;
    sizes += result.topics.size() + text.topics.size();
  }
  return sizes == 0 ? 0 : 2.0 * double(correct) / double(sizes);
}

// One threshold for all first, then each topic's own, drawn halfway back to the common one.
void fit_thresholds(Calibration& c, std::span<const Judged> judged) {
  const auto best_of = [&](auto set) {
    double best = -1;
    float at = 0.5F;
    for (int step = 3; step <= 16; ++step) {
      const float value = 0.05F * static_cast<float>(step);
      set(value);
      if (const double f1 = micro_f1(c, judged); f1 > best + 1e-12) best = f1, at = value;
    }
    return at;
  };
  const float common = best_of([&](float v) { std::fill(c.thresholds.begin(), c.thresholds.end(), v); });
  std::fill(c.thresholds.begin(), c.thresholds.end(), common);
  std::vector<float> own(c.thresholds.size());
  for (std::size_t k = 0; k < own.size(); ++k) {
    own[k] = best_of([&](float v) { c.thresholds[k] = v; });
    c.thresholds[k] = common;
  }
  for (std::size_t k = 0; k < own.size(); ++k) c.thresholds[k] = (common + own[k]) / 2.0F;
}

// Below `least` a guess would be wrong five times in six.
void fit_abstention(Calibration& c, std::span<const Judged> judged) {
  std::vector<std::pair<float, bool>> guesses;
  for (const Judged& text : judged) {
    const TopicResult result = decide(c, text.evidence);
    guesses.emplace_back(static_cast<float>(result.topics.front().probability),
                         result.main == int(text.topics.front()));
  }
  std::sort(guesses.begin(), guesses.end());
  std::size_t right = 0;
  for (std::size_t i = 0; i < guesses.size(); ++i) {
    right += guesses[i].second ? 1U : 0U;
    if (i >= 4 && right * 6 <= i + 1) c.least = guesses[i].first;
  }
  c.least = std::min(c.least, 0.5F);
}

}  // namespace

Calibration calibrate(std::span<const Judged> judged, std::size_t topics, bool other_last) {
  Calibration c = fit_probabilities(judged, topics);
  c.other_last = other_last;
  fit_thresholds(c, judged);
  fit_abstention(c, judged);
  return c;
}

void recalibrate(Calibration& c, std::span<const Judged> judged) {
  // Logits of the first topic of each text, and whether the text carries it.
  std::vector<std::pair<double, bool>> told;
  for (const Judged& text : judged) {
    const TopicResult result = decide(c, text.evidence);
    const auto& p = result.probabilities;
    const auto best = static_cast<std::size_t>(std::max_element(p.begin(), p.end()) - p.begin());
    told.emplace_back(logit(p[best]), carries(text, best));
  }
  Eigen::Vector2d w(0, 0);
  const auto loss_of = [&](const Eigen::Vector2d& at) {
    double sum = 0;
    for (const auto& [z, right] : told) {
      const double against = (right ? -1 : 1) * (at(0) * z + at(1));
      sum += std::max(against, 0.0) + std::log1p(std::exp(-std::abs(against)));
    }
    return sum;
  };
  newton(w, loss_of, [&](Eigen::Vector2d& gradient, Eigen::Matrix2d& hessian) {
    for (const auto& [z, right] : told) {
      const Eigen::Vector2d x(z, 1);
      const double p = 1.0 / (1.0 + std::exp(-w.dot(x)));
      gradient += (p - (right ? 1.0 : 0.0)) * x;
      hessian += std::max(p * (1 - p), 1e-9) * x * x.transpose();
    }
  });
  if (!(w(0) > 0)) return;  // the texts held out say nothing
  const auto a = static_cast<float>(w(0));
  const auto b = static_cast<float>(w(1));
  const auto moved = [&](float p) {
    return static_cast<float>(1.0 / (1.0 + std::exp(-(w(0) * logit(double(p)) + w(1)))));
  };
  c.slope *= a;
  c.rival *= a;
  for (float& shift : c.shift) shift = a * shift + b;
  for (float& threshold : c.thresholds) threshold = moved(threshold);
  if (c.least > 0) c.least = moved(c.least);
}

}  // namespace duluan::topics
