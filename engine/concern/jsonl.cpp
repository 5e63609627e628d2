// The report for programs: a line a concern, and one for the period.
#include "concern/display.hpp"
#include "concern/json_values.hpp"
#include "concern/wording.hpp"

namespace duluan {
namespace {

using namespace concern;

std::string json_series(const std::vector<SeriesPoint>& points) {
  std::string out = "[";
  for (const SeriesPoint& p : points) {
    if (out.size() > 1) out += ',';
    out += "{\"period\":\"" + p.period.label() + "\",\"observed\":" + (p.reported ? json_count(p.observed) : "null") +
           ",\"reported\":" + (p.reported ? "true" : "false");
    if (p.judged)
      out += ",\"expected\":" + json_number(p.expected) + ",\"lower\":" + json_number(p.lower) +
             ",\"upper\":" + json_number(p.upper);
    if (p.breaks) out += ",\"break\":true";
    out += '}';
  }
  return out + "]";
}

std::string json_reform(const Reform& reform) {
  if (reform.places == 0) return "null";
  return "{\"map\":\"" + std::string(reform.after ? "after" : "before") +
         "\",\"day\":\"2025-07-01\",\"places\":" + std::to_string(reform.places) +
         ",\"split\":" + std::to_string(reform.split) + ",\"estimated\":" + std::to_string(reform.estimated) + "}";
}

std::string json_evidence(const Concern& concern) {
  std::string out = "[";
  for (std::size_t i = 0; i < shown_quotations(concern); ++i) {
    const Evidence& e = concern.evidence[i];
    out += (i > 0 ? "," : "") + json_opinion(e.id, e.text, e.source, e.place, e.unit) +
           ",\"probability\":" + json_number(e.probability) + "}";
  }
  return out + "]";
}

std::string json_concern(const ConcernReport& report, const Concern& c) {
  const Topic* topic = topic_of(report, c);
  std::string out =
      "{\"kind\":\"concern\",\"period\":\"" + report.period.label() + "\",\"topic\":" + quote_json(c.topic);
  if (topic) out += ",\"label_vi\":" + quote_json(topic->label_vi) + ",\"label_en\":" + quote_json(topic->label_en);
  out += ",\"whole_archive\":" + std::string(c.places.empty() ? "true" : "false") +
         ",\"places\":" + json_strings(c.places) + ",\"area\":" + quote_json(c.area) +
         ",\"strongest\":" + json_strings(c.strongest) + ",\"since\":\"" + c.since.label() +
         "\",\"observed\":" + json_count(c.observed) + ",\"expected\":" + json_number(c.expected) +
         ",\"lower\":" + json_number(c.lower) + ",\"upper\":" + json_number(c.upper) +
         ",\"ratio\":" + (shown(c.observed) ? json_number(c.ratio) : "null") +
         ",\"p_value\":" + json_probability(c.p_value) +
         (c.cluster_periods > 0 ? ",\"cluster\":{\"p_value\":" + json_probability(c.cluster_p_value) +
                                      ",\"periods\":" + std::to_string(c.cluster_periods) + "}"
                                : "") +
         ",\"reports\":" + std::to_string(c.reports) + ",\"units\":" + std::to_string(c.units) +
         json_account(report, c) + ",\"evidence\":" + json_evidence(c) + ",\"series\":" + json_series(c.series) + "}\n";
  return out;
}

std::string json_coverage(const std::vector<PlaceCoverage>& coverage) {
  std::string out = "[";
  for (const PlaceCoverage& c : coverage) {
    out += (out.size() > 1 ? ",{\"place\":" : "{\"place\":") + quote_json(c.place) +
           ",\"reports\":" + std::to_string(c.reports) +
           ",\"opinions\":" + (c.opinions == 0 ? "0" : json_count(c.opinions)) +
           ",\"usual_reports\":" + json_number(c.usual_reports) +
           ",\"last_reported\":" + (c.last_reported ? "\"" + c.last_reported->label() + "\"" : "null") +
           ",\"silent\":" + (c.silent ? "true" : "false") + "}";
  }
  return out + "]";
}

}  // namespace

std::string render_jsonl(const ConcernReport& report) {
  std::string out;
  for (const Concern& concern : report.concerns) out += json_concern(report, concern);
  out += json_news(report) + json_silences(report);
  const FalseAlarmLevel& level = report.false_alarms;
  out += "{\"kind\":\"period\",\"period\":\"" + report.period.label() +
         "\",\"concerns\":" + std::to_string(report.concerns.size()) +
         ",\"false_alarms\":{\"alpha\":" + json_number(level.alpha) + ",\"fdr\":" + json_number(level.fdr) +
         ",\"tests\":" + std::to_string(level.tests) +
         ",\"whole_threshold\":" + json_probability(level.whole_threshold) +
         ",\"place_threshold\":" + json_probability(level.place_threshold) +
         ",\"flagged\":" + std::to_string(level.flagged) + ",\"null_periods\":" + std::to_string(level.null_periods) +
         ",\"null_flags\":" + (level.null_periods > 0 ? json_number(level.null_flags) : "null") +
         "},\"reform\":" + json_reform(report.reform) + ",\"novelty\":" + json_novelty(report.novelty) +
         ",\"schema\":" + std::to_string(kConcernSchema) + ",\"coverage\":" + json_coverage(report.coverage) +
         ",\"models\":{";
  for (std::size_t i = 0; i < report.models.size(); ++i)
    out += (i > 0 ? "," : "") + quote_json(report.models[i].first) + ":" + quote_json(report.models[i].second);
  return out + "}}\n";
}

}  // namespace duluan
