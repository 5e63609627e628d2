// classify over many records: order, threads, packed files, bad records, memory, progress.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "program.hpp"

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

long lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

const char* const kTexts[] = {"Bệnh viện huyện thiếu thuốc, bệnh nhân phải ra ngoài mua.", "Nước máy đục cả tuần nay.",
                              "Đường liên xã nhiều ổ gà, xe máy ngã liên tục.", "Học phí tăng gấp đôi, phụ huynh lo."};

// Records from number `first`; every 97th is a bad one.
std::string records(int first, int count) {
  std::string out;
  for (int i = first; i < first + count; ++i) {
    if (i % 97 == 50) out += i % 2 == 0 ? "{\"id\":1,\"text\":\"b\xFF\"}\n" : "{\"id\": 1, \"noi\": \"x\"}\n";
    else
      out += "{\"id\":" + std::to_string(i) + ",\"text\":\"" + kTexts[i % 4] + " Ý kiến " + std::to_string(i) + "\"}\n";
  }
  return out;
}

}  // namespace

TEST_CASE("classify: threads change neither output nor messages, and files together are the files one by one") {
  const Workplace work("batch-threads");
  work.write("a.jsonl", records(0, 9000));  // several blocks
  work.write("b.jsonl", records(9000, 300));
  work.write("c.txt", "Nước máy đục cả tuần nay.\n\nhết");
  const Outcome one = duluan("classify --threads 1 a.jsonl b.jsonl c.txt", work.path());
  for (const char* threads : {"2", "5"}) {
    const Outcome more = duluan(std::string("classify a.jsonl b.jsonl c.txt --threads ") + threads, work.path());
    CHECK(more.exit == 0);
    CHECK((more.out == one.out));
    CHECK((more.err == one.err));
  }
  CHECK(lines(one.out) == 9302);
  std::string apart;
  for (const char* file : {"a.jsonl", "b.jsonl", "c.txt"})
    apart += duluan(std::string("classify ") + file, work.path()).out;
  CHECK((apart == one.out));
  // The ids come back in the order of the records.
  std::size_t at = 0;
  for (int i = 0; i < 9300; ++i) {
    if (i % 97 == 50) continue;
    at = one.out.find("{\"id\":" + std::to_string(i) + ",\"topics\"", at);
    REQUIRE(at != std::string::npos);
  }
  CHECK(duluan("classify --threads 0 c.txt", work.path()).exit == 2);
}

TEST_CASE("classify: packed files and streams are unpacked, damaged ones are told") {
  const Workplace work("batch-packed");
  work.write("a.jsonl", records(0, 3000));
  REQUIRE(run_in(work.path(),
                 "gzip -k a.jsonl && zstd -q a.jsonl && cat a.jsonl.gz a.jsonl.gz > twice.gz && "
                 "head -c 2000 a.jsonl.gz > cut.gz && head -c 2000 a.jsonl.zst > cut.zst")
              .exit == 0);
  const Outcome plain = duluan("classify a.jsonl", work.path());
  REQUIRE(lines(plain.out) == 3000);
  for (const char* line :
       {"classify a.jsonl.gz", "classify a.jsonl.zst", "classify < a.jsonl.gz", "classify - < a.jsonl"})
    CHECK((duluan(line, work.path()).out == plain.out));
  CHECK(lines(duluan("classify twice.gz", work.path()).out) == 6000);
  CHECK(duluan("segment a.jsonl.gz", work.path()).out == duluan("segment a.jsonl", work.path()).out);
  for (const std::string file : {"cut.gz", "cut.zst"}) {
    const Outcome cut = duluan("classify " + file + " a.jsonl", work.path());
    CAPTURE(cut.err);
    CHECK(cut.exit == 1);
    CHECK(has(cut.err, "duluan: " + file + ": cannot unpack: "));
    CHECK(lines(cut.out) >= 3000);
    CHECK(cut.out.ends_with(plain.out));
  }
}

