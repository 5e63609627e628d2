#include "cli/judged.hpp"

#include <charconv>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/word_cutter.hpp"
#include "concern/display.hpp"

namespace duluan::cli {
namespace {

template <typename Number>
bool parse(const std::string& text, Number& value) {
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  return fault == std::errc() && end == text.data() + text.size();
}

// Two names a line, parted by a tab.
Result<std::vector<std::pair<std::string, std::string>>> read_pairs(const std::string& path) {
  auto text = read_all(path);
  if (!text) return text.error();
  std::vector<std::pair<std::string, std::string>> pairs;
  std::size_t line = 0;
  for (std::size_t begin = 0; begin < text->size();) {
    const std::size_t end = std::min(text->find('\n', begin), text->size());
    std::string row = text->substr(begin, end - begin);
    begin = end + 1;
    ++line;
    if (row.ends_with('\r')) row.pop_back();
    if (row.empty() || row.starts_with('#')) continue;
    const std::size_t tab = row.find('\t');
    if (tab == std::string::npos || row.find('\t', tab + 1) != std::string::npos)
      return Error{ErrorCode::kMalformed, "not two names", path + ":" + std::to_string(line),
                   "write two neighbouring places a line, as the archive names them, parted by a tab"};
    pairs.emplace_back(row.substr(0, tab), row.substr(tab + 1));
  }
  return pairs;
}

}  // namespace

std::vector<Option> judgement_options_table() {
  return {
      {.name = "ARCHIVE", .help = "archive made by `duluan ingest`", .required = true},
      {.name = "--fdr",
       .help = "share of false alarms among the flags that is accepted, on average; 0.1 is stricter (default 0.3)"},
      {.name = "--null",
       .help = "past periods in random order in which false alarms are counted; 0: none (default 40, with --from 0)"},
      {.name = "--neighbours",
       .help = "file of neighbouring places, two names a line with a tab between (default: places of one former "
               "district)"},
      {.name = "--map",
       .help = "administrative units in which places are told: of the period, or those before or after July 2025",
       .fallback = "period",
       .choices = {"period", "before", "after"}},
      {.name = "--taxonomy", .help = "topics to judge (default: the taxonomy that comes with the program)"}};
}

Result<ConcernOptions> judgement_options(const Arguments& arguments, const std::string& period_option) {
  const auto invalid = [](const char* what, const char* remedy) {
    return Error{ErrorCode::kInvalidArgument, what, "", remedy};
  };
  ConcernOptions options;
  options.null_periods = 40;
  if (arguments.get("--map") == "before") options.map = PlaceMap::kBefore;
  if (arguments.get("--map") == "after") options.map = PlaceMap::kAfter;
  if (arguments.has(period_option)) {
    auto period = Period::parse(arguments.get(period_option));
    if (!period) return period.error();
    options.period = *period;
    options.unit = period->unit;
  }
  if (arguments.has("--fdr") && !(parse(arguments.get("--fdr"), options.fdr) && options.fdr > 0 && options.fdr < 1))
    return invalid("--fdr must be a number above 0 and below 1", "use e.g. 0.1");
  if (arguments.has("--null") && !(parse(arguments.get("--null"), options.null_periods) && options.null_periods >= 0 &&
                                   options.null_periods <= 10000))
    return invalid("--null must be a whole number from 0 to 10000", "use e.g. 40");
  return options;
}

Result<Judged> open_judged(const Arguments& arguments, const ConcernOptions& options) {
  auto archive = Archive::open(arguments.get("ARCHIVE"), Archive::Mode::kReadOnly);
  if (!archive) return archive.error();
  auto taxonomy =
      Taxonomy::load(arguments.has("--taxonomy") ? arguments.get("--taxonomy") : corpus_path("taxonomy.tsv"));
  if (!taxonomy) return taxonomy.error();
  auto gazetteer = Gazetteer::load(corpus_path("places"));
  if (!gazetteer) return gazetteer.error();
  Judged judged{std::move(*archive), std::move(*taxonomy), std::make_unique<const Gazetteer>(std::move(*gazetteer)),
                options};
  judged.options.gazetteer = judged.gazetteer.get();
  auto cut = word_cutter(model_path("", "words.model"));
  if (!cut) return cut.error();
  judged.options.cut = std::move(*cut);
  if (!arguments.has("--neighbours")) return judged;
  auto pairs = read_pairs(arguments.get("--neighbours"));
  if (!pairs) return pairs.error();
  judged.options.neighbours = std::move(*pairs);
  return judged;
}

Language language_of(const Arguments& arguments) {
  return arguments.get("--lang") == "en" ? Language::kEnglish : Language::kVietnamese;
}

std::string concern_line(const ConcernReport& report, const Concern& found, Language language) {
  const Topic* topic = concern::topic_of(report, found);
  std::string where = language == Language::kEnglish ? "everywhere" : "toàn địa bàn";
  if (!found.places.empty()) where = concern::joined(found.places, language);
  if (!found.area.empty()) where = found.area;
  return concern::pad(concern::period_short(report.period, language), 9) +
         concern::pad(topic == nullptr ? found.topic : concern::label(*topic, language), 38) + concern::pad(where, 32) +
         concern::pad(concern::shown_count(found.observed, language), 7, true) +
         concern::pad(concern::rounded(found.expected, language) + " (" + concern::rounded(found.lower, language) +
                          "–" + concern::rounded(found.upper, language) + ")",
                      18, true);
}

std::string concern_head(Language language) {
  const bool english = language == Language::kEnglish;
  return concern::pad(english ? "Period" : "Kỳ", 9) + concern::pad(english ? "Topic" : "Lĩnh vực", 38) +
         concern::pad(english ? "Where" : "Nơi", 32) + concern::pad(english ? "Seen" : "Số", 7, true) +
         concern::pad(english ? "Expected (95 %)" : "Dự kiến (95%)", 18, true);
}

}  // namespace duluan::cli
