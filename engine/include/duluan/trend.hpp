/// \file
/// Detection of surges in short series of counts, and what to expect next.
///
///     Series series{.counts = {3, 2, 4, 1, 3, 2, 5, 3, 12}, .periods_per_year = 12};
///     const auto findings = detect(series, 8, {}, Pool::standard());  // periods 8, 9, …
///     if (!findings) return report(findings.error());
///     for (const Finding& f : *findings)
///       if (f.verdict == Verdict::kAlarm) …  // f.observed against f.lower…f.upper
///
/// Each period is judged by what came before it and nothing later. The baseline is
/// log-linear in time and season, with the exposure (reports received) as an offset;
/// counts are negative binomial with variance = dispersion x mean. How much trend,
/// season and dispersion a short history may claim is decided by a prior, `Pool`,
/// learnt from all the series of one archive; several baselines are averaged by
/// their evidence instead of picking one. Past surges are recognised as such by a
/// mixture likelihood, so that they neither raise the baseline nor its dispersion.
///
/// Cost: 5 to 10 microseconds per judged period of a long weekly history, 50 by month and 70 by
/// quarter, where each few periods need a fit; a pool of 200 brief series 0.2 seconds, for forecasts 0.6.
/// Thread-safety: all functions are pure; a Pool may be shared once fitted.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "duluan/result.hpp"

namespace duluan {

/// Counts per period, oldest first.
struct Series {
  std::vector<double> counts{};    ///< whole numbers >= 0, below 1e9
  std::vector<double> exposure{};  ///< what the counts are out of, e.g. reports received; empty = unknown
  std::vector<double>
      log_effects{};          ///< known multiplicative effects of the calendar (Tết), as logarithms; empty = none
  int periods_per_year = 12;  ///< 52 weekly, 12 monthly, 4 quarterly; 1 or less = no season
};

enum class Verdict {
  kNormal,     ///< within what the history leads one to expect
  kAlarm,      ///< p_value below the level asked for
  kNoVerdict,  ///< history too short, or nothing was observed (exposure 0)
};

/// One judged period. With kNoVerdict only `period` and `observed` mean anything.
struct Finding {
  std::size_t period = 0;  ///< index into Series::counts
  double observed = 0;
  double expected = 0;  ///< predictive mean
  double lower = 0;     ///< 95 % predictive interval, both ends inclusive
  double upper = 0;
  double p_value = 1;      ///< how surprising; the two periods before count too, at 0.4 and 0.2 of its weight
  double own_p_value = 1;  ///< mid-p of a count this high or higher in this period alone
  double p_above = 1;      ///< of a count higher than this one; own_p_value holds half of this very count as well
  Verdict verdict = Verdict::kNoVerdict;
  double dispersion = 1;  ///< posterior mean of variance / mean
  bool exposure_known = false;
};

struct DetectorOptions {
  double alpha = 0.01;              ///< false alarms per judged period, in (0, 0.5)
  std::size_t minimum_history = 5;  ///< fewer observed periods before: no verdict
  double history_years = 6;         ///< older periods are not looked at
};

/// A kind of series: what is usual among its members. Terms of the log rate: level (at the
/// period judged), slope per year, cosine and sine of the yearly and of the half-yearly wave.
struct SeriesKind {
  static constexpr std::size_t kTerms = 6;
  static constexpr std::size_t kDispersions = 12;

  double weight = 0;                                      ///< share of the archive's series
  std::array<double, kTerms> mean{};                      ///< of each term among the members
  std::array<double, kTerms> sd{};                        ///< its standard deviation; 0 = this kind lacks the term
  std::array<double, kDispersions> dispersion_weights{};  ///< over a fixed grid of variance / mean
};

/// What the series of one archive have in common: which kinds there are, how they drift and
/// how prone to surges they are.
struct Pool {
  static constexpr std::size_t kMovements = 40, kScatters = 9;

  std::vector<SeriesKind> kinds;
  double drift = 0.1;        ///< sd of the log rate's random walk over a year; only forecasts look at it
  double surge_rate = 0.01;  ///< share of periods that belong to a surge
  std::size_t series = 0;    ///< how many series it was learnt from
  std::array<double, kMovements>
      movements{};                           ///< shares of fixed ways that level, slope and season move; for forecasts
  std::array<double, kScatters> scatters{};  ///< of their variances / mean, on a fixed grid
  double moving = 0.5;                       ///< share of series that such movements foretell better than `kinds`

  /// What to assume when there is nothing to learn from; a level is then the series' own.
  static Pool standard();
};

/// What a pool is learnt for. Detection looks at no movement, and learning those takes several times as long.
enum class PoolUse { kForecast, kDetection };

/// Learns a pool from the part of each series before `first[i]` (never what is to be
/// judged; the length, when forecasts are wanted). Series that are malformed or too short are
/// left out; with few series the result stays near Pool::standard(). Series must begin at the
/// same time of the year to share a wave. At most 2,000 series, and 240,000 periods, are read:
/// of more, some as if picked at random, the same every time. Error kInvalidArgument when the
/// two spans differ in length.
Result<Pool> fit_pool(std::span<const Series> series, std::span<const std::size_t> first,
                      const DetectorOptions& options = {}, PoolUse use = PoolUse::kForecast);

/// Judges the periods first … end. Errors kInvalidArgument: lengths differ, a count is
/// not a whole number in range, an exposure is negative or not finite, `first` is
/// beyond the end, alpha out of range, the pool was never filled in.
Result<std::vector<Finding>> detect(const Series& series, std::size_t first, const DetectorOptions& options,
                                    const Pool& pool);

/// A range of counts, both ends inclusive. Its ends are by mid-p: over many forecasts as many
/// counts fall inside as it says, though a single small count cannot be cut to measure.
struct CountRange {
  double low = 0, high = 0;
};

/// What to expect of one period to come.
struct Forecast {
  std::size_t ahead = 1;  ///< 1 = the period after the last
  double mean = 0;
  double median = 0;  ///< errs least in absolute terms
  CountRange half, four_fifths, nineteen_twentieths;
};

struct ForecastOptions {
  std::size_t horizon = 4;            ///< periods, at most 120
  double history_years = 6;           ///< older periods are not looked at
  std::vector<double> exposure{};     ///< of the periods to come; empty = the mean of the last year
  std::vector<double> log_effects{};  ///< of the periods to come; empty = none
};

/// Predicts the periods after the last one of a series, from the same averaged baselines as
/// `detect` and from dynamic ones, whose level walks, slope dies away and every month may be
/// its own (West, Harrison: Bayesian Forecasting and Dynamic Models; here by the posterior's
/// mode). The two are averaged by how well they foretold the series' own past periods and
/// those of the archive. Ranges widen with the horizon. Brief surges of the past hardly raise
/// the forecast, nor is another one foreseen. Cost: 5 to 10
/// milliseconds for two to four years of months.
///
///     const auto next = forecast(series, {.horizon = 3}, Pool::standard());
///     if (next) show(next->front().median, next->front().four_fifths);
///
/// Errors kInvalidArgument: as for `detect`; no period with exposure at all; exposure or
/// log_effects of another length than the horizon, or not in range (exposure > 0).
Result<std::vector<Forecast>> forecast(const Series& series, const ForecastOptions& options, const Pool& pool);

}  // namespace duluan
