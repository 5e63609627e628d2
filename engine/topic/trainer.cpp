// The recipe: word vectors from plain text; for each author a model of the others, whose judgements
// calibrate; then the model of all authors. Nothing depends on time, threads or addresses.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <map>

#include "topic/classifier.hpp"
#include "topic/embed.hpp"
#include "topic/model.hpp"
#include "topic/plain_text.hpp"
#include "topic/table.hpp"

namespace duluan {
namespace {

using namespace topics;  // NOLINT(google-build-using-namespace): the trainer lives in the room's terms

constexpr double kRarity = 1e-3;           // words more frequent than this count less in the text's vector
constexpr float kPlainWeight = 0.3F;       // of the copy without diacritics
constexpr std::size_t kFewestLetters = 4;  // texts a letter piece must occur in
constexpr std::size_t kFoldsOfOne = 4;     // parts of a single author's file
// Weight of each family, in the order of Family.
constexpr float kFamilyWeight[kFamilies] = {1.0F, 0.7F, 0.7F, 0.5F, 0.3F};

struct Lesson {
  Terms marked, plain;
  std::vector<std::uint8_t> topics;
  std::size_t part = 0;
};

// The known terms of a training set and what is needed to read a text with them.
struct Reader {
  std::vector<std::uint32_t> keys;
  std::vector<float> weights;
  VectorTable vectors;

