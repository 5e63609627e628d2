// The brief as a person meets it: on a screen, on a telephone, by keyboard, by ear and on paper.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "browser.hpp"

namespace {

enum class Screen { kWide, kTelephone };

Browser& at(const std::string& page, Screen screen = Screen::kWide, const char* scheme = "light") {
  Browser& browser = Browser::shared();
  browser.media("screen", scheme);
  if (screen == Screen::kWide) browser.size(1400, 900);
  else browser.size(390, 844);
  browser.open(DULUAN_PAGES "/" + page + ".html");
  return browser;
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) all.push_back(line);
  return all;
}

// What `expression` gives for each element, one a line.
std::vector<std::string> each(Browser& browser, const std::string& selector, const std::string& expression) {
  return lines(browser.script("return [...document.querySelectorAll('" + selector + "')].map(e => " + expression +
                              ").map(t => String(t).replace(/\\s+/g, ' ').trim()).join('\\n')"));
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const char* const kAllPages[] = {"september-vi", "september-en", "july-vi", "december-vi"};

// Every text whose contrast to what lies behind it is below what WCAG AA asks for, one a line.
const std::string kFaintTexts = R"js(
  const numbers = c => c.match(/[\d.]+/g).map(Number);
  const light = c => { const [r, g, b] = numbers(c).slice(0, 3).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
                       return .2126 * r + .7152 * g + .0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor, n = numbers(c);
                          if (n.length < 4 || n[3] > 0) return c; } return 'rgb(255,255,255)'; };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), faint = [];
  let texts = 0;
  for (let node; (node = walker.nextNode());) {
    const e = node.parentElement, style = getComputedStyle(e);
    if (!node.data.trim() || e.closest('title, desc') || !e.getClientRects().length) continue;
    ++texts;
    const a = light(e.closest('svg') ? style.fill : style.color), b = light(behind(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05), size = parseFloat(style.fontSize);
    if (ratio < (size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5)) faint.push(ratio.toFixed(2) + ' ' + node.data.trim());
  }
  return [texts, ...faint].join('\n');
)js";

}  // namespace

TEST_CASE("page: concerns come first, the planted one told in full") {
  Browser& page = at("september-vi");
  const auto headings = each(page, "h2", "e.textContent");
  REQUIRE(headings.size() == 6);
  CHECK(headings[0] == "I. Vấn đề nổi lên");
  const auto cards = each(page, "main > section:first-of-type article", "e.innerText");
  REQUIRE_FALSE(cards.empty());
  const auto planted =
      std::find_if(cards.begin(), cards.end(), [](const std::string& c) { return has(c, ". Môi trường"); });
  REQUIRE(planted != cards.end());
  for (const char* told :
       {"Tại xã An Trầm", "nổi lên từ tháng 8 năm 2026 đến nay", "Khoảng 95%", "Số báo cáo", "Căn cứ:", "xả trộm"})
    CHECK_MESSAGE(has(*planted, told), told << " is missing in: " << *planted);
  CHECK(page.script("return document.querySelector('article').getBoundingClientRect().top < innerHeight / 2") ==
        "true");
  CHECK(each(page, "main > *", "e.id") ==
        std::vector<std::string>{"concerns", "news", "table", "trends", "coverage", "method"});
}

TEST_CASE("page: sources are named without the folder of this machine") {
  for (const std::string& source : each(at("september-vi"), "cite", "e.textContent")) {
    CHECK(has(source, "Nguồn: "));
    CHECK_FALSE(has(source, DULUAN_PAGES));
    CHECK_FALSE(has(source, "/"));
  }
}

