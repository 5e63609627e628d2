// Opening archives, adding to them, what counts and what does not, purging.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "archive/database.hpp"
#include "archive_material.hpp"
#include "duluan/archive.hpp"

using namespace duluan;
namespace fs = std::filesystem;

namespace {

// An archive of one opinion, closed again.
std::string stored(const Desk& desk, const std::string& text) {
  const std::string path = desk.file("a.duluan");
  REQUIRE(made(path).add("a", "1", {opinion(text, "xã A", "2026-03")}).ok());
  return path;
}

ErrorCode failure(const std::string& path, Archive::Mode mode) {
  const auto archive = Archive::open(path, mode);
  REQUIRE_FALSE(archive.ok());
  CHECK(archive.error().where.find(path) != std::string::npos);
  CHECK_FALSE(archive.error().remedy.empty());
  return archive.error().code;
}

}  // namespace

TEST_CASE("archive: what is no archive is refused with its reason") {
  const Desk desk;
  CHECK(failure(desk.file("missing"), Archive::Mode::kReadOnly) == ErrorCode::kNotFound);
  CHECK(failure(desk.file("missing"), Archive::Mode::kReadWrite) == ErrorCode::kNotFound);
  CHECK_FALSE(fs::exists(desk.file("missing")));
  CHECK(failure(desk.path.string(), Archive::Mode::kCreate) == ErrorCode::kUnreadable);
  const auto nowhere = Archive::open(desk.file("no/such/dir.duluan"), Archive::Mode::kCreate);
  REQUIRE_FALSE(nowhere.ok());
  CHECK(nowhere.error().code == ErrorCode::kNotFound);

  const std::string prose = "Nhân dân phấn khởi, tin tưởng. ";
  std::ofstream(desk.file("prose.txt")) << prose + prose + prose + prose;
  for (const auto mode : {Archive::Mode::kCreate, Archive::Mode::kReadWrite, Archive::Mode::kReadOnly})
    CHECK(failure(desk.file("prose.txt"), mode) == ErrorCode::kMalformed);
  CHECK(fs::file_size(desk.file("prose.txt")) == 4 * prose.size());

  std::ofstream(desk.file("empty")).flush();
  CHECK(failure(desk.file("empty"), Archive::Mode::kReadOnly) == ErrorCode::kEmpty);
  CHECK(failure(desk.file("empty"), Archive::Mode::kReadWrite) == ErrorCode::kEmpty);
  CHECK(Archive::open(desk.file("empty"), Archive::Mode::kCreate).ok());

  run_sql(desk.file("other.db"), "CREATE TABLE t (x)");
  CHECK(failure(desk.file("other.db"), Archive::Mode::kCreate) == ErrorCode::kMalformed);
}

TEST_CASE("archive: a newer version is refused, by any mode") {
  const Desk desk;
  const std::string path = desk.file("a.duluan");
  { const Archive archive = made(path); }
  run_sql(path, "PRAGMA user_version = 99");
  for (const auto mode : {Archive::Mode::kCreate, Archive::Mode::kReadWrite, Archive::Mode::kReadOnly})
    CHECK(failure(path, mode) == ErrorCode::kVersionMismatch);
}

TEST_CASE("archive: a truncated file is no archive") {
  const Desk desk;
  const std::string path = stored(desk, "Giá điện tăng");
  fs::resize_file(path, fs::file_size(path) / 2);
  const auto archive = Archive::open(path, Archive::Mode::kReadOnly);
  if (archive.ok()) CHECK_FALSE(archive->opinions("", "", *Period::parse("2026-03"), -1).ok());
  else CHECK(archive.error().code == ErrorCode::kMalformed);
}

TEST_CASE("archive: read-only stays as it was") {
  const Desk desk;
  const std::string path = stored(desk, "Giá điện tăng");
  auto archive = Archive::open(path, Archive::Mode::kReadOnly);
  REQUIRE(archive.ok());
  const std::string before = contents(*archive);
  const auto added = archive->add("b", "2", {opinion("Giá nước tăng", "xã A", "2026-03")});
  REQUIRE_FALSE(added.ok());
  CHECK(added.error().code == ErrorCode::kUnwritable);
  CHECK(added.error().where == path);
  const auto purged = archive->purge("a");
  REQUIRE_FALSE(purged.ok());
  CHECK(purged.error().code == ErrorCode::kUnwritable);
  CHECK(archive->set_setting("model", "1").error().code == ErrorCode::kUnwritable);
  CHECK(contents(*archive) == before);
}

