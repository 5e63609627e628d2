// The recipe: word vectors from plain text; models of all parts of the labelled texts but one, whose judgements of that
// one calibrate; then the model of all. Nothing depends on time, threads or addresses.
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <numeric>
#include <optional>

#include "topic/classifier.hpp"
#include "topic/compile.hpp"
#include "topic/lessons.hpp"
#include "topic/model.hpp"
#include "topic/plain_text.hpp"

namespace duluan {
namespace {

using namespace topics;  // NOLINT(google-build-using-namespace): the trainer lives in the room's terms

constexpr double kRarity = 1e-3;              // of the vectors that stay in the model
constexpr std::size_t kVectorsKept = 16'000;  // for topics that are added later, and to tell words in explanations

// Tried: shares of the cost that was asked for.
constexpr std::array<float, 3> kCostShares{1.0F, 0.5F, 3.0F};
constexpr std::size_t kFewSamples = 600;  // texts with their plain copies that a ridge regression learns from

class Trainer {
 public:
  Trainer(const Lessons& lessons, std::size_t topics, LinearOptions options)
      : lessons_(lessons), topics_(topics), options_(options) {}

  // The judgements of each judged part, in the order of the texts; parts are learnt side by side.
  std::vector<Judged> judge_unseen(const std::function<bool()>& go_on) const {
    std::vector<std::vector<Judged>> by_part(lessons_.judged);
    in_parallel(lessons_.judged, [&](std::size_t part) {
      std::vector<std::uint32_t> seen;
      for (std::size_t s = 0; s < lessons_.samples.size(); ++s)
        if (lessons_.part[s / 2] != part) seen.push_back(static_cast<std::uint32_t>(s));
      const LinearWeights weights = fit(std::move(seen), lessons_.vocabulary.features.size(), go_on);
      std::vector<float> scores;
      for (std::size_t i = 0; i < lessons_.part.size(); ++i) {
        if (lessons_.part[i] != part) continue;
        const Sample& sample = lessons_.samples[2 * i];
        weights.score(sample.text, sample.dense, scores);
        by_part[part].push_back({evidence_of(scores), sample.topics});
      }
    });
    std::vector<Judged> all;
    for (auto& judged : by_part) all.insert(all.end(), judged.begin(), judged.end());
    return all;
  }

  LinearWeights fit_all(const std::function<bool()>& go_on) const {
    std::vector<std::uint32_t> all(lessons_.samples.size());
    std::iota(all.begin(), all.end(), 0U);
    return fit(std::move(all), lessons_.vocabulary.features.size(), go_on);
  }

 private:
  LinearWeights fit(std::vector<std::uint32_t> order, std::size_t features, const std::function<bool()>& go_on) const {
    if (order.size() <= kFewSamples) {
      go_on();
      return fit_ridge(lessons_.samples, order, features, topics_, lessons_.vectors.dimension);
    }
    return fit_linear(lessons_.samples, std::move(order), features, topics_, lessons_.vectors.dimension, options_,
                      go_on);
  }

