// Training in four steps: forms and pairs are counted over the silver text; the teacher's layer learns the
// silver labels, each gap's own occurrence left out of its habit; the people's layer learns the gold
// labels on top of the teacher's verdicts; compile.cpp settles what it can and writes the tables.
// One thread, a fixed order, no random numbers: the same input gives the same bytes.
//
// Memory: 13 bytes a token, 512 MB of weights, and 32 bytes a distinct pair.
#include "duluan/word.hpp"
#include "word/compile.hpp"
#include "word/learning.hpp"

namespace duluan {

using namespace boundary;  // NOLINT(google-build-using-namespace): the trainer lives in the model's terms

Result<void> train_words(const WordTraining& training, const std::string& path, const Progress& progress) {
  constexpr std::size_t kGoldRecased = 12;  // scarce, so most of it stays as it is
  constexpr std::size_t kSilverRecased = 6;
  Corpus gold;
  Corpus silver;
  if (auto read = read_corpus(training.gold, kGoldRecased, gold); !read) return read;
  if (auto read = read_corpus(training.silver, kSilverRecased, silver); !read) return read;
  // Without a teacher, people are the teacher.
  const Corpus& taught = training.silver.empty() ? gold : silver;
  FormCounts forms;
  forms.count(taught);
  forms.give_roles(silver);
  forms.give_roles(gold);
  PairCounts pairs;
  pairs.count(taught);
  pairs.give_habits(silver, true);
  pairs.give_habits(gold, training.silver.empty());

  const std::size_t steps = static_cast<std::size_t>(training.teacher_epochs) + 2;
  std::size_t done = 0;
  const auto stopped = [&] { return progress && !progress(taught.units.size() * ++done, taught.units.size() * steps); };
  const Error stop{ErrorCode::kInvalidArgument, "training was stopped", path, ""};
  Layers layers;
  for (int epoch = 0; epoch < training.teacher_epochs; ++epoch) {
    layers.learn_teacher(taught, training.teacher_rate / (1.0F + 0.5F * static_cast<float>(epoch)));
    if (stopped()) return stop;
  }
  const std::vector<float> verdicts = layers.verdicts(gold);
  for (int epoch = 0; epoch < training.people_epochs; ++epoch)
    layers.learn_people(gold, training.people_rate, verdicts);
  if (stopped()) return stop;
  auto written = compile_model(training, taught, forms, pairs, layers, path);
  stopped();
  return written;
}

}  // namespace duluan
