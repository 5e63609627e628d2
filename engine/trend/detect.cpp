#include <algorithm>
#include <cmath>
#include <utility>

#include "trend/baseline.hpp"
#include "trend/count_tail.hpp"
#include "trend/memory.hpp"
#include "trend/mixture.hpp"
#include "trend/rows.hpp"

namespace duluan {
namespace {

using trend::Baselines;
using trend::Row;

constexpr std::size_t kBrief = 60;  // a longer history need not be fitted anew for two more periods

class Judge {
 public:
  Judge(const Series& series, std::size_t origin, const DetectorOptions& options, const Pool& pool)
      : series_(&series),
        options_(&options),
        pool_(&pool),
        rows_(series, origin),
        baselines_(trend::Survey(rows_.history(options.history_years), pool), pool) {}

  /// Fits anew the periods before this one, remembering what was judged.
  void restart(std::size_t origin) {
    rows_ = trend::RowMaker(*series_, origin);
    baselines_ = Baselines(trend::Survey(rows_.history(options_->history_years), *pool_), *pool_);
  }

  Finding next(std::size_t t) {
    Finding f;
    f.period = t;
    f.observed = series_->counts[t];
    f.exposure_known = !series_->exposure.empty();
    if (!rows_.observed(t)) return memory_.skip(), f;
    const Row row = rows_.row(t);
    baselines_.predict(row, mixture_);
    f.expected = trend::mean(mixture_);
    if (baselines_.periods() >= options_->minimum_history) conclude(f);
    baselines_.absorb(row, f.expected);
    return f;
  }

 private:
  void conclude(Finding& f) {
    // The interval is that of one negative binomial with the mixture's two moments.
    const double phi = std::max(1.0, trend::variance(mixture_) / f.expected);
    f.lower = trend::quantile(0.025, f.expected, phi);
    f.upper = trend::quantile(0.975, f.expected, phi);
    f.dispersion = baselines_.dispersion();
    const trend::Tail tail = trend::tail(f.observed, mixture_);
    f.own_p_value = std::clamp(tail.mid(), 1e-300, 1 - 1e-9);
    f.p_above = std::clamp(tail.above, 0.0, f.own_p_value);
    const double score = trend::normal_score(f.own_p_value);
    trend::PossibleScores possible(mixture_);
    f.p_value = memory_.p_value(score, possible);
    // Where a count is rare, two before would be surprising enough for a period without any.
    if (f.observed == 0) f.p_value = std::max(f.p_value, f.own_p_value);
    memory_.remember(score, std::move(possible));
    f.verdict = f.p_value < options_->alpha ? Verdict::kAlarm : Verdict::kNormal;
  }

  const Series* series_;
  const DetectorOptions* options_;
  const Pool* pool_;
  trend::RowMaker rows_;
  Baselines baselines_;
  trend::Mixture mixture_;
  trend::Memory memory_;
};

}  // namespace

Result<std::vector<Finding>> detect(const Series& series, std::size_t first, const DetectorOptions& options,
                                    const Pool& pool) {
  if (auto bad = trend::check(series, first, options); !bad.ok()) return bad.error();
  if (auto bad = trend::check(pool); !bad.ok()) return bad.error();
  std::vector<Finding> findings;
  findings.reserve(series.counts.size() - first);
  // A few periods earlier than asked, to be remembered.
  const std::size_t origin = first - std::min(first, trend::Memory::kPeriods);
  Judge judge(series, origin, options, pool);
  for (std::size_t t = origin; t < first; ++t) judge.next(t);
  if (first < kBrief) judge.restart(first);
  for (std::size_t t = first; t < series.counts.size(); ++t) findings.push_back(judge.next(t));
  return findings;
}

}  // namespace duluan
