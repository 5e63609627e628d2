// Search, export and verify as a user runs them.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "program.hpp"

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

long lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

// Six units report on electricity in one commune, two in another.
void write_reports(const Workplace& work) {
  const char* const said[] = {"Giá điện tháng này tăng vọt, gọi anh Nguyễn Văn Bình số 0912345678 không ai nghe",
                              "Cúp điện ba lần một tuần mà hóa đơn tiền điện vẫn cao gấp đôi",
                              "Tiền điện sinh hoạt của hộ nghèo tăng, đề nghị có mức hỗ trợ riêng",
                              "Công nhân khu trọ phải trả giá điện bốn nghìn đồng một số",
                              "Điện yếu về đêm, bơm nước không lên mà giá điện cứ tăng",
                              "Bảng tính giá điện bậc thang khó hiểu, bà con mong giải thích"};
  for (int i = 0; i < 6; ++i)
    work.write("r" + std::to_string(i) + ".csv", std::string("nội dung;kỳ;xã;đơn vị\n") + said[i] +
                                                     ";2026-03;xã An Trầm;Hội " + std::to_string(i) + "\n");
  work.write("s.csv",
             "nội dung;kỳ;xã;đơn vị\nGiá điện ở khu chợ quá đắt, tiểu thương kêu trời;2026-03;xã Gò Mận;Hội 9\n");
  REQUIRE(duluan("ingest a.duluan r0.csv r1.csv r2.csv r3.csv r4.csv r5.csv s.csv", work.path()).exit == 0);
}

}  // namespace

TEST_CASE("search: accents or not, together before apart, redacted, filtered") {
  const Workplace work("search");
  write_reports(work);
  for (const char* query : {"'giá điện'", "'gia dien'", "GIÁ ĐIỆN"}) {
    const Outcome got = duluan(std::string("search a.duluan ") + query, work.path());
    CAPTURE(query);
    CHECK(got.exit == 0);
    CHECK(has(got.out, "[PHONE]"));
    CHECK_FALSE(has(got.out, "0912"));
    CHECK_FALSE(has(got.out, "Bình"));
    CHECK(lines(got.out) == 10);
  }
  const Outcome apart = duluan("search a.duluan 'dien tang' --format jsonl", work.path());
  CHECK(lines(apart.out) == 3);
  CHECK(has(apart.out.substr(0, apart.out.find('\n')), "\"place\":\"xã An Trầm\",\"unit\":\"Hội 4\""));
  CHECK(lines(duluan("search a.duluan '\"dien tang\"' --format jsonl", work.path()).out) == 0);
  CHECK(lines(duluan("search a.duluan điện --place 'xã Gò Mận' --format jsonl", work.path()).out) == 1);
  CHECK(lines(duluan("search a.duluan điện --period 2026-Q1 --limit 2 --format jsonl", work.path()).out) == 2);
  CHECK(lines(duluan("search a.duluan điện --limit 0 --format jsonl", work.path()).out) == 7);
  CHECK(duluan("search a.duluan điện --period 2026-04", work.path()).out.empty());
  CHECK(duluan("search a.duluan điện --limit x", work.path()).exit == 2);
  CHECK(duluan("search a.duluan điện --period never", work.path()).exit == 2);
  CHECK(duluan("search a.duluan", work.path()).exit == 2);
  const Outcome nothing = duluan("search a.duluan '…'", work.path());
  CHECK(nothing.exit == 1);
  CHECK(has(nothing.err, "there is no word to search for"));
}

TEST_CASE("export: counts by period, topic and place without small cells") {
  const Workplace work("export");
  write_reports(work);
  const Outcome csv = duluan("export a.duluan", work.path());
  CHECK(csv.exit == 0);
  CHECK(csv.out.starts_with("period,topic,place,opinions,reports,units,suppressed\n"));
  CHECK(has(csv.err, "counts suppressed (fewer than 5 reports or 3 units"));
  std::istringstream rows(csv.out);
  std::string row;
  std::getline(rows, row);
  bool total = false;
  while (std::getline(rows, row)) {
    CAPTURE(row);
    CHECK(row.starts_with("2026-03,"));
    CHECK((row.ends_with(",,,,yes") || row.ends_with(",")));
    total = total || row == "2026-03,prices,*,5,5,5,";
    if (has(row, "xã")) CHECK(row.ends_with(",,,,yes"));  // the total alone is large enough
  }
  CAPTURE(csv.out);
  CHECK(total);
  const Outcome jsonl = duluan("export a.duluan --format jsonl --unit quarter", work.path());
  CHECK(lines(jsonl.out) + 1 == lines(csv.out));
  CHECK(has(jsonl.out,
            "{\"period\":\"2026-Q1\",\"topic\":\"prices\",\"place\":\"*\",\"opinions\":5,\"reports\":5,"
            "\"units\":5,\"suppressed\":false}\n"));
  CHECK(
      has(jsonl.out, "\"place\":\"xã Gò Mận\",\"opinions\":null,\"reports\":null,\"units\":null,\"suppressed\":true}"));
}

TEST_CASE("verify: a sound archive, a damaged one, after a purge") {
  const Workplace work("verify");
  write_reports(work);
  CHECK(duluan("verify a.duluan", work.path()).out == "sound\n");
  REQUIRE(duluan("purge a.duluan --source r3.csv", work.path()).exit == 0);
  CHECK(duluan("verify a.duluan", work.path()).out == "sound\n");
  std::string bytes = work.read("a.duluan");
  for (std::size_t at = bytes.find("Điện yếu"); at != std::string::npos; at = bytes.find("Điện yếu", at + 1))
    bytes.replace(at, 6, "Đien ");
  work.write("b.duluan", bytes);
  const Outcome got = duluan("verify b.duluan", work.path());
  CHECK(got.exit == 1);
  CHECK(got.out.empty());
  CHECK(has(got.err, "b.duluan: opinion 5 has the key of another text"));
  CHECK(has(got.err, "b.duluan: the archive is not sound; restore it from a copy"));
  CHECK(duluan("verify none.duluan", work.path()).exit == 1);
}
