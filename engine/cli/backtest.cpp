#include "duluan/backtest.hpp"

#include <cstdio>
#include <set>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/json.hpp"
#include "cli/judged.hpp"
#include "cli/truth.hpp"
#include "concern/display.hpp"

namespace duluan::cli {
namespace {

struct Summary {
  std::size_t events = 0, found = 0, located = 0;
  double delay = 0;  ///< mean over those found

  Summary(const Backtest& past) {
    for (const EventOutcome& o : past.outcomes) {
      events += o.replayed ? 1 : 0;
      if (!o.found) continue;
      ++found;
      located += o.located ? 1 : 0;
      delay += *o.delay;
    }
    if (found > 0) delay /= static_cast<double>(found);
  }
};

std::string places_json(const std::vector<std::string>& places) {
  std::string out = "[";
  for (const std::string& place : places) out += (out.size() > 1 ? "," : "") + json_string(place);
  return out + "]";
}

std::string event_json(const KnownEvent& event, const EventOutcome& outcome) {
  return "{\"topic\":" + json_string(event.topic) + ",\"places\":" + places_json(event.places) + ",\"first\":\"" +
         event.first.label() + "\",\"last\":\"" + event.last.label() + "\",\"note\":" + json_string(event.note) +
         ",\"replayed\":" + (outcome.replayed ? "true" : "false") +
         ",\"found\":" + (outcome.found ? "\"" + outcome.found->label() + "\"" : "null") +
         ",\"delay\":" + (outcome.delay ? std::to_string(*outcome.delay) : "null") +
         ",\"periods\":" + std::to_string(outcome.periods) + ",\"located\":" + (outcome.located ? "true" : "false") +
         "}";
}

std::string period_json(const BacktestPeriod& period, bool known) {
  std::string out = "{\"period\":\"" + period.report.period.label() +
                    "\",\"tests\":" + std::to_string(period.report.false_alarms.tests) + ",\"flags\":[";
  for (std::size_t i = 0; i < period.events.size(); ++i) {
    const Concern& c = period.report.concerns[i];
    out += (i > 0 ? ",{\"topic\":" : "{\"topic\":") + json_string(c.topic) + ",\"places\":" + places_json(c.places) +
           ",\"area\":" + json_string(c.area) +
           ",\"observed\":" + (concern::shown(c.observed) ? std::to_string(c.observed) : "null") +
           ",\"expected\":" + concern::fixed(c.expected, 3);
    if (known) out += ",\"event\":" + (period.events[i] ? std::to_string(*period.events[i]) : "null");
    out += "}";
  }
  return out + "]}";
}

// Without a truth there is nothing to say of events and false alarms.
std::string as_json(const Backtest& past, const std::vector<KnownEvent>& events, bool known) {
  std::string out = "{\"periods\":[";
  for (const BacktestPeriod& period : past.periods) out += (out.ends_with('[') ? "" : ",") + period_json(period, known);
  const Summary sum(past);
  out += "],\"judged\":" + std::to_string(past.judged) + ",\"flags\":" + std::to_string(past.flags);
  if (known) {
    out += ",\"false_flags\":" + std::to_string(past.false_flags) + ",\"events\":[";
    for (std::size_t i = 0; i < events.size(); ++i) out += (i > 0 ? "," : "") + event_json(events[i], past.outcomes[i]);
    out += "],\"replayed\":" + std::to_string(sum.events) + ",\"found\":" + std::to_string(sum.found) +
           ",\"located\":" + std::to_string(sum.located) +
           ",\"mean_delay\":" + (sum.found > 0 ? concern::fixed(sum.delay, 3) : "null");
  }
  return out + "}\n";
}

std::string event_text(const KnownEvent& event, const EventOutcome& outcome, Language language) {
  const bool english = language == Language::kEnglish;
  std::string text = event.topic + ", " + event.first.label() + "–" + event.last.label() + ": ";
  if (!outcome.replayed) return text + (english ? "not in the replayed time" : "ngoài thời gian xét lại");
  if (!outcome.found) return text + (english ? "missed" : "không phát hiện");
  text += (english ? "found " : "phát hiện ") + outcome.found->label() + ", ";
  if (*outcome.delay == 0) text += english ? "in its first period" : "ngay kỳ đầu";
  else text += (english ? "periods late: " : "chậm (kỳ): ") + std::to_string(*outcome.delay);
  return text +
         (outcome.located ? (english ? "; right place" : "; đúng nơi") : (english ? "; other place" : "; khác nơi"));
}

std::string as_text(const Backtest& past, const std::vector<KnownEvent>& events, bool known, Language language) {
  const bool english = language == Language::kEnglish;
  std::string out = concern_head(language) + "\n";
  for (const BacktestPeriod& period : past.periods)
    for (std::size_t i = 0; i < period.events.size(); ++i) {
      out += concern_line(period.report, period.report.concerns[i], language);
      if (known && !period.events[i]) out += english ? "  false" : "  báo nhầm";
      out += "\n";
    }
  const auto line = [&](const char* vi, const char* en, const std::string& value) {
    out += std::string(english ? en : vi) + ": " + value + "\n";
  };
  const Summary sum(past);
  const double judged = past.judged > 0 ? static_cast<double>(past.judged) : 1;
  out += "\n";
  line("Số kỳ đã xét", "Periods judged", std::to_string(past.judged));
  line("Số lần nêu, bình quân mỗi kỳ", "Flags, per period",
       std::to_string(past.flags) + "; " + concern::rounded(static_cast<double>(past.flags) / judged, language));
  if (!known) return out;
  line("Báo nhầm, bình quân mỗi kỳ", "False flags, per period",
       std::to_string(past.false_flags) + "; " +
           concern::rounded(static_cast<double>(past.false_flags) / judged, language));
  line("Sự việc phát hiện được, đúng nơi", "Events found, in the right place",
       std::to_string(sum.found) + "/" + std::to_string(sum.events) + "; " + std::to_string(sum.located));
  if (sum.found > 0) line("Chậm bình quân (kỳ)", "Mean delay, periods", concern::rounded(sum.delay, language));
  for (std::size_t i = 0; i < events.size(); ++i)
    out += "- " + event_text(events[i], past.outcomes[i], language) + "\n";
  return out;
}

Result<std::set<std::string>> places_of(const Archive& archive, Period::Unit unit) {
  const auto coverage = archive.coverage(unit);
  if (!coverage) return coverage.error();
  std::set<std::string> places;
  for (const Coverage& c : *coverage) places.insert(c.place);
  return places;
}

Result<Exit> run(const Arguments& arguments) {
  auto options = judgement_options(arguments, "--from");
  if (!options) return misuse(options.error());
  if (!arguments.has("--null")) options->null_periods = 0;
  BacktestRange range{.from = options->period};
  options->period.reset();
  if (arguments.has("--to")) {
    auto to = Period::parse(arguments.get("--to"));
    if (!to) return misuse(to.error());
    if (range.from && to->unit != range.from->unit)
      return misuse({ErrorCode::kInvalidArgument, "--from and --to are periods of different length", "", ""});
    range.to = *to;
    options->unit = to->unit;
  }
  auto judged = open_judged(arguments, *options);
  if (!judged) return judged.error();
  std::vector<KnownEvent> events;
  if (arguments.has("--truth")) {
    const auto places = places_of(judged->archive, options->unit);
    if (!places) return places.error();
    auto read = read_truth(arguments.get("--truth"), *places);
    if (!read) return read.error();
    events = std::move(*read);
  }
  const auto past = backtest(judged->archive, judged->taxonomy, judged->options, range, events);
  if (!past) return past.error();
  const bool known = arguments.has("--truth");
  write_out(arguments.has("--json") ? as_json(*past, events, known)
                                    : as_text(*past, events, known, language_of(arguments)));
  return kDone;
}

}  // namespace

Command backtest_command() {
  std::vector<Option> options = judgement_options_table();
  options.insert(
      options.end(),
      {{.name = "--from", .help = "first period to replay (default: the sixth of the archive)"},
       {.name = "--to", .help = "last period (default: the last complete one)"},
       {.name = "--truth", .help = "table of what really happened: columns topic, places, first, last, parted by tabs"},
       {.name = "--json", .help = "one JSON object", .flag = true},
       kLanguage});
  return {
      "backtest",
      "Replay the past period by period, none knowing what came later: flags, and how early and how false they were",
      options, run};
}

}  // namespace duluan::cli
