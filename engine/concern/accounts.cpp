// Sentences about what is new, who is silent, and what a concern rests on.
#include <algorithm>
#include <cmath>
#include <set>

#include "concern/display.hpp"
#include "concern/strings.hpp"
#include "concern/wording.hpp"
#include "topic/terms.hpp"

namespace duluan::concern {
namespace {

constexpr double kAtLeastHalfMore = 1.4, kTwice = 1.75;  // from here on "gấp rưỡi", "gấp …"
constexpr double kHardlyEver = 0.5;                      // fewer expected than this: it is new
constexpr double kNever = 0.05;

std::string whole(std::size_t n, Language language) { return number(static_cast<double>(n), 0, language); }

// One decimal below ten, none where it is 0.
std::string times(double ratio, Language language) {
  const bool decimal = ratio < 9.95 && std::abs(ratio - std::round(ratio)) >= 0.05;
  return number(ratio, decimal ? 1 : 0, language);
}

// To five percent.
std::string percent(double share, Language language) {
  return number(std::max(5.0, std::round(share * 20) * 5), 0, language);
}

std::string topic_name(const ConcernReport& report, const std::string& id, Language language) {
  if (id.empty() || id == "other") return phrases(language).no_topic;
  for (const Topic& topic : report.topics)
    if (topic.id == id) return label(topic, language);
  return id;
}

std::size_t first_letter(const std::string& text) {
  std::size_t end = 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) ++end;
  return end;
}

// Letterheads shout: "ỦY BAN NHÂN DÂN XÃ DỐC NỨA" becomes "Ủy ban nhân dân xã Dốc Nứa", the place as coverage has it.
std::string unit_name(const ConcernReport& report, const std::string& unit) {
  if (unit.empty() || std::any_of(unit.begin(), unit.end(), [](char c) { return c >= 'a' && c <= 'z'; })) return unit;
  std::string name = topics::canonical(unit);
  for (const PlaceCoverage& c : report.coverage) {
    const std::string place = topics::canonical(c.place);
    if (place.empty() || !name.ends_with(" " + place)) continue;
    name.replace(name.size() - place.size(), place.size(), c.place);
    break;
  }
  return unit.substr(0, first_letter(unit)) + name.substr(first_letter(name));
}

std::string unit_names(const ConcernReport& report, std::vector<std::string> units, Language language) {
  for (std::string& unit : units) unit = unit_name(report, unit);
  return joined(units, language);
}

std::string listed(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : "; ") + item;
  return out;
}

// "0,8", "dưới 0,01".
std::string small_percent(double p, Language language) {
  const double percent = p * 100;
  return percent < 0.01 ? fill(phrases(language).below, {number(0.01, 2, language)})
                        : number(percent,
                                 percent < 0.1 ? 2
                                 : percent < 1 ? 1
                                               : 0,
                                 language);
}

std::string file_name(const std::string& source) { return source.substr(source.rfind('/') + 1); }

std::string silence_item(const ConcernReport& report, const Silence& s, Language language) {
  const Phrases& say = phrases(language);
  const std::string unit = unit_name(report, s.reporter);
  switch (s.kind) {
    case Silence::Kind::kStopped:
    case Silence::Kind::kMissing:
      return fill(say.silence_run, {unit, number(s.missed, 0, language), period_short(s.period, language)});
    case Silence::Kind::kFew:
      return fill(say.silence_few, {unit, shown_count(s.opinions, language), rounded(s.usual, language)});
    case Silence::Kind::kZero: return file_name(s.source);
    case Silence::Kind::kLate: return fill(say.silence_late, {unit, period_short(s.period, language)});
  }
  return unit;
}

}  // namespace

std::string trend_word(const Concern& concern, Language language) {
  const Phrases& say = phrases(language);
  if (!shown(concern.observed)) return say.trend_up;
  if (concern.expected < kHardlyEver) return say.trend_new;
  if (concern.ratio >= kTwice) return fill(say.trend_times, {times(concern.ratio, language)});
  if (concern.ratio >= kAtLeastHalfMore) return say.trend_half_more;
  return fill(say.trend_percent, {percent(concern.ratio - 1, language)});
}

std::string fall_word(const Fall& fall, Language language) {
  const Phrases& say = phrases(language);
  if (!shown(fall.observed)) return say.trend_down;
  return fill(say.trend_down_percent, {percent(1 - fall.observed / fall.usual, language)});
}

Reach reach_of(const ConcernReport& report, const Concern& concern) {
  Reach reach;
  const auto topic =
      std::find_if(report.topics.begin(), report.topics.end(), [&](const Topic& t) { return t.id == concern.topic; });
  const auto* row =
      topic == report.topics.end() ? nullptr : &report.table[static_cast<std::size_t>(topic - report.topics.begin())];
  const std::set<std::string> places(concern.places.begin(), concern.places.end());
  for (std::size_t i = 0; i < report.coverage.size(); ++i) {
    const PlaceCoverage& c = report.coverage[i];
    if (c.place.empty() || (!places.empty() && !places.contains(c.place))) continue;
    ++reach.known;
    reach.reporting += c.opinions > 0 ? 1 : 0;
    reach.speaking += row != nullptr && (*row)[i] > 0 ? 1 : 0;
  }
  return reach;
}

