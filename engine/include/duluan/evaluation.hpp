/// \file
/// Evaluation of topics: what a classifier says of labelled texts against their labels.
///
///     auto gold = read_labelled("gold.tsv");
///     auto e = evaluate_topics(*classifier, *gold);
///     e->main_accuracy();  e->topics[10].sets.f1();  e->coverage[2].accuracy;  // of the surest 90 %
///
/// Cost: that of classifying the texts. Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/topic.hpp"

namespace duluan {

/// A text and the topics people gave it.
struct LabelledText {
  std::string id;                   ///< its own, or the number of its line
  std::string reg;                  ///< register: report, petition, comment, noisy; often empty
  std::vector<std::string> topics;  ///< 1 to 3, the main one first
  std::string text;
  std::string where;  ///< "gold.tsv:17"
};

/// Reads TSV, ".zst" too. Columns: named by a header (id, register, topics or label, text); else told by `columns`
/// ("label,id,text"; "-" for one that is of no use); else by their number: label, text, or label, id, text. Several
/// topics are joined by commas; a written-out "\n" in a text is a line break. Errors name file and line.
Result<std::vector<LabelledText>> read_labelled(const std::string& path, const std::string& columns = "");

/// The ids to leave out, one a line: the first column, or the one a header calls id.
Result<std::set<std::string>> read_ids(const std::string& path);

struct EvaluationOptions {
  std::string reg;                ///< only this register
  std::set<std::string> exclude;  ///< ids left out
  bool folded = false;            ///< the texts lose their diacritics first
  unsigned threads = 1;
};

/// Right among given (precision) and among wanted (recall).
struct Hits {
  std::size_t gold = 0, predicted = 0, correct = 0;
  [[nodiscard]] double precision() const { return predicted == 0 ? 0 : double(correct) / double(predicted); }
  [[nodiscard]] double recall() const { return gold == 0 ? 0 : double(correct) / double(gold); }
  [[nodiscard]] double f1() const {
    return gold + predicted == 0 ? 0 : 2.0 * double(correct) / double(gold + predicted);
  }
};

/// Texts whose first topic had a probability in [begin, end).
struct ReliabilityBin {
  double begin = 0, end = 0;
  std::size_t count = 0;
  double said = 0;              ///< mean probability
  double happened = 0;          ///< share of the texts that do carry the topic
  double lower = 0, upper = 1;  ///< Wilson's 95 % interval of that share
};

/// Of the surest texts, by the largest probability, abstentions taken at their word.
struct CoveragePoint {
  double coverage = 0;  ///< share of all texts
  std::size_t texts = 0;
  double accuracy = 0;  ///< of the main topic
  double least = 0;     ///< the smallest probability among them
};

/// An abstention counts as wrong for the main topic and misses all of the set.
struct TopicEvaluation {
  struct PerTopic {
    Hits sets, main;
    double calibration_error = 0;  ///< its probability against "the text carries it", over all texts, 10 bins
  };
  std::size_t texts = 0, abstained = 0, excluded = 0, exact_sets = 0;
  Hits sets;  ///< topics over all sets
  std::size_t correct_main = 0;
  double calibration_error = 0;             ///< first topic's probability against "the text carries it", 10 bins
  double main_calibration_error = 0;        ///< the same against "it is the main topic"
  std::vector<ReliabilityBin> reliability;  ///< ten, of the first kind; abstentions left out
  std::vector<CoveragePoint> coverage;      ///< 100, 95, 90, 80, 70, 60, 50 %
  std::vector<PerTopic> topics;             ///< in the order of the taxonomy
  std::vector<std::size_t> confusion;       ///< gold main x predicted main, row by row; abstentions left out

  [[nodiscard]] double main_accuracy() const { return texts == 0 ? 0 : double(correct_main) / double(texts); }
  /// Means of F1 over the topics that are given or wanted at all.
  [[nodiscard]] double macro_f1() const;
  [[nodiscard]] double main_macro_f1() const;
};

/// Error: a label that is no topic of the classifier's taxonomy, a text with too many, or one twice.
Result<TopicEvaluation> evaluate_topics(const Classifier& classifier, std::span<const LabelledText> gold,
                                        const EvaluationOptions& options = {});

}  // namespace duluan
