#include <cstdio>
#include <fstream>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/judged.hpp"
#include "concern/display.hpp"
#include "duluan/concern.hpp"

namespace duluan::cli {
namespace {

// Every period from the one asked for to the last, each judged by what came before it.
Result<Exit> history(const Arguments& arguments) {
  const Language language = language_of(arguments);
  const auto options = judgement_options(arguments, "--from");
  if (!options) return misuse(options.error());
  auto judged = open_judged(arguments, *options);
  if (!judged) return judged.error();
  Judged last{std::move(*judged)};
  const Period from = *last.options.period;
  last.options.period.reset();
  if (!arguments.has("--null")) last.options.null_periods = 0;  // else every period would be judged dozens of times
  auto latest = last.report();
  if (!latest) return latest.error();
  const bool jsonl = arguments.get("--format") == "jsonl";
  if (!jsonl)
    write_out(concern_head(language) + concern::pad(language == Language::kEnglish ? "Reports" : "Báo cáo", 9, true) +
              "\n");
  for (Period period = from; period <= latest->period; period = period.next()) {
    last.options.period = period;
    auto report = last.report();
    if (!report && report.error().code == ErrorCode::kNotFound) continue;  // nothing was received
    if (!report) return report.error();
    if (jsonl) write_out(render_jsonl(*report));
    else
      for (const Concern& found : report->concerns)
        write_out(concern_line(*report, found, language) + concern::pad(std::to_string(found.reports), 9, true) + "\n");
  }
  return kDone;
}

Result<Exit> concerns(const Arguments& arguments) {
  if (arguments.has("--from")) return history(arguments);
  const auto options = judgement_options(arguments, "--period");
  if (!options) return misuse(options.error());
  auto judged = open_judged(arguments, *options);
  if (!judged) return judged.error();
  auto report = judged->report();
  if (!report) return report.error();
  write_out(arguments.get("--format") == "jsonl" ? render_jsonl(*report)
                                                 : render_text(*report, language_of(arguments)));
  return kDone;
}

Result<Exit> brief(const Arguments& arguments) {
  const std::string path = arguments.get("-o");
  if (!path.ends_with(".html"))
    return misuse(
        {ErrorCode::kUnsupported, "the brief is written as .html", path, "name the file with .html at its end"});
  const auto options = judgement_options(arguments, "--period");
  if (!options) return misuse(options.error());
  auto judged = open_judged(arguments, *options);
  if (!judged) return judged.error();
  auto report = judged->report();
  if (!report) return report.error();
  std::ofstream out(path, std::ios::binary);
  out << render_brief(*report, language_of(arguments));
  out.close();
  if (!out)
    return Error{ErrorCode::kUnwritable, "cannot write the brief", path,
                 "check the folder's permissions and free space"};
  std::fprintf(stderr, "duluan: wrote %s\n", path.c_str());
  return kDone;
}

const Option kPeriod{
    .name = "--period",
    .help = "month 2026-03, quarter 2026-Q1, week 2026-W12 or day 2026-03-15 (default: the last complete month)"};

std::vector<Option> with_judgement(std::vector<Option> options) {
  const std::vector<Option> more = judgement_options_table();
  options.insert(options.end(), more.begin(), more.end());
  return options;
}

}  // namespace

Command concerns_command() {
  return {"concerns", "Concerns that emerge in a period: how many opinions, how many were expected, and the evidence",
          with_judgement(
              {kPeriod,
               {.name = "--from",
                .help = "instead of one period, all from this one to the last: one line for each concern"},
               {.name = "--format", .help = "form of the output", .fallback = "text", .choices = {"text", "jsonl"}},
               kLanguage}),
          concerns};
}

Command brief_command() {
  return {"brief", "Write a page on a period: emerging concerns with their evidence, then topics by place",
          with_judgement(
              {kPeriod, {.name = "-o", .help = "HTML file to write, e.g. brief.html", .required = true}, kLanguage}),
          brief};
}

}  // namespace duluan::cli
