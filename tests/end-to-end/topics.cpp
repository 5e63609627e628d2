// train topics and evaluate topics through the program.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "program.hpp"

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string kOpinions = DULUAN_SOURCE_DIR "/corpora/opinions/e.tsv";

}  // namespace

TEST_CASE(
    "evaluate topics: tables, JSON and a picture tell the same, and folded and excluded are taken at their word") {
  const Workplace work("evaluate");
  const std::string line = "evaluate topics '" + kOpinions + "' ";
  const Outcome tables = duluan(line + "--svg a.svg --threads 1", work.path());
  CHECK(tables.exit == 0);
  for (const char* part : {"opinions 624, ", "sets: micro precision", "expected calibration error", "\neconomy ",
                           "0.9 to 1.0", "\n      80 % |      499 ", "main topic taken for another"}) {
    CAPTURE(part);
    CHECK(has(tables.out, part));
  }
  const std::string svg = work.read("a.svg");
  CHECK(svg.starts_with("<svg xmlns="));
  for (const char* part : {"<title id=\"title\">Đánh giá mô hình chủ đề</title>", "<desc id=\"desc\">",
                           "prefers-color-scheme:dark", "role=\"img\"", "lang=\"vi\"", "</svg>\n"}) {
    CAPTURE(part);
    CHECK(has(svg, part));
  }
  CHECK_FALSE(has(svg, "nan"));
  const Outcome json = duluan(line + "--json --threads 2 --svg b.svg --lang en", work.path());
  CHECK(json.exit == 0);
  CHECK(json.out.starts_with("{\"opinions\":624,"));
  CHECK(has(json.out, "\"coverage\":[{\"coverage\":1,\"count\":624,"));
  CHECK(has(work.read("b.svg"), "Evaluation of a topic model"));

  work.write("ids", "e-0001\ne-0002\nkhông có\n");
  CHECK(has(duluan(line + "--exclude ids", work.path()).out, "opinions 622, "));
  CHECK(duluan(line + "--folded", work.path()).out != tables.out);
  CHECK(duluan(line + "--exclude none", work.path()).exit == 1);
  CHECK(duluan(line + "--svg /nonexistent/a.svg", work.path()).exit == 1);
  CHECK(duluan(line + "--lang fr", work.path()).exit == 2);
}

TEST_CASE("evaluate topics reads label and text, and JSON lines, and names the line of a bad one") {
  const Workplace work("evaluate-forms");
  work.write("a.tsv", "health\tBệnh viện huyện thiếu thuốc\nutilities,environment\tNước máy đục cả tuần nay\n");
  work.write(
      "a.jsonl",
      "{\"text\":\"Bệnh viện huyện thiếu thuốc\",\"label\":\"health\"}\n"
      "{\"id\":7,\"text\":\"Nước máy đục cả tuần nay\",\"topics\":[{\"topic\":\"utilities\"},\"environment\"]}\n");
  const Outcome tsv = duluan("evaluate topics a.tsv", work.path());
  CHECK(tsv.exit == 0);
  CHECK(has(tsv.out, "opinions 2, "));
  CHECK(tsv.out == duluan("evaluate topics a.jsonl", work.path()).out);
  struct Case {
    const char *file, *content, *message;
  };
  for (const Case& c : {Case{"b.tsv", "health\tx\nsport\ty\n", "b.tsv:2: \"sport\" is no topic of the taxonomy"},
                        Case{"b.tsv", "health\n", "b.tsv:1: "}, Case{"b.jsonl", "{\"text\":\"x\"}\n", "b.jsonl:1: "},
                        Case{"b.jsonl", "{\"text\":\"x\",\"label\":\"health\"}\nx\n", "b.jsonl:2: no JSON"}}) {
    work.write(c.file, c.content);
    const Outcome got = duluan(std::string("evaluate topics ") + c.file, work.path());
    CAPTURE(c.content);
    CHECK(got.exit == 1);
    CHECK(got.out.empty());
    CHECK(got.err.starts_with(std::string("duluan: ") + c.message));
  }
}