TEST_CASE("classify: bad records are told with file, line and reason, counted by reason, and carried") {
  const Outcome got = duluan_on(
      "a.jsonl",
      "{\"id\":\"ổn\",\"text\":\"Nước máy đục.\"}\n[1]\n{\"text\":\n{\"id\":1}\n{\"text\":7}\n{\"text\":\"a\xC3\"}\n"
      "{\"id\":99999999999999999999999,\"text\":\"x\"}\n{\"id\":18446744073709551615,\"text\":\"x\"}\n"
      "{\"id\":-2.5,\"text\":\"x\"}\n{\"id\":null,\"text\":\"x\"}\n{\"text\":\"\\ud800\"}\n{\"id\":\"\\u0001\\\"\\n\","
      "\"text\":\"x\"} \n",
      "classify a.jsonl");
  CHECK(got.exit == 0);
  CHECK(lines(got.out) == 12);
  CHECK(got.out.starts_with("{\"id\":\"ổn\",\"topics\":[{\"topic\":\"utilities\""));
  for (const char* part :
       {"a.jsonl:2: no JSON object;", "a.jsonl:3: no JSON;", "a.jsonl:4: no field \"text\" that is a string;",
        "a.jsonl:5: no field", "a.jsonl:6: not UTF-8; byte 11 is the first that is wrong", "a.jsonl:7: a number",
        "a.jsonl:11: no JSON;", "7 could not be read\n", "duluan: 2: no field \"text\" that is a string\n",
        "duluan: 1: not UTF-8\n"}) {
    CAPTURE(part);
    CHECK(has(got.err, part));
  }
  for (const char* part :
       {"{\"id\":2,\"error\":\"no JSON object\"}\n", "{\"id\":18446744073709551615,\"topics\"",
        "{\"id\":-2.5,\"topics\"", "{\"id\":null,\"topics\"", "{\"id\":\"\\u0001\\\"\\n\",\"topics\""}) {
    CAPTURE(part);
    CHECK(has(got.out, part));
  }
  // Only so many are told one by one.
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "{\n";
  const Outcome flood = duluan_on("a.jsonl", many, "classify --format jsonl a.jsonl");
  CHECK(lines(flood.out) == 1000);
  CHECK(lines(flood.err) < 110);
  CHECK(has(flood.err, "duluan: 1000: no JSON\n"));
}

TEST_CASE("classify: the field and the column of the text can be named, and tables are known by their name") {
  const std::string json = "{\"ma\":5,\"y\":\"Nước máy đục cả tuần nay.\",\"text\":\"Học phí tăng.\"}\n";
  CHECK(duluan_on("a.jsonl", json, "classify --id ma --text y a.jsonl")
            .out.starts_with("{\"id\":5,\"topics\":[{\"topic\":\"utilities\""));
  const std::string csv = "số;Ý kiến gốc;text\n5;\"Nước máy đục; cả tuần nay.\";Học phí tăng.\n";
  CHECK(duluan_on("a.csv", csv, "classify --id số --text 'Ý kiến gốc' a.csv")
            .out.starts_with("{\"id\":\"5\",\"topics\":[{\"topic\":\"utilities\""));
  CHECK(duluan_on("a.csv", csv, "classify a.csv").out.starts_with("{\"id\":1,") == false);
  const Outcome none = duluan_on("a.csv", csv, "classify --text không a.csv");
  CHECK(none.exit == 1);
  CHECK(has(none.err, "no column with the text"));
}

#ifndef __SANITIZE_ADDRESS__
TEST_CASE("classify: memory does not grow with the input") {
  const Workplace work("batch-memory");
  work.write("small.txt", "x\n");
  std::string many;
  for (int i = 0; i < 100'000; ++i)
    many += "{\"id\":" + std::to_string(i) + ",\"text\":\"\",\"more\":\"" + std::string(300, 'x') + "\"}\n";
  work.write("large.jsonl", many);
  const Outcome small = duluan("classify --threads 2 small.txt", work.path());
  const Outcome large = duluan("classify --threads 2 large.jsonl", work.path());
  CHECK(lines(large.out) == 100'000);
  CHECK(large.peak_memory - small.peak_memory < 16L << 20);
}
#endif

TEST_CASE("classify: progress goes to a terminal alone") {
  const Workplace work("batch-progress");
  work.write("a.jsonl", records(0, 20'000));
  CHECK_FALSE(has(duluan("classify a.jsonl", work.path()).err, "\r"));
  if (run_in(work.path(), "command -v script").exit != 0) {
    MESSAGE("left out: no `script` to make a terminal");
    return;
  }
  const Outcome got =
      run_in(work.path(), "script -qec '" DULUAN_PROGRAM " classify a.jsonl >out.jsonl' /dev/null </dev/null");
  CHECK(got.exit == 0);
  CHECK(has(got.out, " records, "));
  CHECK(has(got.out, " %, "));
  CHECK(lines(work.read("out.jsonl")) == 20'000);
}