TEST_CASE("archive: what is stored comes back whole") {
  const Desk desk;
  Archive archive = made(desk.file("a.duluan"));
  StoredOpinion stored = opinion("Cử tri \"hỏi\" về đường\n'nông thôn'; DROP TABLE opinion", "xã An Trầm", "2026-W12",
                                 {"transport", "land"}, {0.9, 0.4});
  stored.opinion.source = "mục.csv#17";
  stored.opinion.offset = 123;
  stored.opinion.section = "I. KINH TẾ";
  stored.opinion.unit = "Ban Tuyên giáo";
  const auto added = archive.add("mục.csv", "d1", {stored, opinion("Không rõ kỳ", "", "")});
  REQUIRE(added.ok());
  CHECK(added->opinions == 2);
  CHECK(added->copies == 0);
  CHECK_FALSE(added->duplicate_document);
  const auto back = archive.opinions("", "", *Period::parse("2026-03"), -1);
  REQUIRE(back.ok());
  REQUIRE(back->size() == 1);
  const StoredOpinion& o = back->front();
  CHECK(o.opinion.text == stored.opinion.text);
  CHECK(o.opinion.source == "mục.csv#17");
  CHECK(o.opinion.offset == 123);
  CHECK(o.opinion.section == "I. KINH TẾ");
  CHECK(o.opinion.place == "xã An Trầm");
  CHECK(o.opinion.unit == "Ban Tuyên giáo");
  REQUIRE(o.opinion.period.has_value());
  CHECK(o.opinion.period->label() == "2026-W12");
  CHECK(o.topics == stored.topics);
  CHECK(o.probabilities == stored.probabilities);
  CHECK(archive.setting("model")->empty());
  REQUIRE(archive.set_setting("model", "topics 1").ok());
  REQUIRE(archive.set_setting("model", "topics 2").ok());
  CHECK(*archive.setting("model") == "topics 2");
}

TEST_CASE("archive: the same bytes twice change nothing") {
  const Desk desk;
  Archive archive = made(desk.file("a.duluan"));
  REQUIRE(archive.add("a", "1", {opinion("Giá điện tăng", "xã A", "2026-03", {"prices"}, {0.8})}).ok());
  const std::string before = contents(archive);
  const auto again = archive.add("renamed", "1", {opinion("Khác", "xã A", "2026-03")});
  REQUIRE(again.ok());
  CHECK(again->duplicate_document);
  CHECK(again->opinions == 0);
  CHECK(contents(archive) == before);
}

TEST_CASE("archive: copies are of another source, the same period, the same folded text") {
  const Desk desk;
  Archive archive = made(desk.file("a.duluan"));
  const auto add = [&](const char* source, std::vector<StoredOpinion> opinions) {
    const auto added = archive.add(source, source, opinions);
    REQUIRE(added.ok());
    return added->copies;
  };
  CHECK(add("a", {opinion("Giá điện tăng cao", "xã A", "2026-03", {"prices"}, {0.8}),
                  opinion("Giá điện tăng cao", "xã A", "2026-03", {"prices"}, {0.8})}) == 0);
  CHECK(add("b", {opinion("GIÁ ĐIỆN  TĂNG CAO", "xã B", "2026-03", {"prices"}, {0.8})}) == 1);
  CHECK(add("c", {opinion("Giá điện tăng cao", "xã A", "2026-04", {"prices"}, {0.8})}) == 0);
  CHECK(add("d", {opinion("Giá điện tăng cao.", "xã A", "2026-03", {"prices"}, {0.8})}) == 0);
  const auto counts = archive.counts(Period::Unit::kMonth);
  REQUIRE(counts.ok());
  REQUIRE(counts->size() == 2);
  CHECK(counts->at(0).opinions == 3);
  CHECK(counts->at(0).reports == 2);
  CHECK(counts->at(1).period.label() == "2026-04");
  const auto found = archive.opinions("prices", "xã A", *Period::parse("2026-03"), 1);
  REQUIRE(found->size() == 1);
  const auto copies = archive.copies_of(found->front().id);
  REQUIRE(copies->size() == 1);
  CHECK(copies->front().opinion.place == "xã B");
  CHECK(copies->front().copy_of == found->front().id);
}

