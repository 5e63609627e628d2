#include <charconv>
#include <cstdio>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "duluan/word.hpp"

namespace duluan::cli {
namespace {

Result<Exit> train(const Arguments& arguments) {
  WordTraining training;
  training.gold = arguments.all("--gold");
  training.silver = arguments.all("--silver");
  const std::string epochs = arguments.get("--epochs");
  if (!epochs.empty()) std::from_chars(epochs.data(), epochs.data() + epochs.size(), training.epochs);
  if (training.epochs < 1 || training.epochs > 100)
    return misuse({ErrorCode::kInvalidArgument, "--epochs must be a number from 1 to 100", "", ""});
  const std::string path = arguments.get("--output");
  auto trained = train_words(training, path, terminal_progress("training"));
  if (!trained) return trained.error();
  std::fprintf(stderr, "duluan: wrote %s\n", path.c_str());
  return kDone;
}

Result<Exit> evaluate(const Arguments& arguments) {
  auto segmenter = Segmenter::load(model_path(arguments.get("--model"), "words.model"));
  if (!segmenter) return segmenter.error();
  auto score = evaluate_words(*segmenter, arguments.get("GOLD"), arguments.get("--natural"));
  if (!score) return score.error();
  std::printf(
      "words by the characters they cover\nprecision %.2f\nrecall %.2f\nF1 %.2f\ngold %zu predicted %zu correct %zu\n",
      100 * score->precision(), 100 * score->recall(), 100 * score->f1(), score->gold, score->predicted,
      score->correct);
  return kDone;
}

}  // namespace

Command train_words_command() {
  return {"train words",
          "Train the word model from segmented sentences",
          {{.name = "--gold", .help = "sentences segmented by people", .required = true, .many = true},
           {.name = "--silver", .help = "sentences segmented by another program (.zst accepted)", .many = true},
           {.name = "--epochs", .help = "passes over the text"},
           {.name = "--output", .help = "model file to write", .required = true}},
          train};
}

Command evaluate_words_command() {
  return {"evaluate words",
          "Precision, recall and F1 of the words against a gold file",
          {{.name = "GOLD", .help = "gold sentences, syllables of a word joined by '_'", .required = true},
           {.name = "--natural", .help = "the same sentences with natural spacing"},
           {.name = "--model", .help = "word model"}},
          evaluate};
}

}  // namespace duluan::cli
