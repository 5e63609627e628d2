#include <array>
#include <cstdio>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/json.hpp"
#include "duluan/topic.hpp"

namespace duluan::cli {
namespace {

std::string rounded(double probability) {
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.4f", probability);
  return buffer.data();
}

std::string as_json(const Classifier& classifier, const Record& record) {
  const TopicResult result = classifier.classify(record.text);
  const auto& topics = classifier.taxonomy().topics();
  std::string out = "{\"id\":" + record.id + ",\"topics\":[";
  for (const TopicScore& score : result.topics) {
    if (out.back() != '[') out += ',';
    out += "{\"topic\":\"" + topics[static_cast<std::size_t>(score.topic)].id +
           "\",\"probability\":" + rounded(score.probability) + "}";
  }
  out += "],\"main\":";
  out += result.main < 0 ? "null" : "\"" + topics[static_cast<std::size_t>(result.main)].id + "\"";
  out += result.abstained ? ",\"abstained\":true}\n" : ",\"abstained\":false}\n";
  return out;
}

// A table's row is "id TAB text", or the text alone.
Record table_record(std::string_view line, std::size_t number) {
  const std::size_t tab = line.find('\t');
  if (tab == std::string_view::npos) return {std::to_string(number), std::string(line)};
  return {json_string(line.substr(0, tab)), std::string(line.substr(tab + 1))};
}

Result<Exit> run(const Arguments& arguments) {
  auto classifier = Classifier::load(model_path(arguments.get("--model"), "topics.model"));
  if (!classifier) return classifier.error();
  std::string format = arguments.get("--format");
  std::size_t bad = 0;
  const Exit exit = for_each_input_line(arguments.all("FILE"), [&](std::string_view line, std::size_t number) {
    if (line.empty()) return;
    if (format == "auto") format = line.front() == '{' ? "jsonl" : "text";
    Record record;
    if (format == "jsonl") {
      auto parsed = parse_record(line);
      if (!parsed) {
        ++bad;
        std::fprintf(stderr, "duluan: line %zu: %s\n", number, parsed.error().message().c_str());
        write_out("{\"id\":" + std::to_string(number) + ",\"error\":" + json_string(parsed.error().what) + "}\n");
        return;
      }
      record = std::move(*parsed);
      if (record.id.empty()) record.id = std::to_string(number);
    } else if (format == "tsv") {
      record = table_record(line, number);
    } else {
      record = {std::to_string(number), std::string(line)};
    }
    write_out(as_json(*classifier, record));
  });
  if (bad > 0) std::fprintf(stderr, "duluan: %zu records could not be read\n", bad);
  return exit;
}

}  // namespace

Command classify_command() {
  return {
      "classify",
      "Topics of each text, with probabilities, as one JSON object a line",
      {{.name = "FILE", .help = "files (standard input if none)", .many = true},
       {.name = "--format", .help = "what a line is", .fallback = "auto", .choices = {"auto", "text", "jsonl", "tsv"}},
       {.name = "--model", .help = "topic model"}},
      run};
}

}  // namespace duluan::cli
