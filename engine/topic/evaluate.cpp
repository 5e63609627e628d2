#include <algorithm>
#include <array>
#include <cmath>

#include "topic/table.hpp"

namespace duluan {
namespace {

// Ten equal bins of probability: how far what was said lies from what happened.
class Bins {
 public:
  void add(double probability, bool happened) {
    auto& bin = bins_[std::min<std::size_t>(static_cast<std::size_t>(probability * 10), 9)];
    bin.said += probability;
    bin.happened += happened ? 1.0 : 0.0;
    ++count_;
  }
  [[nodiscard]] double error() const {
    double sum = 0;
    for (const Bin& bin : bins_) sum += std::fabs(bin.said - bin.happened);
    return count_ == 0 ? 0 : sum / double(count_);
  }

 private:
  struct Bin {
    double said = 0, happened = 0;
  };
  std::array<Bin, 10> bins_{};
  std::size_t count_ = 0;
};

void add(TopicEvaluation& e, const topics::Labelled& opinion, const TopicResult& result) {
  const std::size_t main = opinion.topics.front();
  ++e.opinions;
  e.gold += opinion.topics.size();
  e.predicted += result.topics.size();
  ++e.topics[main].gold_main;
  for (const std::size_t topic : opinion.topics) ++e.topics[topic].gold;
  std::size_t hits = 0;
  for (const TopicScore& score : result.topics) {
    auto& topic = e.topics[static_cast<std::size_t>(score.topic)];
    ++topic.predicted;
    if (std::find(opinion.topics.begin(), opinion.topics.end(), score.topic) == opinion.topics.end()) continue;
    ++topic.correct;
    ++hits;
  }
  e.correct += hits;
  if (hits == opinion.topics.size() && hits == result.topics.size()) ++e.exact_sets;
  if (result.abstained) {
    ++e.abstained;
    return;
  }
  ++e.confusion[main * e.topics.size() + static_cast<std::size_t>(result.main)];
  if (result.main != static_cast<int>(main)) return;
  ++e.correct_main;
  ++e.topics[main].correct_main;
}

}  // namespace

double TopicEvaluation::macro_f1() const {
  double sum = 0;
  std::size_t count = 0;
  for (const PerTopic& topic : topics) {
    if (topic.gold + topic.predicted == 0) continue;
    sum += 2.0 * double(topic.correct) / double(topic.gold + topic.predicted);
    ++count;
  }
  return count == 0 ? 0 : sum / double(count);
}

Result<TopicEvaluation> evaluate_topics(const Classifier& classifier, const std::string& path, const std::string& reg) {
  auto opinions = topics::load_opinions(path, classifier.taxonomy());
  if (!opinions) return opinions.error();
  TopicEvaluation e;
  const std::size_t n = classifier.taxonomy().topics().size();
  e.topics.resize(n);
  e.confusion.resize(n * n);
  Bins carried;
  Bins main;
  for (const topics::Labelled& opinion : *opinions) {
    if (!reg.empty() && opinion.reg != reg) continue;
    const TopicResult result = classifier.classify(opinion.text);
    add(e, opinion, result);
    if (result.abstained) continue;
    const double p = result.topics.front().probability;
    carried.add(p, std::find(opinion.topics.begin(), opinion.topics.end(), result.main) != opinion.topics.end());
    main.add(p, result.main == static_cast<int>(opinion.topics.front()));
  }
  e.calibration_error = carried.error();
  e.main_calibration_error = main.error();
  return e;
}

}  // namespace duluan
