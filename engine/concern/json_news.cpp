// What is new, who is silent, and what a concern rests on, for programs.
#include <algorithm>
#include <array>

#include "concern/display.hpp"
#include "concern/json_values.hpp"
#include "concern/wording.hpp"

namespace duluan::concern {
namespace {

const char* kind_name(Silence::Kind kind) {
  switch (kind) {
    case Silence::Kind::kStopped: return "stopped";
    case Silence::Kind::kMissing: return "missing";
    case Silence::Kind::kFew: return "few";
    case Silence::Kind::kZero: return "zero";
    case Silence::Kind::kLate: return "late";
  }
  return "";
}

std::string begin_line(const char* kind, const ConcernReport& report) {
  return std::string("{\"kind\":\"") + kind + "\",\"period\":\"" + report.period.label() +
         "\",\"schema\":" + std::to_string(kConcernSchema);
}

std::string json_topics(const std::vector<std::pair<std::string, int>>& topics) {
  std::string out = "[";
  for (const auto& [topic, opinions] : topics)
    out += (out.size() > 1 ? ",{\"topic\":" : "{\"topic\":") + quote_json(topic) +
           ",\"opinions\":" + json_count(opinions) + "}";
  return out + "]";
}

std::string json_examples(const std::vector<Example>& examples) {
  std::string out = "[";
  for (const Example& e : examples)
    out += (out.size() > 1 ? "," : "") + json_opinion(e.id, e.text, e.source, e.place, e.unit) + "}";
  return out + "]";
}

std::string json_subject(const ConcernReport& report, const NewSubject& s) {
  return begin_line("new", report) + ",\"topic\":" + (s.topic.empty() ? "null" : quote_json(s.topic)) +
         ",\"candidate_topic\":" + (s.unnamed ? "true" : "false") + ",\"opinions\":" + json_count(s.opinions) +
         ",\"units\":" + std::to_string(s.reporters) + ",\"places\":" + std::to_string(s.places) +
         ",\"terms\":" + json_terms(s.terms) + ",\"topics\":" + json_topics(s.topics) +
         ",\"examples\":" + json_examples(s.examples) + "}\n";
}

std::string json_silence(const ConcernReport& report, const Silence& s) {
  std::string out =
      begin_line("silence", report) + ",\"state\":\"" + kind_name(s.kind) + "\",\"unit\":" + quote_json(s.reporter);
  const bool misses = s.kind == Silence::Kind::kStopped || s.kind == Silence::Kind::kMissing;
  if (misses) out += ",\"missed\":" + std::to_string(s.missed) + ",\"since\":\"" + s.period.label() + "\"";
  if (s.kind == Silence::Kind::kLate) out += ",\"report_of\":\"" + s.period.label() + "\"";
  if (s.kind == Silence::Kind::kFew) out += ",\"opinions\":" + json_count(s.opinions);
  if (misses || s.kind == Silence::Kind::kFew)
    out += ",\"usual_opinions\":" + json_number(s.usual) + ",\"p_value\":" + json_probability(s.p_value);
  if (!s.source.empty()) out += ",\"source\":" + quote_json(s.source);
  return out + "}\n";
}

std::string json_fall(const ConcernReport& report, const Fall& f) {
  return begin_line("fall", report) + ",\"topic\":" + quote_json(f.topic) + ",\"cause\":\"" +
         (f.cause == Fall::Cause::kOpinion ? "opinion" : "reports") + "\",\"observed\":" + json_count(f.observed) +
         ",\"usual\":" + json_number(f.usual) + ",\"expected_of_received\":" + json_number(f.received) +
         ",\"p_value\":" + json_probability(f.p_value) +
         ",\"received_p_value\":" + json_probability(f.received_p_value) +
         ",\"missing_units\":" + json_strings(f.missing) +
         ",\"trend_vi\":" + quote_json(fall_word(f, Language::kVietnamese)) +
         ",\"trend_en\":" + quote_json(fall_word(f, Language::kEnglish)) + "}\n";
}

}  // namespace

std::string json_terms(const std::vector<NewTerm>& terms) {
  std::string out = "[";
  for (const NewTerm& t : terms)
    out += (out.size() > 1 ? ",{\"term\":" : "{\"term\":") + quote_json(t.term) +
           ",\"opinions\":" + json_count(t.opinions) + ",\"units\":" + std::to_string(t.reporters) +
           ",\"expected\":" + json_number(t.expected) + ",\"z\":" + json_number(t.z) +
           ",\"p_value\":" + json_probability(t.p_value) + ",\"since\":\"" + t.since.label() + "\"}";
  return out + "]";
}

// In the order of FlaggedBy.
constexpr std::array<const char*, 4> kRules{"whole", "area", "place", "cluster"};

std::string json_account(const ConcernReport& report, const Concern& c) {
  const FalseAlarmLevel& level = report.false_alarms;
  const Reach reach = reach_of(report, c);
  return ",\"trend_vi\":" + quote_json(trend_word(c, Language::kVietnamese)) +
         ",\"trend_en\":" + quote_json(trend_word(c, Language::kEnglish)) + ",\"terms\":" + json_terms(c.terms) +
         ",\"breadth\":{\"places\":" + std::to_string(reach.speaking) +
         ",\"reporting_places\":" + std::to_string(reach.reporting) +
         ",\"known_places\":" + std::to_string(reach.known) + "},\"copies_removed\":" + json_count(c.copies) +
         ",\"missing_units\":" + json_strings(c.missing) + ",\"missing_share\":" + json_number(c.missing_share) +
         ",\"why\":{\"rule\":\"" + kRules[static_cast<std::size_t>(c.flagged_by)] +
         "\",\"threshold\":" + json_probability(c.threshold) + ",\"alpha\":" + json_number(level.alpha) +
         ",\"fdr\":" + json_number(level.fdr) + ",\"tests\":" + std::to_string(level.tests) +
         "},\"schema\":" + std::to_string(kConcernSchema);
}

std::string json_novelty(const Novelty& novelty) {
  return "{\"judged\":" + std::string(novelty.judged ? "true" : "false") +
         ",\"periods\":" + std::to_string(novelty.periods) + ",\"tests\":" + std::to_string(novelty.tests) +
         ",\"fdr\":" + json_number(novelty.fdr) + ",\"subjects\":" + std::to_string(novelty.subjects.size()) + "}";
}

std::string json_news(const ConcernReport& report) {
  std::string out;
  for (const NewSubject& subject : report.novelty.subjects) out += json_subject(report, subject);
  return out;
}

std::string json_silences(const ConcernReport& report) {
  std::string out;
  for (const Silence& silence : report.silences) out += json_silence(report, silence);
  for (const Fall& fall : report.falls) out += json_fall(report, fall);
  return out;
}

}  // namespace duluan::concern
