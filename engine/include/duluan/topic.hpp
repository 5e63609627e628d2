/// \file
/// Topics: what an opinion is about, with calibrated probabilities.
///
///     auto classifier = Classifier::load("models/topics.model");
///     TopicResult result = classifier->classify("Bệnh viện huyện thiếu thuốc, bệnh nhân phải ra ngoài mua.");
///     result.main;                    // index into classifier->taxonomy().topics(): health
///
/// Cost: about 75 microseconds an opinion. Thread-safety: a loaded classifier is
/// immutable and shared by threads. Errors: as ModelFile.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/progress.hpp"
#include "duluan/result.hpp"
#include "duluan/span.hpp"

namespace duluan {

/// One topic of public life. Never a person.
struct Topic {
  std::string id;           ///< "health"
  std::string label_vi;     ///< "Y tế – sức khỏe"
  std::string label_en;     ///< "Health"
  std::string description;  ///< what is in it
};

/// The topics in the order of their file; `other` is the last.
class Taxonomy {
 public:
  /// TSV with header id, label_vi, label_en, description. Errors name the line.
  static Result<Taxonomy> parse(std::string_view tsv, const std::string& where);
  static Result<Taxonomy> load(const std::string& path);

  [[nodiscard]] const std::vector<Topic>& topics() const noexcept { return topics_; }
  /// Index of a topic by id, or -1.
  [[nodiscard]] int find(std::string_view id) const noexcept;

 private:
  std::vector<Topic> topics_;
};

struct TopicScore {
  int topic = -1;            ///< index into Taxonomy::topics()
  double probability = 0.0;  ///< calibrated: of 100 such, so many carry the topic
};

struct TopicResult {
  std::vector<TopicScore> topics;     ///< 1 to 3, best first; none when abstained
  int main = -1;                      ///< the first of them, or -1
  bool abstained = false;             ///< too unsure to say
  std::vector<double> probabilities;  ///< one per topic of the taxonomy
};

/// A word's share of a topic's score; below 0 it speaks against the topic.
struct WordShare {
  Span span;  ///< bytes of the caller's text
  double weight = 0.0;
};

/// Why a topic scored as it did. The model is linear, so nothing is approximated:
/// bias + the weights of the words = score, but for rounding (relative error below 1e-4).
struct TopicExplanation {
  int topic = -1;                ///< index into Taxonomy::topics()
  double score = 0.0;            ///< before calibration: the larger against the other topics', the more probable
  double bias = 0.0;             ///< what no word has part in
  std::vector<WordShare> words;  ///< all words of the text, in its order
};

/// Buffers of one thread, reused from text to text so that classifying allocates nothing more.
class TopicScratch {
 public:
  TopicScratch();
  ~TopicScratch();
  TopicScratch(TopicScratch&&) noexcept;
  TopicScratch& operator=(TopicScratch&&) noexcept;

 private:
  friend class Classifier;
  struct Buffers;
  std::unique_ptr<Buffers> buffers;
};

class Classifier {
 public:
  static Result<Classifier> load(const std::string& path);
  ~Classifier();
  Classifier(Classifier&&) noexcept;
  Classifier& operator=(Classifier&&) noexcept;

  /// Any UTF-8; text without letters abstains.
  [[nodiscard]] TopicResult classify(std::string_view utf8) const;
  /// The same for many texts: `scratch` belongs to the calling thread, `result` is written over.
  void classify(std::string_view utf8, TopicScratch& scratch, TopicResult& result) const;
  /// The score of each topic of `result` (as classify gave it for the same text) shared out to the words.
  [[nodiscard]] std::vector<TopicExplanation> explain(std::string_view utf8, const TopicResult& result) const;
  [[nodiscard]] const Taxonomy& taxonomy() const noexcept;

 private:
  struct Model;
  explicit Classifier(std::unique_ptr<Model> model);
  std::unique_ptr<Model> model_;
};

/// What train_topics learns from.
struct TopicTraining {
  std::string taxonomy;  ///< TSV as Taxonomy::load reads it
  /// One file an author: TSV with header id, register, topics (joined by commas, main first), text.
  /// Probabilities are calibrated on each author by models that have not seen that author.
  std::vector<std::string> opinions;
  std::vector<std::string>
      plain_text;           ///< for word vectors: TSV, text in the last column ("\n" a paragraph); .zst is unpacked
  std::string words_model;  ///< segments plain_text
  std::size_t plain_words = 14'000'000;  ///< of plain_text, taken evenly from the files
  int vector_epochs = 3;
  int dimension = 80;
  int epochs = 12;  ///< of the linear model
  float decay = 1e-4F;
  std::size_t most_bytes = 64'000'000;  ///< of the table of features; the weakest are left out
};

/// Trains a model and writes it to `path`. Deterministic, one thread. Without plain_text the
/// model has no word vectors. Progress counts steps of the recipe. Errors name file and line.
Result<void> train_topics(const TopicTraining& training, const std::string& path, const Progress& progress);

/// Counts over labelled opinions. An abstention counts as wrong for the main topic and misses all of the set.
struct TopicEvaluation {
  struct PerTopic {
    std::size_t gold = 0, predicted = 0, correct = 0;  ///< over the sets
    std::size_t gold_main = 0, correct_main = 0;
  };
  std::size_t opinions = 0, abstained = 0, correct_main = 0, exact_sets = 0;
  std::size_t gold = 0, predicted = 0, correct = 0;  ///< topics over all sets
  double calibration_error = 0;        ///< main topic's probability against "the opinion carries it", 10 bins
  double main_calibration_error = 0;   ///< the same against "it is the main topic"
  std::vector<PerTopic> topics;        ///< in the order of the taxonomy
  std::vector<std::size_t> confusion;  ///< gold main x predicted main, row by row; abstentions left out

  [[nodiscard]] double main_accuracy() const { return opinions == 0 ? 0 : double(correct_main) / double(opinions); }
  [[nodiscard]] double precision() const { return predicted == 0 ? 0 : double(correct) / double(predicted); }
  [[nodiscard]] double recall() const { return gold == 0 ? 0 : double(correct) / double(gold); }
  [[nodiscard]] double micro_f1() const {
    return gold + predicted == 0 ? 0 : 2.0 * double(correct) / double(gold + predicted);
  }
  [[nodiscard]] double macro_f1() const;
};

/// Classifies the opinions of a file in the form of TopicTraining::opinions; `reg` keeps one register, empty all.
Result<TopicEvaluation> evaluate_topics(const Classifier& classifier, const std::string& path, const std::string& reg);

}  // namespace duluan
