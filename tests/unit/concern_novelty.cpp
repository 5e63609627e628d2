#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "archive/alike.hpp"
#include "archive_material.hpp"
#include "concern/diverse.hpp"
#include "concern/novelty.hpp"

using namespace duluan;
using namespace duluan::concern;

namespace {

// Words are what spaces part, marks apart.
void cut(std::string_view text, std::vector<Span>& words) {
  words.clear();
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == ' ') {
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    const auto mark = [&](std::size_t at) {
      return std::string_view(".,;!?[]").find(text[at]) != std::string_view::npos;
    };
    while (!mark(i) && end < text.size() && text[end] != ' ' && !mark(end)) ++end;
    words.push_back({i, end});
    i = end;
  }
}

const Taxonomy& taxonomy() {
  static const Taxonomy kept = *Taxonomy::parse(
      "id\tlabel_vi\tlabel_en\tdescription\nland\tĐất đai\tLand\tx\nhealth\tY tế\tHealth\tx\nother\tKhác\tOther\tx\n",
      "test");
  return kept;
}

// Ten months of talk about nothing in particular, then what a test plants in the eleventh.
struct Talk {
  Desk desk;
  Archive archive = made(desk.file("a.duluan"));
  Period now = Period::parse("2025-11")->next(10);
  int sources = 0;

  Talk() {
    const char* const said[] = {"ruộng lúa", "trạm y",     "con đường", "cây cầu",
                                "chợ phiên", "trường học", "hồ sơ",     "tiền điện"};
    for (int m = 0; m < 11; ++m)
      for (int i = 0; i < 24; ++i)
        tell(said[(i * 5 + m) % 8] + std::string(" bền ") + std::to_string(m) + " " + std::to_string(i), i % 6, "land",
             now.next(m - 10));
  }

  void tell(const std::string& text, int unit, const std::string& topic, const Period& period) {
    StoredOpinion stored = opinion(text, unit == 0 ? "xã Mộc" : "xã Lúa " + std::to_string(unit), period.label());
    stored.opinion.unit = "Ban " + std::to_string(unit);
    stored.opinion.source = "s" + std::to_string(++sources);
    if (!topic.empty()) stored.topics = {topic}, stored.probabilities = {0.9};
    REQUIRE(archive.add(stored.opinion.source, stored.opinion.source, {stored}));
  }
  void tell(const std::string& text, int unit, const std::string& topic) { tell(text, unit, topic, now); }

  [[nodiscard]] Novelty novelty() const {
    const auto report = find_concerns(archive, taxonomy(), {.period = now, .cut = cut});
    REQUIRE_MESSAGE(report, report.error().message());
    return report->novelty;
  }
};

const char* const kAbout[] = {"quanh chợ", "sau trường", "ngoài đê", "bên kho",
                              "trong ngõ", "gần bến",    "đầu dốc",  "cuối bãi"};

}  // namespace

TEST_CASE("novelty: a subject without a topic becomes a candidate for one, with its words and examples") {
  for (const char* topic : {"other", ""}) {
    Talk talk;
    for (int i = 0; i < 8; ++i) talk.tell(kAbout[i] + std::string(" thấy flycam lượn"), i % 4, topic);
    const Novelty novelty = talk.novelty();
    CHECK(novelty.judged);
    CHECK(novelty.periods == 10);
    REQUIRE(novelty.subjects.size() == 1);
    const NewSubject& s = novelty.subjects[0];
    CHECK(s.unnamed);
    CHECK(s.opinions == 8);
    CHECK(s.reporters == 4);
    CHECK(s.places == 4);
    REQUIRE_FALSE(s.terms.empty());
    CHECK(s.terms[0].term == "flycam lượn");
    CHECK(s.terms[0].since == talk.now);
    CHECK(s.terms[0].z > 1);
    CHECK(s.examples.size() == 5);
    CHECK(s.topics == std::vector<std::pair<std::string, int>>{{topic, 8}});
  }
}

