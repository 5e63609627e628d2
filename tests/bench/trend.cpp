// Detection and forecast, on one thread, of series without surges (tests/unit/trend_draw.hpp).
#include <benchmark/benchmark.h>

#include "trend_draw.hpp"

using namespace duluan;

namespace {

struct Material {
  std::vector<Series> series;
  std::vector<std::size_t> first;
  Pool pool;
};

Material material(std::size_t n, std::size_t judged, int per_year) {
  Draw draw{std::mt19937_64(1)};
  Material m;
  for (int i = 0; i < 200; ++i) m.series.push_back(usual(draw, 0.2 * std::pow(1000, draw.uniform()), n, per_year));
  m.first.assign(m.series.size(), n - judged);
  m.pool = *fit_pool(m.series, m.first);
  return m;
}

// Arguments: periods, of them judged, periods per year. The time is that of one judged period.
void detect_period(benchmark::State& state) {
  const auto judged = static_cast<std::size_t>(state.range(1));
  const Material m = material(static_cast<std::size_t>(state.range(0)), judged, static_cast<int>(state.range(2)));
  std::size_t i = 0;
  while (state.KeepRunningBatch(state.range(1))) {
    benchmark::DoNotOptimize(detect(m.series[i], m.first[i], {}, m.pool));
    i = (i + 1) % m.series.size();
  }
}
BENCHMARK(detect_period)->Args({624, 49, 52})->Args({156, 26, 52})->Args({42, 6, 12})->Args({16, 4, 4});

void forecast_series(benchmark::State& state) {
  const Material m = material(static_cast<std::size_t>(state.range(0)), 3, 12);
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(forecast(m.series[i], {.horizon = 6}, m.pool));
    i = (i + 1) % m.series.size();
  }
}
BENCHMARK(forecast_series)->Arg(36);

void learn_pool(benchmark::State& state) {
  const Material m = material(static_cast<std::size_t>(state.range(0)), 6, 12);
  for (auto _ : state) benchmark::DoNotOptimize(fit_pool(m.series, m.first));
}
BENCHMARK(learn_pool)->Arg(30)->Arg(42)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
