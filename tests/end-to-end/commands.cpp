#include <doctest/doctest.h>

#include <algorithm>

#include "program.hpp"

TEST_CASE("wrong usage is told apart from failure") {
  const Workplace work("usage");
  CHECK(duluan("", work.path()).exit == 2);
  CHECK(duluan("nosuch", work.path()).exit == 2);
  CHECK(duluan("detect --alpha 7 x.csv", work.path()).exit == 2);
  CHECK(duluan("--version", work.path()).out.starts_with("duluan 0."));
  CHECK(duluan("segment --help", work.path()).exit == 0);
  const Outcome missing = duluan("segment none.txt", work.path());
  CHECK(missing.exit == 1);
  CHECK(missing.err.find("none.txt") != std::string::npos);
}

TEST_CASE("segment: as many lines out as in, bad bytes are named and kept") {
  const Outcome got = duluan_on("a.txt", "Nhân dân phấn khởi.\n\nxin \xFF chào\nhết", "segment a.txt");
  CHECK(got.exit == 0);
  CHECK(std::count(got.out.begin(), got.out.end(), '\n') == 4);
  CHECK(got.out.find("Nhân_dân phấn_khởi .") == 0);
  CHECK(got.out.find('\xFF') != std::string::npos);
  CHECK(got.err.find("line 3, byte 4") != std::string::npos);
}

TEST_CASE("a truncated model is refused with the remedy") {
  const Workplace work("model");
  std::filesystem::copy_file(std::string(DULUAN_SOURCE_DIR) + "/models/words.model", work.path() / "words.model");
  std::filesystem::resize_file(work.path() / "words.model", 5000);
  work.write("a.txt", "xin chào");
  const Outcome got = duluan("segment --model words.model a.txt", work.path());
  CHECK(got.exit == 1);
  CHECK(got.out.empty());
  CHECK(got.err.find("retrain") != std::string::npos);
}

TEST_CASE("normalize and redact work as filters") {
  const std::string text = "Hoà bình, thuỷ lợi\nGọi 0912345678\n";
  CHECK(duluan_on("a.txt", text, "normalize a.txt").out == "Hòa bình, thủy lợi\nGọi 0912345678\n");
  CHECK(duluan_on("a.txt", text, "redact < a.txt").out == "Hoà bình, thuỷ lợi\nGọi [PHONE]\n");
}

TEST_CASE("classify answers every record in order, a bad one carries its error") {
  const Outcome got = duluan_on("a.jsonl",
                                "{\"id\":\"x\",\"text\":\"Bệnh viện huyện thiếu thuốc, bệnh nhân phải ra ngoài "
                                "mua.\"}\nkhông phải json\n{\"id\":3,\"text\":\"\"}\n",
                                "classify a.jsonl");
  CHECK(got.exit == 0);
  CHECK(std::count(got.out.begin(), got.out.end(), '\n') == 3);
  CHECK(got.out.find("{\"id\":\"x\",\"topics\":[{\"topic\":\"health\"") == 0);
  CHECK(got.out.find("\"error\":") != std::string::npos);
  CHECK(got.out.find("{\"id\":3,\"topics\":[],\"main\":null,\"abstained\":true}") != std::string::npos);
}

TEST_CASE("detect: bad rows are skipped by line, good ones judged") {
  const Outcome got = duluan_on("s.csv",
                                "series_id,suite,freq,n,eval_from,counts,exposure\n"
                                "a,t,12,12,12,3;2;4;3;2;3;4;2;3;2;3;40,\n"
                                "b,t,12,3,2,1;x;2,\n",
                                "detect s.csv");
  CHECK(got.exit == 0);
  CHECK(got.out.find("\na,duluan,1,") != std::string::npos);
  CHECK(got.err.find("s.csv:3") != std::string::npos);
}

TEST_CASE("a batch goes on past documents that cannot be read") {
  const Workplace work("batch");
  work.write("in/empty.txt", "");
  work.write("in/fake.docx", "not a zip");
  work.write("in/broken.txt", "Bà con đề nghị sửa \xFF đường liên thôn sớm trước mùa mưa.\n");
  work.write("in/wrong.csv", "nội dung;kỳ\nNước máy đục cả tuần nay;2026-03\nthừa;cột;này\n");
  work.write("in/old.doc", "\xD0\xCF\x11\xE0");
  const Outcome got = duluan("ingest a.duluan in none.txt --period 2026-03", work.path());
  CHECK(got.exit == 1);
  for (const char* name : {"empty.txt", "fake.docx", "wrong.csv:3", "old.doc", "none.txt"})
    CHECK_MESSAGE(got.err.find(name) != std::string::npos, name << " is not named in: " << got.err);
  CHECK(got.out.find("documents read: 2\n") != std::string::npos);
  CHECK(got.out.find("refused: 4\n") != std::string::npos);
  CHECK(got.out.find("opinions: 2\n") != std::string::npos);
  const Outcome again = duluan("ingest a.duluan in/wrong.csv", work.path());
  CHECK(again.exit == 0);
  CHECK(again.out.find("already stored: 1\n") != std::string::npos);
}

TEST_CASE("personal data never reaches the archive, purge removes a source") {
  const Workplace work("purge");
  work.write("p.csv", "nội dung;kỳ\nÔng Nguyễn Văn Bình gọi 0912345678 phản ánh nước máy đục;2026-03\n");
  REQUIRE(duluan("ingest a.duluan p.csv", work.path()).exit == 0);
  for (const auto& file : std::filesystem::directory_iterator(work.path())) {
    if (file.path().filename().string().rfind("a.duluan", 0) != 0) continue;
    const std::string stored = work.read(file.path().filename().string());
    CHECK(stored.find("0912345678") == std::string::npos);
    CHECK(stored.find("Văn Bình") == std::string::npos);
  }
  CHECK(duluan("purge a.duluan --source p.csv", work.path()).out == "opinions removed: 1\n");
  CHECK(duluan("purge a.duluan --source p.csv", work.path()).exit == 1);
}