TEST_CASE("page: several concerns are listed before they are told") {
  Browser& page = at("july-vi");
  const auto listed = each(page, ".overview a", "e.textContent"), told = each(page, "article h3", "e.textContent");
  REQUIRE(told.size() >= 2);
  REQUIRE(listed.size() == told.size());
  for (std::size_t i = 0; i < told.size(); ++i) CHECK(told[i] == std::to_string(i + 1) + ". " + listed[i]);
  CHECK(std::find(listed.begin(), listed.end(), "An ninh trật tự – tội phạm") != listed.end());
  CHECK(std::find(listed.begin(), listed.end(), "Lao động – việc làm") != listed.end());
  page.script("document.querySelector('.overview li:last-child a').click()");
  CHECK(page.script("return location.hash") == "#concern-" + std::to_string(told.size()));
}

TEST_CASE("page: a quiet period says so") {
  Browser& page = at("december-vi");
  CHECK(each(page, "article", "e.id").empty());
  CHECK(has(page.script("return document.querySelector('#concerns').innerText"), "chưa có vấn đề nào vượt rõ rệt"));
}

TEST_CASE("page: it speaks the language asked for") {
  Browser& vi = at("september-vi");
  CHECK(vi.script("return document.documentElement.lang") == "vi");
  CHECK(vi.script("return document.title") == "Tổng hợp tình hình dư luận xã hội tháng 9 năm 2026");
  const std::string spoken = vi.script("return document.querySelector('article').innerText");
  CHECK(has(spoken, "dự kiến khoảng 1,"));
  CHECK(has(spoken, "11/2024"));
  Browser& en = at("september-en");
  CHECK(en.script("return document.documentElement.lang") == "en");
  CHECK(en.script("return document.title") == "Public opinion: synthesis for September 2026");
  CHECK(has(en.script("return document.querySelector('article').innerText"), "about 1."));
  CHECK(en.script("return [...document.querySelectorAll('blockquote p')].every(e => e.lang === 'vi')") == "true");
  // Nothing but names, sources and quotations is left in Vietnamese.
  const std::string rest = en.script(
      "document.querySelectorAll('blockquote, table, .where, .overview').forEach(e => e.remove());"
      "return document.body.innerText.replaceAll('Tết', '')");
  for (const char* word : {"ý kiến", "kỳ", "vấn đề", "dự kiến", "lĩnh vực", "địa bàn"})
    CHECK_MESSAGE(!has(rest, word), word);
}

TEST_CASE("page: a telephone shows all of it, wide tables scroll in a box of their own") {
  for (const char* name : kAllPages) {
    Browser& page = at(name, Screen::kTelephone);
    CHECK(page.script("return document.documentElement.scrollWidth") == "390");
    CHECK(page.script("return [...document.querySelectorAll('body *:not(.scroll *):not(svg *)')]"
                      ".filter(e => e.getBoundingClientRect().right > 390).map(e => e.outerHTML).join('\\n')") == "");
    CHECK(page.script("const box = document.querySelector('#table .scroll'), head = box.querySelector('tbody th');"
                      "const before = head.getBoundingClientRect().left; box.scrollLeft = 1000;"
                      "return box.scrollLeft > 50 && Math.abs(head.getBoundingClientRect().left - before) <= 1") ==
          "true");
    CHECK(page.script("return Math.min(...[...document.querySelectorAll('main p, main li, td, th, cite, figcaption')]"
                      ".map(e => parseFloat(getComputedStyle(e).fontSize))) >= 12") == "true");
  }
}

TEST_CASE("page: no text is cut off in a chart or a cell") {
  for (const Screen screen : {Screen::kWide, Screen::kTelephone})
    for (const char* name : kAllPages) {
      Browser& page = at(name, screen);
      CHECK(page.script(R"js(return [...document.querySelectorAll('svg text')].filter(t => {
        const a = t.getBoundingClientRect(), b = t.ownerSVGElement.getBoundingClientRect();
        return a.left < b.left - 1 || a.right > b.right + 1 || a.top < b.top - 1 || a.bottom > b.bottom + 1;
      }).map(t => t.ownerSVGElement.getAttribute('aria-label') + ': ' + t.textContent).join('\n'))js") == "");
      CHECK(page.script(R"js(return [...document.querySelectorAll('th span, td, th')].filter(e => {
        const cell = e.closest('th, td').getBoundingClientRect(), a = e.getBoundingClientRect();
        return e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 || a.left < cell.left - 1 || a.right > cell.right + 1 || a.top < cell.top - 1;
      }).map(e => e.textContent).join('\n'))js") == "");
      // Letters of a chart are large enough to be read.
      CHECK(page.script(
                "return Math.min(...[...document.querySelectorAll('svg text')].map(t => parseFloat(getComputedStyle(t)"
                ".fontSize) * t.getScreenCTM().a)) >= 8.5") == "true");
    }
}

