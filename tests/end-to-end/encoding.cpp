// Encodings through the program, on files as they lie about: by iconv where it knows the encoding.
#include <doctest/doctest.h>
#include <iconv.h>

#include <string>
#include <vector>

#include "program.hpp"

namespace {

const std::string kText = "Bà con đề nghị sửa đường liên xã.\nNước máy đục cả tuần nay.\n";

std::string by_iconv(const char* charset, std::string text) {
  iconv_t converter = iconv_open(charset, "UTF-8");
  REQUIRE(converter != reinterpret_cast<iconv_t>(-1));
  std::string out(text.size() * 4, '\0');
  char* from = text.data();
  char* to = out.data();
  std::size_t from_left = text.size();
  std::size_t to_left = out.size();
  REQUIRE(iconv(converter, &from, &from_left, &to, &to_left) != static_cast<std::size_t>(-1));
  iconv_close(converter);
  out.resize(out.size() - to_left);
  return out;
}

struct File {
  const char* option;
  const char* said;
  std::string bytes;
};

const std::string kVni =
    "Ba\xF8 con \xF1"
    "e\xE0 ngh\xF2 s\xF6\xFB"
    "a \xF1\xF6\xF4\xF8ng lie\xE2n xa\xF5.\n"
    "N\xF6\xF4\xF9"
    "c ma\xF9y \xF1u\xEF"
    "c ca\xFB tua\xE0n nay.\n";

std::vector<File> files() {
  return {{"tcvn3", "TCVN3", by_iconv("TCVN5712-1", kText)},
          {"viscii", "VISCII", by_iconv("VISCII", kText)},
          {"cp1258", "Windows-1258", by_iconv("CP1258", kText)},
          {"utf-16", "UTF-16", by_iconv("UTF-16LE", kText)},
          {"vni", "VNI", kVni},
          {"viqr", "VIQR", "Ba` con dde^` nghi. su+?a ddu+o+`ng lie^n xa~.\nNu+o+'c ma'y ddu.c ca? tua^`n nay.\n"},
          {"vps", "VPS",
           "B\xE0 con \xC7\x8A ngh\xCE s\xBA"
           "a \xC7\xDC\xA9ng li\xEAn x\xE3.\nN\xDC\xA7"
           "c m\xE1y \xC7\xF8"
           "c c\xE4 tu\xC0n nay.\n"}};
}

}  // namespace

TEST_CASE("normalize recognises the encoding, or takes the one named") {
  const Workplace work("encodings");
  for (const File& file : files()) {
    CAPTURE(file.option);
    work.write("in.txt", file.bytes);
    const Outcome found = duluan("normalize in.txt", work.path());
    CHECK(found.out == kText);
    CHECK(found.err.find(std::string("in.txt: read as ") + file.said) != std::string::npos);
    const Outcome named = duluan(std::string("normalize --encoding ") + file.option + " in.txt", work.path());
    CHECK(named.out == kText);
    CHECK(named.err.empty());
  }
  work.write("clean.txt", kText);
  CHECK(duluan("normalize clean.txt", work.path()).err.empty());
  work.write("capitals.txt", "c\xE9ng ho\xB5");
  CHECK(duluan("normalize --tone keep --encoding tcvn3-capitals capitals.txt", work.path()).out == "CỘNG HOÀ");
}

TEST_CASE("reports in legacy encodings are read, with their places in the file") {
  const Workplace work("legacy");
  const std::string bytes = by_iconv("TCVN5712-1", kText);
  work.write("a.txt", bytes);
  const Outcome read = duluan("read a.txt", work.path());
  CHECK(read.out.find("Nước máy đục cả tuần nay") != std::string::npos);
  CHECK(read.err.find("a.txt: read as TCVN3") != std::string::npos);
  const std::size_t second = bytes.find('\n') + 1;
  CHECK(read.out.find("\"bytes\":[" + std::to_string(second) + "," + std::to_string(bytes.size() - 1) + "]") !=
        std::string::npos);
  work.write("b.csv", by_iconv("VISCII", "nội dung;kỳ\nNước máy đục cả tuần nay;2026-03\n"));
  CHECK(duluan("read b.csv", work.path()).out.find("\"text\":\"Nước máy đục cả tuần nay\"") != std::string::npos);
  work.write("c.jsonl", by_iconv("CP1258", "{\"text\":\"Nước máy đục cả tuần nay\",\"period\":\"2026-03\"}\n"));
  CHECK(duluan("read c.jsonl", work.path()).out.find("Nước máy đục cả tuần nay") != std::string::npos);
  work.write("d.txt", by_iconv("UTF-16LE", kText));
  CHECK(duluan("read d.txt", work.path()).out.find("Nước máy đục cả tuần nay") != std::string::npos);
}
