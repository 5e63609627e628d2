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
  const Exit exit = for_each_file(input_files(arguments.all("FILE")), [&](const std::string& path) -> Result<void> {
    auto document = read_document(path, options);
    if (!document) return document.error();
    report_skipped(*document);
    skipped += document->skipped.size();
    if (arguments.has("--text")) write_out(document->text + (document->text.ends_with('\n') ? "" : "\n"));
    else
      for (const Opinion& opinion : document->opinions) write_out(as_json(opinion));
    return {};
  });
  if (skipped > 0) std::fprintf(stderr, "duluan: %zu records left out\n", skipped);
  return exit;
}

}  // namespace

Command read_command() {
  return {"read",
          "Opinions of documents, one JSON object a line",
          {{.name = "FILE", .help = "documents or folders of them", .required = true, .many = true},
           {.name = "--text", .help = "the whole text of each document instead", .flag = true}},
          run};
}

}  // namespace duluan::cli
