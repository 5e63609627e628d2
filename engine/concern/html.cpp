// The brief as one HTML page.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "concern/display.hpp"
#include "concern/html_parts.hpp"
#include "concern/strings.hpp"
#include "concern/style.hpp"
#include "concern/svg.hpp"
#include "concern/wording.hpp"

namespace duluan {
namespace {

using namespace concern;

constexpr std::size_t kMostPlaces = 40;     // columns of the table; the total counts all
constexpr std::size_t kUprightPlaces = 20;  // more are printed on a sheet laid crosswise

// The folder that all quoted sources lie in, with its slash: it tells the reader nothing.
std::string common_folder(const ConcernReport& report) {
  std::string folder;
  bool first = true;
  const auto narrow = [&](const std::string& source) {
    const std::string file = source.substr(0, source.find('#'));
    if (first) folder = file;
    first = false;
    const auto ends = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
    folder.erase(ends.first, folder.end());
    folder.erase(folder.rfind('/') + 1);  // npos + 1 is 0
  };
  for (const Concern& c : report.concerns)
    for (const Evidence& e : c.evidence) narrow(e.source);
  for (const NewSubject& s : report.novelty.subjects)
    for (const Example& e : s.examples) narrow(e.source);
  return folder;
}

class Page {
 public:
  Page(const ConcernReport& report, Language language)
      : report_(report), language_(language), say_(phrases(language)), folder_(common_folder(report)) {
    for (const Concern& c : report.concerns) {
      flagged_topics_.insert(c.topic);
      if (c.places.empty()) flagged_.insert({c.topic, ""});
      for (const auto* list : {&c.places, &c.strongest})
        for (const std::string& place : *list) flagged_.insert({c.topic, place});
    }
  }

  void concerns();
  void news();
  void table();
  void trends();
  void coverage();
  void method();
  [[nodiscard]] std::string finish() const;

 private:
  void open_section(const char* id, const char* heading, const char* kind = "");
  void close_section() { body_ += "</section>\n"; }
  void open_table(const char* kind, const char* section);
  void card(const Concern& concern, std::size_t n);
  void key_figures(const Concern& concern);
  void quotations(const Concern& concern);
  [[nodiscard]] std::string mark() const { return " " + element("span", escape_html(say_.flagged_mark), "mark"); }
  [[nodiscard]] std::string expected_range(std::size_t topic) const;
  [[nodiscard]] int shade(int count) const;
  [[nodiscard]] std::string legend() const;
  void row(std::size_t topic, const std::vector<std::size_t>& columns);
  [[nodiscard]] std::vector<std::size_t> columns() const;
  [[nodiscard]] std::string count_cell(int count, CellState state, bool flagged, const std::string& kind) const;

