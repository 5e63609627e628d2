#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <memory>

#include "base/in_order.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/meter.hpp"
#include "cli/records.hpp"
#include "cli/threads.hpp"
#include "duluan/topic.hpp"

namespace duluan::cli {
namespace {

void append_fixed(std::string& out, double value, int digits) {
  std::array<char, 352> buffer{};  // the longest double
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, digits);
  out.append(buffer.data(), end.ptr);
}

// Writes what the classifier says as JSON.
class Writer {
 public:
  Writer(const Classifier& classifier, bool explained) : classifier_(classifier), explained_(explained) {
    for (const Topic& topic : classifier.taxonomy().topics()) topics_.push_back(json_string(topic.id));
  }

  void write(const RecordView& record, const TopicResult& result, std::string& out) const {
    out.append("{\"id\":").append(record.id).append(",\"topics\":[");
    for (const TopicScore& score : result.topics) {
      if (out.back() != '[') out += ',';
      out.append("{\"topic\":").append(name(score.topic)).append(",\"probability\":");
      append_fixed(out, score.probability, 4);
      out += '}';
    }
    out.append("],\"main\":").append(result.main < 0 ? "null" : name(result.main));
    out.append(result.abstained ? ",\"abstained\":true" : ",\"abstained\":false");
    if (explained_) write_evidence(record.text, result, out);
    out.append("}\n");
  }

 private:
  [[nodiscard]] const std::string& name(int topic) const { return topics_[static_cast<std::size_t>(topic)]; }

  // [{"topic":…,"score":…,"bias":…,"words":[{"begin":…,"end":…,"word":…,"weight":…}…]}…], the weightiest words first.
  void write_evidence(std::string_view text, const TopicResult& result, std::string& out) const {
    out += ",\"evidence\":[";
    for (TopicExplanation& topic : classifier_.explain(text, result)) {
      if (out.back() != '[') out += ',';
      out.append("{\"topic\":").append(name(topic.topic)).append(",\"score\":");
      append_fixed(out, topic.score, 6);
      out.append(",\"bias\":");
      append_fixed(out, topic.bias, 6);
      out.append(",\"words\":[");
      std::stable_sort(topic.words.begin(), topic.words.end(),
                       [](const WordShare& a, const WordShare& b) { return a.weight > b.weight; });
      for (const WordShare& word : topic.words) {
        if (out.back() != '[') out += ',';
        out.append("{\"begin\":").append(std::to_string(word.span.begin));
        out.append(",\"end\":").append(std::to_string(word.span.end)).append(",\"word\":");
        append_json_string(out, word.span.of(text));
        out.append(",\"weight\":");
        append_fixed(out, word.weight, 6);
        out += '}';
      }
      out += "]}";
    }
    out += ']';
  }

  const Classifier& classifier_;
  bool explained_;
  std::vector<std::string> topics_;  // as JSON
};

// What becomes of a block.
struct Answers {
  std::string path, out;
  std::size_t classified = 0, abstained = 0;
  std::vector<std::pair<std::size_t, Error>> bad;  // by line
  std::uint64_t taken = 0;
};

// What a thread keeps from block to block.
struct Desk {
  explicit Desk(const RecordForm& form) : reader(form) {}
  RecordReader reader;
  TopicScratch scratch;
  TopicResult result;
};

void classify_block(const Classifier& classifier, const Writer& writer, Desk& desk, RecordBlock& block,
                    Answers& answers) {
  answers.out.clear();
  answers.bad.clear();
  answers.classified = answers.abstained = 0;
  for (const RawRecord& raw : block.records) {
    auto record = desk.reader.read(block, raw);
    if (!record) {
      answers.out.append("{\"id\":").append(std::to_string(raw.line)).append(",\"error\":");
      append_json_string(answers.out, record.error().what);
      answers.out.append("}\n");
      answers.bad.emplace_back(raw.line, record.error());
      continue;
    }
    classifier.classify(record->text, desk.scratch, desk.result);
    ++answers.classified;
    if (desk.result.abstained) ++answers.abstained;
    writer.write(*record, desk.result, answers.out);
  }
  answers.path = std::move(block.path);
  answers.taken = block.taken;
}

// Adds up the blocks in their order, writes them and tells how far they are.
class Batch {
 public:
  explicit Batch(const std::vector<std::string>& files)
      : meter_("classify", files.empty() ? 0 : size_of_files(files)) {}

  void take(const Answers& answers) {
    for (const auto& [line, error] : answers.bad) {
      meter_.clear();
      bad_.add(answers.path, line, error);
    }
    write_out(answers.out);
    classified_ += answers.classified;
    abstained_ += answers.abstained;
    if (answers.path != path_ || answers.taken < taken_) before_ += taken_;
    path_ = answers.path;
    taken_ = answers.taken;
    meter_.show(before_ + taken_, classified_ + bad_.count());
  }

  void close() {
    meter_.clear();
    std::fprintf(stderr,
                 "duluan: %zu records classified, of %zu the topic is too unsure to say; %zu could not be read\n",
                 classified_, abstained_, bad_.count());
    bad_.print_reasons();
  }

 private:
  Meter meter_;
  BadRecords bad_;
  std::size_t classified_ = 0, abstained_ = 0;
  std::string path_;
  std::uint64_t taken_ = 0, before_ = 0;  // bytes of the file at hand; of those before it
};

RecordFormat format_of(const std::string& name) {
  if (name == "text") return RecordFormat::kText;
  if (name == "jsonl") return RecordFormat::kJsonl;
  if (name == "csv") return RecordFormat::kCsv;
  return name == "tsv" ? RecordFormat::kTsv : RecordFormat::kAuto;
}

Result<Exit> run(const Arguments& arguments) {
  const unsigned threads = threads_of(arguments);
  if (threads == 0) return misuse(no_threads());
  auto classifier = Classifier::load(model_path(arguments.get("--model"), "topics.model"));
  if (!classifier) return classifier.error();
  const RecordForm form{format_of(arguments.get("--format")), arguments.get("--id"), arguments.get("--text")};
  const Writer writer(*classifier, arguments.has("--explain"));
  Batch batch(arguments.all("FILE"));
  using Pool = InOrder<RecordBlock, Answers>;
  const auto make = [&]() -> Pool::Work {
    return [&, desk = std::make_shared<Desk>(form)](RecordBlock& block, Answers& answers) {
      classify_block(*classifier, writer, *desk, block, answers);
    };
  };
  Pool pool(threads, make, [&](const Answers& answers) { batch.take(answers); });
  const Exit exit = for_each_file(arguments.all("FILE"), [&](const std::string& path) {
    return for_each_block(path, form, [&](RecordBlock&& block) { pool.add(std::move(block)); });
  });
  pool.finish();
  batch.close();
  return exit;
}

}  // namespace

Command classify_command() {
  return {
      "classify",
      "Topics of each text, with probabilities, as one JSON object a line",
      {{.name = "FILE", .help = "files (standard input if none); .gz and .zst are unpacked", .many = true},
       {.name = "--format",
        .help = "text: a text a line; jsonl: {\"id\", \"text\"}; csv, tsv: columns id and text; auto: by the file's "
                "name and its first line",
        .fallback = "auto",
        .choices = {"auto", "text", "jsonl", "csv", "tsv"}},
       {.name = "--text", .help = "column or JSON field that holds the text"},
       {.name = "--id", .help = "column or JSON field that holds the id"},
       {.name = "--model", .help = "topic model"},
       threads_option(),
       {.name = "--explain", .help = "the words' shares of each topic's score, as byte offsets", .flag = true}},
      run};
}

}  // namespace duluan::cli
