#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <numeric>
#include <thread>

#include "duluan/evaluation.hpp"
#include "duluan/text.hpp"
#include "topic/table.hpp"

namespace duluan {
namespace {

constexpr std::size_t kBins = 10;
constexpr std::array kCoverages{1.0, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5};

// Ten equal bins of probability: how far what was said lies from what happened.
class Bins {
 public:
  void add(double probability, bool happened) {
    auto& bin = bins_[std::min(static_cast<std::size_t>(probability * double(kBins)), kBins - 1)];
    bin.said += probability;
    bin.happened += happened ? 1.0 : 0.0;
    ++bin.count;
    ++count_;
  }
  [[nodiscard]] double error() const {
    double sum = 0;
    for (const Sums& bin : bins_) sum += std::fabs(bin.said - bin.happened);
    return count_ == 0 ? 0 : sum / double(count_);
  }
  [[nodiscard]] std::vector<ReliabilityBin> table() const {
    std::vector<ReliabilityBin> out;
    for (std::size_t i = 0; i < kBins; ++i) {
      ReliabilityBin bin{double(i) / double(kBins), double(i + 1) / double(kBins), bins_[i].count, 0, 0, 0, 1};
      if (bin.count > 0) {
        bin.said = bins_[i].said / double(bin.count);
        bin.happened = bins_[i].happened / double(bin.count);
        wilson(bin);
      }
      out.push_back(bin);
    }
    return out;
  }

 private:
  struct Sums {
    double said = 0, happened = 0;
    std::size_t count = 0;
  };
  // E. B. Wilson, J. Am. Stat. Assoc. 22 (1927).
  static void wilson(ReliabilityBin& bin) {
    constexpr double z = 1.959963984540054;
    const double n = double(bin.count), p = bin.happened;
    const double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    bin.lower = std::max(0.0, middle - half);
    bin.upper = std::min(1.0, middle + half);
  }
  std::array<Sums, kBins> bins_{};
  std::size_t count_ = 0;
};

struct Judged {
  std::vector<std::uint8_t> gold;
  TopicResult said;

  [[nodiscard]] bool carries(std::size_t topic) const {
    return std::find(gold.begin(), gold.end(), topic) != gold.end();
  }
  [[nodiscard]] bool is_main(std::size_t topic) const { return gold.front() == topic; }
  [[nodiscard]] std::size_t likeliest() const {
    const auto& p = said.probabilities;
    return static_cast<std::size_t>(std::max_element(p.begin(), p.end()) - p.begin());
  }
};

// The threads take small runs of texts in turn; each text's place is fixed.
void classify_all(const Classifier& classifier, std::span<const LabelledText* const> texts, bool folded,
                  unsigned threads, std::span<Judged> out) {
  constexpr std::size_t kRun = 64;
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t begin = next.fetch_add(kRun); begin < texts.size(); begin = next.fetch_add(kRun))
      for (std::size_t i = begin; i < std::min(begin + kRun, texts.size()); ++i)
        out[i].said = folded ? classifier.classify(fold(texts[i]->text)) : classifier.classify(texts[i]->text);
  };
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < threads; ++i) others.emplace_back(work);
  work();
}

void add_counts(TopicEvaluation& e, const Judged& text) {
  const std::size_t main = text.gold.front();
  ++e.texts;
  e.sets.gold += text.gold.size();
  e.sets.predicted += text.said.topics.size();
  ++e.topics[main].main.gold;
  for (const std::size_t topic : text.gold) ++e.topics[topic].sets.gold;
  std::size_t hits = 0;
  for (const TopicScore& score : text.said.topics) {
    Hits& topic = e.topics[static_cast<std::size_t>(score.topic)].sets;
    ++topic.predicted;
    if (!text.carries(static_cast<std::size_t>(score.topic))) continue;
    ++topic.correct;
    ++hits;
  }
  e.sets.correct += hits;
  if (hits == text.gold.size() && hits == text.said.topics.size()) ++e.exact_sets;
  if (text.said.abstained) {
    ++e.abstained;
    return;
  }
  const auto said = static_cast<std::size_t>(text.said.main);
  ++e.confusion[main * e.topics.size() + said];
  ++e.topics[said].main.predicted;
  if (said != main) return;
  ++e.correct_main;
  ++e.topics[main].main.correct;
}

