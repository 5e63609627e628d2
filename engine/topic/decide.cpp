#include "topic/decide.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "topic/table.hpp"

namespace duluan::topics {

std::vector<float> Calibration::packed() const {
  std::vector<float> out{slope, rival, least};
  out.insert(out.end(), shift.begin(), shift.end());
  out.insert(out.end(), thresholds.begin(), thresholds.end());
  return out;
}

bool Calibration::unpack(std::span<const float> values, std::size_t topics) {
  if (values.size() != 3 + 2 * topics) return false;
  slope = values[0];
  rival = values[1];
  least = values[2];
  shift.assign(values.begin() + 3, values.begin() + 3 + static_cast<std::ptrdiff_t>(topics));
  thresholds.assign(values.begin() + 3 + static_cast<std::ptrdiff_t>(topics), values.end());
  return true;
}

void log_softmax(std::vector<float>& scores) {
  const float most = *std::max_element(scores.begin(), scores.end());
  float sum = 0;
  for (const float s : scores) sum += std::exp(s - most);
  const float shift = most + std::log(sum);
  for (float& s : scores) s -= shift;
}

Evidence evidence_of(std::vector<float> scores) {
  log_softmax(scores);
  const auto best = static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  float second = -1e30F;
  for (std::size_t k = 0; k < scores.size(); ++k)
    if (k != best) second = std::max(second, scores[k]);
  Evidence evidence;
  evidence.rival.assign(scores.size(), scores[best]);
  evidence.rival[best] = second;
  evidence.own = std::move(scores);
  return evidence;
}

TopicResult decide(const Calibration& c, const Evidence& evidence) {
  TopicResult result;
  const std::size_t n = evidence.own.size();
  for (std::size_t k = 0; k < n; ++k) {
    const double z =
        double(c.slope) * double(evidence.own[k]) + double(c.rival) * double(evidence.rival[k]) + double(c.shift[k]);
    result.probabilities.push_back(1.0 / (1.0 + std::exp(-z)));
  }
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return result.probabilities[a] > result.probabilities[b]; });
  const std::size_t other = c.other_last ? n - 1 : n;
  if (result.probabilities[order.front()] < double(c.least)) {
    result.abstained = true;
    return result;
  }
  for (const std::size_t k : order) {
    const bool first = result.topics.empty();
    if (result.topics.size() == kMostPerOpinion) break;
    if (!first && (k == other || result.probabilities[k] < double(c.thresholds[k]))) continue;
    result.topics.push_back({static_cast<int>(k), result.probabilities[k]});
    if (first && k == other) break;
  }
  result.main = result.topics.front().topic;
  return result;
}

}  // namespace duluan::topics
