#include <algorithm>
#include <cmath>

#include "trend/baseline.hpp"
#include "trend/count_tail.hpp"
#include "trend/rows.hpp"

namespace duluan {
namespace {

using trend::Baselines;
using trend::Component;
using trend::Row;

// A surge rarely lasts one period only, so the period before counts too, at less than
// half weight. Its part is bounded: one great surge must not alarm the next period by
// itself, and a trough hides nothing.
constexpr double kEcho = 0.4, kEchoLow = 0, kEchoHigh = 2.5;

double mid_p(double count, const std::vector<Component>& mixture) {
  double p = 0;
  for (const Component& c : mixture) p += c.weight * trend::tail(count, c.mean, c.phi).mid();
  return std::clamp(p, 1e-300, 1 - 1e-9);
}

// P(Z + kEcho * bounded(Z') > s) for independent standard normals: successive predictive
// scores are independent when the predictions hold, whatever the series.
double echoed_tail(double s) {
  using trend::normal_tail;
  constexpr int kSteps = 16;
  constexpr double kWidth = (kEchoHigh - kEchoLow) / kSteps;
  double sum = 0;
  for (int i = 0; i <= kSteps; ++i) {  // Simpson
    const double u = kEchoLow + kWidth * i;
    const double weight = i == 0 || i == kSteps ? 1 : i % 2 == 1 ? 4 : 2;
    sum += weight * std::exp(-0.5 * u * u) * normal_tail(s - kEcho * u);
  }
  return sum * kWidth / 3 * 0.39894228040143267794 + normal_tail(-kEchoLow) * normal_tail(s - kEcho * kEchoLow) +
         normal_tail(kEchoHigh) * normal_tail(s - kEcho * kEchoHigh);
}

class Judge {
 public:
  Judge(const Series& series, std::size_t origin, const DetectorOptions& options, const Pool& pool)
      : series_(&series), options_(&options), rows_(series, origin), baselines_(rows_.history(options), pool) {}

  Finding next(std::size_t t) {
    Finding f;
    f.period = t;
    f.observed = series_->counts[t];
    f.exposure_known = !series_->exposure.empty();
    if (!rows_.observed(t)) return previous_known_ = false, f;
    const Row row = rows_.row(t);
    baselines_.predict(row, mixture_);
    double second = 0;
    for (const Component& c : mixture_) {
      f.expected += c.weight * c.mean;
      second += c.weight * (c.phi * c.mean + c.mean * c.mean);
    }
    if (baselines_.periods() >= options_->minimum_history) conclude(second - f.expected * f.expected, f);
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
    if (previous_known_)
      f.p_value =
          std::clamp(echoed_tail(score + kEcho * std::clamp(previous_score_, kEchoLow, kEchoHigh)), 1e-300, 1.0);
    previous_score_ = score;
    previous_known_ = true;
    f.verdict = f.p_value < options_->alpha ? Verdict::kAlarm : Verdict::kNormal;
  }

  const Series* series_;
  const DetectorOptions* options_;
  trend::RowMaker rows_;
  Baselines baselines_;
  std::vector<Component> mixture_;
  double previous_score_ = 0;
  bool previous_known_ = false;
};

}  // namespace

Result<std::vector<Finding>> detect(const Series& series, std::size_t first, const DetectorOptions& options,
                                    const Pool& pool) {
  if (auto bad = trend::check(series, first, options); !bad.ok()) return bad.error();
  if (auto bad = trend::check(pool); !bad.ok()) return bad.error();
  std::vector<Finding> findings;
  findings.reserve(series.counts.size() - first);
  // One period earlier than asked, for its echo.
  const std::size_t origin = first > 0 ? first - 1 : 0;
  Judge judge(series, origin, options, pool);
  if (origin < first) judge.next(origin);
  for (std::size_t t = first; t < series.counts.size(); ++t) findings.push_back(judge.next(t));
  return findings;
}

}  // namespace duluan
