// The brief as one HTML page.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "concern/display.hpp"
#include "concern/strings.hpp"
#include "concern/style.hpp"
#include "concern/svg.hpp"
#include "concern/wording.hpp"

namespace duluan {
namespace {

using namespace concern;

constexpr std::size_t kMostPlaces = 40;  // columns of the table; the total counts all

std::string element(const char* name, const std::string& escaped, const char* kind = nullptr) {
  const std::string open = kind ? std::string(name) + " class=\"" + kind + "\"" : name;
  return "<" + open + ">" + escaped + "</" + name + ">";
}

std::string paragraph(const std::string& text, const char* kind = nullptr) {
  return element("p", escape_html(text), kind) + "\n";
}

class Page {
 public:
  Page(const ConcernReport& report, Language language) : report_(report), language_(language), say_(phrases(language)) {
    for (const Concern& c : report.concerns) {
      if (c.places.empty()) flagged_.insert({c.topic, ""});
      for (const auto* list : {&c.places, &c.strongest})
        for (const std::string& place : *list) flagged_.insert({c.topic, place});
    }
  }

  void concerns();
  void table();
  void trends();
  void coverage();
  void method();
  [[nodiscard]] std::string finish() const;

 private:
  void heading(const char* text) { body_ += element("h2", escape_html(text)) + "\n"; }
  void card(const Concern& concern);
  void quotations(const Concern& concern);
  [[nodiscard]] std::string legend() const;
  void row(std::size_t topic, const std::vector<std::size_t>& columns);
  [[nodiscard]] std::vector<std::size_t> columns() const;
  [[nodiscard]] std::string count_cell(int count, CellState state, bool flagged, const std::string& kind) const;