  const Lessons& lessons_;
  std::size_t topics_;
  LinearOptions options_;
};

// What was best on unseen texts.
struct Chosen {
  Lessons lessons;
  LinearOptions options;
  std::vector<Judged> judged;
  std::size_t right = 0;
};

std::size_t main_topics_right(std::span<const Judged> judged) {
  std::size_t right = 0;
  for (const Judged& text : judged) {
    const auto& own = text.evidence.own;
    right += std::size_t(std::max_element(own.begin(), own.end()) - own.begin()) == text.topics.front() ? 1U : 0U;
  }
  return right;
}

// Tries texts without and with their edges, and three costs; a few texts are learnt from in one way only.
Chosen choose(const TopicTraining& training, const std::vector<LabelledFile>& files, std::span<const WordVector> words,
              std::size_t topics, const std::function<bool()>& go_on) {
  std::optional<Chosen> best;
  for (const bool edges : {false, true}) {
    Lessons lessons = make_lessons(files, words, edges);
    const bool few = lessons.samples.size() <= kFewSamples;
    std::optional<Chosen> here;
    for (const float share : kCostShares) {
      const LinearOptions options{training.epochs, training.cost * share};
      auto judged = Trainer(lessons, topics, options).judge_unseen(go_on);
      const std::size_t right = main_topics_right(judged);
      if (!here || right > here->right) here = Chosen{{}, options, std::move(judged), right};
      if (few) break;
    }
    here->lessons = std::move(lessons);
    if (!best || here->right > best->right) best = std::move(here);
    if (few) break;
  }
  return std::move(*best);
}

Result<std::vector<LabelledFile>> load_files(const TopicTraining& training, const Taxonomy& taxonomy) {
  std::vector<LabelledFile> files;
  for (const std::string& path : training.opinions) {
    auto texts = load_opinions(path, training.columns, taxonomy);
    if (!texts) return texts.error();
    files.push_back({std::move(*texts)});
  }
  if (files.empty())
    return Error{ErrorCode::kInvalidArgument, "no file of labelled opinions was given", "", "name one or more"};
  for (const std::string& path : training.phrases) {
    auto texts = load_opinions(path, "", taxonomy);
    if (!texts) return texts.error();
    files.push_back({std::move(*texts), true});
  }
  return files;
}

Result<std::vector<WordVector>> learn_words(const TopicTraining& training, const std::string& path,
                                            const Progress& progress) {
  if (!training.vectors.empty()) return load_vectors(training.vectors);
  if (!training.base.empty()) return vectors_of(training.base);
  if (training.plain_text.empty()) return std::vector<WordVector>{};
  const std::string scratch = path + ".segmented";
  auto written = write_segmented_text(training, scratch);
  Result<std::vector<WordVector>> words = std::vector<WordVector>{};
  if (written)
    words = learn_vectors(scratch, {.dimension = training.dimension, .epochs = training.vector_epochs}, progress);
  std::remove(scratch.c_str());
  if (!written) return written.error();
  return words;
}

// What the model says of itself: its recipe, and how it judged texts of unseen authors.
std::string recipe_of(const TopicTraining& training, const Chosen& chosen, const Calibration& calibration) {
  std::size_t right = 0;
  for (const Judged& text : chosen.judged)
    right += decide(calibration, text.evidence).main == int(text.topics.front()) ? 1U : 0U;
  char score[64];
  std::snprintf(score, sizeof score, "%.2f", 100.0 * double(right) / double(chosen.judged.size()));
  char cost[32];
  std::snprintf(cost, sizeof cost, "%g", double(chosen.options.cost));
  return "one against the rest over syllables, pairs, letters and word vectors; files " +
         std::to_string(training.opinions.size() + training.phrases.size()) + ", texts " +
         std::to_string(chosen.lessons.part.size()) + ", dimension " + std::to_string(training.dimension) +
         ", epochs " + std::to_string(training.epochs) + "/" + std::to_string(training.vector_epochs) + ", cost " +
         cost + (chosen.lessons.edges ? ", edges" : "") + ", plain words " + std::to_string(training.plain_words) +
         "; main topic of texts unseen right in " + score + " %";
}

Result<void> check(const TopicTraining& training) {
  if (training.epochs < 1 || training.vector_epochs < 1 || training.dimension < 1 || training.dimension > 1000 ||
      !(training.cost > 0))
    return Error{ErrorCode::kInvalidArgument, "epochs, dimension and cost must be positive", "", "use the defaults"};
  return {};
}

}  // namespace

Result<void> train_topics(const TopicTraining& training, const std::string& path, const Progress& progress) {
  if (auto sound = check(training); !sound) return sound;
  auto tsv = taxonomy_of(training);
  if (!tsv) return tsv.error();
  auto taxonomy = Taxonomy::parse(*tsv, training.taxonomy.empty() ? "the labels" : training.taxonomy);
  if (!taxonomy) return taxonomy.error();
  auto files = load_files(training, *taxonomy);
  if (!files) return files.error();
  auto words = learn_words(training, path, progress);
  if (!words) return words.error();
  const std::size_t topics = taxonomy->topics().size();

  std::atomic<std::uint64_t> steps{0};
  std::atomic<bool> stopped{false};
  const std::uint64_t all_steps = 1000 + (2 * kCostShares.size() * kParts + 1) * std::uint64_t(training.epochs);
  const auto go_on = [&] {
    if (progress && !progress(1000 + ++steps, all_steps)) stopped = true;
    return !stopped;
  };
  const Chosen chosen = choose(training, *files, *words, topics, go_on);
  const LinearWeights weights = Trainer(chosen.lessons, topics, chosen.options).fit_all(go_on);
  if (stopped) return Error{ErrorCode::kInvalidArgument, "training was stopped", path, ""};
  const Calibration calibration = calibrate(chosen.judged, topics, taxonomy->find("other") >= 0);
  auto rows = rows_of(chosen.lessons, weights);
  keep_strongest(rows, rows_within(training.most_bytes, topics), chosen.lessons);

  const std::vector<float> packed = calibration.packed();
  const std::vector<std::byte> table = pack_rows(rows, topics);
  ModelWriter writer{std::string(kKind), kVersion};
  writer.add("taxonomy", *tsv);
  writer.add("recipe", recipe_of(training, chosen, calibration));
  writer.add_array("rows", std::span(table));
  writer.add_array("bias", std::span(weights.bias));
  writer.add_array("calibration", std::span(packed));
  if (words->size() > kVectorsKept) words->resize(kVectorsKept);
  VectorTable::from(std::move(*words), kRarity).add_to(writer);
  return writer.write(path);
}

}  // namespace duluan
