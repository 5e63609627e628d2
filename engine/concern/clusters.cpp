// Clusters of neighbouring places: what the scan statistic is fed with.
#include <algorithm>
#include <cmath>

#include "concern/judge.hpp"

namespace duluan::concern {
namespace {

constexpr std::size_t kWindow = 3;  // periods that a cluster may last
constexpr double kPrior = 2;        // opinions that a place's leaning to a topic is worth before any are counted

// The whole topic in the window, as it was foreseen before.
struct Outlook {
  std::vector<double> expected;
  double dispersion = 1, certainty = 0;
};

Result<Outlook> outlook(const Judge& judge, const Series& whole, std::size_t from) {
  const auto findings = detect(whole, from, judge.detector, judge.sums);
  if (!findings) return findings.error();
  Outlook out;
  for (const Finding& f : *findings) {
    out.expected.push_back(f.expected);
    out.dispersion = std::max(1.0, f.dispersion);
  }
  const Finding& last = findings->back();
  const double sd = (last.upper - last.lower) / 3.92;
  const double beyond = sd * sd - out.dispersion * last.expected;
  if (beyond > 0) out.certainty = last.expected * last.expected / beyond;
  return out;
}

}  // namespace

// Each place is expected to say its usual share of what is expected of the whole; a short past is shrunk to the
// whole's.
Result<Cluster> Judge::cluster(std::size_t topic) const {
  const std::size_t last = cells->periods() - 1, places = cells->places().size();
  std::vector<std::size_t> scanned;
  for (std::size_t place = 0; place < places; ++place)
    if (!areas.neighbours[place].empty() && cells->exposure(place, last) > 0) scanned.push_back(place);
  if (scanned.size() < 2 || last < detector.minimum_history + kWindow) return Cluster{};
  const std::size_t from = last + 1 - kWindow;
  auto whole = outlook(*this, cells->series(topic), from);
  if (!whole) return whole.error();

  std::vector<Series> series;
  double counted = 0, received = 0;
  for (std::size_t place = 0; place < places; ++place) {
    series.push_back(cells->series(topic, std::span(&place, 1)));
    for (std::size_t t = 0; t < from; ++t) counted += series[place].counts[t], received += series[place].exposure[t];
  }
  if (counted == 0) return Cluster{};
  const double usual = counted / received;
  std::vector<double> rates, certainties, sums(kWindow);
  for (std::size_t place = 0; place < places; ++place) {
    double n = kPrior, out_of = kPrior / usual;
    for (std::size_t t = 0; t < from; ++t) n += series[place].counts[t], out_of += series[place].exposure[t];
    rates.push_back(n / out_of);
    certainties.push_back(n / whole->dispersion);
    for (std::size_t w = 0; w < kWindow; ++w) sums[w] += rates[place] * series[place].exposure[from + w];
  }
  std::vector<ScanUnit> units;
  for (const std::size_t place : scanned) {
    ScanUnit unit{.observed = {}, .expected = {}, .certainty = certainties[place]};
    for (std::size_t w = 0; w < kWindow; ++w) {
      unit.observed.push_back(series[place].counts[from + w]);
      unit.expected.push_back(
          sums[w] > 0 ? whole->expected[w] * rates[place] * series[place].exposure[from + w] / sums[w] : 0);
    }
    for (const std::size_t other : areas.neighbours[place])
      if (const auto at = std::lower_bound(scanned.begin(), scanned.end(), other); at != scanned.end() && *at == other)
        unit.neighbours.push_back(static_cast<std::size_t>(at - scanned.begin()));
    units.push_back(std::move(unit));
  }
  auto found = scan(units, {.dispersion = whole->dispersion,
                            .common_certainty = whole->certainty,
                            .replicates = kScanReplicates,
                            .seed = topic + 1});
  if (!found) return found;
  for (std::size_t& unit : found->units) unit = scanned[unit];
  return found;
}

}  // namespace duluan::concern
