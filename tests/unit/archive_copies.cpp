// Copies: against the rule written out plainly, through random histories of adding and purging, and from format 1.
#include <algorithm>
#include <cstdlib>
#include <random>

#include "archive/copies.hpp"
#include "archive/tokenizer.hpp"
#include "archive_material.hpp"

using namespace duluan;

namespace {

const std::vector<std::string> kSaid{
    "Người dân lo giá điện tăng giữa mùa nắng nóng, đề nghị ngành điện công khai cách tính biểu giá bậc thang",
    "Tuyến kênh chính bị bồi lắng nhiều năm, nước không tới được cánh đồng phía đông, lúa vụ hè thu khô héo",
    "Bệnh viện huyện thường xuyên thiếu thuốc trong danh mục, bệnh nhân có thẻ bảo hiểm vẫn phải ra ngoài mua",
    "Trẻ em trong thôn phải đi đò ngang tới trường, mùa lũ phụ huynh rất bất an và mong sớm có cây cầu treo",
    "Giá điện tăng cao"};

struct Report {
  std::string name;
  std::vector<StoredOpinion> opinions;
};

// Paragraphs passed on between units: a word or three changed each time, in one of eight months.
std::vector<Report> random_reports(std::mt19937& random, int many) {
  std::vector<std::string> pool = kSaid;
  std::vector<Report> reports;
  for (int r = 0; r < many; ++r) {
    Report report{"report " + std::to_string(r), {}};
    const std::string month = "2026-0" + std::to_string(1 + random() % 8);
    for (int o = 0; o < 3; ++o) {
      std::string text = pool[random() % pool.size()];
      for (auto changes = random() % 4; changes > 0; --changes) {
        const std::size_t at = text.find(' ', random() % text.size());
        if (at != std::string::npos) text.insert(at, " " + std::to_string(random() % 100));
      }
      pool.push_back(text);
      report.opinions.push_back(opinion(text, "xã A", random() % 8 == 0 ? "" : month, {"prices"}, {0.8}));
    }
    reports.push_back(std::move(report));
  }
  return reports;
}

Archive filled(const std::string& path, const std::vector<Report>& reports) {
  Archive archive = made(path);
  for (const Report& report : reports) REQUIRE(archive.add(report.name, report.name, report.opinions).ok());
  return archive;
}

bool meet(const Said& a, const Said& b) {
  const auto first = report::bands_of(a.syllables), second = report::bands_of(b.syllables);
  return std::any_of(first.begin(), first.end(),
                     [&](std::uint32_t band) { return std::find(second.begin(), second.end(), band) != second.end(); });
}

// The rule, without an index: which of all opinions in order are originals.
std::vector<bool> originals_by_rule(const std::vector<Report>& reports) {
  struct Seen {
    std::size_t report;
    Said said;
    bool original;
  };
  const auto repeats = [](const Said& a, const Said& b) {
    const bool equal = a.plain == b.plain;
    if (a.is_short() || b.is_short()) return equal && a.period == b.period;
    if (!a.period != !b.period) return false;
    if (a.period && std::abs(a.period->days_since_epoch() - b.period->days_since_epoch()) > 92) return false;
    return equal || (meet(a, b) && report::near_copies(a.syllables, b.syllables));
  };
  std::vector<Seen> seen;
  for (std::size_t r = 0; r < reports.size(); ++r)
    for (const StoredOpinion& o : reports[r].opinions) {
      const Said said = Said::of(o.opinion.text, o.opinion.period);
      const bool copy = std::any_of(seen.begin(), seen.end(), [&](const Seen& s) {
        return s.original && s.report != r && repeats(s.said, said);
      });
      seen.push_back({r, said, !copy});
    }
  std::vector<bool> originals;
  for (const Seen& s : seen) originals.push_back(s.original);
  return originals;
}

std::vector<bool> originals_in(const std::string& path) {
  auto database = Database::open(path, path, SQLITE_OPEN_READONLY);
  REQUIRE(database.ok());
  Statement rows(*database, "SELECT copy_of = 0 FROM opinion ORDER BY id");
  std::vector<bool> originals;
  while (rows.step()) originals.push_back(rows.integer(0) != 0);
  REQUIRE(rows.finish().ok());
  return originals;
}

void check_sound(const Archive& archive) {
  const auto findings = archive.verify();
  REQUIRE(findings.ok());
  for (const std::string& finding : *findings) FAIL_CHECK(finding);
}

// Back to format 1: no indices, copies are equal ones of one period.
void make_old(const std::string& path) {
  auto database = Database::open(path, path, SQLITE_OPEN_READWRITE);
  REQUIRE(database.ok());
  REQUIRE(register_tokenizer(*database).ok());
  REQUIRE(database
              ->run("DROP TABLE search; DROP TABLE band; PRAGMA user_version = 1; UPDATE opinion SET copy_of = "
                    "coalesce((SELECT min(p.id) FROM opinion p WHERE p.key = opinion.key AND p.id < opinion.id AND "
                    "p.source <> opinion.source AND p.period_index IS opinion.period_index), 0)")
              .ok());
}

}  // namespace

