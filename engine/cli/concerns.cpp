#include <cstdio>
#include <fstream>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "duluan/archive.hpp"
#include "duluan/concern.hpp"

namespace duluan::cli {
namespace {

Language language_of(const Arguments& arguments) {
  return arguments.get("--lang") == "en" ? Language::kEnglish : Language::kVietnamese;
}

// Opens the archive and judges the period asked for, or the last complete one.
Result<ConcernReport> judge(const Arguments& arguments) {
  ConcernOptions options;
  if (arguments.has("--period")) {
    auto period = Period::parse(arguments.get("--period"));
    if (!period) return period.error();
    options.period = *period;
    options.unit = period->unit;
  }
  auto archive = Archive::open(arguments.get("ARCHIVE"), Archive::Mode::kReadOnly);
  if (!archive) return archive.error();
  const std::string taxonomy_path = arguments.has("--taxonomy") ? arguments.get("--taxonomy") : corpus_path("taxonomy.tsv");
  auto taxonomy = Taxonomy::load(taxonomy_path);
  if (!taxonomy) return taxonomy.error();
  return find_concerns(*archive, *taxonomy, options);
}

int concerns(const Arguments& arguments) {
  auto report = judge(arguments);
  if (!report) return fail(report.error());
  write_out(arguments.get("--format") == "jsonl" ? render_jsonl(*report) : render_text(*report, language_of(arguments)));
  if (auto written = finish_output(); !written) return fail(written.error());
  return kDone;
}

int brief(const Arguments& arguments) {
  const std::string path = arguments.get("-o");
  if (!path.ends_with(".html"))
    return fail({ErrorCode::kUnsupported, "the brief is written as .html", path, "name the file with .html at its end"}), kUsage;
  auto report = judge(arguments);
  if (!report) return fail(report.error());
  std::ofstream out(path, std::ios::binary);
  out << render_brief(*report, language_of(arguments));
  out.close();
  if (!out) return fail({ErrorCode::kUnwritable, "cannot write the brief", path, "check the folder's permissions and free space"});
  std::fprintf(stderr, "duluan: wrote %s\n", path.c_str());
  return kDone;
}

const Option kArchive{.name = "ARCHIVE", .help = "archive file made by `duluan ingest`", .required = true};
const Option kPeriod{.name = "--period", .help = "e.g. 2026-03 or 2026-Q1 (default: the last complete month)"};
const Option kLanguage{.name = "--lang", .help = "language", .fallback = "vi", .choices = {"vi", "en"}};
const Option kTaxonomy{.name = "--taxonomy", .help = "taxonomy file (default: the one that comes with the program)"};

}  // namespace

Command concerns_command() {
  return {"concerns",
          "Concerns that emerge in a period, with what was expected and the evidence",
          {kArchive, kPeriod, {.name = "--format", .help = "form of the output", .fallback = "text", .choices = {"text", "jsonl"}}, kLanguage, kTaxonomy},
          concerns};
}

Command brief_command() {
  return {"brief",
          "One page for a period: concerns first, then topics by place",
          {kArchive, kPeriod, {.name = "-o", .help = "page to write (.html)", .required = true}, kLanguage, kTaxonomy},
          brief};
}

}  // namespace duluan::cli
