// How often this archive raises a false alarm, measured on its own past.
#include <numeric>
#include <random>

#include "concern/judge.hpp"

namespace duluan::concern {
namespace {

constexpr std::uint64_t kSeed = 20250701;

// Fisher and Yates; std::shuffle differs from library to library.
void shuffle(std::vector<std::size_t>& order, std::mt19937_64& random) {
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
}

bool any_flagged(const Control& control, const Judge& judge, const Surprises& all, std::size_t topic) {
  const auto& thresholds = control.thresholds[topic];
  const std::size_t nodes = judge.areas.nodes.size(), places = judge.cells->places().size();
  for (std::size_t node = 0; node < nodes; ++node)
    if (all.nodes[topic * nodes + node] <= thresholds[static_cast<std::size_t>(judge.areas.nodes[node].level)])
      return true;
  for (std::size_t place = 0; place < places; ++place)
    if (all.cells[topic * places + place] <= thresholds[kPlaceLevel]) return true;
  return !all.clusters.empty() && all.clusters[topic].p_value <= thresholds[kClusterLevel];
}

bool flagged_now(const Control& control, std::size_t topic) { return control.thresholds[topic].front() > 0; }

}  // namespace

Result<double> null_rate(const Judge& judge, int periods) {
  const std::size_t topics = judge.cells->topics().size();
  std::vector<std::size_t> order(judge.cells->periods() - 1);  // the judged one may hold what is no false alarm
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::mt19937_64 random(kSeed);
  double flagged = 0, quiet = 0;
  for (std::size_t topic = 0; topic < topics; ++topic) quiet += flagged_now(judge.flags, topic) ? 0 : 1;
  if (quiet == 0) return 0.0;
  for (int i = 0; i < periods; ++i) {
    shuffle(order, random);
    const Cells cells = judge.cells->reordered(order);
    Judge again = judge;
    again.cells = &cells;
    const auto all = again.surprises();
    if (!all) return all.error();
    const Control control = again.controlled(*all);
    for (std::size_t topic = 0; topic < topics; ++topic)
      if (!flagged_now(judge.flags, topic) && any_flagged(control, again, *all, topic)) ++flagged;
  }
  return flagged / periods * static_cast<double>(topics) / quiet;
}

}  // namespace duluan::concern
