// Detection and forecast of series made from bytes, and the table they are read from: numbers that can be, or an
// error with a reason; no alarm where nothing was seen.
#include <cmath>
#include <cstdint>
#include <string>

#include "duluan/trend.hpp"
#include "fuzzing.hpp"
#include "trend/rows.hpp"
#include "trend/series_csv.hpp"

using namespace duluan;
using fuzzing::require;

namespace {

class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}
  [[nodiscard]] bool empty() const { return left_ == 0; }
  std::uint8_t next() { return left_ == 0 ? std::uint8_t{0} : (--left_, *data_++); }
  // Mostly small, sometimes enormous, now and then impossible.
  double number() {
    const std::uint8_t b = next();
    if (b < 200) return b % 32;
    if (b < 240) return b * std::pow(10.0, next() % 8);
    if (b < 252) return std::floor(std::pow(next() + 1.0, 1 + next() % 4));
    constexpr double kOdd[] = {-1, 0.5, NAN, INFINITY};
    return kOdd[b - 252];
  }

 private:
  const std::uint8_t* data_;
  std::size_t left_;
};

void check_findings(const Series& s, std::size_t first, const Pool& pool) {
  const auto findings = detect(s, first, {}, pool);
  if (!findings) return require(!findings.error().what.empty(), "an error has a reason");
  require(findings->size() == s.counts.size() - first, "a finding a period");
  for (const Finding& f : *findings) {
    if (f.verdict == Verdict::kNoVerdict) continue;
    require(f.p_value > 0 && f.p_value <= 1 && f.own_p_value > 0 && f.own_p_value <= 1, "p-values are probabilities");
    require(f.p_above >= 0 && f.p_above <= f.own_p_value, "a higher count is no likelier than one as high");
    require(std::isfinite(f.expected) && f.expected >= 0 && f.lower <= f.upper, "expectations are numbers");
    require(f.verdict != Verdict::kAlarm || f.observed > 0, "nothing is no surge");
  }
}

void check_forecasts(const Series& s, std::size_t horizon, const Pool& pool) {
  const auto forecasts = forecast(s, {.horizon = horizon}, pool);
  if (!forecasts) return require(!forecasts.error().what.empty(), "an error has a reason");
  require(forecasts->size() == horizon, "a forecast a period");
  for (const Forecast& f : *forecasts) {
    require(std::isfinite(f.mean) && f.mean >= 0 && f.median >= 0, "forecasts are numbers");
    require(f.half.low <= f.half.high && f.four_fifths.low <= f.half.low && f.half.high <= f.four_fifths.high &&
                f.nineteen_twentieths.low <= f.four_fifths.low && f.four_fifths.high <= f.nineteen_twentieths.high,
            "a surer range holds a less sure one");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = trend::parse_series(std::string("series_id,freq,eval_from,counts,exposure\n") +
                                            std::string(reinterpret_cast<const char*>(data), size),
                                        "bytes");
  require(file.ok(), "a table with a header is read");
  for (const trend::SeriesRecord& r : file->records)
    require(r.first < r.series.counts.size() && trend::check(r.series, r.first, {}).ok(), "what is read can be judged");
  require(file->skipped.size() <= file->problems.size(), "what is skipped has a reason");
  Bytes bytes(data, size);
  constexpr int kPerYear[] = {0, 1, 2, 4, 12, 52, 365, 12};
  const std::uint8_t head = bytes.next();
  Series s{.periods_per_year = kPerYear[head % 8]};
  const std::size_t first = bytes.next();
  while (!bytes.empty() && s.counts.size() < 100) {
    s.counts.push_back(bytes.number());
    if (head & 8) s.exposure.push_back(bytes.number());
    if (head & 16) s.log_effects.push_back(bytes.number() / 16 - 1);
  }
  static const Pool kStandard = Pool::standard();
  check_findings(s, first, kStandard);
  check_forecasts(s, 1 + first % 9, kStandard);
  if (head < 248) return 0;  // what follows costs more
  const auto pool = fit_pool(std::vector<Series>(3, s), std::vector<std::size_t>(3, first));
  require(pool.ok(), "a pool is learnt from anything");
  check_findings(s, first, *pool);
  check_forecasts(s, 1 + first % 9, *pool);
  return 0;
}
