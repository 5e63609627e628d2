// The report for a terminal.
#include <algorithm>
#include <array>

#include "concern/display.hpp"
#include "concern/strings.hpp"
#include "concern/wording.hpp"

namespace duluan {
namespace {

using namespace concern;

constexpr std::size_t kColumns = 100;

// Words to lines of kColumns; the first begins with `lead`, the others with as many spaces.
std::string wrapped(const std::string& lead, std::string_view text) {
  const std::size_t indent = display_width(lead);
  std::string out = lead;
  std::size_t used = indent;
  bool fresh = true;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n\t\r", i), text.size());
    const std::string_view word = text.substr(i, end - i);
    i = end + 1;
    if (word.empty()) continue;
    const std::size_t width = display_width(word);
    if (!fresh && used + 1 + width > kColumns) {
      out += '\n' + std::string(indent, ' ');
      used = indent;
      fresh = true;
    }
    out += fresh ? "" : " ";
    used += width + (fresh ? 0 : 1);
    // Controls in a quotation must not reach the terminal.
    for (char c : word) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
    fresh = false;
  }
  return out + '\n';
}

std::string concern_text(const ConcernReport& report, const Concern& concern, std::size_t n, Language language) {
  const Phrases& say = phrases(language);
  const std::string number = std::to_string(n) + ". ", indent(number.size(), ' ');
  std::string out = wrapped(number, topic_label(report, concern, language));
  out += wrapped(indent, where(report, concern, language) + " " + capital(trend_word(concern, language)) + ".");
  out += wrapped(indent, figures(concern, language) + " " + rarity(concern, language));
  if (concern.reports > 0) out += wrapped(indent, rests_on(concern, language));
  for (const std::string& sentence : account(report, concern, language)) out += wrapped(indent, sentence);
  for (std::size_t i = 0; i < shown_quotations(concern); ++i)
    out += wrapped(indent + "- ",
                   "“" + concern.evidence[i].text + "” (" + fill(say.source, {concern.evidence[i].source}) + ")");
  return out;
}

std::string news_text(const ConcernReport& report, Language language) {
  std::string out;
  for (const NewSubject& subject : report.novelty.subjects) {
    out += wrapped("* ", subject_title(subject));
    for (const std::string& sentence : subject_sentences(report, subject, language)) out += wrapped("  ", sentence);
    for (const Example& e : subject.examples)
      out += wrapped("  - ", "“" + e.text + "” (" + fill(phrases(language).source, {e.source}) + ")");
  }
  return out + wrapped("", novelty_note(report, language));
}

// Without its number: the terminal shows fewer sections than the page.
std::string heading(std::string_view text) { return "\n" + std::string(text.substr(text.find(". ") + 2)) + '\n'; }

using Line = std::array<std::string, 5>;

Line topic_line(const ConcernReport& report, std::size_t topic, Language language) {
  const Topic& t = report.topics[topic];
  Line line{label(t, language), "", "–", "–", ""};
  if (const auto& series = report.series[topic]; !series.empty()) {
    const SeriesPoint& last = series.back();
    line[1] = shown_count(last.observed, language);
    if (last.judged) {
      line[2] = rounded(last.expected, language);
      line[3] = number(last.lower, 0, language) + "–" + number(last.upper, 0, language);
    }
  }
  for (const Concern& c : report.concerns)
    if (c.topic == t.id) line[4] = phrases(language).flagged_mark;
  return line;
}

// Columns as wide as their widest cell; all but the first and last to the right.
std::string table(const std::vector<Line>& lines) {
  std::array<std::size_t, 5> widths{};
  for (const Line& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], display_width(line[i]));
  std::string out;
  for (const Line& line : lines) {
    std::string row;
    for (std::size_t i = 0; i < line.size(); ++i)
      row += (i > 0 ? "  " : "") + pad(line[i], widths[i], i > 0 && i + 1 < line.size());
    row.erase(row.find_last_not_of(' ') + 1);
    out += row + '\n';
  }
  return out;
}

}  // namespace

std::string render_text(const ConcernReport& report, Language language) {
  const Phrases& say = phrases(language);
  std::string out = page_title(report, language) + '\n' + wrapped("", summary(report, language));
  out += heading(say.concerns);
  if (report.concerns.empty()) out += wrapped("", nothing_found(report, language));
  for (std::size_t i = 0; i < report.concerns.size(); ++i)
    out += (i > 0 ? "\n" : "") + concern_text(report, report.concerns[i], i + 1, language);

  out += heading(say.news) + news_text(report, language);
  std::vector<Line> lines{{say.topic, say.column_observed, say.column_expected, say.column_range, ""}};
  for (std::size_t topic = 0; topic < report.topics.size(); ++topic)
    lines.push_back(topic_line(report, topic, language));
  out += heading(say.trends) + table(lines);

  out += heading(say.coverage);
  for (const std::string& sentence : coverage_sentences(report, language)) out += wrapped("", sentence);
  for (const auto& sentences : {silence_sentences(report, language), fall_sentences(report, language)})
    for (const std::string& sentence : sentences) out += wrapped("", sentence);
  out += heading(say.method);
  for (const std::string& sentence : method_sentences(report, language)) out += wrapped("", sentence);
  return out + '\n' + wrapped("", say.review_first);
}

}  // namespace duluan