TEST_CASE("archive: purge leaves what would be there without the source") {
  const Desk desk;
  const std::vector<StoredOpinion> a{opinion("Giá điện tăng cao", "xã A", "2026-03", {"prices"}, {0.8}),
                                     opinion("Cầu hỏng", "xã A", "2026-03", {"transport"}, {0.7})};
  const std::vector<StoredOpinion> b{opinion("Giá điện tăng cao", "xã B", "2026-03", {"prices"}, {0.8}),
                                     opinion("giá điện tăng cao", "xã B", "2026-03", {"prices"}, {0.8})};
  const std::vector<StoredOpinion> c{opinion("Giá điện tăng cao", "xã C", "2026-03", {"prices"}, {0.8})};
  Archive full = made(desk.file("full.duluan"));
  REQUIRE(full.add("a", "1", a).ok());
  REQUIRE(full.add("b", "2", b).ok());
  REQUIRE(full.add("c", "3", c).ok());
  Archive without = made(desk.file("without.duluan"));
  REQUIRE(without.add("b", "2", b).ok());
  REQUIRE(without.add("c", "3", c).ok());
  CHECK(contents(full) != contents(without));
  const auto gone = full.purge("a");
  REQUIRE(gone.ok());
  CHECK(*gone == 2);
  CHECK(contents(full) == contents(without));
  const auto nothing = full.purge("a");
  REQUIRE_FALSE(nothing.ok());
  CHECK(nothing.error().code == ErrorCode::kNotFound);
  CHECK(full.add("a", "1", a)->duplicate_document == false);
}

TEST_CASE("archive: purged text is not left in the file") {
  const Desk desk;
  const std::string secret = "câu không được còn lại";
  const std::string path = stored(desk, secret);
  const auto holds = [&] {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {}).find(secret) != std::string::npos;
  };
  CHECK(holds());
  { REQUIRE(made(path).purge("a").ok()); }
  CHECK_FALSE(holds());
  CHECK_FALSE(fs::exists(path + "-wal"));
}

TEST_CASE("archive: a failed add stores nothing") {
  const Desk desk;
  const std::string path = desk.file("a.duluan");
  Archive archive = made(path);
  const StoredOpinion good = opinion("Giá điện tăng cao", "xã A", "2026-03", {"prices"}, {0.8});
  for (const StoredOpinion& bad :
       {opinion("x", "xã A", "2026-03", {"prices", "land"}, {0.8}), opinion("x", "xã A", "2026-03", {"prices"}, {1.5}),
        opinion("x", "xã A", "2026-03", {"land", "land"}, {0.5, 0.4})}) {
    const auto added = archive.add("a", "1", {good, bad});
    REQUIRE_FALSE(added.ok());
    CHECK(added.error().code == ErrorCode::kInvalidArgument);
  }
  CHECK(archive.add("a", "1", {good, opinion("\xff", "xã A", "2026-03")}).error().code == ErrorCode::kBadEncoding);
  run_sql(path,
          "CREATE TRIGGER jam BEFORE INSERT ON opinion WHEN new.text = 'jam' BEGIN SELECT RAISE(ABORT, 'jam'); END");
  REQUIRE_FALSE(archive.add("a", "1", {good, opinion("jam", "xã A", "2026-03")}).ok());
  CHECK(contents(archive).empty());
  CHECK(archive.add("a", "1", {good})->opinions == 1);
}

