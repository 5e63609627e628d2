#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>

#include "cli/commands.hpp"
#include "cli/evaluation_svg.hpp"
#include "cli/files.hpp"
#include "cli/json.hpp"
#include "cli/threads.hpp"
#include "duluan/evaluation.hpp"

namespace duluan::cli {
namespace {

constexpr std::size_t kMostConfusions = 15;

bool is_jsonl(std::string_view path) {
  for (const std::string_view packed : {".gz", ".zst"})
    if (path.ends_with(packed)) path.remove_suffix(packed.size());
  return path.ends_with(".jsonl");
}

Result<std::vector<LabelledText>> read_jsonl(const std::string& path) {
  auto input = Input::open(path);
  if (!input) return input.error();
  std::vector<LabelledText> texts;
  JsonRecords records("id", "text");
  std::string padded;
  Result<void> fault;
  const auto at = [&](std::size_t number) { return path + ":" + std::to_string(number); };
  const auto take = [&](std::string_view line, std::size_t number) {
    if (!fault || line.empty()) return;
    padded.assign(line).append(kJsonPadding, '\0');
    auto record = records.parse_labelled(std::string_view(padded).substr(0, line.size()));
    if (!record) {
      fault = Error{ErrorCode::kMalformed, record.error().what, at(number),
                    "write {\"id\": …, \"text\": \"…\", \"topics\": [\"…\"]} on each line"};
      return;
    }
    if (record->id.empty()) record->id = std::to_string(number);
    texts.push_back({std::move(record->id), std::move(record->reg), std::move(record->topics), std::move(record->text),
                     at(number)});
  };
  const auto too_long = [&](std::size_t number) {
    if (fault) fault = Error{ErrorCode::kTooLarge, "the line is too long", at(number), "split it"};
  };
  if (auto read = for_each_line_of(*input, take, too_long); !read) return read.error();
  if (!fault) return fault.error();
  if (texts.empty()) return Error{ErrorCode::kEmpty, "there are no labelled texts in it", path, "check the path"};
  return texts;
}

struct Confusion {
  std::size_t gold, said, count;
};

// The commonest first.
std::vector<Confusion> confusions(const TopicEvaluation& e) {
  std::vector<Confusion> all;
  const std::size_t n = e.topics.size();
  for (std::size_t gold = 0; gold < n; ++gold)
    for (std::size_t said = 0; said < n; ++said)
      if (gold != said && e.confusion[gold * n + said] > 0) all.push_back({gold, said, e.confusion[gold * n + said]});
  std::stable_sort(all.begin(), all.end(), [](const Confusion& a, const Confusion& b) { return a.count > b.count; });
  return all;
}

void print_summary(const TopicEvaluation& e) {
  std::printf(
      "opinions %zu, abstained %zu, excluded %zu\n"
      "main topic accuracy %.2f, macro F1 %.2f (abstentions count as wrong)\n"
      "sets: micro precision %.2f recall %.2f F1 %.2f, macro F1 %.2f, whole sets right %.2f\n"
      "expected calibration error of the first topic: it is carried %.4f, it is the main one %.4f (10 bins)\n",
      e.texts, e.abstained, e.excluded, 100 * e.main_accuracy(), 100 * e.main_macro_f1(), 100 * e.sets.precision(),
      100 * e.sets.recall(), 100 * e.sets.f1(), 100 * e.macro_f1(),
      e.texts == 0 ? 0 : 100 * double(e.exact_sets) / double(e.texts), e.calibration_error, e.main_calibration_error);
}

void print_tables(const TopicEvaluation& e, const Taxonomy& taxonomy) {
  const auto id = [&](std::size_t topic) { return taxonomy.topics()[topic].id.c_str(); };
  std::printf("\n%-16s | sets: gold  prec.  recall     F1 | main: gold  prec.  recall     F1 | calibration error\n",
              "topic");
  for (std::size_t i = 0; i < e.topics.size(); ++i) {
    const auto& [sets, main, error] = e.topics[i];
    std::printf("%-16s | %10zu %6.2f  %6.2f %6.2f | %10zu %6.2f  %6.2f %6.2f | %.4f\n", id(i), sets.gold,
                100 * sets.precision(), 100 * sets.recall(), 100 * sets.f1(), main.gold, 100 * main.precision(),
                100 * main.recall(), 100 * main.f1(), error);
  }
  std::printf("\nprobability of the first topic | opinions  mean  carried it  95 %% interval\n");
  for (const ReliabilityBin& bin : e.reliability)
    if (bin.count > 0)
      std::printf("%.1f to %.1f                     | %8zu  %.3f  %.3f       %.3f to %.3f\n", bin.begin, bin.end,
                  bin.count, bin.said, bin.happened, bin.lower, bin.upper);
  std::printf("\nthe surest | opinions  main topic right  least probability\n");
  for (const CoveragePoint& point : e.coverage)
    std::printf("%8.0f %% | %8zu  %16.2f  %.4f\n", 100 * point.coverage, point.texts, 100 * point.accuracy,
                point.least);
  std::printf("\nmain topic taken for another, the commonest | times\n");
  const auto pairs = confusions(e);
  for (std::size_t i = 0; i < std::min(pairs.size(), kMostConfusions); ++i)
    std::printf("%-16s for %-16s            | %5zu\n", id(pairs[i].gold), id(pairs[i].said), pairs[i].count);
}

// Numbers with as many digits as mean something.
std::string field(const char* name, double value) {
  std::array<char, 96> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "\"%s\":%.6g", name, value);
  return buffer.data();
}

std::string hits(const char* name, const Hits& h) {
  return "\"" + std::string(name) + "\":{" + field("gold", double(h.gold)) + "," +
         field("predicted", double(h.predicted)) + "," + field("correct", double(h.correct)) + "," +
         field("precision", h.precision()) + "," + field("recall", h.recall()) + "," + field("f1", h.f1()) + "}";
}

// {"name":[ITEM,…]}, each item by `item`.
template <class Items, class Item>
std::string list(const char* name, const Items& items, Item item) {
  std::string out = "\"" + std::string(name) + "\":[";
  for (const auto& one : items) {
    if (out.back() != '[') out += ',';
    out += "{" + item(one) + "}";
  }
  return out + "]";
}

std::string as_json(const TopicEvaluation& e, const Taxonomy& taxonomy) {
  const auto id = [&](std::size_t topic) { return json_string(taxonomy.topics()[topic].id); };
  std::size_t at = 0;
  return "{" + field("opinions", double(e.texts)) + "," + field("abstained", double(e.abstained)) + "," +
         field("excluded", double(e.excluded)) + "," + field("main_accuracy", e.main_accuracy()) + "," +
         field("main_macro_f1", e.main_macro_f1()) + "," + hits("sets", e.sets) + "," +
         field("macro_f1", e.macro_f1()) + "," + field("exact_sets", double(e.exact_sets)) + "," +
         field("calibration_error", e.calibration_error) + "," +
         field("main_calibration_error", e.main_calibration_error) + "," +
         list("reliability", e.reliability,
              [](const ReliabilityBin& b) {
                return field("begin", b.begin) + "," + field("end", b.end) + "," + field("count", double(b.count)) +
                       "," + field("mean_probability", b.said) + "," + field("observed", b.happened) + "," +
                       field("lower", b.lower) + "," + field("upper", b.upper);
              }) +
         "," +
         list("coverage", e.coverage,
              [](const CoveragePoint& p) {
                return field("coverage", p.coverage) + "," + field("count", double(p.texts)) + "," +
                       field("accuracy", p.accuracy) + "," + field("least_probability", p.least);
              }) +
         "," +
         list("topics", e.topics,
              [&](const TopicEvaluation::PerTopic& t) {
                return "\"topic\":" + id(at++) + "," + hits("sets", t.sets) + "," + hits("main", t.main) + "," +
                       field("calibration_error", t.calibration_error);
              }) +
         "," +
         list("confusion", confusions(e),
              [&](const Confusion& c) {
                return "\"gold\":" + id(c.gold) + ",\"said\":" + id(c.said) + "," + field("count", double(c.count));
              }) +
         "}\n";
}

Result<void> write_file(const std::string& path, const std::string& content) {
  std::ofstream out(path, std::ios::binary);
  out << content;
  out.close();
  if (!out) return Error{ErrorCode::kUnwritable, "cannot write", path, "check the folder and its space"};
  return {};
}

Result<Exit> evaluate(const Arguments& arguments) {
  EvaluationOptions options{arguments.get("--register"), {}, arguments.has("--folded"), threads_of(arguments)};
  if (options.threads == 0) return misuse(no_threads());
  auto classifier = Classifier::load(model_path(arguments.get("--model"), "topics.model"));
  if (!classifier) return classifier.error();
  const std::string path = arguments.get("GOLD");
  auto gold = is_jsonl(path) ? read_jsonl(path) : read_labelled(path, arguments.get("--columns"));
  if (!gold) return gold.error();
  if (arguments.has("--exclude")) {
    auto ids = read_ids(arguments.get("--exclude"));
    if (!ids) return ids.error();
    options.exclude = std::move(*ids);
  }
  auto evaluation = evaluate_topics(*classifier, *gold, options);
  if (!evaluation) return evaluation.error();
  if (arguments.has("--svg"))
    if (auto written = write_file(arguments.get("--svg"), evaluation_svg(*evaluation, arguments.get("--lang")));
        !written)
      return written.error();
  if (arguments.has("--json")) {
    write_out(as_json(*evaluation, classifier->taxonomy()));
    return kDone;
  }
  print_summary(*evaluation);
  print_tables(*evaluation, classifier->taxonomy());
  return kDone;
}

}  // namespace

Command evaluate_topics_command() {
  return {
      "evaluate topics",
      "Precision, recall, F1, calibration, confusion and abstention against labelled opinions",
      {{.name = "GOLD",
        .help = "labelled opinions: TSV with a header (id, register, topics, text), or label and text, or label, id "
                "and text; JSON lines (.jsonl) with text and topics",
        .required = true},
       {.name = "--columns", .help = "what the columns of a TSV without a header are: label,id,text (- for another)"},
       {.name = "--register", .help = "only this register: report, petition, comment or noisy"},
       {.name = "--exclude", .help = "file of ids to leave out, one a line"},
       {.name = "--folded", .help = "take the diacritics off the texts first", .flag = true},
       {.name = "--json", .help = "write one JSON object instead of tables", .flag = true},
       {.name = "--svg", .help = "file for a picture of reliability and of accuracy by coverage"},
       {.name = "--lang", .help = "language of the picture", .fallback = "vi", .choices = {"vi", "en"}},
       threads_option(),
       {.name = "--model", .help = "topic model"}},
      evaluate};
}

}  // namespace duluan::cli