TEST_CASE("page: every text stands out from what lies behind it, by day and by night") {
  for (const char* scheme : {"light", "dark"})
    for (const char* name : kAllPages) {
      const auto found = lines(at(name, Screen::kWide, scheme).script(kFaintTexts));
      REQUIRE_FALSE(found.empty());
      CHECK(std::stoi(found[0]) > 300);
      for (std::size_t i = 1; i < found.size(); ++i) FAIL_CHECK(name << " " << scheme << ": contrast " << found[i]);
    }
  Browser& page = at("september-vi");
  CHECK(page.script("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)");
  page.script("document.querySelector('h1').style.color = '#999'");
  CHECK(lines(page.script(kFaintTexts)).size() == 2);  // the measure sees what is faint
}

TEST_CASE("page: it asks nothing of the network and says nothing on the console") {
  for (const char* name : kAllPages) {
    Browser& page = at(name);
    CHECK(page.requests() == std::vector<std::string>{"file://" DULUAN_PAGES "/" + std::string(name) + ".html"});
    CHECK(page.console().empty());
  }
  Browser& page = at("september-vi");
  page.script(
      "console.error('heard'); new Image().src = 'file:///nowhere.png'; return new Promise(r => setTimeout(r, 100))");
  CHECK_FALSE(page.console().empty());  // both logs are being kept
  CHECK(page.requests().size() == 2);
}

TEST_CASE("page: counts below five are hidden wherever a count stands") {
  for (const char* name : kAllPages) {
    Browser& page = at(name);
    const auto cells = each(page, ".heat td:not(.range)", "e.textContent");
    CHECK(cells.size() > 200);
    CHECK(std::count(cells.begin(), cells.end(), "<5") > 20);
    for (const std::string& cell : cells)
      CHECK_MESSAGE((cell == "<5" || cell == "×" || cell == "–" || std::atoi(cell.c_str()) >= 5), cell);
    for (const std::string& point : each(page, "svg circle title", "e.textContent")) {
      const std::string count = point.substr(point.find(": ") + 2);
      CHECK_MESSAGE((count == "<5" || std::atoi(count.c_str()) >= 5), point);
    }
    // Hollow points lie on one height in each chart.
    CHECK(page.script("return [...document.querySelectorAll('svg')].every(s => new Set([...s.querySelectorAll('.s')]"
                      ".map(c => c.getAttribute('cy'))).size <= 1)") == "true");
    for (const std::string& cell : each(page, "#coverage td:nth-child(4)", "e.textContent"))
      CHECK_MESSAGE((cell == "<5" || cell == "–" || std::atoi(cell.c_str()) >= 5), cell);
  }
}

TEST_CASE("page: charts and regions have names for those who listen") {
  Browser& page = at("september-vi");
  const auto charts = page.accessible("svg");
  CHECK(charts.size() >= 23);
  for (const std::string& chart : charts) {
    CHECK_MESSAGE((chart.starts_with("image: ") || chart.starts_with("img: ")), chart);
    CHECK_MESSAGE(has(chart, "Số ý kiến về "), chart);
  }
  for (const std::string& text : each(page, "svg > desc", "e.textContent")) CHECK(text.starts_with("9/2026: "));
  CHECK(each(page, "svg > title", "e.textContent").size() == charts.size());
  CHECK(page.accessible("nav") == std::vector<std::string>{"navigation: Nội dung"});
  CHECK(page.accessible("main").size() == 1);
  for (const std::string& region : page.accessible("section, .scroll"))
    CHECK_MESSAGE((region.starts_with("region: I") || region.starts_with("region: V")), region);
  CHECK(page.accessible("article") ==
        std::vector<std::string>{"article: 1. Môi trường", "article: 2. Lao động – việc làm"});
}

TEST_CASE("page: headings descend step by step and every id is its own") {
  for (const char* name : kAllPages) {
    Browser& page = at(name);
    int before = 0, first = 0;
    for (const std::string& level : each(page, "h1,h2,h3,h4,h5,h6", "e.tagName[1]")) {
      const int now = std::stoi(level);
      CHECK(now <= before + 1);
      first += now == 1 ? 1 : 0;
      before = now;
    }
    CHECK(first == 1);
    auto ids = each(page, "[id]", "e.id");
    std::sort(ids.begin(), ids.end());
    CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
    CHECK(
        page.script(
            "return [...document.querySelectorAll('a')].every(a => document.querySelector(a.getAttribute('href')))") ==
        "true");
    CHECK(page.script("return [...document.querySelectorAll('table')].every(t => [...t.querySelectorAll('th')].every(h "
                      "=> h.scope))") == "true");
  }
}

TEST_CASE("page: the keyboard goes through links and tables in reading order, and shows where it is") {
  Browser& page = at("july-vi", Screen::kTelephone);
  const auto stops = each(page, "a, [tabindex]", "e.textContent.slice(0, 40)");
  REQUIRE(stops.size() >= 9);
  for (const std::string& stop : stops) {
    page.press("\uE004");
    const std::string seen = "const e = document.activeElement, s = getComputedStyle(e);";
    CHECK(page.script(seen + "return e.textContent.slice(0, 40).replace(/\\s+/g, ' ').trim()") == stop);
    CHECK(page.script(seen + "return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2") == "true");
  }
  page.script("document.querySelector('nav li:nth-child(5) a').focus()");
  page.press("\uE007");
  CHECK(page.script("return location.hash") == "#coverage");
  page.script("document.querySelector('#table .scroll').focus()");
  page.press("\uE014");  // right
  CHECK(page.script("return new Promise(r => setTimeout(() => r(document.querySelector('#table .scroll').scrollLeft > "
                    "0), 400))") == "true");
}

TEST_CASE("page: on paper it is light, whole, and wastes no sheet") {
  Browser& page = at("september-vi", Screen::kWide, "dark");
  CHECK(page.script("return getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)");
  page.media("print", "dark");
  page.size(688, 1017);  // A4 less its margins
  CHECK(page.script("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)");
  CHECK(page.script("return getComputedStyle(document.querySelector('nav')).display") == "none");
  CHECK(page.script(
            "return [...document.querySelectorAll('.scroll')].every(e => getComputedStyle(e).overflowX === 'visible' "
            "&& e.scrollWidth <= e.clientWidth)") == "true");
  CHECK(lines(page.script(kFaintTexts)).size() == 1);
  // A card kept whole would leave the first sheet with nothing but the title.
  CHECK(page.script("return document.querySelector('article').getBoundingClientRect().top < 300 && "
                    "getComputedStyle(document.querySelector('article')).breakInside") == "auto");
  CHECK(page.script("return ['.figures', '.heat', 'tr', 'blockquote', 'figure'].every(s => "
                    "getComputedStyle(document.querySelector(s)).breakInside === 'avoid')") == "true");
  const std::string pdf = page.print();
  CHECK(pdf.starts_with("%PDF-"));
  std::size_t sheets = 0;
  for (std::size_t at = 0; (at = pdf.find("/Type /Page\n", at)) != std::string::npos; ++at) ++sheets;
  CHECK(sheets >= 3);
  CHECK(sheets <= 6);
}
