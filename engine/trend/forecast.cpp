#include <algorithm>
#include <cmath>

#include "trend/baseline.hpp"
#include "trend/count_tail.hpp"
#include "trend/mixture.hpp"
#include "trend/moving.hpp"
#include "trend/rows.hpp"

namespace duluan {
namespace {

using trend::Component;
using trend::Mixture;
using trend::Row;

constexpr std::size_t kFurthest = 120;
constexpr double kUnknown = 1;  // relative variance at which nothing useful is known any more

// P(Y < y) + P(Y = y) / 2.
double mid_below(double y, const Mixture& mixture) { return 1 - trend::tail(y, mixture).mid(); }

// Smallest y with mid_below(y) > level, sought from a guess in growing steps, then by halves.
double mid_quantile(double level, double guess, const Mixture& mixture) {
  const auto beyond = [&](double y) { return y >= 0 && mid_below(y, mixture) > level; };
  double low = std::max(0.0, std::floor(guess)), high = low;
  for (double step = 1; !beyond(high) && high < 1e15; step *= 2) low = high + 1, high += step;
  for (double step = 1; low > 0 && beyond(low - 1); step *= 2) high = low - 1, low = std::max(0.0, low - step);
  while (low < high) {
    const double middle = low + std::floor((high - low) / 2);
    if (beyond(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

// Half of what may be missed lies below; where so much cannot, because 0 is likely, the
// rest lies above, so that small counts are covered as often as it says too.
CountRange range(double share, const Forecast& f, double sd, const Mixture& mixture) {
  const double missed = 1 - share, reach = sd * trend::normal_score(missed / 2);
  const double low = mid_quantile(missed / 2, f.median - reach, mixture);
  const double below = low > 0 ? missed / 2 : 0;
  // The last y that is not beyond the upper level.
  return {low, std::max(low, mid_quantile(share + below, f.median + reach, mixture) - 1)};
}

Forecast describe(const Mixture& mixture) {
  Forecast f;
  f.mean = trend::mean(mixture);
  const double sd = std::sqrt(trend::variance(mixture));
  f.median = mid_quantile(0.5, f.mean, mixture);
  if (f.median > 0 && 0.5 - mid_below(f.median - 1, mixture) < mid_below(f.median, mixture) - 0.5) --f.median;
  f.half = range(0.5, f, sd, mixture);
  f.four_fifths = range(0.8, f, sd, mixture);
  f.nineteen_twentieths = range(0.95, f, sd, mixture);
  return f;
}

Result<void> check(const ForecastOptions& options) {
  if (options.horizon < 1 || options.horizon > kFurthest)
    return trend::invalid("the horizon is not from 1 to 120 periods", "choose another");
  if (!options.exposure.empty() && options.exposure.size() != options.horizon)
    return trend::invalid("exposure and horizon differ in length", "give one exposure per period to come, or none");
  if (!options.log_effects.empty() && options.log_effects.size() != options.horizon)
    return trend::invalid("log_effects and horizon differ in length", "give one effect per period to come, or none");
  for (double e : options.exposure)
    if (!(e > 0 && e < 1e15)) return trend::invalid("an exposure to come is not a number > 0", "correct it");
  for (double e : options.log_effects)
    if (!(std::abs(e) <= 20))
      return trend::invalid("a known effect is not a logarithm between -20 and 20", "correct it");
  return {};
}

// Mean exposure of the observed periods of the last year; without exposure 1.
double usual_exposure(const Series& series) {
  if (series.exposure.empty()) return 1;
  const std::size_t year = static_cast<std::size_t>(std::max(1, series.periods_per_year));
  double sum = 0, observed = 0;
  for (std::size_t t = series.exposure.size(); t-- > 0 && observed < static_cast<double>(year);)
    if (series.exposure[t] > 0) sum += series.exposure[t], ++observed;
  return observed > 0 ? sum / observed : 0;
}

}  // namespace

Result<std::vector<Forecast>> forecast(const Series& series, const ForecastOptions& options, const Pool& pool) {
  if (auto bad = check(options); !bad.ok()) return bad.error();
  if (auto bad = trend::check(series); !bad.ok()) return bad.error();
  if (auto bad = trend::check(pool); !bad.ok()) return bad.error();
  const std::size_t n = series.counts.size();
  const double usual = usual_exposure(series);
  if (n == 0 || usual <= 0) return trend::invalid("the series has no period in which anything was received", "");
  const trend::RowMaker rows(series, n);
  const std::vector<Row> history = rows.history(options.history_years);
  const trend::MovingBaselines moving(history, series.periods_per_year, pool);
  const double share = trend::moving_share(history, moving, pool);
  const trend::Baselines baselines(trend::Survey(history, pool), pool);
  std::vector<Forecast> result;
  Mixture mixture;
  for (std::size_t h = 0; h < options.horizon; ++h) {
    Row row = rows.empty_row(n + h);
    row.offset = std::log(options.exposure.empty() ? usual : options.exposure[h]);
    if (!options.log_effects.empty()) row.offset += options.log_effects[h];
    baselines.predict(row, mixture);
    const double years = static_cast<double>(h + 1) / std::max(1, series.periods_per_year);
    for (Component& c : mixture) {
      c.weight *= 1 - share;
      c.phi = std::min(c.phi + pool.drift * pool.drift * years * c.mean, 20 + kUnknown * c.mean);
    }
    moving.predict(row, share, mixture);
    result.push_back(describe(mixture));
    result.back().ahead = h + 1;
  }
  return result;
}

}  // namespace duluan
