#include <cstdio>
#include <cstdlib>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "duluan/topic.hpp"

namespace duluan::cli {
namespace {

Result<Exit> train(const Arguments& arguments) {
  TopicTraining training;
  training.taxonomy = arguments.has("--taxonomy") ? arguments.get("--taxonomy") : corpus_path("taxonomy.tsv");
  training.opinions = arguments.all("--input");
  training.plain_text = arguments.all("--plain");
  training.words_model = model_path(arguments.get("--words"), "words.model");
  if (arguments.has("--megabytes")) training.most_bytes = std::size_t(std::strtoull(arguments.get("--megabytes").c_str(), nullptr, 10)) * 1000000;
  const std::string path = arguments.get("--output");
  auto trained = train_topics(training, path, terminal_progress("training"));
  if (!trained) return trained.error();
  std::fprintf(stderr, "duluan: wrote %s\n", path.c_str());
  return kDone;
}

void print(const TopicEvaluation& e, const Taxonomy& taxonomy) {
  std::printf(
      "opinions %zu, abstained %zu\nmain topic accuracy %.2f\nmicro precision %.2f recall %.2f F1 %.2f\nmacro F1 "
      "%.2f\n",
      e.opinions, e.abstained, 100 * e.main_accuracy(), 100 * e.precision(), 100 * e.recall(), 100 * e.micro_f1(),
      100 * e.macro_f1());
  std::printf("expected calibration error of the main topic %.4f (10 bins)\n", e.calibration_error);
  std::printf("%-16s %6s %6s %6s\n", "topic", "gold", "right", "given");
  for (std::size_t i = 0; i < e.topics.size(); ++i)
    std::printf("%-16s %6zu %6zu %6zu\n", taxonomy.topics()[i].id.c_str(), e.topics[i].gold, e.topics[i].correct,
                e.topics[i].predicted);
}

Result<Exit> evaluate(const Arguments& arguments) {
  auto classifier = Classifier::load(model_path(arguments.get("--model"), "topics.model"));
  if (!classifier) return classifier.error();
  auto evaluation = evaluate_topics(*classifier, arguments.get("GOLD"), arguments.get("--register"));
  if (!evaluation) return evaluation.error();
  print(*evaluation, classifier->taxonomy());
  return kDone;
}

}  // namespace

Command train_topics_command() {
  return {"train topics",
          "Train the topic model from labelled opinions",
          {{.name = "--input",
            .help = "labelled opinions, one file an author: id, register, topics, text",
            .required = true,
            .many = true},
           {.name = "--plain",
            .help = "plain text for word vectors (TSV, text in the last column; .zst accepted)",
            .many = true},
           {.name = "--taxonomy", .help = "taxonomy file"},
           {.name = "--megabytes", .help = "most megabytes of the table of features; the weakest are left out"},
           {.name = "--words", .help = "word model"},
           {.name = "--output", .help = "model file to write", .required = true}},
          train};
}

Command evaluate_topics_command() {
  return {"evaluate topics",
          "Accuracy, F1 and calibration against labelled opinions",
          {{.name = "GOLD", .help = "labelled opinions", .required = true},
           {.name = "--register", .help = "only this register: report, petition, comment or noisy"},
           {.name = "--model", .help = "topic model"}},
          evaluate};
}

}  // namespace duluan::cli
