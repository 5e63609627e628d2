#include <cstdio>
#include <cstdlib>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "duluan/topic.hpp"

namespace duluan::cli {
namespace {

Result<Exit> train(const Arguments& arguments) {
  TopicTraining training;
  training.taxonomy = arguments.get("--taxonomy");
  training.names = corpus_path("taxonomy.tsv");
  training.opinions = arguments.all("--input");
  training.columns = arguments.get("--columns");
  training.plain_text = arguments.all("--plain");
  training.vectors = arguments.get("--vectors");
  training.words_model = model_path(arguments.get("--words"), "words.model");
  training.most_bytes = std::strtoull(arguments.get("--megabytes").c_str(), nullptr, 10) * 1'000'000;
  const std::string path = arguments.get("--output");
  auto trained = train_topics(training, path, terminal_progress("training"));
  if (!trained) return trained.error();
  std::fprintf(stderr, "duluan: wrote %s\n", path.c_str());
  return kDone;
}

}  // namespace

Command train_topics_command() {
  return {
      "train topics",
      "Train the topic model from labelled opinions",
      {{.name = "--input",
        .help = "labelled opinions, one file an author: TSV with a header (id, register, topics, text), or label "
                "and text, or label, id and text (.zst accepted)",
        .required = true,
        .many = true},
       {.name = "--plain",
        .help = "plain text for word vectors (TSV, text in the last column; .zst accepted)",
        .many = true},
       {.name = "--vectors",
        .help = "word vectors instead of --plain: a .vec file, words' syllables joined by _"},
       {.name = "--columns", .help = "what the columns of a TSV without a header are: label,id,text (- for another)"},
       {.name = "--taxonomy", .help = "taxonomy file; without it the topics are the labels of the input"},
       {.name = "--megabytes",
        .help = "most megabytes of the table of features; the weakest are left out",
        .fallback = "64"},
       {.name = "--words", .help = "word model"},
       {.name = "--output", .help = "model file to write", .required = true}},
      train};
}

}  // namespace duluan::cli
