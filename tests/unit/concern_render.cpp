#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "concern/display.hpp"
#include "concern/judge.hpp"
#include "concern/strings.hpp"
#include "concern/wording.hpp"

using namespace duluan;
using namespace duluan::concern;

namespace {

std::vector<SeriesPoint> points(std::vector<int> counts) {
  std::vector<SeriesPoint> all;
  const Period first = Period::parse("2026-09")->next(1 - static_cast<int>(counts.size()));
  for (std::size_t i = 0; i < counts.size(); ++i)
    all.push_back({first.next(static_cast<int>(i)), counts[i], i != 2, i > 4, 3.25, 0, 8, 0.5});
  return all;
}

// Two topics in four places: numbers that must not be printed are 3, 4 and 2.
ConcernReport sample() {
  ConcernReport report;
  report.period = *Period::parse("2026-09");
  report.topics = {{"environment", "Môi trường", "Environment", ""}, {"health", "Y tế <sức khỏe>", "Health", ""}};
  report.table = {{17, 12, 3, 0}, {6, 9, 4, 2}};
  for (const char* place : {"phường Lam Sơn", "xã An Trầm", "xã Thượng Trầm", "xã \"Xa\" & Vắng"}) {
    PlaceCoverage& c = report.coverage.emplace_back();
    c.place = place;
    c.opinions = 1234, c.reports = 3, c.usual_reports = 7.5, c.last_reported = report.period;
  }
  report.series = {points({5, 6, 7, 6, 5, 8, 9, 32}), points({5, 3, 6, 9, 8, 7, 6, 21})};
  Concern c;
  c.topic = "environment";
  c.places = {"xã An Trầm", "xã Thượng Trầm"};
  c.since = *Period::parse("2026-08");
  c.observed = 15, c.expected = 3.25, c.upper = 8, c.ratio = 15 / 3.25, c.p_value = 0.00042, c.reports = 6, c.units = 4;
  c.evidence = {{1, "Nước sông <b>đen</b> & hôi.", "An Trầm/09.docx", "xã An Trầm", "xã An Trầm", 0.97},
                {2, "Cá chết trắng bờ.", "Thượng Trầm/09.docx", "xã Thượng Trầm", "", 0.9},
                {3, "Giếng không dùng được.", "1022.csv#17", "", "", 0.8}};
  c.series = points({5, 6, 7, 6, 5, 8, 9, 15});
  report.concerns = {c};
  report.false_alarms = {0.01, 0.1, 10, 0.005, 0.001, 2};
  report.models = {{"model.topics", "0.1"}};
  return report;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// Every element is closed in its order; returns the offending one.
std::string unbalanced(const std::string& html) {
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    const std::size_t end = html.find('>', at);
    if (end == std::string::npos) return "an unfinished tag";
    const std::string tag = html.substr(at + 1, end - at - 1);
    const std::string name = tag.substr(tag[0] == '/', tag.find_first_of(" /", 1) - (tag[0] == '/'));
    if (tag[0] == '!' || tag.ends_with('/') || name == "meta") continue;
    if (tag[0] != '/') open.push_back(tag.substr(0, tag.find(' ')));
    else if (open.empty() || open.back() != tag.substr(1)) return tag;
    else open.pop_back();
  }
  return open.empty() ? "" : open.back();
}

}  // namespace

TEST_CASE("the brief is one well-formed page that asks nothing of the network") {
  for (const Language language : {Language::kVietnamese, Language::kEnglish}) {
    const std::string html = render_brief(sample(), language);
    CHECK(unbalanced(html) == "");
    for (const char* foreign : {"http", "<script", "<link", "url(", "@import", "src="}) CHECK_FALSE(has(html, foreign));
    CHECK(render_brief(sample(), language) == html);
  }
}

TEST_CASE("what comes from outside is escaped") {
  const std::string html = render_brief(sample(), Language::kVietnamese);
  CHECK(has(html, "Nước sông &lt;b&gt;đen&lt;/b&gt; &amp; hôi."));
  CHECK(has(html, "xã &quot;Xa&quot; &amp; Vắng"));
  CHECK(has(html, "Y tế &lt;sức khỏe&gt;"));
  CHECK(escape_html("a\x01\xff'") == "a \uFFFD&#39;");
  CHECK(quote_json("a\"\\\n\x01\xc3") == "\"a\\\"\\\\\\n\\u0001\uFFFD\"");
}

