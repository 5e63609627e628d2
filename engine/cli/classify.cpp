#include <algorithm>
#include <array>
#include <cstdio>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/records.hpp"
#include "duluan/topic.hpp"

namespace duluan::cli {
namespace {

struct Tally {
  std::size_t records = 0, abstained = 0, bad = 0;
};

std::string rounded(const char* form, double value) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), form, value);
  return buffer.data();
}

std::string quoted_id(const Classifier& classifier, int topic) {
  return "\"" + classifier.taxonomy().topics()[static_cast<std::size_t>(topic)].id + "\"";
}

// [{"topic":…,"score":…,"bias":…,"words":[{"begin":…,"end":…,"word":…,"weight":…}…]}…], the weightiest words first.
std::string evidence(const Classifier& classifier, const std::string& text, const TopicResult& result) {
  std::string out = "[";
  for (TopicExplanation& topic : classifier.explain(text, result)) {
    if (out.back() != '[') out += ',';
    out += "{\"topic\":" + quoted_id(classifier, topic.topic) + ",\"score\":" + rounded("%.6f", topic.score) +
           ",\"bias\":" + rounded("%.6f", topic.bias) + ",\"words\":[";
    std::stable_sort(topic.words.begin(), topic.words.end(),
                     [](const WordShare& a, const WordShare& b) { return a.weight > b.weight; });
    for (const WordShare& word : topic.words) {
      if (out.back() != '[') out += ',';
      out += "{\"begin\":" + std::to_string(word.span.begin) + ",\"end\":" + std::to_string(word.span.end) +
             ",\"word\":" + json_string(word.span.of(text)) + ",\"weight\":" + rounded("%.6f", word.weight) + "}";
    }
    out += "]}";
  }
  return out + "]";
}

std::string as_json(const Classifier& classifier, const Record& record, const TopicResult& result, bool explained) {
  std::string out = "{\"id\":" + record.id + ",\"topics\":[";
  for (const TopicScore& score : result.topics) {
    if (out.back() != '[') out += ',';
    out += "{\"topic\":" + quoted_id(classifier, score.topic) +
           ",\"probability\":" + rounded("%.4f", score.probability) + "}";
  }
  out += "],\"main\":";
  out += result.main < 0 ? "null" : quoted_id(classifier, result.main);
  out += result.abstained ? ",\"abstained\":true" : ",\"abstained\":false";
  if (explained) out += ",\"evidence\":" + evidence(classifier, record.text, result);
  return out + "}\n";
}

RecordFormat format_of(const std::string& name) {
  if (name == "text") return RecordFormat::kText;
  if (name == "jsonl") return RecordFormat::kJsonl;
  if (name == "csv") return RecordFormat::kCsv;
  return name == "tsv" ? RecordFormat::kTsv : RecordFormat::kAuto;
}

Result<Exit> run(const Arguments& arguments) {
  auto classifier = Classifier::load(model_path(arguments.get("--model"), "topics.model"));
  if (!classifier) return classifier.error();
  const RecordFormat format = format_of(arguments.get("--format"));
  const bool explained = arguments.has("--explain");
  Tally tally;
  const Exit exit = for_each_file(arguments.all("FILE"), [&](const std::string& path) {
    return for_each_record(path, format, [&](const Result<Record>& record, std::size_t line) {
      if (!record) {
        ++tally.bad;
        std::fprintf(stderr, "duluan: %s:%zu: %s\n", path.c_str(), line, record.error().message().c_str());
        write_out("{\"id\":" + std::to_string(line) + ",\"error\":" + json_string(record.error().what) + "}\n");
        return;
      }
      const TopicResult result = classifier->classify(record->text);
      ++tally.records;
      if (result.abstained) ++tally.abstained;
      write_out(as_json(*classifier, *record, result, explained));
    });
  });
  std::fprintf(stderr, "duluan: %zu records classified, of %zu the topic is too unsure to say; %zu could not be read\n",
               tally.records, tally.abstained, tally.bad);
  return exit;
}

}  // namespace

Command classify_command() {
  return {
      "classify",
      "Topics of each text, with probabilities, as one JSON object a line",
      {{.name = "FILE", .help = "files (standard input if none)", .many = true},
       {.name = "--format",
        .help = "text: a text a line; jsonl: {\"id\", \"text\"}; csv, tsv: columns id and text; auto: text or jsonl",
        .fallback = "auto",
        .choices = {"auto", "text", "jsonl", "csv", "tsv"}},
       {.name = "--model", .help = "topic model"},
       {.name = "--explain", .help = "the words' shares of each topic's score, as byte offsets", .flag = true}},
      run};
}

}  // namespace duluan::cli
