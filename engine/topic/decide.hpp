// From the linear model's scores to calibrated probabilities and a decision.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "duluan/topic.hpp"

namespace duluan::topics {

/// P(topic k) = 1 / (1 + exp(-(slope * l_k + rival * r_k + shift_k))), where l_k is the model's
/// log-probability of k and r_k that of the best other topic. Lies in the model as floats.
struct Calibration {
  float slope = 1;
  float rival = 0;
  float least = 0;                ///< abstain when no topic is as probable as this
  std::vector<float> shift;       ///< by topic
  std::vector<float> thresholds;  ///< by topic
  bool other_last = true;         ///< the last topic is `other`; the taxonomy tells, it is not packed

  [[nodiscard]] std::vector<float> packed() const;
  /// False when the length is not that of a packed calibration of `topics` topics.
  bool unpack(std::span<const float> values, std::size_t topics);
};

/// Scores of the softmax as log-probabilities, in place.
void log_softmax(std::vector<float>& scores);

/// l_k and r_k for every topic of a text.
struct Evidence {
  std::vector<float> own, rival;
};
Evidence evidence_of(std::vector<float> scores);
/// The same into buffers that are reused.
void weigh(std::vector<float>& scores, Evidence& evidence);

/// Probabilities, then 1 to 3 topics: the best, and those above their thresholds; `other` stands alone.
TopicResult decide(const Calibration& calibration, const Evidence& evidence);
void decide(const Calibration& calibration, const Evidence& evidence, TopicResult& result);

/// A text judged by a model that has not seen its author.
struct Judged {
  Evidence evidence;
  std::vector<std::uint8_t> topics;
};

/// Fits slopes and shifts by ridge logistic regression, thresholds for the micro-F1 of the sets,
/// and the least probability worth telling.
Calibration calibrate(std::span<const Judged> judged, std::size_t topics, bool other_last);

/// Makes the probabilities right for texts of another kind: stretches and shifts the logits by what `judged`, texts of
/// that kind, carry of what they are first told to be (Platt 1999). What is decided stays as it is.
void recalibrate(Calibration& calibration, std::span<const Judged> judged);

}  // namespace duluan::topics
