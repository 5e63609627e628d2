#include <cstdio>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/json.hpp"
#include "duluan/report.hpp"

namespace duluan::cli {
namespace {

std::string as_json(const Opinion& opinion) {
  return "{\"source\":" + json_string(opinion.source) + ",\"offset\":" + std::to_string(opinion.offset) +
         ",\"bytes\":[" + std::to_string(opinion.bytes.begin) + "," + std::to_string(opinion.bytes.end) + "]" +
         ",\"place\":" + json_string(opinion.place) +
         ",\"period\":" + json_string(opinion.period ? opinion.period->label() : "") +
         ",\"unit\":" + json_string(opinion.unit) + ",\"section\":" + json_string(opinion.section) +
         ",\"text\":" + json_string(opinion.text) + "}\n";
}

Result<Exit> run(const Arguments& arguments) {
  std::size_t skipped = 0;
  const auto gazetteer = Gazetteer::load(corpus_path("places"));
  if (!gazetteer) return gazetteer.error();
  ReadOptions options;
  options.gazetteer = &*gazetteer;
  if (auto set = set_columns(arguments.all("--column"), options); !set) return misuse(set.error());
  const auto print = [&](const std::string& path, Result<std::string> bytes) -> Result<void> {
    if (!bytes) return bytes.error();
    auto document = read_bytes(*bytes, path, options);
    if (!document) return document.error();
    report_skipped(*document);
    skipped += document->skipped.size();
    if (arguments.has("--columns")) write_out(document->source + ": " + columns_of(*document) + "\n");
    else if (arguments.has("--text")) write_out(document->text + (document->text.ends_with('\n') ? "" : "\n"));
    else
      for (const Opinion& opinion : document->opinions) write_out(as_json(opinion));
    return {};
  };
  const Exit exit = for_each_document(input_files(arguments.all("FILE")), print);
  if (skipped > 0) std::fprintf(stderr, "duluan: %zu records left out\n", skipped);
  return exit;
}

}  // namespace

Command read_command() {
  return {"read",
          "Opinions of documents, one JSON object a line",
          {{.name = "FILE", .help = "documents, zip files or folders of them", .required = true, .many = true},
           {.name = "--column",
            .help = "column of tables that holds a field: text=, place=, unit=, period=NAME",
            .repeated = true},
           {.name = "--columns", .help = "how the columns of tables are taken, a line each, instead", .flag = true},
           {.name = "--text", .help = "the whole text of each document instead", .flag = true}},
          run};
}

}  // namespace duluan::cli