TEST_CASE("novelty: one unit, few opinions, copied sentences, names of places and placeholders are no news") {
  {
    Talk talk;
    for (int i = 0; i < 8; ++i) talk.tell(kAbout[i] + std::string(" thấy flycam lượn"), i % 2, "land");
    CHECK(talk.novelty().subjects.empty());
  }
  {
    Talk talk;
    for (int i = 0; i < 4; ++i) talk.tell(kAbout[i] + std::string(" thấy flycam lượn"), i, "land");
    CHECK(talk.novelty().subjects.empty());
  }
  {
    Talk talk;  // the same sentence behind other words, each beyond what the archive takes for a copy
    for (int i = 0; i < 6; ++i) {
      std::string text;
      for (int k = 0; k < 12; ++k) text += std::to_string(100 * i + k) + " ";
      talk.tell(text + ". Dân thấy flycam lượn", i, "land");
    }
    CHECK(talk.novelty().subjects.empty());
  }
  {
    Talk talk;
    for (int i = 0; i < 8; ++i) talk.tell(kAbout[i] + std::string(" và [PHONE] ở Mộc"), i % 4, "land");
    CHECK(talk.novelty().subjects.empty());
  }
}

TEST_CASE("novelty: what was as frequent in the same season of the year before is not new") {
  Talk quiet;
  for (int i = 0; i < 8; ++i) quiet.tell(kAbout[i] + std::string(" đốt rơm"), i % 4, "land");
  CHECK(quiet.novelty().subjects.size() == 1);
  Talk season;
  for (int i = 0; i < 8; ++i) {
    season.tell(kAbout[i] + std::string(" đốt rơm"), i % 4, "land");
    season.tell(kAbout[i] + std::string(" đốt rơm"), i % 4, "land", season.now.next(-12));
  }
  CHECK(season.novelty().subjects.empty());
}

TEST_CASE("novelty: without a cutter or a history nothing is judged, the same twice gives the same") {
  Talk talk;
  CHECK_FALSE(find_concerns(talk.archive, taxonomy(), {.period = talk.now})->novelty.judged);
  CHECK_FALSE(find_concerns(talk.archive, taxonomy(), {.period = talk.now.next(-7), .cut = cut})->novelty.judged);
  for (int i = 0; i < 8; ++i) talk.tell(kAbout[i] + std::string(" thấy flycam lượn"), i % 4, "health");
  const auto once = find_concerns(talk.archive, taxonomy(), {.period = talk.now, .cut = cut});
  const auto twice = find_concerns(talk.archive, taxonomy(), {.period = talk.now, .cut = cut});
  CHECK(render_jsonl(*once) == render_jsonl(*twice));
  CHECK_FALSE(once->novelty.subjects[0].unnamed);
  for (const Language language : {Language::kVietnamese, Language::kEnglish})
    for (const std::string& told : {render_text(*once, language), render_brief(*once, language)}) {
      CHECK(told.find("flycam lượn") != std::string::npos);
      for (const char* slot : {"{0}", "{1}", "{2}", "{3}", "{4}"}) CHECK(told.find(slot) == std::string::npos);
    }
}

TEST_CASE("stop words are found, others are not") {
  for (const char* word : {"và", "bà con", "đề nghị", "ở"}) CHECK(is_stop_word(word));
  for (const char* word : {"sim", "ổ khóa", "", "lừa đảo"}) CHECK_FALSE(is_stop_word(word));
}

TEST_CASE("sentences: near copies are known, others are new") {
  Sayings said;
  CHECK(said.add("Đề nghị các cấp sớm giải quyết dứt điểm cho bà con yên tâm"));
  CHECK_FALSE(said.add("Đề nghị các cấp sớm giải quyết dứt điểm để bà con yên tâm."));
  CHECK(said.add("Giá điện tăng"));
  CHECK_FALSE(said.add("giá điện TĂNG!"));
  CHECK(said.add("Giá nước tăng"));
  CHECK_FALSE(said.add("…"));
  said.clear();
  CHECK(said.add("Giá điện tăng"));
}

TEST_CASE("quotations: relevant ones first, unlike one another, each report in its turn, no text twice") {
  const std::vector<Quotable> all = {{"Nước sông đen và hôi từ đầu tuần", "a", 0.9},
                                     {"Nước sông đen và hôi từ giữa tuần", "b", 0.88},
                                     {"Cá chết trắng mặt ao của cả xóm", "c", 0.8},
                                     {"Giếng khoan lên váng dầu không ai dám dùng", "a", 0.85},
                                     {"Cá chết trắng mặt ao của cả xóm", "d", 0.79}};
  CHECK(pick_diverse(all, 2) == std::vector<std::size_t>{0, 2});
  CHECK(pick_diverse(all, 9) == std::vector<std::size_t>{0, 2, 1, 3});
  CHECK(pick_diverse(all, 0).empty());
  CHECK(pick_diverse({}, 3).empty());
}
