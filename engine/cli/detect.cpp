#include <charconv>
#include <cstdio>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/series.hpp"

namespace duluan::cli {
namespace {

constexpr const char* kMethod = "duluan";

// Judges every series against what all of them have in common.
Result<std::size_t> judge(const trend::SeriesFile& file, const DetectorOptions& options) {
  std::vector<Series> series;
  std::vector<std::size_t> first;
  for (const trend::SeriesRecord& record : file.records) {
    series.push_back(record.series);
    first.push_back(record.first);
  }
  auto pool = fit_pool(series, first, options, PoolUse::kDetection);
  if (!pool) return pool.error();
  write_out(trend::kFindingsHeader);
  const Progress progress = terminal_progress("judging");
  std::size_t refused = 0;
  for (std::size_t i = 0; i < series.size(); ++i) {
    auto findings = detect(series[i], first[i], options, *pool);
    if (!findings) {
      ++refused;
      std::fprintf(stderr, "duluan: %s: %s; skipped\n", file.records[i].id.c_str(), findings.error().message().c_str());
      write_out(trend::format_unjudged(file.records[i].id, kMethod, series[i].counts.size() - first[i]));
      continue;
    }
    write_out(trend::format_findings(file.records[i].id, kMethod, *findings));
    if (progress && i % 64 == 0) progress(i, series.size());
  }
  if (progress) progress(series.size(), series.size());
  for (const trend::SkippedRow& row : file.skipped) write_out(trend::format_unjudged(row.id, kMethod, row.periods));
  return refused;
}

Result<Exit> run(const Arguments& arguments) {
  DetectorOptions options;
  const std::string alpha = arguments.get("--alpha");
  const auto [end, fault] = std::from_chars(alpha.data(), alpha.data() + alpha.size(), options.alpha);
  if (fault != std::errc() || end != alpha.data() + alpha.size() || options.alpha <= 0 || options.alpha >= 0.5)
    return misuse({ErrorCode::kInvalidArgument, "--alpha must be a number above 0 and below 0.5", "", ""});
  return with_series(arguments, [&](const trend::SeriesFile& file) { return judge(file, options); });
}

}  // namespace

Command detect_command() {
  return {"detect",
          "Judge series of counts: which periods are higher than their history explains",
          {{.name = "SERIES", .help = "series_id,suite,freq,n,eval_from,counts,exposure (standard input if none)"},
           {.name = "--alpha", .help = "false alarms per judged period", .fallback = "0.01"}},
          run};
}

}  // namespace duluan::cli