TEST_CASE("archive copies: linked across units and periods, counted once, kept") {
  const Desk desk;
  Archive archive = made(desk.file("a.duluan"));
  const auto add = [&](const char* source, const std::string& text, const char* place, const char* period) {
    const auto added = archive.add(source, source, {opinion(text, place, period, {"prices"}, {0.8})});
    REQUIRE(added.ok());
    return added->copies;
  };
  const std::string said = kSaid[0];
  CHECK(add("a", "Người dân xã A: " + said, "xã A", "2026-03") == 0);
  CHECK(add("b", "NHÂN DÂN XÃ B: " + said + ".", "xã B", "2026-03") == 1);
  CHECK(add("c", "Người dân xã A: " + said, "xã A", "2026-06") == 1);  // 92 days
  CHECK(add("d", "Người dân xã A: " + said, "xã A", "2026-07") == 0);
  CHECK(add("e", "Người dân xã A: " + said, "xã A", "2026-Q1") == 1);
  CHECK(add("f", "Người dân xã A: " + said, "xã A", "") == 0);
  CHECK(add("g", "Người dân xã C: " + said, "xã C", "") == 1);
  CHECK(add("h", kSaid[1], "xã A", "2026-03") == 0);
  const auto counts = archive.totals(Period::Unit::kMonth);
  REQUIRE(counts->size() == 2);
  CHECK(counts->at(0).opinions == 2);
  CHECK(counts->at(1).opinions == 1);
  const auto copies = archive.copies_of(1);
  REQUIRE(copies->size() == 3);
  CHECK(copies->at(0).opinion.text.starts_with("NHÂN DÂN XÃ B"));
  CHECK(copies->at(1).opinion.period->label() == "2026-06");
  check_sound(archive);
}

TEST_CASE("archive copies: an equal original goes before a nearly equal one") {
  const Desk desk;
  Archive archive = made(desk.file("a.duluan"));
  // Too far apart for one another, both near what comes last.
  const std::string first = kSaid[0] + " một hai ba bốn năm sáu", last = "bảy tám chín mười mốt " + kSaid[0];
  REQUIRE(archive.add("a", "1", {opinion(first, "xã A", "2026-03")})->copies == 0);
  REQUIRE(archive.add("b", "2", {opinion(last, "xã B", "2026-03")})->copies == 0);
  REQUIRE(archive.add("c", "3", {opinion(last, "xã C", "2026-03"), opinion(kSaid[0], "xã C", "2026-03")})->copies == 2);
  CHECK(archive.copies_of(2)->size() == 1);
  CHECK(archive.copies_of(1)->size() == 1);
}

