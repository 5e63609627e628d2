#include "concern/wording.hpp"

#include <algorithm>
#include <cmath>

#include "concern/display.hpp"
#include "concern/strings.hpp"

namespace duluan::concern {
namespace {

constexpr double kRarest = 10000;  // beyond this a prediction's tail is not to be trusted

std::string whole(std::size_t n, Language language) { return number(static_cast<double>(n), 0, language); }

// Opinions of no known place are no place's report.
std::size_t known_places(const ConcernReport& report, bool reporting_only) {
  return static_cast<std::size_t>(
      std::count_if(report.coverage.begin(), report.coverage.end(),
                    [&](const PlaceCoverage& c) { return !c.place.empty() && (!reporting_only || c.opinions > 0); }));
}

// What the archive's setting is called by people.
std::string model_name(const std::string& setting, Language language) {
  const Phrases& say = phrases(language);
  if (setting == "program") return say.model_program;
  if (setting == "taxonomy") return say.model_taxonomy;
  if (setting == "model.topics") return say.model_topics;
  if (setting == "model.words") return say.model_words;
  if (setting == "model.diacritics") return say.model_diacritics;
  return setting;
}

std::string one_digit(double value, Language language) {
  const double power = std::pow(10, std::floor(std::log10(value)));
  return number(std::round(value / power) * power, 0, language);
}

}  // namespace

std::string page_title(const ConcernReport& report, Language language) {
  return fill(phrases(language).title, {period_name(report.period, language)});
}

std::string summary(const ConcernReport& report, Language language) {
  double opinions = 0;
  for (const PlaceCoverage& c : report.coverage) opinions += c.opinions;
  return fill(phrases(language).summary,
              {shown(static_cast<int>(opinions)) ? number(opinions, 0, language) : phrases(language).few_opinions,
               whole(known_places(report, true), language), whole(known_places(report, false), language),
               whole(report.concerns.size(), language)});
}

std::string nothing_found(const ConcernReport& report, Language language) {
  const Phrases& say = phrases(language);
  return report.false_alarms.tests == 0 ? say.history_too_short : say.no_concern;
}

std::string topic_label(const ConcernReport& report, const Concern& concern, Language language) {
  const Topic* topic = topic_of(report, concern);
  return topic ? label(*topic, language) : concern.topic;
}

std::string where(const ConcernReport& report, const Concern& concern, Language language) {
  const Phrases& say = phrases(language);
  const std::string since =
      concern.since == report.period ? say.since_now : fill(say.since, {period_name(concern.since, language)});
  std::string place = concern.places.empty() ? say.whole : fill(say.local, {joined(concern.places, language)});
  if (!concern.area.empty()) place = fill(say.local, {concern.area});
  std::string text = place + "; " + since + ".";
  if (concern.cluster_periods > 0) text += " " + fill(say.cluster, {number(concern.cluster_periods, 0, language)});
  if (!concern.strongest.empty()) text += " " + fill(say.strongest, {joined(concern.strongest, language)});
  return text;
}

std::string figures(const Concern& concern, Language language) {
  const Phrases& say = phrases(language);
  return fill(
      shown(concern.observed) ? say.figures : say.figures_small,
      {shown_count(concern.observed, language), rounded(concern.expected, language), number(concern.lower, 0, language),
       number(concern.upper, 0, language), rounded(concern.ratio, language)});
}

std::string rarity(const Concern& concern, Language language) {
  const Phrases& say = phrases(language);
  const double periods = 1 / std::max(concern.p_value, 1e-300);
  if (periods > kRarest) return fill(say.rarity_beyond, {number(kRarest, 0, language)});
  return fill(say.rarity, {one_digit(periods, language)});
}

std::string rests_on(const Concern& concern, Language language) {
  const Phrases& say = phrases(language);
  return fill(say.rests_on, {shown(concern.observed) ? number(concern.observed, 0, language) : say.few_opinions,
                             number(concern.reports, 0, language), number(concern.units, 0, language)});
}

std::string last_point(const std::vector<SeriesPoint>& points, Language language) {
  if (points.empty()) return {};
  const SeriesPoint& last = points.back();
  const std::string count = shown(last.observed) ? number(last.observed, 0, language) : phrases(language).few_opinions;
  return fill(last.judged ? phrases(language).last_point : phrases(language).last_point_alone,
              {period_short(last.period, language), count, rounded(last.expected, language),
               number(last.lower, 0, language), number(last.upper, 0, language)});
}

std::vector<std::string> coverage_sentences(const ConcernReport& report, Language language) {
  const Phrases& say = phrases(language);
  std::vector<std::string> silent, fewer;
  for (const PlaceCoverage& c : report.coverage) {
    if (c.place.empty()) continue;
    if (c.silent) silent.push_back(c.place);
    else if (c.opinions > 0 && c.reports * 2 < c.usual_reports) fewer.push_back(c.place);
  }
  std::vector<std::string> all{fill(say.coverage_sentence, {whole(known_places(report, true), language),
                                                            whole(known_places(report, false), language)})};
  all.push_back(silent.empty() ? say.none_silent : fill(say.silent_places, {joined(silent, language)}));
  if (!fewer.empty()) all.push_back(fill(say.fewer_places, {joined(fewer, language)}));
  all.emplace_back(say.coverage_note);
  return all;
}

std::vector<std::string> method_sentences(const ConcernReport& report, Language language) {
  const Phrases& say = phrases(language);
  const FalseAlarmLevel& level = report.false_alarms;
  const auto percent = [&](double share) {
    const bool whole_number = std::abs(share * 100 - std::round(share * 100)) < 1e-9;
    return whole_number ? number(share * 100, 0, language) : rounded(share * 100, language);
  };
  std::vector<std::string> all{say.method_how};
  all.push_back(level.tests == 0 ? say.method_untested
                                 : fill(say.method_alarms,
                                        {whole(level.tests, language), percent(level.alpha), percent(level.fdr),
                                         whole(level.flagged, language), whole(report.concerns.size(), language)}));
  if (level.null_periods > 0)
    all.push_back(fill(say.method_null, {whole(static_cast<std::size_t>(level.null_periods), language),
                                         rounded(level.null_flags, language)}));
  if (const Reform& reform = report.reform; reform.places > 0)
    all.push_back(
        fill(reform.after ? say.reform_after : say.reform_before,
             {whole(reform.places, language), whole(reform.split, language), whole(reform.estimated, language)}));
  all.emplace_back(say.method_privacy);
  all.emplace_back(say.method_limits);
  std::string versions;
  for (const auto& [setting, version] : report.models)
    versions.append(versions.empty() ? "" : "; ").append(model_name(setting, language)).append(" ").append(version);
  all.push_back(versions.empty() ? say.no_models : fill(say.models, {versions}));
  return all;
}

}  // namespace duluan::concern
