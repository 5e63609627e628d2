#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "duluan/evaluation.hpp"
#include "duluan/few_shot.hpp"
#include "duluan/text.hpp"

namespace duluan::cli {
namespace {

// One text a line.
Result<std::vector<std::string>> lines_of(const std::string& path) {
  std::vector<std::string> lines;
  auto input = Input::open(path);
  if (!input) return input.error();
  Result<void> fault;
  const auto take = [&](std::string_view line, std::size_t number) {
    if (find_bad_utf8(line) != std::string_view::npos)
      fault = Error{ErrorCode::kBadEncoding, "the line is not UTF-8", path + ":" + std::to_string(number),
                    "duluan normalize reads other encodings"};
    if (line.find_first_not_of(" \t") != std::string_view::npos) lines.emplace_back(line);
  };
  if (auto read = for_each_line_of(*input, take, [](std::size_t) {}); !read) return read.error();
  if (!fault) return fault.error();
  return lines;
}

// The shipped opinions, without the author kept for the last word on quality.
std::vector<std::string> shipped_background() {
  std::vector<std::string> files;
  for (const std::string& file : input_files({corpus_path("opinions")}))
    if (file.ends_with(".tsv") && !file.ends_with("/e.tsv")) files.push_back(file);
  return files;
}

void tell(const FewShotReport& report, const FewShot& wish, const std::string& path) {
  constexpr std::size_t kMostShown = 5;
  std::fprintf(stderr,
               "duluan: wrote %s\n%zu of %zu examples are recognised when left out; %zu of %zu background texts raise "
               "an alarm\n",
               path.c_str(), report.recognised, wish.examples.size(), report.alarms,
               wish.background.size() - report.set_aside.size());
  const auto show = [&](const char* what, const std::vector<std::size_t>& which,
                        const std::vector<std::string>& texts) {
    if (which.empty()) return;
    std::fprintf(stderr, "%zu %s:\n", which.size(), what);
    for (std::size_t i = 0; i < std::min(which.size(), kMostShown); ++i)
      std::fprintf(stderr, "  %s\n", texts[which[i]].c_str());
    if (which.size() > kMostShown) std::fprintf(stderr, "  …\n");
  };
  show("examples stand apart from the others", report.odd, wish.examples);
  show("background texts look like the topic and were not counted against it", report.set_aside, wish.background);
}

Result<Exit> add(const Arguments& arguments) {
  FewShot wish;
  wish.topic = {arguments.get("--add"), "", "", arguments.get("--description")};
  if (!arguments.has("--examples"))
    return misuse(
        {ErrorCode::kInvalidArgument, "--add needs --examples", "", "name a file with an example on each line"});
  const std::string share = arguments.get("--share");
  const auto [end, fault] = std::from_chars(share.data(), share.data() + share.size(), wish.share);
  if (fault != std::errc() || end != share.data() + share.size() || !(wish.share > 0 && wish.share < 1))
    return misuse({ErrorCode::kInvalidArgument, "--share must be a number between 0 and 1", "", ""});
  auto examples = lines_of(arguments.get("--examples"));
  if (!examples) return examples.error();
  wish.examples = std::move(*examples);
  for (const std::string& file : arguments.has("--background") ? arguments.all("--background") : shipped_background()) {
    auto texts = read_labelled(file);
    if (!texts) return texts.error();
    for (LabelledText& text : *texts) wish.background.push_back(std::move(text.text));
  }
  const std::string path = arguments.get("--output");
  auto report = add_topic(wish, model_path(arguments.get("--base"), "topics.model"), path);
  if (!report) return report.error();
  tell(*report, wish, path);
  return kDone;
}

Result<Exit> train(const Arguments& arguments) {
  if (arguments.has("--add")) return add(arguments);
  if (!arguments.has("--input"))
    return misuse({ErrorCode::kInvalidArgument, "neither --input nor --add", "", "duluan train topics --help"});
  TopicTraining training;
  training.taxonomy = arguments.get("--taxonomy");
  training.names = corpus_path("taxonomy.tsv");
  training.opinions = arguments.all("--input");
  training.phrases = arguments.all("--phrases");
  training.calibration = arguments.all("--calibration");
  training.columns = arguments.get("--columns");
  training.base = arguments.get("--base");
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
      "Train a topic model from labelled opinions, or add one topic to a model from a few examples",
      {{.name = "--input",
        .help = "labelled opinions, one file an author: TSV with a header (id, register, topics, text), or label "
                "and text, or label, id and text (.zst accepted)",
        .many = true},
       {.name = "--phrases",
        .help = "terms and turns of speech that tell their topic: label and phrase, apart by a tab; they weigh less",
        .many = true},
       {.name = "--calibration",
        .help = "labelled texts that are not learnt from: they set the probabilities right for texts of their kind",
        .many = true},
       {.name = "--vectors", .help = "word vectors instead of --plain: a .vec file, words' syllables joined by _"},
       {.name = "--columns", .help = "what the columns of a TSV without a header are: label,id,text (- for another)"},
       {.name = "--taxonomy", .help = "taxonomy file; without it the topics are the labels of the input"},
       {.name = "--megabytes",
        .help = "most megabytes of the table of features; the weakest are left out",
        .fallback = "64"},
       {.name = "--plain",
        .help = "plain text for word vectors (TSV, text in the last column; .zst accepted)",
        .many = true},
       {.name = "--words", .help = "word model"},
       {.name = "--add", .help = "name of a topic to add to --base"},
       {.name = "--description", .help = "what is in the added topic"},
       {.name = "--examples", .help = "five to twenty texts of the added topic, one a line"},
       {.name = "--base",
        .help = "model that --add adds to (the released one if absent), or that lends its word vectors to --input"},
       {.name = "--background", .help = "labelled opinions on other things (the shipped ones if absent)", .many = true},
       {.name = "--share",
        .help = "share of all opinions that is expected to carry the added topic",
        .fallback = "0.02"},
       {.name = "--output", .help = "model file to write", .required = true}},
      train};
}

}  // namespace duluan::cli