  const ConcernReport& report_;
  Language language_;
  const Phrases& say_;
  std::set<std::pair<std::string, std::string>> flagged_;  // (topic, place), the empty place is the whole
  int largest_ = kSmallestShown;
  std::string body_;
};

void Page::concerns() {
  heading(say_.concerns);
  if (report_.concerns.empty()) body_ += paragraph(nothing_found(report_, language_));
  for (const Concern& concern : report_.concerns) card(concern);
}

void Page::card(const Concern& concern) {
  const std::string title = topic_label(report_, concern, language_);
  body_ += "<article class=\"card\">\n" + element("h3", escape_html(title)) + "\n";
  body_ += paragraph(where(report_, concern, language_), "where");
  body_ += paragraph(figures(concern, language_) + " " + rarity(concern, language_));
  body_ += chart(concern.series, title, true, kCardChart, language_) + "\n";
  body_ += element("p", legend(), "note") + "\n";
  quotations(concern);
  if (concern.reports > 0) body_ += paragraph(rests_on(concern, language_), "note");
  body_ += "</article>\n";
}

std::string Page::legend() const {
  return "● " + escape_html(say_.legend_observed) + " &nbsp; ○ " + escape_html(say_.legend_small) + " &nbsp; " +
         element("span", "╌╌", "key-e") + " " + escape_html(say_.legend_expected) + " &nbsp; " +
         element("span", "▬", "key-b") + " " + escape_html(say_.legend_range);
}

void Page::quotations(const Concern& concern) {
  const std::size_t shown = shown_quotations(concern);
  if (shown > 0) body_ += element("h4", escape_html(say_.quotations)) + "\n";
  for (std::size_t i = 0; i < shown; ++i) {
    const Evidence& e = concern.evidence[i];
    body_ += "<blockquote>" + element("p", escape_html(e.text)) +
             element("cite", escape_html(fill(say_.source, {e.source + (e.place.empty() ? "" : " – " + e.place)}))) +
             "</blockquote>\n";
  }
  if (shown < concern.evidence.size()) body_ += paragraph(say_.more_withheld, "note");
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

std::string Page::count_cell(int count, CellState state, bool flagged, const std::string& kind) const {
  std::string classes = kind, content;
  const auto add = [&](const std::string& name) { classes += (classes.empty() ? "" : " ") + name; };
  switch (state) {
    case CellState::kSilent: content = "–", add("none"); break;
    case CellState::kHidden: content = "×", add("hidden"); break;
    case CellState::kSmall: content = "&lt;" + std::to_string(kSmallestShown), add("small"); break;
    case CellState::kShown:
      content = number(count, 0, language_);
      if (kind.empty())
        add("h" + std::to_string(
                      std::clamp(static_cast<int>(std::ceil(5.0 * std::sqrt(count) / std::sqrt(largest_))), 1, 5)));
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
  body_ += "<tr><th scope=\"row\">" + escape_html(label(t, language_)) + "</th>";
  body_ +=
      count_cell(total, shown(total) ? CellState::kShown : CellState::kSmall, flagged_.contains({t.id, ""}), "total");
  for (std::size_t place : columns)
    body_ += count_cell(
        counts[place], states[place],
        !report_.coverage[place].place.empty() && flagged_.contains({t.id, report_.coverage[place].place}), "");
  body_ += "</tr>\n";
}

void Page::table() {
  heading(say_.table);
  for (const auto& counts : report_.table)
    for (int n : counts) largest_ = std::max(largest_, n);
  const std::vector<std::size_t> places = columns();
  body_ += "<div class=\"scroll\"><table class=\"heat\"><thead><tr><th scope=\"col\">" + escape_html(say_.topic) +
           "</th><th scope=\"col\"><span>" + escape_html(say_.total) + "</span></th>";
  for (std::size_t place : places)
    body_ +=
        "<th scope=\"col\"><span>" + escape_html(place_name(report_.coverage[place].place, language_)) + "</span></th>";
  body_ += "</tr></thead><tbody>\n";
  for (std::size_t topic = 0; topic < report_.topics.size(); ++topic) row(topic, places);
  body_ += "</tbody></table></div>\n";
  if (places.size() < report_.coverage.size())
    body_ += paragraph(fill(say_.other_places, {number(static_cast<double>(places.size()), 0, language_),
                                                number(static_cast<double>(report_.coverage.size()), 0, language_)}),
                       "note");
  body_ += paragraph(say_.table_note, "note");
}

void Page::trends() {
  heading(say_.trends);
  body_ += "<div class=\"charts\">\n";
  for (std::size_t topic = 0; topic < report_.series.size(); ++topic) {
    const Topic& t = report_.topics[topic];
    const std::string& name = label(t, language_);
    body_ += "<figure>" + element("figcaption", escape_html(name)) +
             chart(report_.series[topic], name, flagged_.contains({t.id, ""}), kTopicChart, language_) + "</figure>\n";
  }
  body_ += "</div>\n" + paragraph(say_.trends_note, "note");
}

void Page::coverage() {
  heading(say_.coverage);
  for (const std::string& sentence : coverage_sentences(report_, language_)) body_ += paragraph(sentence);
  body_ += "<div class=\"scroll\"><table><thead><tr>";
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
}

void Page::method() {
  heading(say_.method);
  for (const std::string& sentence : method_sentences(report_, language_)) body_ += paragraph(sentence);
}

std::string Page::finish() const {
  const std::string title = escape_html(page_title(report_, language_));
  return "<!DOCTYPE html>\n<html lang=\"" + std::string(say_.code) +
         "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
         "initial-scale=1\">\n<title>" +
         title + "</title>\n<style>" + kStyle + "</style>\n</head>\n<body>\n<header>\n<h1>" + title + "</h1>\n" +
         paragraph(summary(report_, language_)) + paragraph(say_.review_first, "note lead") + "</header>\n<main>\n" +
         body_ + "</main>\n</body>\n</html>\n";
}

}  // namespace

std::string render_brief(const ConcernReport& report, Language language) {
  Page page(report, language);
  page.concerns();
  page.table();
  page.trends();
  page.coverage();
  page.method();
  return page.finish();
}

}  // namespace duluan