  [[nodiscard]] Features read(const Terms& terms) const { return features_of(terms, {keys, weights}, vectors.view()); }
};

Reader reader_of(std::span<const Lesson* const> texts, const VectorTable& vectors) {
  struct Seen {
    std::size_t texts = 0;
    Family family = kWords;
  };
  Reader reader{{}, {}, vectors};
  const VectorView view = reader.vectors.view();
  std::map<std::uint32_t, Seen> seen;
  std::vector<Match> matches;
  std::vector<float> dense;
  std::vector<double> sum(view.dimension);
  for (const Lesson* text : texts) {
    view.match(text->marked, matches);
    for (const RawTerm& term : raw_terms(text->marked, matches)) {
      Seen& entry = seen[term.key];
      ++entry.texts;
      entry.family = term.family;
    }
    view.embed(matches, dense);
    for (std::size_t d = 0; d < sum.size(); ++d) sum[d] += double(dense[d]);
    view.match(text->plain, matches);  // other words may be found there
    for (const RawTerm& term : raw_terms(text->plain, matches))
      if (Seen& entry = seen[term.key]; entry.texts == 0) entry = {1, term.family};
  }
  for (const auto& [key, entry] : seen) {
    if (entry.family == kLetters && entry.texts < kFewestLetters) continue;
    reader.keys.push_back(key);
    reader.weights.push_back(kFamilyWeight[entry.family] *
                             static_cast<float>(std::log(1.0 + double(texts.size()) / double(entry.texts))));
  }
  for (std::size_t d = 0; d < sum.size(); ++d)
    reader.vectors.common[d] = static_cast<float>(sum[d] / double(texts.size()));
  return reader;
}

LinearWeights fit(std::span<const Lesson* const> texts, const Reader& reader, std::size_t topics,
                  const TopicTraining& training) {
  std::vector<Sample> samples;
  for (const Lesson* text : texts) {
    samples.push_back({reader.read(text->marked), text->topics, 1.0F});
    samples.push_back({reader.read(text->plain), text->topics, kPlainWeight});
  }
  LinearOptions options;
  options.epochs = training.epochs;
  options.decay = training.decay;
  return fit_linear(samples, reader.keys.size(), topics, reader.vectors.dimension, options);
}

Result<std::vector<Lesson>> load_texts(const TopicTraining& training, const Taxonomy& taxonomy) {
  std::vector<Lesson> texts;
  for (std::size_t author = 0; author < training.opinions.size(); ++author) {
    auto opinions = load_opinions(training.opinions[author], training.columns, taxonomy);
    if (!opinions) return opinions.error();
    for (std::size_t i = 0; i < opinions->size(); ++i) {
      Labelled& opinion = (*opinions)[i];
      const std::size_t part = training.opinions.size() > 1 ? author : i % kFoldsOfOne;
      texts.push_back({terms_of(opinion.text), terms_of(fold(opinion.text)), std::move(opinion.topics), part});
    }
  }
  if (texts.empty())
    return Error{ErrorCode::kInvalidArgument, "no file of labelled opinions was given", "", "name one or more"};
  return texts;
}

Result<VectorTable> learn_table(const TopicTraining& training, const std::string& path, const Progress& progress) {
  if (!training.base.empty()) return vectors_of(training.base);
  if (training.plain_text.empty()) return VectorTable{};
  const std::string scratch = path + ".segmented";
  auto written = write_segmented_text(training, scratch);
  Result<std::vector<WordVector>> words = std::vector<WordVector>{};
  if (written)
    words = learn_vectors(scratch, {.dimension = training.dimension, .epochs = training.vector_epochs}, progress);
  std::remove(scratch.c_str());
  if (!written) return written.error();
  if (!words) return words.error();
  return VectorTable::from(std::move(*words), kRarity);
}

std::vector<Judged> judge_unseen(std::span<const Lesson> texts, const VectorTable& vectors, std::size_t topics,
                                 const TopicTraining& training, const std::function<bool()>& step) {
  std::size_t parts = 0;
  for (const Lesson& text : texts) parts = std::max(parts, text.part + 1);
  std::vector<Judged> judged;
  for (std::size_t part = 0; part < parts; ++part) {
    std::vector<const Lesson*> seen;
    for (const Lesson& text : texts)
      if (text.part != part) seen.push_back(&text);
    if (seen.empty()) continue;
    const Reader reader = reader_of(seen, vectors);
    const LinearWeights weights = fit(seen, reader, topics, training);
    std::vector<float> scores;
    for (const Lesson& text : texts) {
      if (text.part != part) continue;
      weights.score(reader.read(text.marked), scores);
      judged.push_back({evidence_of(scores), text.topics});
    }
    if (!step()) return {};
  }
  return judged;
}

// What the model says of itself: its recipe, and how it judged authors it had not seen.
std::string recipe_of(const TopicTraining& training, std::span<const Judged> judged, const Calibration& calibration) {
  std::size_t right = 0;
  for (const Judged& text : judged)
    right += decide(calibration, text.evidence).main == int(text.topics.front()) ? 1U : 0U;
  char score[64];
  std::snprintf(score, sizeof score, "%.2f", 100.0 * double(right) / double(judged.size()));
  return "softmax over words, pairs, letters and word vectors; authors " + std::to_string(training.opinions.size()) +
         ", dimension " + std::to_string(training.dimension) + ", epochs " + std::to_string(training.epochs) + "/" +
         std::to_string(training.vector_epochs) + ", plain words " + std::to_string(training.plain_words) +
         "; main topic of unseen authors right in " + score + " %";
}

}  // namespace

Result<void> train_topics(const TopicTraining& training, const std::string& path, const Progress& progress) {
  if (training.epochs < 1 || training.vector_epochs < 1 || training.dimension < 1 || training.dimension > 1000 ||
      training.decay < 0)
    return Error{ErrorCode::kInvalidArgument, "epochs, dimension and decay must be positive", "", "use the defaults"};
  auto tsv = taxonomy_of(training);
  if (!tsv) return tsv.error();
  auto taxonomy = Taxonomy::parse(*tsv, training.taxonomy.empty() ? "the labels" : training.taxonomy);
  if (!taxonomy) return taxonomy.error();
  auto texts = load_texts(training, *taxonomy);
  if (!texts) return texts.error();
  auto vectors = learn_table(training, path, progress);
  if (!vectors) return vectors.error();

  const std::size_t topics = taxonomy->topics().size();
  std::uint64_t done = 1000;  // what the vectors counted up to
  const Error stopped{ErrorCode::kInvalidArgument, "training was stopped", path, ""};
  const auto judged = judge_unseen(*texts, *vectors, topics, training, [&] {
    done += 100;
    return !progress || progress(done, done + 1000);
  });
  if (judged.empty()) return stopped;
  std::vector<const Lesson*> all;
  for (const Lesson& text : *texts) all.push_back(&text);
  const Reader reader = reader_of(all, *vectors);
  const LinearWeights weights = fit(all, reader, topics, training);
  const Calibration calibration = calibrate(judged, topics, taxonomy->find("other") >= 0);
  const std::vector<float> packed = calibration.packed();

  ModelWriter writer{std::string(kKind), kVersion};
  writer.add("taxonomy", *tsv);
  writer.add("recipe", recipe_of(training, judged, calibration));
  writer.add_array("term_keys", std::span(reader.keys));
  writer.add_array("term_weights", std::span(reader.weights));
  reader.vectors.add_to(writer);
  add_weights(writer, weights);
  writer.add_array("calibration", std::span(packed));
  return writer.write(path);
}

}  // namespace duluan
