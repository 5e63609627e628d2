#include <algorithm>
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
  if (!epochs.empty()) std::from_chars(epochs.data(), epochs.data() + epochs.size(), training.teacher_epochs);
  if (training.teacher_epochs < 1 || training.teacher_epochs > 100)
    return misuse({ErrorCode::kInvalidArgument, "--epochs must be a number from 1 to 100", "", ""});
  const std::string path = arguments.get("--output");
  auto trained = train_words(training, path, terminal_progress("training"));
  if (!trained) return trained.error();
  std::fprintf(stderr, "duluan: wrote %s\n", path.c_str());
  return kDone;
}

Result<Exit> count_lexicon(const Arguments& arguments) {
  std::uint32_t least = 5;
  const std::string given = arguments.get("--least");
  const auto [end, fault] = std::from_chars(given.data(), given.data() + given.size(), least);
  if (!given.empty() && (fault != std::errc() || end != given.data() + given.size()))
    return misuse({ErrorCode::kInvalidArgument, "--least must be a number", "", ""});
  WordCounts counts;
  for (const std::string& path : arguments.all("FILE"))
    if (auto read = counts.read(path); !read) return read.error();
  write_out(counts.table(least));
  return kDone;
}

void print_score(const char* name, const WordScore& score) {
  std::printf("%-22s precision %6.2f  recall %6.2f  F1 %6.2f  (gold %zu, predicted %zu, correct %zu)\n", name,
              100 * score.precision(), 100 * score.recall(), 100 * score.f1(), score.gold, score.predicted,
              score.correct);
}

void print_recall(const char* name, const WordScore& score) {
  std::printf("%-22s recall %6.2f  (gold %zu, correct %zu)\n", name, 100 * score.recall(), score.gold, score.correct);
}

Result<Exit> evaluate(const Arguments& arguments) {
  constexpr std::size_t kMistakes = 20;
  auto segmenter = Segmenter::load(model_path(arguments.get("--model"), "words.model"));
  if (!segmenter) return segmenter.error();
  const std::string known = arguments.get("--known");
  auto report = evaluate_words(*segmenter, arguments.get("GOLD"), arguments.get("--natural"), known);
  if (!report) return report.error();
  std::printf("words by the characters they cover\n");
  print_score("all", report->all);
  static constexpr const char* kNames[] = {"1 syllable", "2 syllables", "3 syllables", "4 syllables",
                                           "5 syllables or more"};
  for (std::size_t i = 0; i < WordReport::kLengths; ++i) print_score(kNames[i], report->by_length[i]);
  if (!known.empty()) {
    print_recall("known words", report->known);
    print_recall("unknown words", report->unknown);
  }
  std::printf("commonest mistakes\n");
  for (std::size_t i = 0; i < std::min(kMistakes, report->mistakes.size()); ++i) {
    const auto& mistake = report->mistakes[i];
    std::printf("%6zu  %s | %s  %s\n", mistake.count, mistake.left.c_str(), mistake.right.c_str(),
                mistake.cut ? "cut, is one word" : "joined, is two words");
  }
  return kDone;
}

}  // namespace

Command train_words_command() {
  return {"train words",
          "Train the word model from segmented sentences",
          {{.name = "--gold", .help = "sentences segmented by people", .required = true, .many = true},
           {.name = "--silver", .help = "sentences segmented by another program (.zst accepted)", .many = true},
           {.name = "--epochs", .help = "passes over the silver text"},
           {.name = "--output", .help = "model file to write", .required = true}},
          train};
}

Command train_lexicon_command() {
  return {"train lexicon",
          "Count the words of segmented sentences: word, times, a table that `segment --lexicon` reads",
          {{.name = "FILE",
            .help = "sentences, syllables of a word joined by '_' (.zst accepted)",
            .required = true,
            .many = true},
           {.name = "--least", .help = "times a word must be met (5 if absent)"}},
          count_lexicon};
}

Command evaluate_words_command() {
  return {"evaluate words",
          "Precision, recall and F1 of the words against a gold file",
          {{.name = "GOLD", .help = "gold sentences, syllables of a word joined by '_'", .required = true},
           {.name = "--known", .help = "segmented text whose words count as known (the training file)"},
           {.name = "--natural", .help = "the same sentences with natural spacing"},
           {.name = "--model", .help = "word model"}},
          evaluate};
}

}  // namespace duluan::cli
