// Bad input, one kind a case: one message with the remedy, the rest goes on, the exit code says so, what is stored
// stays.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string>

#include "program.hpp"

namespace {

namespace fs = std::filesystem;

const char* const kGood = "nội dung;kỳ\nNước máy đục cả tuần nay;2026-03\n";

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

long lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

// A bad file beside a good one: the good one is stored, the bad one named with the remedy.
void check_refused(const std::string& name, const std::string& content, const std::string& remedy) {
  const Workplace work("refused");
  work.write(name, content);
  work.write("good.csv", kGood);
  const Outcome got = duluan("ingest a.duluan " + name + " good.csv", work.path());
  CAPTURE(got.err);
  CHECK(got.exit == 1);
  CHECK(lines(got.err) == 1);
  CHECK(got.err.starts_with("duluan: " + name + ": "));
  CHECK(has(got.err, remedy));
  CHECK(has(got.out, "documents read: 1\n"));
  CHECK(has(got.out, "refused: 1\n"));
}

// An archive with one opinion, and a second table to add.
void write_archive(const Workplace& work) {
  work.write("good.csv", kGood);
  work.write("more.csv", "nội dung;kỳ\nCầu treo ấp Tân Lợi đã mục;2026-03\n");
  REQUIRE(duluan("ingest a.duluan good.csv", work.path()).exit == 0);
}

// What is stored is still there: adding the same document again finds it.
void check_kept(const Workplace& work) {
  CHECK(has(duluan("ingest a.duluan good.csv", work.path()).out, "already stored: 1\n"));
}

// The program with its models where everybody may read them, in the layout of an installation: a checkout may lie
// below a folder that is closed to others.
void install(const fs::path& folder) {
  const fs::path source(DULUAN_SOURCE_DIR);
  const fs::path share = folder / "share" / "duluan";
  fs::create_directories(folder / "bin");
  fs::create_directories(share / "corpora");
  fs::copy_file(DULUAN_PROGRAM, folder / "bin" / "duluan");
  fs::copy(source / "models", share / "models");
  fs::copy_file(source / "corpora" / "taxonomy.tsv", share / "corpora" / "taxonomy.tsv");
  fs::copy(source / "corpora" / "places", share / "corpora" / "places");
}

// Runs the installed program as nobody when the tests run as the superuser, whom permissions do not bind.
Outcome unprivileged(const std::string& arguments, const Workplace& program, const Workplace& work) {
  const std::string as_nobody = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";
  const Workplace desk("unprivileged");
  return run_in(desk.path(), "cd '" + work.path().string() + "' && " + as_nobody + "'" + program.path().string() +
                                 "/bin/duluan' " + arguments);
}

const std::string kModels = std::string(DULUAN_SOURCE_DIR) + "/models/";

void flip_byte(const fs::path& path) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  const auto middle = static_cast<std::streamoff>(fs::file_size(path) / 2);
  file.seekg(middle);
  const char byte = static_cast<char>(file.get() ^ 0x10);
  file.seekp(middle);
  file.put(byte);
}

}  // namespace

TEST_CASE("bad input: a missing file") {
  const Workplace work("missing");
  work.write("good.txt", "Hoà bình\n");
  for (const char* command : {"segment", "normalize", "redact", "classify --format text", "read"}) {
    const Outcome got = duluan(std::string(command) + " none.txt good.txt", work.path());
    CAPTURE(command);
    CHECK(got.exit == 1);
    CHECK(has(got.err, "none.txt: cannot open: No such file or directory; check the path and its permissions\n"));
    CHECK(lines(duluan(std::string(command) + " good.txt", work.path()).out) == lines(got.out));
  }
  write_archive(work);
  const Outcome got = duluan("ingest a.duluan none.csv more.csv", work.path());
  CHECK(got.exit == 1);
  CHECK(has(got.out, "opinions: 1\n"));
  check_kept(work);
}

TEST_CASE("bad input: an empty file") { check_refused("empty.txt", "", "send it again"); }

TEST_CASE("bad input: a docx that is no zip") { check_refused("fake.docx", "chỉ là chữ", "save it"); }

TEST_CASE("bad input: a truncated docx") {
  const Workplace work("sample-docx");
  REQUIRE(std::system((std::string(DULUAN_SAMPLE) + " '" + DULUAN_SOURCE_DIR + "/corpora/sample/material' '" +
                       (work.path() / "r").string() + "' >/dev/null 2>&1")
                          .c_str()) == 0);
  for (const auto& entry : fs::recursive_directory_iterator(work.path() / "r")) {
    if (entry.path().extension() != ".docx") continue;
    const std::string whole = work.read(fs::relative(entry.path(), work.path()).string());
    check_refused("cut.docx", whole.substr(0, whole.size() / 2), "save it again as .docx");
    return;
  }
  FAIL("the sample has no docx");
}