  const ConcernReport& report_;
  Language language_;
  const Phrases& say_;
  std::string folder_;
  std::set<std::pair<std::string, std::string>> flagged_;  // (topic, place), the empty place is the whole
  std::set<std::string> flagged_topics_;
  int largest_ = kSmallestShown;
  std::string contents_, body_;
};

void Page::open_section(const char* id, const char* heading, const char* kind) {
  const std::string name = id, text = escape_html(heading);
  contents_ += "<li><a href=\"#" + name + "\">" + text + "</a></li>\n";
  body_ += "<section id=\"" + name + "\" class=\"" + kind + "\" aria-labelledby=\"" + name + "-h\">\n<h2 id=\"" + name +
           "-h\">" + text + "</h2>\n";
}

// A table wider than a telephone scrolls in a box of its own, which the keyboard can reach.
void Page::open_table(const char* kind, const char* section) {
  body_ += "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"" + std::string(section) +
           "-h\"><table class=\"" + kind + "\"><thead><tr>";
}

void Page::concerns() {
  open_section("concerns", say_.concerns);
  if (report_.concerns.empty()) body_ += paragraph(nothing_found(report_, language_));
  if (report_.concerns.size() > 1) {
    body_ += "<ol class=\"overview\">\n";
    for (std::size_t i = 0; i < report_.concerns.size(); ++i)
      body_ += "<li><a href=\"#concern-" + std::to_string(i + 1) + "\">" +
               escape_html(topic_label(report_, report_.concerns[i], language_)) + "</a> – " +
               escape_html(where(report_, report_.concerns[i], language_)) + "</li>\n";
    body_ += "</ol>\n";
  }
  for (std::size_t i = 0; i < report_.concerns.size(); ++i) card(report_.concerns[i], i + 1);
  close_section();
}

void Page::card(const Concern& concern, std::size_t n) {
  const std::string title = topic_label(report_, concern, language_), id = "concern-" + std::to_string(n);
  body_ += "<article class=\"card\" id=\"" + id + "\" aria-labelledby=\"" + id + "-h\">\n<h3 id=\"" + id + "-h\">" +
           std::to_string(n) + ". " + escape_html(title) + "</h3>\n";
  body_ += paragraph(where(report_, concern, language_), "where");
  body_ += paragraph(capital(trend_word(concern, language_)) + ".", "trend");
  body_ += "<div class=\"halves\">\n<div>\n";
  key_figures(concern);
  body_ += paragraph(figures(concern, language_) + " " + rarity(concern, language_));
  if (concern.reports > 0) body_ += paragraph(rests_on(concern, language_));
  body_ += list(account(report_, concern, language_), "account");
  body_ += "<figure>" + chart(concern.series, title, true, kCardChart, language_) +
           element("figcaption", legend(), "note legend") + "</figure>\n</div>\n";
  quotations(concern);
  body_ += "</div>\n</article>\n";
}

void Page::key_figures(const Concern& concern) {
  const auto add = [&](const char* name, const std::string& value, const char* kind = nullptr) {
    body_ += element("div", element("dt", escape_html(name)) + element("dd", escape_html(value)), kind);
  };
  body_ += "<dl class=\"figures\">";
  add(say_.column_observed, shown_count(concern.observed, language_), "now");
  add(say_.column_expected, rounded(concern.expected, language_));
  add(say_.column_range, number(concern.lower, 0, language_) + "–" + number(concern.upper, 0, language_));
  if (concern.reports > 0) {
    add(say_.column_reports, number(concern.reports, 0, language_));
    add(say_.column_units, number(concern.units, 0, language_));
  }
  body_ += "</dl>\n";
}

std::string Page::legend() const {
  const auto entry = [](const char* kind, const char* sign, const char* text) {
    return element("span", "<span class=\"" + std::string(kind) + "\" aria-hidden=\"true\">" + sign + "</span> " +
                               escape_html(text)) +
           " ";
  };
  return entry("key-o", "●", say_.legend_observed) + entry("key-o", "○", say_.legend_small) +
         entry("key-e", "╌╌", say_.legend_expected) + entry("key-b", "", say_.legend_range);
}

void Page::quotations(const Concern& concern) {
  const std::size_t shown = shown_quotations(concern);
  if (shown == 0) return;
  body_ += "<div class=\"quotations\">\n" + element("h4", escape_html(say_.quotations)) + "\n";
  for (std::size_t i = 0; i < shown; ++i) {
    const Evidence& e = concern.evidence[i];
    body_ += quotation(e.text, e.source.substr(folder_.size()), e.place, language_);
  }
  if (shown < concern.evidence.size()) body_ += paragraph(say_.more_withheld, "note");
  body_ += "</div>\n";
}

// All places by name, or those with most opinions where they are too many for a page.
std::vector<std::size_t> Page::columns() const {
  std::vector<std::size_t> all(report_.coverage.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  if (all.size() <= kMostPlaces) return all;
  std::stable_sort(all.begin(), all.end(), [&](std::size_t a, std::size_t b) {
    return report_.coverage[a].opinions > report_.coverage[b].opinions;
  });
  all.resize(kMostPlaces);
  std::sort(all.begin(), all.end());
  return all;
}

// 1 for the smallest count that is shown, 5 for the largest of the table.
int Page::shade(int count) const {
  const double range = std::max(1, largest_ - kSmallestShown);
  return 1 + static_cast<int>(std::lround(4 * std::sqrt((count - kSmallestShown) / range)));
}

std::string Page::expected_range(std::size_t topic) const {
  if (topic >= report_.series.size() || report_.series[topic].empty() || !report_.series[topic].back().judged)
    return "–";
  const SeriesPoint& last = report_.series[topic].back();
  return number(last.lower, 0, language_) + "–" + number(last.upper, 0, language_);
}

std::string Page::count_cell(int count, CellState state, bool flagged, const std::string& kind) const {
  std::string classes = kind, content;
  const auto add = [&](const std::string& name) { classes += (classes.empty() ? "" : " ") + name; };
  switch (state) {
    case CellState::kSilent: content = "–", add("none"); break;
    case CellState::kHidden: content = "×", add("hidden"); break;
    case CellState::kSmall: content = "&lt;" + std::to_string(kSmallestShown), add("small"); break;
    case CellState::kShown:
      content = number(count, 0, language_);
      if (kind.empty()) add("h" + std::to_string(shade(count)));
      break;
  }
  if (flagged) add("flag");
  return "<td" + (classes.empty() ? "" : " class=\"" + classes + "\"") + ">" + content + "</td>";
}

void Page::row(std::size_t topic, const std::vector<std::size_t>& columns) {
  const Topic& t = report_.topics[topic];
  const std::vector<int>& counts = report_.table[topic];
  const std::vector<CellState> states = cell_states(report_, topic);
  const int total = std::accumulate(counts.begin(), counts.end(), 0);
  body_ += "<tr><th scope=\"row\">" + escape_html(label(t, language_)) +
           (flagged_topics_.contains(t.id) ? mark() : "") + "</th>";
  body_ +=
      count_cell(total, shown(total) ? CellState::kShown : CellState::kSmall, flagged_.contains({t.id, ""}), "total");
  body_ += element("td", expected_range(topic), "range");
  for (std::size_t place : columns)
    body_ += count_cell(
        counts[place], states[place],
        !report_.coverage[place].place.empty() && flagged_.contains({t.id, report_.coverage[place].place}), "");
  body_ += "</tr>\n";
}

void Page::news() {
  open_section("news", say_.news);
  body_ += news_html(report_, folder_, language_);
  close_section();
}

void Page::table() {
  for (const auto& counts : report_.table)
    for (int n : counts) largest_ = std::max(largest_, n);
  const std::vector<std::size_t> places = columns();
  open_section("table", say_.table, places.size() > kUprightPlaces ? "wide" : "");
  open_table("heat", "table");
  body_ += "<th scope=\"col\">" + escape_html(say_.topic) + "</th>";
  const auto column = [&](const std::string& name) {
    body_ += "<th scope=\"col\"><span>" + escape_html(name) + "</span></th>";
  };
  column(say_.total);
  column(std::string(say_.column_expected) + " (95%)");
  for (std::size_t place : places) column(place_name(report_.coverage[place].place, language_));
  body_ += "</tr></thead><tbody>\n";
  for (std::size_t topic = 0; topic < report_.topics.size(); ++topic) row(topic, places);
  body_ += "</tbody></table></div>\n";
  if (places.size() < report_.coverage.size())
    body_ += paragraph(fill(say_.other_places, {number(static_cast<double>(places.size()), 0, language_),
                                                number(static_cast<double>(report_.coverage.size()), 0, language_)}),
                       "note");
  body_ += paragraph(say_.table_note, "note");
  close_section();
}

void Page::trends() {
  open_section("trends", say_.trends);
  body_ += paragraph(say_.trends_note, "note") + "<div class=\"charts\">\n";
  for (std::size_t topic = 0; topic < report_.series.size(); ++topic) {
    if (report_.series[topic].empty()) continue;
    const Topic& t = report_.topics[topic];
    const std::string& name = label(t, language_);
    body_ += "<figure><figcaption>" + element("strong", escape_html(name)) +
             (flagged_topics_.contains(t.id) ? mark() : "") +
             element("span", escape_html(last_point(report_.series[topic], language_)), "note") + "</figcaption>" +
             chart(report_.series[topic], name, flagged_.contains({t.id, ""}), kTopicChart, language_) + "</figure>\n";
  }
  body_ += "</div>\n";
  close_section();
}

void Page::coverage() {
  open_section("coverage", say_.coverage);
  for (const std::string& sentence : coverage_sentences(report_, language_)) body_ += paragraph(sentence);
  body_ += silence_html(report_, language_);
  open_table("plain", "coverage");
  for (const char* column :
       {say_.column_place, say_.column_reports, say_.column_usual, say_.column_opinions, say_.column_last})
    body_ += "<th scope=\"col\">" + escape_html(column) + "</th>";
  body_ += "</tr></thead><tbody>\n";
  for (const PlaceCoverage& c : report_.coverage) {
    body_ += c.silent ? "<tr class=\"silent\">" : "<tr>";
    body_ += "<th scope=\"row\">" + escape_html(place_name(c.place, language_)) + "</th>";
    body_ += element("td", c.opinions == 0 ? escape_html(say_.silent) : number(c.reports, 0, language_));
    body_ += element("td", rounded(c.usual_reports, language_));
    body_ += element("td", c.opinions == 0 ? "–" : escape_html(shown_count(c.opinions, language_)));
    body_ += element("td", c.last_reported ? escape_html(period_short(*c.last_reported, language_)) : "–") + "</tr>\n";
  }
  body_ += "</tbody></table></div>\n";
  close_section();
}

void Page::method() {
  open_section("method", say_.method);
  for (const std::string& sentence : method_sentences(report_, language_)) body_ += paragraph(sentence);
  close_section();
}

std::string Page::finish() const {
  const std::string title = escape_html(page_title(report_, language_));
  return "<!DOCTYPE html>\n<html lang=\"" + std::string(say_.code) +
         "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
         "initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
         title + "</title>\n<style>" + kStyle + "</style>\n</head>\n<body>\n<header>\n<h1>" + title + "</h1>\n" +
         paragraph(summary(report_, language_), "summary") + paragraph(say_.review_first, "note lead") +
         "</header>\n<nav aria-label=\"" + escape_html(say_.contents) + "\"><ul>\n" + contents_ +
         "</ul></nav>\n<main>\n" + body_ + "</main>\n</body>\n</html>\n";
}

}  // namespace

std::string render_brief(const ConcernReport& report, Language language) {
  Page page(report, language);
  page.concerns();
  page.news();
  page.table();
  page.trends();
  page.coverage();
  page.method();
  return page.finish();
}

}  // namespace duluan
