/// \file
/// Few-shot topics: a topic put on top of a trained model from a name, a description and five to twenty examples.
///
///     FewShot wish;
///     wish.topic = {"nước nhiễm mặn", "Nước nhiễm mặn", "", "nước sinh hoạt, nước tưới bị mặn"};
///     wish.examples = {"Nước máy mặn chát cả tháng nay", …};
///     wish.background = {…};                     // thousands of opinions on anything
///     auto report = add_topic(wish, "models/topics.model", "mine.model");
///
/// The new topic has a linear model of its own over the base's word vectors and terms (ridge regression against the
/// background, with the covariance of the background as metric); the base's topics stay as they are. A text that
/// carries it with a probability of at least one half lists it among its topics. Cost: some seconds; a model with added
/// topics reads each text twice. Deterministic. Errors: as ModelFile; too few examples; too little background.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "duluan/topic.hpp"

namespace duluan {

struct FewShot {
  Topic topic;                          ///< its name and description are read as examples too
  std::vector<std::string> examples;    ///< kFewestExamples or more
  std::vector<std::string> background;  ///< opinions on other things; some may carry the topic
  double share = 0.02;                  ///< of all opinions that are expected to carry it: the prior of its probability
};

inline constexpr std::size_t kFewestExamples = 5;
inline constexpr std::size_t kFewestBackground = 200;

/// How well the topic can be told from the background, each text judged by a model that has not seen it.
struct FewShotReport {
  std::size_t recognised = 0;          ///< of the examples, with a probability of one half or more
  std::size_t alarms = 0;              ///< of the background that counts, the same
  std::vector<std::size_t> set_aside;  ///< background that looks like the topic and was not counted against it
  std::vector<std::size_t> odd;        ///< examples least like the others: not recognised
};

/// Writes the base model with one more topic. The base may have added topics already.
Result<FewShotReport> add_topic(const FewShot& wish, const std::string& base, const std::string& path);

}  // namespace duluan