std::string term_list(const std::vector<NewTerm>& terms, Language language) {
  std::string out;
  for (const NewTerm& t : terms)
    out += (out.empty() ? "“" : ", “") + t.term + "” (" + number(t.opinions, 0, language) + "; " +
           (t.expected < kNever ? phrases(language).never
                                : fill(phrases(language).usually, {rounded(t.expected, language)})) +
           ")";
  return out;
}

std::vector<std::string> account(const ConcernReport& report, const Concern& concern, Language language) {
  const Phrases& say = phrases(language);
  const Reach reach = reach_of(report, concern);
  std::vector<std::string> all;
  if (concern.places.empty() && reach.known > 1)
    all.push_back(fill(say.breadth, {whole(reach.speaking, language), whole(reach.reporting, language)}));
  if (concern.copies > 0) all.push_back(fill(say.copies, {shown_count(concern.copies, language)}));
  if (!concern.missing.empty())
    all.push_back(
        fill(say.missing, {unit_names(report, concern.missing, language), percent(concern.missing_share, language)}));
  if (!concern.terms.empty()) all.push_back(fill(say.risen_terms, {term_list(concern.terms, language)}));
  const FalseAlarmLevel& level = report.false_alarms;
  all.push_back(fill(say.why, {small_percent(concern.p_value, language), small_percent(concern.threshold, language),
                               whole(level.tests, language)}));
  return all;
}

std::string subject_title(const NewSubject& subject) {
  std::string title;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, subject.terms.size()); ++i)
    title += (i > 0 ? " – " : "") + subject.terms[i].term;
  return title;
}

std::vector<std::string> subject_sentences(const ConcernReport& report, const NewSubject& subject, Language language) {
  const Phrases& say = phrases(language);
  Period since = report.period;
  for (const NewTerm& term : subject.terms) since = std::min(since, term.since);
  std::vector<std::string> all{fill(
      say.new_figures, {number(subject.opinions, 0, language), number(subject.reporters, 0, language),
                        since == report.period ? say.since_now : fill(say.since, {period_name(since, language)})})};
  if (subject.unnamed) all.emplace_back(say.new_unnamed);
  else if (!subject.topic.empty()) all.push_back(fill(say.new_inside, {topic_name(report, subject.topic, language)}));
  else if (!subject.topics.empty())
    all.push_back(fill(say.new_mostly, {topic_name(report, subject.topics.front().first, language)}));
  all.push_back(fill(say.risen_terms, {term_list(subject.terms, language)}));
  return all;
}

std::string novelty_note(const ConcernReport& report, Language language) {
  const Phrases& say = phrases(language);
  const Novelty& novelty = report.novelty;
  if (!novelty.judged) return say.new_not_judged;
  const std::string how =
      fill(say.new_how, {whole(novelty.periods, language), number(kLeastTermOpinions, 0, language),
                         number(kLeastTermReporters, 0, language), number(novelty.fdr * 100, 0, language)});
  return novelty.subjects.empty() ? say.new_none + (" " + how) : how;
}

std::vector<std::string> silence_sentences(const ConcernReport& report, Language language) {
  const Phrases& say = phrases(language);
  std::vector<std::string> all;
  for (const auto& [kind, phrase] : {std::pair{Silence::Kind::kStopped, say.stopped},
                                     {Silence::Kind::kMissing, say.not_yet},
                                     {Silence::Kind::kFew, say.few},
                                     {Silence::Kind::kZero, say.zero},
                                     {Silence::Kind::kLate, say.late}}) {
    std::vector<std::string> items;
    for (const Silence& s : report.silences)
      if (s.kind == kind) items.push_back(silence_item(report, s, language));
    if (!items.empty()) all.push_back(fill(phrase, {listed(items)}));
  }
  return all;
}

std::vector<std::string> fall_sentences(const ConcernReport& report, Language language) {
  const Phrases& say = phrases(language);
  std::vector<std::string> all;
  for (const Fall& f : report.falls) {
    const bool spoken_less = f.cause == Fall::Cause::kOpinion;
    std::string text =
        fill(spoken_less ? say.fell : say.fell_reports,
             {topic_name(report, f.topic, language), fall_word(f, language), shown_count(f.observed, language),
              rounded(f.usual, language), rounded(f.received, language)});
    if (!spoken_less && !f.missing.empty())
      text += " " + fill(say.fell_missing, {unit_names(report, f.missing, language)});
    all.push_back(std::move(text));
  }
  return all;
}

}  // namespace duluan::concern
