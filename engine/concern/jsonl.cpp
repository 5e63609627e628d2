// The report for programs: a line a concern, and one for the period.
#include "concern/display.hpp"

namespace duluan {
namespace {

using namespace concern;

// A number as JSON wants it, to six decimals.
std::string json_number(double value) {
  std::string digits = fixed(value, 6);
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.ends_with('.')) digits.pop_back();
  return digits == "-0" ? "0" : digits;
}

// p-values span hundreds of orders of magnitude.
std::string json_probability(double p) {
  int exponent = 0;
  const double least = p < 0.001 ? 1 : 0;
  for (; p > 0 && p < least && exponent < 300; ++exponent) p *= 10;
  return json_number(p) + (exponent > 0 ? "e-" + std::to_string(exponent) : "");
}

std::string json_count(int count) { return shown(count) ? std::to_string(count) : "null"; }

std::string json_strings(const std::vector<std::string>& items) {
  std::string out = "[";
  for (const std::string& item : items) out += (out.size() > 1 ? "," : "") + quote_json(item);
  return out + "]";
}

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
    out += (i > 0 ? ",{\"id\":" : "{\"id\":") + std::to_string(e.id) + ",\"text\":" + quote_json(e.text) +
           ",\"source\":" + quote_json(e.source) + ",\"place\":" + quote_json(e.place) +
           ",\"unit\":" + quote_json(e.unit) + ",\"probability\":" + json_number(e.probability) + "}";
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
         ",\"evidence\":" + json_evidence(c) + ",\"series\":" + json_series(c.series) + "}\n";
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
  const FalseAlarmLevel& level = report.false_alarms;
  out += "{\"kind\":\"period\",\"period\":\"" + report.period.label() +
         "\",\"concerns\":" + std::to_string(report.concerns.size()) +
         ",\"false_alarms\":{\"alpha\":" + json_number(level.alpha) + ",\"fdr\":" + json_number(level.fdr) +
         ",\"tests\":" + std::to_string(level.tests) +
         ",\"whole_threshold\":" + json_probability(level.whole_threshold) +
         ",\"place_threshold\":" + json_probability(level.place_threshold) +
         ",\"flagged\":" + std::to_string(level.flagged) + ",\"null_periods\":" + std::to_string(level.null_periods) +
         ",\"null_flags\":" + (level.null_periods > 0 ? json_number(level.null_flags) : "null") +
         "},\"reform\":" + json_reform(report.reform) + ",\"coverage\":" + json_coverage(report.coverage) +
         ",\"models\":{";
  for (std::size_t i = 0; i < report.models.size(); ++i)
    out += (i > 0 ? "," : "") + quote_json(report.models[i].first) + ":" + quote_json(report.models[i].second);
  return out + "}}\n";
}

}  // namespace duluan