TEST_CASE("bad input: bytes that are no text in the middle of a line") {
  const Outcome got = duluan_on("a.txt", "Bà con đề nghị sửa \xFF đường liên thôn sớm trước mùa mưa.\n",
                                "ingest a.duluan a.txt --period 2026-03");
  CHECK(got.exit == 0);
  CHECK(has(got.err, "a.txt: 1 byte sequences that are not text became U+FFFD"));
  CHECK(has(got.out, "opinions: 1\n"));
}

TEST_CASE("bad input: a line of 100 MB, in bounded memory") {
  struct Case {
    const char *file, *before, *after;
    long line;
  };
  constexpr std::array<Case, 3> kCases{{
      {"a.txt", "", "\nNước máy đục cả tuần nay, dân phải mua nước bình.\n", 1},
      {"a.csv", "mã;nội dung\n1;", "\n2;Nước máy đục cả tuần nay\n", 2},
      {"a.jsonl", R"({"id":1,"text":")", "\"}\n{\"id\":2,\"text\":\"Nước máy đục cả tuần nay\"}\n", 1},
  }};
#ifdef __SANITIZE_ADDRESS__
  constexpr long kMuch = 1L << 40;  // the sanitizer keeps what was freed
#else
  constexpr long kMuch = 80L << 20;  // bytes; the longest line is 16 MB, the models take 11 MB
#endif
  for (const Case& c : kCases) {
    CAPTURE(c.file);
    const Workplace work("long");
    work.write(c.file, c.before + std::string(100U << 20, 'x') + c.after);
    const std::string file = c.file;
    const Outcome read = duluan("read " + file, work.path());
    CHECK(read.exit == 0);
    CHECK(has(read.err, file + ":" + std::to_string(c.line) + ": the line is longer than 16 MB"));
    CHECK(lines(read.out) == 1);
    const std::string format = file == "a.txt" ? "text" : file.substr(2);
    const Outcome classified =
        duluan(std::string("classify --format ").append(format).append(" ").append(file), work.path());
    CHECK(classified.exit == 0);
    CHECK(lines(classified.out) == 2);
    CHECK(has(classified.out, "\"error\":\"the line is longer than 16 MB\""));
    CHECK(has(classified.out, "utilities"));
    CHECK(classified.peak_memory < kMuch);
    const Outcome segmented = duluan("segment " + file, work.path());
    CHECK(lines(segmented.out) == c.line + 1);
    CHECK(has(segmented.out, "đục cả tuần nay"));
    CHECK(segmented.peak_memory < kMuch);
  }
}

TEST_CASE("bad input: a row with a wrong number of columns") {
  const Outcome got =
      duluan_on("a.csv", "nội dung;kỳ\nthừa;cột;này\nNước máy đục cả tuần nay;2026-03\n", "ingest a.duluan a.csv");
  CHECK(got.exit == 0);
  CHECK(has(got.err, "a.csv:2: 3 columns, the header has 2; left out"));
  CHECK(has(got.out, "opinions: 1\n"));
  CHECK(has(got.out, "records left out: 1\n"));
}

TEST_CASE("bad input: a read-only archive") {
  const Workplace work("read-only");
  write_archive(work);
  const Workplace program("installed");
  install(program.path());
  const fs::perms may_read = fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;
  fs::permissions(work.path() / "a.duluan", may_read);
  fs::permissions(work.path(), fs::perms::all);
  const std::string before = work.read("a.duluan");
  for (const char* command : {"ingest a.duluan more.csv", "purge a.duluan --source good.csv"}) {
    const Outcome got = unprivileged(command, program, work);
    CAPTURE(got.err);
    CHECK(got.exit == 1);
    CHECK(has(got.err, "a.duluan: the archive is read-only; open it for writing, or work on a copy\n"));
  }
  CHECK(unprivileged("concerns a.duluan", program, work).exit == 0);
  CHECK(work.read("a.duluan") == before);

  // The same in a read-only folder, where the file itself could be written.
  fs::permissions(work.path() / "a.duluan", may_read | fs::perms::owner_write | fs::perms::others_write);
  fs::permissions(work.path(), may_read | fs::perms::owner_exec | fs::perms::others_exec);
  const Outcome got = unprivileged("ingest a.duluan more.csv", program, work);
  CAPTURE(got.err);
  CHECK(got.exit == 1);
  CHECK(has(got.err, "a.duluan: the archive is read-only"));
  fs::permissions(work.path(), fs::perms::owner_all);
  CHECK(work.read("a.duluan") == before);
  check_kept(work);
}