TEST_CASE("a concern says what, where, since when and how much") {
  const std::string html = render_brief(sample(), Language::kVietnamese);
  CHECK(has(html, "Tổng hợp tình hình dư luận xã hội tháng 9 năm 2026"));
  CHECK(has(html, "Tại xã An Trầm và xã Thượng Trầm; nổi lên từ tháng 8 năm 2026 đến nay."));
  CHECK(
      has(html,
          "Kỳ này ghi nhận 15 ý kiến; căn cứ các kỳ trước, dự kiến khoảng 3,2 ý kiến (khoảng dự kiến 95%: từ 0 đến 8), "
          "tức gấp 4,6 lần mức dự kiến. Nếu dư luận vẫn như trước thì bình quân khoảng 2.000 kỳ mới có một kỳ cao như "
          "vậy."));
  CHECK(has(html, "Căn cứ: 15 ý kiến trong 6 báo cáo từ 4 đơn vị, địa bàn."));
  CHECK(has(html, "<cite>Nguồn: An Trầm/09.docx – xã An Trầm</cite>"));
  CHECK(has(html, "Phiên bản: mô hình phân loại 0.1."));
  CHECK(has(render_brief(sample(), Language::kEnglish), "In xã An Trầm and xã Thượng Trầm; since August 2026."));
}

TEST_CASE("a source is named without the folder that all sources lie in") {
  ConcernReport report = sample();
  auto& evidence = report.concerns[0].evidence;
  const auto cites = [&](const char* a, const char* b, const char* c) {
    evidence[0].source = a, evidence[1].source = b, evidence[2].source = c;
    std::string all;
    const std::string html = render_brief(report, Language::kVietnamese);
    for (std::size_t at = 0; (at = html.find("Nguồn: ", at)) != std::string::npos; ++at)
      all += html.substr(at + 9, html.find_first_of(" <", at + 9) - at - 9) + "|";
    return all;
  };
  CHECK(cites("/kho/2026-08/a.txt", "/kho/2026-08/b.csv#7/1", "/kho/2026-08/c.docx") == "a.txt|b.csv#7/1|c.docx|");
  CHECK(cites("/kho/2026-08/a.txt", "/kho/2026-09/b.csv#7", "/kho/2026-09/c.docx") ==
        "2026-08/a.txt|2026-09/b.csv#7|2026-09/c.docx|");
  CHECK(cites("a.txt", "ab.txt", "a.txt") == "a.txt|ab.txt|a.txt|");
  CHECK(cites("kho/a.csv#1", "kho/a.csv#2", "kho/a.csv#3") == "a.csv#1|a.csv#2|a.csv#3|");
}

TEST_CASE("small counts are not printed, nor can they be computed") {
  const ConcernReport report = sample();
  // One small cell beside a total: the least of the others is hidden too. Here zero and three: neither can be told.
  CHECK(cell_states(report, 0) ==
        std::vector<CellState>{CellState::kShown, CellState::kShown, CellState::kSmall, CellState::kSmall});
  ConcernReport one = report;
  one.table[0] = {17, 12, 3, 6};
  CHECK(cell_states(one, 0) ==
        std::vector<CellState>{CellState::kShown, CellState::kShown, CellState::kSmall, CellState::kHidden});
  one.table[0] = {17, 12, 4, 4};
  CHECK(cell_states(one, 0) ==
        std::vector<CellState>{CellState::kShown, CellState::kHidden, CellState::kSmall, CellState::kSmall});
  one.coverage[3].opinions = 0;
  one.table[0][3] = 0;
  CHECK(cell_states(one, 0).back() == CellState::kSilent);
  const std::string html = render_brief(report, Language::kVietnamese);
  CHECK(has(html, "<td class=\"small\">&lt;5</td>"));
  for (const char* small : {">2</td>", ">4</td>", ">0</td>"}) CHECK_FALSE(has(html, small));
}

TEST_CASE("a concern of few opinions keeps their number to itself everywhere") {
  ConcernReport report = sample();
  Concern& c = report.concerns[0];
  c.observed = 3, c.expected = 0.125, c.upper = 1, c.ratio = 24, c.series = points({0, 1, 0, 0, 1, 0, 1, 3});
  report.series.clear();
  report.table = {};
  report.topics.clear();
  const std::string html = render_brief(report, Language::kVietnamese),
                    text = render_text(report, Language::kVietnamese);
  const std::string json = render_jsonl(report);
  for (const std::string& out : {html, text}) {
    CHECK(has(out, "Kỳ này ghi nhận dưới 5 ý kiến"));
    CHECK_FALSE(has(out, "3 ý kiến"));
    CHECK_FALSE(has(out, "gấp 24"));
    CHECK_FALSE(has(out, "Giếng không dùng được"));  // a third quotation would tell
  }
  CHECK(has(json, "\"observed\":null"));
  CHECK(has(json, "\"ratio\":null"));
  CHECK_FALSE(has(json, "\"observed\":3"));
  CHECK_FALSE(has(json, "Giếng"));
  // All counts under five are drawn at the same height.
  Concern same = c;
  same.series = points({4, 0, 2, 3, 4, 1, 0, 2});
  ConcernReport other = report;
  other.concerns = {same};
  CHECK(render_brief(other, Language::kVietnamese) == html);
}

