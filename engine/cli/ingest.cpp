#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "duluan/archive.hpp"
#include "duluan/privacy.hpp"
#include "duluan/report.hpp"
#include "duluan/topic.hpp"
#include "duluan/version.hpp"

namespace duluan::cli {
namespace {

struct Tally {
  int documents = 0, known = 0, refused = 0, opinions = 0, copies = 0, undated = 0, left_out = 0;
  std::map<std::string, int> redacted;  // by placeholder
  std::map<std::string, int> columns;   // how those of tables were taken, and of how many
};

std::string digest_of(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  std::array<char, 33> text{};
  std::snprintf(text.data(), text.size(), "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return text.data();
}

// Redacts first: neither the classifier nor the archive sees personal data.
StoredOpinion prepared(Opinion opinion, const Classifier& classifier, Tally& tally) {
  Redaction redaction = redact(opinion.text);
  for (const Redacted& removed : redaction.removed) ++tally.redacted[std::string(placeholder(removed.kind))];
  opinion.text = std::move(redaction.text);
  StoredOpinion stored;
  const TopicResult result = classifier.classify(opinion.text);
  for (const TopicScore& score : result.topics) {
    stored.topics.push_back(classifier.taxonomy().topics()[static_cast<std::size_t>(score.topic)].id);
    stored.probabilities.push_back(score.probability);
  }
  stored.opinion = std::move(opinion);
  return stored;
}

Result<void> ingest_file(const std::string& path, const std::string& bytes, Archive& archive,
                         const Classifier& classifier, const ReadOptions& options,
                         const std::optional<Period>& fallback, Tally& tally) {
  auto document = read_bytes(bytes, path, options);
  if (!document) return document.error();
  report_skipped(*document);
  if (!document->columns.empty()) ++tally.columns[columns_of(*document)];
  tally.left_out += static_cast<int>(document->skipped.size());
  std::vector<StoredOpinion> opinions;
  for (Opinion& opinion : document->opinions) {
    if (!opinion.period) opinion.period = fallback;
    if (!opinion.period) ++tally.undated;
    opinions.push_back(prepared(std::move(opinion), classifier, tally));
  }
  auto added = archive.add(path, digest_of(bytes), opinions);
  if (!added) return added.error();
  ++(added->duplicate_document ? tally.known : tally.documents);
  tally.opinions += added->opinions;
  tally.copies += added->copies;
  return {};
}

// With what the archive was filled, for the method note of every brief.
Result<void> record_versions(Archive& archive, const std::string& model) {
  auto model_bytes = read_all(model);
  if (!model_bytes) return model_bytes.error();
  if (auto set = archive.set_setting("program", std::string("duluan ") + kVersion); !set) return set;
  return archive.set_setting("model.topics", digest_of(*model_bytes).substr(0, 12));
}

void print(const Tally& tally) {
  std::printf("documents read: %d\nalready stored: %d\nrefused: %d\nopinions: %d\ncopies of other reports: %d\n",
              tally.documents, tally.known, tally.refused, tally.opinions, tally.copies);
  std::printf("records left out: %d\nwithout a period (not counted in series): %d\nredacted:", tally.left_out,
              tally.undated);
  for (const auto& [kind, count] : tally.redacted) std::printf(" %s %d", kind.c_str(), count);
  std::puts(tally.redacted.empty() ? " nothing" : "");
  for (const auto& [columns, count] : tally.columns) std::printf("columns of %d tables: %s\n", count, columns.c_str());
}

Result<Exit> run(const Arguments& arguments) {
  std::optional<Period> fallback;
  if (arguments.has("--period")) {
    auto period = Period::parse(arguments.get("--period"));
    if (!period) return period.error();
    fallback = *period;
  }
  const std::string model = model_path(arguments.get("--model"), "topics.model");
  auto classifier = Classifier::load(model);
  if (!classifier) return classifier.error();
  const auto gazetteer = Gazetteer::load(corpus_path("places"));
  if (!gazetteer) return gazetteer.error();
  ReadOptions options;
  options.gazetteer = &*gazetteer;
  if (auto set = set_columns(arguments.all("--column"), options); !set) return misuse(set.error());
  auto archive = Archive::open(arguments.get("ARCHIVE"), Archive::Mode::kCreate);
  if (!archive) return archive.error();
  if (auto recorded = record_versions(*archive, model); !recorded) return recorded.error();
  Tally tally;
  const std::vector<std::string> files = input_files(arguments.all("FILE"));
  const Progress progress = terminal_progress("reading");
  std::uint64_t done = 0;
  const Exit exit = for_each_document(files, [&](const std::string& path, Result<std::string> bytes) {
    auto ingested = !bytes ? Result<void>(bytes.error())
                           : ingest_file(path, *bytes, *archive, *classifier, options, fallback, tally);
    if (!ingested) ++tally.refused;
    // A zip file holds more documents than its name.
    if (progress) progress(std::min<std::uint64_t>(++done, files.size()), files.size());
    return ingested;
  });
  print(tally);
  return exit;
}

Result<Exit> purge(const Arguments& arguments) {
  auto archive = Archive::open(arguments.get("ARCHIVE"), Archive::Mode::kReadWrite);
  if (!archive) return archive.error();
  auto removed = archive->purge(arguments.get("--source"));
  if (!removed) return removed.error();
  std::printf("opinions removed: %d\n", *removed);
  return kDone;
}

}  // namespace

Command ingest_command() {
  return {"ingest",
          "Read documents into an archive: redacted, classified, copies linked",
          {{.name = "ARCHIVE", .help = "archive file, made if absent", .required = true},
           {.name = "FILE", .help = "documents, zip files or folders of them", .required = true, .many = true},
           {.name = "--column",
            .help = "column of tables that holds a field: text=, place=, unit=, period=NAME",
            .repeated = true},
           {.name = "--period", .help = "period of what names none, e.g. 2026-03"},
           {.name = "--model", .help = "topic model"}},
          run};
}

Command purge_command() {
  return {"purge",
          "Remove a source and all that was derived from it",
          {{.name = "ARCHIVE", .help = "archive file", .required = true},
           {.name = "--source", .help = "the source as `ingest` named it", .required = true}},
          purge};
}

}  // namespace duluan::cli