TEST_CASE("bad input: who read an archive that was read-only may write it when it is no longer") {
  const Workplace work("reader-writer");
  write_archive(work);
  const Workplace program("installed");
  install(program.path());
  fs::permissions(work.path(), fs::perms::all);
  for (const auto& file : fs::directory_iterator(work.path())) fs::permissions(file.path(), fs::perms::all);
  const fs::path archive = work.path() / "a.duluan";
  const auto files = [&work] { return std::distance(fs::directory_iterator(work.path()), fs::directory_iterator()); };
  const auto before = files();
  const fs::perms may_read = fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;
  fs::permissions(archive, may_read);
  CHECK(unprivileged("concerns a.duluan", program, work).exit == 0);
  CHECK(files() == before);
  fs::permissions(archive, may_read | fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write);
  CHECK(unprivileged("concerns a.duluan", program, work).exit == 0);
  CHECK(files() == before);
  const Outcome got = unprivileged("ingest a.duluan more.csv", program, work);
  CAPTURE(got.err);
  CHECK(got.exit == 0);
  CHECK(has(got.out, "opinions: 1\n"));
  check_kept(work);
}

TEST_CASE("bad input: an archive of a newer version") {
  const Workplace work("newer");
  write_archive(work);
  {
    // Where SQLite keeps the version a program gives its file (user_version, big-endian).
    std::fstream file(work.path() / "a.duluan", std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(60);
    file.write("\0\0\0\x63", 4);
  }
  const std::string before = work.read("a.duluan");
  for (const char* command : {"ingest a.duluan more.csv", "concerns a.duluan", "purge a.duluan --source good.csv"}) {
    const Outcome got = duluan(command, work.path());
    CHECK(got.exit == 1);
    CHECK(has(got.err, "a.duluan: the archive has format 99"));
    CHECK(has(got.err, "update duluan"));
  }
  CHECK(work.read("a.duluan") == before);
}

TEST_CASE("bad input: a file that is no archive") {
  const Workplace work("none");
  write_archive(work);
  for (const char* command :
       {"ingest good.csv more.csv", "concerns good.csv", "brief good.csv --period 2026-03 -o b.html"}) {
    const Outcome got = duluan(command, work.path());
    CHECK(got.exit == 1);
    CHECK(has(got.err, "good.csv: the file is not an archive"));
    CHECK(has(got.err, "name another file"));
  }
  CHECK(work.read("good.csv") == kGood);
}

TEST_CASE("bad input: a truncated and a bit-flipped model") {
  const Workplace work("models");
  write_archive(work);
  for (const std::string name : {"words.model", "topics.model"}) {
    const std::string command = name == "words.model" ? "segment" : "classify";
    for (const bool cut : {true, false}) {
      fs::copy_file(kModels + name, work.path() / name, fs::copy_options::overwrite_existing);
      if (cut) fs::resize_file(work.path() / name, fs::file_size(work.path() / name) / 2);
      else flip_byte(work.path() / name);
      const Outcome got =
          duluan(std::string(command).append(" --model ").append(name).append(" good.csv"), work.path());
      CAPTURE(got.err);
      CHECK(got.exit == 1);
      CHECK(got.out.empty());
      CHECK(lines(got.err) == 1);
      CHECK(got.err.starts_with("duluan: " + name + ": "));
      CHECK(has(got.err, "retrain"));
    }
  }
  CHECK(duluan("ingest a.duluan more.csv --model topics.model", work.path()).exit == 1);
  check_kept(work);
}

TEST_CASE("bad input: a disk without space") {
  const Workplace work("full");
  write_archive(work);
  for (const char* command : {"read good.csv", "segment good.csv", "normalize good.csv", "redact good.csv",
                              "classify good.csv", "concerns a.duluan", "ingest a.duluan more.csv"}) {
    const Outcome got = duluan(std::string(command) + " > /dev/full", work.path());
    CAPTURE(command);
    CHECK(got.exit == 1);
    CHECK(has(got.err, "standard output: cannot write: No space left on device; free some space or write elsewhere\n"));
  }
  fs::create_symlink("/dev/full", work.path() / "b.html");
  const Outcome got = duluan("brief a.duluan --period 2026-03 -o b.html", work.path());
  CHECK(got.exit == 1);
  CHECK(has(got.err, "b.html: cannot write"));
  check_kept(work);
}