TEST_CASE("the terminal's table is aligned by width, and no line is too long") {
  const std::string text = render_text(sample(), Language::kVietnamese);
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  for (const std::string& line : lines) CHECK(display_width(line) <= 100);
  const auto row = [&](const char* start) {
    for (const std::string& line : lines)
      if (line.starts_with(start) && has(line, "0–8")) return line;
    return std::string();
  };
  const std::string a = row("Môi trường"), b = row("Y tế <sức khỏe>");
  CHECK(display_width(a.substr(0, a.find("0–8"))) == display_width(b.substr(0, b.find("0–8"))));
  CHECK(a.ends_with("nổi lên"));
  CHECK(display_width("Việt") == 4);
  CHECK(display_width("e\u0302\u0301") == 1);
  CHECK(display_width("漢字") == 4);
}

TEST_CASE("each line of JSON is an object") {
  const std::string json = render_jsonl(sample());
  CHECK(std::count(json.begin(), json.end(), '\n') == 2);
  CHECK(json.starts_with(
      "{\"kind\":\"concern\",\"period\":\"2026-09\",\"topic\":\"environment\",\"label_vi\":\"Môi trường\""));
  CHECK(has(json, "\"places\":[\"xã An Trầm\",\"xã Thượng Trầm\"]"));
  CHECK(has(json, "\"observed\":15,\"expected\":3.25,\"lower\":0,\"upper\":8,\"ratio\":4.615385,\"p_value\":4.2e-4"));
  CHECK(has(json, "\n{\"kind\":\"period\",\"period\":\"2026-09\",\"concerns\":1,\"false_alarms\":{\"alpha\":0.01"));
  CHECK(has(json, "\"models\":{\"model.topics\":\"0.1\"}}\n"));
}

TEST_CASE("numbers and periods in words") {
  CHECK(number(1234567.25, 1, Language::kVietnamese) == "1.234.567,2");
  CHECK(number(1234.5, 1, Language::kEnglish) == "1,234.5");
  CHECK(number(999, 0, Language::kEnglish) == "999");
  CHECK(rounded(0.04, Language::kVietnamese) == "0,04");
  CHECK(period_name(*Period::parse("2026-Q3"), Language::kVietnamese) == "quý III năm 2026");
  CHECK(period_name(*Period::parse("2026-W07"), Language::kEnglish) == "week 7 of 2026");
  CHECK(period_name(*Period::parse("2026-03-05"), Language::kVietnamese) == "ngày 5 tháng 3 năm 2026");
  CHECK(period_short(*Period::parse("2026-03"), Language::kVietnamese) == "3/2026");
  CHECK(fill("{1}{0}{9}", {"{1}", "b"}) == "b{1}{9}");
  CHECK(joined({"a", "b", "c"}, Language::kVietnamese) == "a, b và c");
}

TEST_CASE("an empty finding says why") {
  ConcernReport report = sample();
  report.concerns.clear();
  CHECK(has(render_text(report, Language::kVietnamese), "chưa có vấn đề nào vượt rõ rệt"));
  report.false_alarms.tests = 0;
  CHECK(has(render_text(report, Language::kVietnamese), "cần ít nhất năm kỳ trước đó"));
}

TEST_CASE("quotations come from different reports first, copies never") {
  ConcernReport report = sample();
  const auto source = [](const std::string&, const std::string& place, const Period&,
                         int) -> Result<std::vector<StoredOpinion>> {
    std::vector<StoredOpinion> all;
    if (place != "xã An Trầm") return all;
    const auto add = [&](std::int64_t id, const char* file, double p, std::int64_t copy) {
      StoredOpinion o;
      o.id = id, o.copy_of = copy, o.topics = {"health", "environment"}, o.probabilities = {1, p};
      o.opinion.text = "ý kiến " + std::to_string(id), o.opinion.source = file,
      o.opinion.unit = file[0] == 'a' ? "đơn vị A" : "đơn vị B";
      all.push_back(o);
    };
    add(1, "a.csv#1", 0.9, 0), add(2, "a.csv#2", 0.8, 0), add(3, "b.docx", 0.5, 0), add(4, "c.docx", 0.99, 1);
    return all;
  };
  REQUIRE(attach_evidence(report, 2, source).ok());
  const Concern& c = report.concerns[0];
  REQUIRE(c.evidence.size() == 2);
  CHECK(c.evidence[0].id == 1);
  CHECK(c.evidence[0].probability == 0.9);
  CHECK(c.evidence[1].id == 3);
  CHECK(c.reports == 2);
  CHECK(c.units == 2);
}
