/// \file
/// Topics: what an opinion is about, with calibrated probabilities.
///
///     auto classifier = Classifier::load("models/topics.model");
///     TopicResult result = classifier->classify("Bệnh viện huyện thiếu thuốc, bệnh nhân phải ra ngoài mua.");
///     result.main;                    // index into classifier->taxonomy().topics(): health
///
/// Cost: 5 to 10 microseconds an opinion with a TopicScratch. Thread-safety: a loaded classifier is
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

/// The topics in the order of their file. If there is an `other`, it is the last, and stands alone in an opinion.
class Taxonomy {
 public:
  /// TSV with header id, label_vi, label_en, description. An id is any text without commas. Errors name the line.
  static Result<Taxonomy> parse(std::string_view tsv, const std::string& where);
  static Result<Taxonomy> load(const std::string& path);

  [[nodiscard]] const std::vector<Topic>& topics() const noexcept { return topics_; }
  /// Index of a topic by id, or -1.
  [[nodiscard]] int find(std::string_view id) const noexcept;
  /// As parse() reads it.
  [[nodiscard]] std::string tsv() const;

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
  std::string taxonomy;  ///< TSV as Taxonomy::load reads it; empty: the topics are the labels of the opinions
  std::string names;     ///< a taxonomy that then lends labels their order and names; may be empty
  /// One file an author, as read_labelled() reads it. Probabilities are calibrated on each author by models that
  /// have not seen that author; those of a single file on parts of it.
  std::vector<std::string> opinions;
  std::vector<std::string>
      phrases;  ///< label and phrase: terms and turns of speech that tell a topic by themselves; lighter
  /// Labelled texts, as opinions, that nothing is learnt from: if there are any, the probabilities are set right for
  /// texts of their kind (their number counts in how rare a word is, nothing else). What topics are told stays the
  /// same.
  std::vector<std::string> calibration;
  std::string columns;  ///< of the opinions, as read_labelled() takes them
  std::string base;     ///< a model that lends its word vectors; plain_text is then of no use
  std::vector<std::string>
      plain_text;           ///< for word vectors: TSV, text in the last column ("\n" a paragraph); .zst is unpacked
  std::string vectors;      ///< a .vec file of word vectors instead of plain_text; may be empty
  std::string words_model;  ///< segments plain_text
  std::size_t plain_words = 24'000'000;  ///< of plain_text, taken evenly from the files
  int vector_epochs = 2;
  int dimension = 100;
  int epochs = 10;    ///< of the linear model
  float cost = 1.0F;  ///< of a text on the wrong side of its margin, against the squares of the weights
  std::size_t most_bytes = 64'000'000;  ///< of the table of features; the weakest are left out
};

/// Trains a model and writes it to `path`. Deterministic, on all cores. Without plain_text the
/// model has no word vectors. Progress counts steps of the recipe. Errors name file and line.
Result<void> train_topics(const TopicTraining& training, const std::string& path, const Progress& progress);

}  // namespace duluan
