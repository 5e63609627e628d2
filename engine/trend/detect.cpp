#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <tuple>

#include "trend/baseline.hpp"
#include "trend/count_tail.hpp"
#include "trend/rows.hpp"

namespace duluan {
namespace {

using trend::Baselines;
using trend::Component;
using trend::Row;

// A surge rarely lasts one period only, so the two periods before count too, at less
// weight. Their parts are bounded: one great surge must not alarm the next period by
// itself, and a trough hides nothing.
using Echoes = std::array<double, 2>;
constexpr Echoes kMonthsLast = {0.5, 0.2};  // by month, quarter, year
constexpr Echoes kWeeksPass = {0.4, 0};     // by week or day, where a second echo was measured to lose
constexpr double kEchoLow = 0, kEchoHigh = 2.5;

// What a bounded standard normal can be, and how probable: Simpson's rule between the
// bounds, the tails beyond them at the two ends.
template <int Steps>
struct BoundedNormal {
  std::array<double, Steps + 1> value{}, share{};

  BoundedNormal() {
    constexpr double kWidth = (kEchoHigh - kEchoLow) / Steps;
    double total = 0;
    for (std::size_t i = 0; i <= Steps; ++i) {
      const double u = value[i] = kEchoLow + kWidth * static_cast<double>(i);
      const double weight = i == 0 || i == Steps ? 1 : i % 2 == 1 ? 4 : 2;
      total += share[i] = weight * std::exp(-0.5 * u * u) * kWidth / 3 * 0.39894228040143267794;
    }
    const double low = trend::normal_tail(-kEchoLow), high = trend::normal_tail(kEchoHigh);
    for (double& s : share) s *= (1 - low - high) / total;
    share.front() += low, share.back() += high;
  }
};

double mid_p(double count, const std::vector<Component>& mixture) {
  double p = 0;
  for (const Component& c : mixture) p += c.weight * trend::tail(count, c.mean, c.phi).mid();
  return std::clamp(p, 1e-300, 1 - 1e-9);
}

// P(Z + echoes[0] * bounded(Z') + echoes[1] * bounded(Z'') > s) for independent standard
// normals: successive predictive scores are independent when the predictions hold, whatever
// the series. A score that is not known has weight 0.
double echoed_tail(double s, const Echoes& echoes) {
  static const BoundedNormal<8> kFirst;
  static const BoundedNormal<4> kSecond;
  const auto beyond = [&](double rest) {
    if (echoes[0] == 0) return trend::normal_tail(rest);
    double sum = 0;
    for (std::size_t i = 0; i < kFirst.value.size(); ++i)
      sum += kFirst.share[i] * trend::normal_tail(rest - echoes[0] * kFirst.value[i]);
    return sum;
  };
  if (echoes[1] == 0) return beyond(s);
  double sum = 0;
  for (std::size_t i = 0; i < kSecond.value.size(); ++i)
    sum += kSecond.share[i] * beyond(s - echoes[1] * kSecond.value[i]);
  return sum;
}

class Judge {
 public:
  Judge(const Series& series, std::size_t origin, const DetectorOptions& options, const Pool& pool)
      : series_(&series),
        options_(&options),
        rows_(series, origin),
        baselines_(rows_.history(options.history_years), pool) {}

  Finding next(std::size_t t) {
    Finding f;
    f.period = t;
    f.observed = series_->counts[t];
    f.exposure_known = !series_->exposure.empty();
    if (!rows_.observed(t)) return remember(std::nullopt), f;
    const Row row = rows_.row(t);
    baselines_.predict(row, mixture_);
    double second = 0;
    for (const Component& c : mixture_) {
      f.expected += c.weight * c.mean;
      second += c.weight * (c.phi * c.mean + c.mean * c.mean);
    }
    conclude(second - f.expected * f.expected, f);
    baselines_.absorb(row, f.expected);
    return f;
  }

 private:
  void conclude(double variance, Finding& f) {
    // The interval is that of one negative binomial with the mixture's two moments.
    const double phi = std::max(1.0, variance / f.expected);
    f.lower = trend::quantile(0.025, f.expected, phi);
    f.upper = trend::quantile(0.975, f.expected, phi);
    f.dispersion = baselines_.dispersion();
    f.own_p_value = f.p_value = mid_p(f.observed, mixture_);
    const double score = trend::normal_score(f.p_value);
    double sum = score;
    Echoes echoes = series_->periods_per_year > 12 ? kWeeksPass : kMonthsLast;
    for (std::size_t lag = 0; lag < echoes.size(); ++lag) {
      if (!before_[lag]) echoes[lag] = 0;
      sum += echoes[lag] * std::clamp(before_[lag].value_or(0), kEchoLow, kEchoHigh);
    }
    if (echoes != Echoes{}) f.p_value = std::clamp(echoed_tail(sum, echoes), 1e-300, 1.0);
    remember(score);
    if (baselines_.periods() >= options_->minimum_history)
      f.verdict = f.p_value < options_->alpha ? Verdict::kAlarm : Verdict::kNormal;
  }

  void remember(std::optional<double> score) { before_ = {score, before_[0]}; }

  const Series* series_;
  const DetectorOptions* options_;
  trend::RowMaker rows_;
  Baselines baselines_;
  std::vector<Component> mixture_;
  std::array<std::optional<double>, std::tuple_size_v<Echoes>> before_{};  ///< scores, the latest first
};

}  // namespace

Result<std::vector<Finding>> detect(const Series& series, std::size_t first, const DetectorOptions& options,
                                    const Pool& pool) {
  if (auto bad = trend::check(series, first, options); !bad.ok()) return bad.error();
  if (auto bad = trend::check(pool); !bad.ok()) return bad.error();
  std::vector<Finding> findings;
  findings.reserve(series.counts.size() - first);
  // Two periods earlier than asked, for their echoes.
  const std::size_t origin = first - std::min(first, std::tuple_size_v<Echoes>);
  Judge judge(series, origin, options, pool);
  for (std::size_t t = origin; t < first; ++t) judge.next(t);
  for (std::size_t t = first; t < series.counts.size(); ++t) findings.push_back(judge.next(t));
  return findings;
}

}  // namespace duluan