TEST_CASE("archive copies: random histories end as the rule says, whatever was purged on the way, and from format 1") {
  std::mt19937 random(5);
  std::size_t copies = 0, moved = 0;
  for (int round = 0; round < 25; ++round) {
    CAPTURE(round);
    const Desk desk;
    auto reports = random_reports(random, 24);
    const std::string path = desk.file("a.duluan");
    Archive archive = filled(path, reports);
    check_sound(archive);
    for (int purged = 0; purged < 4; ++purged) {
      const auto at = static_cast<std::ptrdiff_t>(random() % reports.size());
      const auto before = originals_in(path);
      REQUIRE(archive.purge((reports.begin() + at)->name).ok());
      reports.erase(reports.begin() + at);
      auto left = before;
      left.erase(left.begin() + 3 * at, left.begin() + 3 * at + 3);
      const auto now = originals_in(path);
      moved += left != now ? 1 : 0;
      REQUIRE(now == originals_by_rule(reports));
      check_sound(archive);
    }
    const std::string again = desk.file("again.duluan");
    CHECK(contents(filled(again, reports)) == contents(archive));
    make_old(again);
    {
      const auto reader = Archive::open(again, Archive::Mode::kReadOnly);
      REQUIRE(reader.ok());
      CHECK_FALSE(contents(*reader).empty());
      check_sound(*reader);
      CHECK(reader->search({.phrases = {"điện"}}).error().code == ErrorCode::kVersionMismatch);
    }
    const auto upgraded = Archive::open(again, Archive::Mode::kReadWrite);
    REQUIRE(upgraded.ok());
    check_sound(*upgraded);
    CHECK(contents(*upgraded) == contents(archive));
    CHECK(originals_in(again) == originals_in(path));
    CHECK(upgraded->search({.phrases = {"dien"}, .limit = -1})->size() ==
          archive.search({.phrases = {"dien"}, .limit = -1})->size());
    const auto state = originals_in(path);
    copies += static_cast<std::size_t>(std::count(state.begin(), state.end(), false));
  }
  CHECK(copies > 500);
  CHECK(moved > 20);
}

TEST_CASE("archive verify: every kind of damage is told") {
  const struct {
    const char *damage, *finding;
  } kCases[] = {
      {"UPDATE opinion SET text = 'Giá điện tăng cao quá' WHERE id = 1", "opinion 1 has the key of another text"},
      {"UPDATE opinion SET text = x'ff' WHERE id = 1", "opinion 1 is not UTF-8"},
      {"UPDATE opinion SET month = month + 1 WHERE id = 1", "opinion 1 counts in another month than its own"},
      {"UPDATE opinion SET copy_of = 99 WHERE id = 4", "opinion 4 is the copy of one that is not there"},
      {"UPDATE opinion SET copy_of = 2 WHERE id = 4", "opinion 4 is the copy of one that says something else"},
      {"UPDATE opinion SET copy_of = 1 WHERE id = 2", "opinion 2 is the copy of one in the same document"},
      {"UPDATE opinion SET copy_of = 4 WHERE id = 1", "opinion 1 is the copy of a copy"},
      {"UPDATE opinion SET copy_of = 5 WHERE id = 1", "opinion 1 is the copy of a later one"},
      {"DELETE FROM opinion WHERE id = 2", "the audit trail tells of 5 opinions, there are 4"},
      {"DELETE FROM opinion WHERE id = 2", "search finds a word where it does not stand"},
      {"DELETE FROM band WHERE opinion = 2 AND hash = (SELECT min(hash) FROM band WHERE opinion = 2)",
       "the index of copies is not that of the opinions"},
      {"UPDATE band SET opinion = 3 WHERE opinion = 2", "the index of copies is not that of the opinions"},
      {"UPDATE topic SET probability = 2", "probabilities are not between 0 and 1"},
      {"INSERT INTO topic VALUES (77, 0, 'prices', 0.5)", "a row of topic belongs to nothing"},
      {"INSERT INTO opinion SELECT 9, source, reference, offset, section, place, unit, period_unit, period_index, day, "
       "week, month, quarter, copy_of, key, text FROM opinion WHERE id = 3",
       "search"},
  };
  for (const auto& c : kCases) {
    CAPTURE(c.damage);
    const Desk desk;
    const std::string path = desk.file("a.duluan");
    {
      Archive archive = made(path);
      REQUIRE(archive
                  .add("a", "1",
                       {opinion(kSaid[0], "xã A", "2026-03", {"prices"}, {0.8}), opinion(kSaid[1], "xã A", "2026-03")})
                  .ok());
      REQUIRE(archive
                  .add("b", "2",
                       {opinion(kSaid[2], "xã B", "2026-03"), opinion(kSaid[0], "xã B", "2026-03"),
                        opinion(kSaid[3], "xã B", "2026-03")})
                  .ok());
      check_sound(archive);
    }
    run_sql(path, c.damage);
    for (const auto mode : {Archive::Mode::kReadOnly, Archive::Mode::kReadWrite}) {
      const auto archive = Archive::open(path, mode);
      REQUIRE(archive.ok());
      const auto findings = archive->verify();
      REQUIRE(findings.ok());
      CHECK(std::any_of(findings->begin(), findings->end(),
                        [&](const std::string& f) { return f.find(c.finding) != std::string::npos; }));
    }
  }
}