TEST_CASE("train topics takes labels of any kind, packed and in three columns") {
  const Workplace work("train-any");
  std::string tsv;
  for (int i = 0; i < 24; ++i)
    tsv += std::string(i % 2 == 0 ? "Y tế\ta" : "Đường sá\tb") + std::to_string(i) +
           (i % 2 == 0 ? "\tBệnh viện hết thuốc\\nBác sĩ vắng " : "\tĐường nhiều ổ gà, kẹt xe ") + std::to_string(i) +
           "\n";
  work.write("a.tsv", tsv);
  REQUIRE(run_in(work.path(), "zstd -q a.tsv").exit == 0);
  CHECK(duluan("train topics --input a.tsv --output 1.model", work.path()).exit == 0);
  CHECK(duluan("train topics --input a.tsv.zst --columns label,id,text --output 2.model", work.path()).exit == 0);
  CHECK((work.read("1.model") == work.read("2.model")));
  work.write("b.txt", "Bác sĩ bệnh viện cho thuốc\n");
  CHECK(has(duluan("classify --model 1.model b.txt", work.path()).out, "\"main\":\"Y tế\""));
  CHECK(has(duluan("evaluate topics a.tsv --model 1.model", work.path()).out, "opinions 24, "));
  work.write("bad.tsv", "Y tế\tổn\nY tế\n");
  const Outcome bad = duluan("train topics --input a.tsv bad.tsv --output 3.model", work.path());
  CHECK(bad.exit == 1);
  CHECK(bad.err.starts_with("duluan: bad.tsv:2: "));
  CHECK_FALSE(std::filesystem::exists(work.path() / "3.model"));
}

TEST_CASE("train topics --add: a topic of this morning from ten examples") {
  const Workplace work("few-shot");
  const std::string folder = DULUAN_SOURCE_DIR "/tests/golden/few_shot/";
  const std::string line =
      "train topics --add 'nước nhiễm mặn' --description 'nước sinh hoạt, nước tưới bị mặn; xâm nhập mặn; ngăn mặn, "
      "trữ "
      "nước ngọt' --output mine.model --examples '" +
      folder;
  const Outcome got = duluan(line + "salt_examples.txt'", work.path());
  CAPTURE(got.err);
  REQUIRE(got.exit == 0);
  CHECK(got.err.starts_with("duluan: wrote mine.model\n"));
  CHECK(has(got.err, " of 10 examples are recognised when left out; "));
  CHECK(has(got.err, "background texts look like the topic"));
  REQUIRE(run_in(work.path(), "grep ^yes '" + folder + "salt_gold.tsv' | cut -f2 >yes.txt; grep ^no '" + folder +
                                  "salt_gold.tsv' | cut -f2 >no.txt")
              .exit == 0);
  const auto found = [&](const char* file) {
    const std::string out = duluan(std::string("classify --model mine.model ") + file, work.path()).out;
    int count = 0;
    for (std::size_t at = 0; (at = out.find("{\"topic\":\"nước nhiễm mặn\"", at)) != std::string::npos; ++at) ++count;
    return count;
  };
  CHECK(found("yes.txt") >= 5);  // of 8
  CHECK(found("no.txt") <= 2);   // of 16, some of them about salt, others about water
  CHECK(has(duluan("classify --explain --model mine.model yes.txt", work.path()).out, "\"word\":\"mặn\""));

  work.write("few.txt", "Nước mặn quá.\n");
  const Outcome few = duluan("train topics --add x --examples few.txt --output 2.model", work.path());
  CHECK(few.exit == 1);
  CHECK(has(few.err, "only 1 examples; give 5 to twenty"));
  CHECK(duluan("train topics --add x --output 2.model", work.path()).exit == 2);
  CHECK(duluan("train topics --output 2.model", work.path()).exit == 2);
  CHECK(duluan(line + "none.txt'", work.path()).exit == 1);
  CHECK(duluan(line + "salt_examples.txt' --share 2", work.path()).exit == 2);
}
