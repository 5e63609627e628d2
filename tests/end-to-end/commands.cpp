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

TEST_CASE("classify reads text, tables with and without a header, JSON lines, in input order") {
  const std::string health = "Bệnh viện huyện thiếu thuốc, bệnh nhân phải ra ngoài mua.";
  struct Case {
    const char *format, *content, *ids;
  };
  const Case cases[] = {
      {"text", "T\r\n\nT\n", "1 3 "},
      {"jsonl", "{\"id\":\"a\",\"text\":\"T\",\"x\":[1]}\n{\"text\":\"T\"}\n", "\"a\" 2 "},
      {"csv", "\xEF\xBB\xBFmã,nội dung,ghi chú\r\n7,\"T\",\r\n8,\"T\nhai dòng\",x\r\n9,\"T, \"\"gấp\"\"\",",
       "\"7\" \"8\" \"9\" "},
      {"csv", "a;\"T\"\nb;\"T; T\"\n", "\"a\" \"b\" "},
      {"csv", "\"T\"\n", "1 "},
      {"tsv", "id\ttext\nn\tT \"gấp\"\n", "\"n\" "},
      {"tsv", "n\tT\n", "\"n\" "},
  };
  for (const Case& c : cases) {
    std::string content;
    for (const char* at = c.content; *at != '\0'; ++at) content += *at == 'T' ? health : std::string(1, *at);
    const Outcome got = duluan_on("in", content, std::string("classify --format ") + c.format + " in");
    CAPTURE(got.out);
    CAPTURE(got.err);
    CHECK(got.exit == 0);
    std::string ids;
    std::size_t at = 0;
    for (; (at = got.out.find("{\"id\":", at)) != std::string::npos; ++at) {
      ids += got.out.substr(at + 6, got.out.find(",\"topics\"", at) - at - 6) + " ";
      CHECK(got.out.find("\"main\":\"health\"", at) < got.out.find('\n', at));
    }
    CHECK(ids == c.ids);
    CHECK(got.err.find("; 0 could not be read\n") != std::string::npos);
  }
}

TEST_CASE(
    "classify: bad rows carry their error and do not swallow the next, and a table without a text column is refused") {
  const Outcome got = duluan_on("a.csv", "mã;nội dung\n1;thừa;cột\n2;\"quên đóng\n3;Nước máy đục cả tuần nay\n",
                                "classify --format csv a.csv");
  CHECK(got.exit == 0);
  CHECK(got.out.find("{\"id\":2,\"error\":\"3 columns, the table has 2\"}\n{\"id\":3,\"error\":\"a quote is not "
                     "closed\"}\n{\"id\":\"3\",\"topics\":[{\"topic\":\"utilities\"") == 0);
  CHECK(got.err.find("a.csv:2: ") != std::string::npos);
  CHECK(got.err.find("1 records classified, of 0 the topic is too unsure to say; 2 could not be read") !=
        std::string::npos);
  const Outcome none = duluan_on("a.csv", "tên;tuổi;quê\nx;1;y\n", "classify --format csv a.csv");
  CHECK(none.exit == 1);
  CHECK(none.out.empty());
  CHECK(none.err.find("a.csv: no column with the text") != std::string::npos);
}

TEST_CASE("classify --explain gives the words' bytes in the text") {
  const std::string text = "Bệnh viện huyện thiếu thuốc";
  const Outcome got = duluan_on("a.txt", text + "\n", "classify --format text --explain a.txt");
  CHECK(got.exit == 0);
  CHECK(got.out.find("\"evidence\":[{\"topic\":\"health\",\"score\":") != std::string::npos);
  CHECK(got.out.find("\"bias\":") != std::string::npos);
  const std::string first =
      "{\"begin\":0,\"end\":" + std::to_string(std::string("Bệnh viện").size()) + ",\"word\":\"Bệnh viện\",\"weight\":";
  CHECK(got.out.find(first) != std::string::npos);
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

TEST_CASE("a period or a rate that is none is wrong usage, said in one line") {
  const Workplace work("options");
  for (const char* call : {"concerns a.duluan --period zz", "concerns a.duluan --from zz", "concerns a.duluan --fdr 3",
                           "brief a.duluan --period 13/2026 -o x.html"}) {
    const Outcome got = duluan(call, work.path());
    CHECK_MESSAGE(got.exit == 2, call);
    CHECK_MESSAGE(std::count(got.err.begin(), got.err.end(), '\n') == 1, call);
  }
  const Outcome unknown = duluan("nosuch", work.path());
  CHECK(unknown.exit == 2);
  CHECK(unknown.err.find("nosuch") != std::string::npos);
  CHECK(duluan("--help", work.path()).out.find("One of: words, ") != std::string::npos);
}