TEST_CASE("archive: counts take in shorter periods and leave out longer ones") {
  const Desk desk;
  Archive archive = made(desk.file("a.duluan"));
  REQUIRE(archive
              .add("a", "1",
                   {opinion("một", "xã A", "2026-03", {"prices", "land"}, {0.8, 0.6}),
                    opinion("hai", "xã A", "2026-03-31", {"prices"}, {0.5}),
                    // Its Monday is 30 March, its Thursday 2 April.
                    opinion("ba", "xã A", "2026-W14", {"prices"}, {0.9}),
                    opinion("bốn", "xã A", "2026-Q1", {"prices"}, {0.9}), opinion("năm", "xã A", "2026-03"),
                    opinion("sáu", "xã A", "", {"prices"}, {0.9})})
              .ok());
  CHECK(
      contents(archive) ==
      "land|xã A|2026-03|1|1\nprices|xã A|2026-03|2|1\nprices|xã A|2026-04|1|1\nxã A|2026-03|3|1\nxã A|2026-04|1|1\n");
  const auto quarters = archive.coverage(Period::Unit::kQuarter);
  REQUIRE(quarters->size() == 2);
  CHECK(quarters->at(0).opinions == 4);
  CHECK(quarters->at(1).opinions == 1);
  const auto all = archive.opinions("", "", *Period::parse("2026-03"), -1);
  REQUIRE(all->size() == 3);
  CHECK(all->at(0).opinion.text == "một");
  CHECK(all->at(1).opinion.text == "hai");
  CHECK(all->at(2).opinion.text == "năm");
  CHECK(archive.opinions("land", "", *Period::parse("2026-03"), -1)->size() == 1);
  CHECK(archive.opinions("land", "xã B", *Period::parse("2026-03"), -1)->empty());
  CHECK(archive.opinions("", "", *Period::parse("2026-03"), 2)->size() == 2);
}

TEST_CASE("archive: one reads while another writes") {
  const Desk desk;
  const std::string path = stored(desk, "một");
  Archive writer = made(path);
  auto reader = Archive::open(path, Archive::Mode::kReadOnly);
  REQUIRE(reader.ok());
  CHECK(reader->coverage(Period::Unit::kMonth)->at(0).opinions == 1);
  REQUIRE(writer.add("b", "2", {opinion("hai", "xã A", "2026-03")}).ok());
  CHECK(reader->coverage(Period::Unit::kMonth)->at(0).opinions == 2);
}

TEST_CASE("archive: reading leaves no files, and side files of a read-only time do not keep the writer out") {
  const Desk desk;
  const std::string path = stored(desk, "một");
  const auto files = [&] { return std::distance(fs::directory_iterator(desk.path), fs::directory_iterator()); };
  {
    const auto reader = Archive::open(path, Archive::Mode::kReadOnly);
    REQUIRE(reader.ok());
    CHECK_FALSE(contents(*reader).empty());
  }
  CHECK(files() == 1);
  for (const char* side : {"-wal", "-shm"}) {
    std::ofstream(path + side).flush();
    fs::permissions(path + side, fs::perms::owner_read);
  }
  CHECK(made(path).add("b", "2", {opinion("hai", "xã A", "2026-03")})->opinions == 1);
  CHECK(files() == 1);
}

TEST_CASE("archive: a connection without locks tells that the file was changed under it") {
  const Desk desk;
  const std::string path = stored(desk, "một");
  auto database = Database::open("file:" + path + "?immutable=1", path, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
  REQUIRE(database.ok());
  database->freeze();
  CHECK(*database->number("SELECT count(*) FROM opinion") == 1);
  REQUIRE(made(path).add("b", "2", {opinion("hai", "xã A", "2026-03")}).ok());
  const auto stale = database->number("SELECT count(*) FROM opinion");
  REQUIRE_FALSE(stale.ok());
  CHECK(stale.error().code == ErrorCode::kUnreadable);
  CHECK(stale.error().remedy == "try again");
}

TEST_CASE("archive: the audit trail only grows") {
  const Desk desk;
  const std::string path = stored(desk, "một");
  sqlite3* raw = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &raw) == SQLITE_OK);
  CHECK(sqlite3_exec(raw, "DELETE FROM audit", nullptr, nullptr, nullptr) != SQLITE_OK);
  CHECK(sqlite3_exec(raw, "UPDATE audit SET opinions = 0", nullptr, nullptr, nullptr) != SQLITE_OK);
  sqlite3_close(raw);
}