void add_calibration(TopicEvaluation& e, std::span<const Judged> judged) {
  Bins carried, main;
  std::vector<Bins> topics(e.topics.size());
  for (const Judged& text : judged) {
    for (std::size_t k = 0; k < topics.size(); ++k) topics[k].add(text.said.probabilities[k], text.carries(k));
    if (text.said.abstained) continue;
    const auto said = static_cast<std::size_t>(text.said.main);
    const double p = text.said.topics.front().probability;
    carried.add(p, text.carries(said));
    main.add(p, text.is_main(said));
  }
  e.calibration_error = carried.error();
  e.main_calibration_error = main.error();
  e.reliability = carried.table();
  for (std::size_t k = 0; k < topics.size(); ++k) e.topics[k].calibration_error = topics[k].error();
}

void add_coverage(TopicEvaluation& e, std::span<const Judged> judged) {
  std::vector<std::pair<double, bool>> texts;  // probability of the likeliest topic, whether it is the main one
  for (const Judged& text : judged) {
    const std::size_t topic = text.likeliest();
    const double p = text.said.probabilities[topic];
    texts.emplace_back(p, p > 0 && text.is_main(topic));
  }
  std::stable_sort(texts.begin(), texts.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const double coverage : kCoverages) {
    CoveragePoint point{coverage, static_cast<std::size_t>(std::lround(coverage * double(texts.size()))), 0, 0};
    const auto end = texts.begin() + static_cast<std::ptrdiff_t>(point.texts);
    const auto right = std::count_if(texts.begin(), end, [](const auto& text) { return text.second; });
    if (point.texts > 0) {
      point.accuracy = double(right) / double(point.texts);
      point.least = std::prev(end)->first;
    }
    e.coverage.push_back(point);
  }
}

double mean_f1(const std::vector<TopicEvaluation::PerTopic>& topics, Hits TopicEvaluation::PerTopic::*hits) {
  double sum = 0;
  std::size_t count = 0;
  for (const auto& topic : topics) {
    if ((topic.*hits).gold + (topic.*hits).predicted == 0) continue;
    sum += (topic.*hits).f1();
    ++count;
  }
  return count == 0 ? 0 : sum / double(count);
}

}  // namespace

double TopicEvaluation::macro_f1() const { return mean_f1(topics, &PerTopic::sets); }
double TopicEvaluation::main_macro_f1() const { return mean_f1(topics, &PerTopic::main); }

Result<TopicEvaluation> evaluate_topics(const Classifier& classifier, std::span<const LabelledText> gold,
                                        const EvaluationOptions& options) {
  TopicEvaluation e;
  std::vector<const LabelledText*> texts;
  std::vector<Judged> judged;
  for (const LabelledText& text : gold) {
    if (!options.reg.empty() && text.reg != options.reg) continue;
    if (options.exclude.contains(text.id)) {
      ++e.excluded;
      continue;
    }
    auto topics = topics::topics_of(text, classifier.taxonomy());
    if (!topics) return topics.error();
    texts.push_back(&text);
    judged.push_back({std::move(*topics), {}});
  }
  classify_all(classifier, texts, options.folded, options.threads, judged);
  const std::size_t n = classifier.taxonomy().topics().size();
  e.topics.resize(n);
  e.confusion.resize(n * n);
  for (const Judged& text : judged) add_counts(e, text);
  add_calibration(e, judged);
  add_coverage(e, judged);
  return e;
}

}  // namespace duluan
