#include <charconv>
#include <set>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/json.hpp"
#include "cli/opinions.hpp"
#include "duluan/archive.hpp"
#include "duluan/restore.hpp"
#include "duluan/word.hpp"

namespace duluan::cli {
namespace {

// What stands in quotes is one phrase; the rest, with its diacritics put back, is cut into words, each a phrase.
class Phrases {
 public:
  static Result<Phrases> load() {
    auto segmenter = Segmenter::load(model_path("", "words.model"));
    if (!segmenter) return segmenter.error();
    auto restorer = Restorer::load(model_path("", "diacritics.model"));
    if (!restorer) return restorer.error();
    return Phrases(std::move(*segmenter), std::move(*restorer));
  }

  [[nodiscard]] std::vector<std::string> of(std::string_view query) const {
    std::vector<std::string> phrases;
    for (bool quoted = false; !query.empty(); quoted = !quoted) {
      const std::string_view part = query.substr(0, query.find('"'));
      if (quoted) phrases.emplace_back(part);
      else add_words(part, phrases);
      query.remove_prefix(std::min(query.size(), part.size() + 1));
    }
    return phrases;
  }

 private:
  Phrases(Segmenter segmenter, Restorer restorer) : segmenter_(std::move(segmenter)), restorer_(std::move(restorer)) {}

  void add_words(std::string_view part, std::vector<std::string>& phrases) const {
    Restoration found;
    std::string restored;
    restorer_.restore_line(part, found, restored);
    Words words;
    segmenter_.segment(restored, words);
    for (std::size_t i = 0; i < words.size(); ++i) phrases.emplace_back(words.span(i).of(restored));
  }

  Segmenter segmenter_;
  Restorer restorer_;
};

std::string as_text(const StoredOpinion& stored) {
  const Opinion& o = stored.opinion;
  std::string head = o.period ? o.period->label() : "-";
  head += "  " + (o.place.empty() ? "-" : o.place) + "  ";
  for (const std::string& topic : stored.topics) head += (&topic == stored.topics.data() ? "" : ",") + topic;
  if (stored.topics.empty()) head += "-";
  if (stored.copy_of != 0) head += "  (copy of " + std::to_string(stored.copy_of) + ")";
  return head + "\n    " + one_line(o.text) + "\n";
}

// First where all words stand together as they were given, then where they stand apart.
Result<std::vector<StoredOpinion>> find(const Archive& archive, Query query, const std::string& words,
                                        std::vector<std::string> phrases) {
  query.phrases = {words};
  auto found = archive.search(query);
  if (!found || phrases.size() < 2) return found;
  query.phrases = std::move(phrases);
  auto apart = archive.search(query);
  if (!apart) return apart;
  std::set<std::int64_t> known;
  for (const StoredOpinion& stored : *found) known.insert(stored.id);
  for (StoredOpinion& stored : *apart) {
    if (query.limit >= 0 && found->size() >= static_cast<std::size_t>(query.limit)) break;
    if (!known.contains(stored.id)) found->push_back(std::move(stored));
  }
  return found;
}

Result<Exit> run(const Arguments& arguments) {
  Query query;
  query.topic = arguments.get("--topic");
  query.place = arguments.get("--place");
  const std::string limit = arguments.get("--limit");
  const auto [end, fault] = std::from_chars(limit.data(), limit.data() + limit.size(), query.limit);
  if (fault != std::errc() || end != limit.data() + limit.size() || query.limit < 0)
    return misuse({ErrorCode::kInvalidArgument, "--limit must be a whole number", "", "0 shows all"});
  if (query.limit == 0) query.limit = -1;
  if (arguments.has("--period")) {
    auto period = Period::parse(arguments.get("--period"));
    if (!period) return misuse(period.error());
    query.period = *period;
  }
  const auto archive = Archive::open(arguments.get("ARCHIVE"), Archive::Mode::kReadOnly);
  if (!archive) return archive.error();
  const auto phrases = Phrases::load();
  if (!phrases) return phrases.error();
  std::string words;
  for (const std::string& word : arguments.all("QUERY")) words += (words.empty() ? "" : " ") + word;
  const auto found = find(*archive, query, words, phrases->of(words));
  if (!found) return found.error();
  const bool jsonl = arguments.get("--format") == "jsonl";
  for (const StoredOpinion& stored : *found) write_out(jsonl ? opinion_json(stored) : as_text(stored));
  return kDone;
}

}  // namespace

Command search_command() {
  return {
      "search",
      "Opinions with these words, accents or not: first where they stand together, then apart; the last added first",
      {{.name = "ARCHIVE", .help = "archive made by `duluan ingest`", .required = true},
       {.name = "QUERY",
        .help = "words that all have to occur; \"in double quotes\": one after another",
        .required = true,
        .many = true},
       {.name = "--topic", .help = "of this topic (its id)"},
       {.name = "--place", .help = "of this place, as `duluan read` names it"},
       {.name = "--period", .help = "of this month 2026-03, quarter 2026-Q1, week 2026-W12 or day 2026-03-15"},
       {.name = "--limit", .help = "the last so many; 0: all", .fallback = "20"},
       {.name = "--format", .help = "form of the output", .fallback = "text", .choices = {"text", "jsonl"}}},
      run};
}

}  // namespace duluan::cli
