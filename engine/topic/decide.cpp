#include "topic/decide.hpp"

#include <algorithm>
#include <array>
#include <cmath>

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

void weigh(std::vector<float>& scores, Evidence& evidence) {
  log_softmax(scores);
  const auto best = static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  float second = -1e30F;
  for (std::size_t k = 0; k < scores.size(); ++k)
    if (k != best) second = std::max(second, scores[k]);
  evidence.rival.assign(scores.size(), scores[best]);
  evidence.rival[best] = second;
  evidence.own.assign(scores.begin(), scores.end());
}

Evidence evidence_of(std::vector<float> scores) {
  Evidence evidence;
  weigh(scores, evidence);
  return evidence;
}

TopicResult decide(const Calibration& c, const Evidence& evidence) {
  TopicResult result;
  decide(c, evidence, result);
  return result;
}

void decide(const Calibration& c, const Evidence& evidence, TopicResult& result) {
  const std::size_t n = evidence.own.size();
  result.topics.clear();
  result.main = -1;
  result.abstained = false;
  result.probabilities.resize(n);
  for (std::size_t k = 0; k < n; ++k) {
    const float z = c.slope * evidence.own[k] + c.rival * evidence.rival[k] + c.shift[k];
    result.probabilities[k] = 1.0 / (1.0 + std::exp(-double(z)));
  }
  // The best three, the first of equals.
  std::array<std::size_t, kMostPerOpinion> best{};
  std::size_t found = 0;
  const auto& p = result.probabilities;
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t at = found;
    while (at > 0 && p[k] > p[best[at - 1]]) --at;
    if (at == kMostPerOpinion) continue;
    found = std::min(found + 1, kMostPerOpinion);
    for (std::size_t i = found - 1; i > at; --i) best[i] = best[i - 1];
    best[at] = k;
  }
  if (p[best[0]] < double(c.least)) {
    result.abstained = true;
    return;
  }
  const std::size_t other = c.other_last ? n - 1 : n;
  for (std::size_t i = 0; i < found; ++i) {
    const std::size_t k = best[i];
    if (i > 0 && (k == other || p[k] < double(c.thresholds[k]))) continue;
    result.topics.push_back({static_cast<int>(k), p[k]});
    if (i == 0 && k == other) break;
  }
  result.main = result.topics.front().topic;
}

}  // namespace duluan::topics
