#include "duluan/report.hpp"

#include <doctest/doctest.h>

#include <string>

#include "office.hpp"
#include "report/outline.hpp"

using namespace duluan;

namespace {

const char* const kReport =
    "ỦY BAN MẶT TRẬN TỔ QUỐC XÃ AN TRẦM\n"
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 15/BC-MTTQ\nAn Trầm, ngày 2 tháng 4 năm 2026\n"
    "BÁO CÁO\nTình hình dư luận xã hội tháng 3 năm 2026\n"
    "Kính gửi: Ban Tuyên giáo và Dân vận Tỉnh ủy\n"
    "I. VỀ KINH TẾ\n"
    "- Nhiều hộ lo giá phân bón tăng trước vụ hè thu.\n"
    "- Tiểu thương chợ xã đề nghị giảm tiền thuê sạp.\n"
    "II. VỀ ĐỜI SỐNG\n"
    "- Bà con thôn 3 phản ánh nước máy đục suốt hai tuần.\n"
    "Nơi nhận:\n- Ban Tuyên giáo và Dân vận Tỉnh ủy để báo cáo;\n- Lưu văn thư của Ủy ban Mặt trận.\n";

std::string docx(const std::string& xml) { return office::zip({{"word/document.xml", xml}}); }

std::string paragraph(const std::string& text) { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>"; }

}  // namespace

TEST_CASE("the outline of a report: opinions with section, place, unit, period and offset") {
  const auto document = read_bytes(kReport, "bc.txt", {});
  REQUIRE(document);
  REQUIRE(document->opinions.size() == 3);
  const Opinion& first = document->opinions[0];
  CHECK(first.text == "Nhiều hộ lo giá phân bón tăng trước vụ hè thu.");
  CHECK(first.section == "I. VỀ KINH TẾ");
  CHECK(first.place == "xã An Trầm");
  CHECK(first.unit == "ỦY BAN MẶT TRẬN TỔ QUỐC XÃ AN TRẦM");
  REQUIRE(first.period);
  CHECK(first.period->label() == "2026-03");
  for (const Opinion& opinion : document->opinions)
    CHECK(document->text.substr(opinion.offset, opinion.text.size()) == opinion.text);
}

TEST_CASE("a docx gives the same opinions as its text, cells are read too") {
  std::string body;
  std::string text(kReport);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    body += paragraph(text.substr(at, end - at));
    at = end + 1;
  }
  body +=
      "<w:tbl><w:tr><w:tc>" + paragraph("Cử tri ấp Tân Lợi đề nghị sửa cầu treo đã mục.") + "</w:tc></w:tr></w:tbl>";
  const auto document =
      read_bytes(docx("<w:document xmlns:w=\"w\"><w:body>" + body + "</w:body></w:document>"), "bc.docx", {});
  REQUIRE(document);
  REQUIRE(document->opinions.size() >= 3);
  CHECK(document->opinions[0].text == "Nhiều hộ lo giá phân bón tăng trước vụ hè thu.");
  CHECK(document->text.find("Cử tri ấp Tân Lợi đề nghị") != std::string::npos);
}

TEST_CASE("documents that cannot be read say why") {
  CHECK(read_document("/no/such/file.txt", {}).error().code == ErrorCode::kNotFound);
  CHECK(read_bytes("", "a.txt", {}).error().code == ErrorCode::kEmpty);
  const auto no_zip = read_bytes("chỉ là chữ", "a.docx", {});
  REQUIRE_FALSE(no_zip);
  CHECK(no_zip.error().code == ErrorCode::kMalformed);
  CHECK(no_zip.error().where == "a.docx");
  const std::string whole =
      docx("<w:document xmlns:w=\"w\"><w:body>" + paragraph("Một ý kiến dài để nén.") + "</w:body></w:document>");
  for (std::size_t size = 1; size < whole.size(); size += 7) (void)read_bytes(whole.substr(0, size), "a.docx", {});
  CHECK_FALSE(read_bytes(whole.substr(0, 40), "a.docx", {}));
  CHECK(read_bytes(docx("<w:document"), "a.docx", {}).error().code == ErrorCode::kMalformed);
  CHECK(read_bytes("x", "a.exe", {}).error().code == ErrorCode::kUnsupported);
}

TEST_CASE("tables: headers in Vietnamese, quotes, and bad rows left out by line") {
  const auto document = read_bytes(
      "mã;ngày;xã/phường;nội dung\n"
      "1;05/03/2026;xã An Trầm;\"Đường hỏng; \"\"ổ gà\"\" khắp nơi\"\n"
      "2;06/03/2026;thiếu cột\n"
      "3;2026-04-01;phường Đông Lam;Chợ tạm lấn vỉa hè\n",
      "hotline.csv", {});
  REQUIRE(document);
  REQUIRE(document->opinions.size() == 2);
  CHECK(document->opinions[0].text == "Đường hỏng; \"ổ gà\" khắp nơi");
  CHECK(document->opinions[0].source == "hotline.csv#1");
  CHECK(document->opinions[0].period->label() == "2026-03");
  CHECK(document->opinions[1].period->label() == "2026-04");
  REQUIRE(document->skipped.size() == 1);
  CHECK(document->skipped[0].where == "hotline.csv:3");
  CHECK(read_bytes("a,b\n1,2\n", "x.csv", {}).error().code == ErrorCode::kMalformed);
}

TEST_CASE("jsonl: good lines are read, others named") {
  const auto document = read_bytes(
      "{\"id\":7,\"text\":\"Mất điện cả ngày\",\"place\":\"xã A\",\"period\":\"2026-03\"}\n"
      "not json\n{\"id\":8}\n",
      "p.jsonl", {});
  REQUIRE(document);
  REQUIRE(document->opinions.size() == 1);
  CHECK(document->opinions[0].source == "p.jsonl#7");
  CHECK(document->opinions[0].period->label() == "2026-03");
  CHECK(document->skipped.size() == 2);
}

TEST_CASE("bad bytes and gigantic lines lose nothing else") {
  const auto broken = read_bytes("Bà con đề nghị sửa \xFF\xFE đường liên thôn sớm.\n", "a.txt", {});
  REQUIRE(broken);
  CHECK(broken->replaced == 2);
  CHECK(broken->opinions.size() == 1);
  CHECK(broken->skipped.size() == 1);
  std::string huge(100U << 20, 'x');
  huge += "\nNhân dân thôn 3 đề nghị sửa đường sớm.\n";
  const auto document = read_bytes(huge, "a.txt", {});
  REQUIRE(document);
  CHECK(document->opinions.size() == 1);
  REQUIRE(document->skipped.size() == 1);
  CHECK(document->skipped[0].where == "a.txt:1");
}

TEST_CASE("periods, days and places as people write them") {
  const auto month = Period::Unit::kMonth;
  CHECK(report::period_in("Báo cáo tháng 3/2026", month)->label() == "2026-03");
  CHECK(report::period_in("báo cáo Quý III năm 2025", month)->label() == "2025-Q3");
  CHECK(report::period_in("2026-03_xa-an-tram.docx", month)->label() == "2026-03");
  CHECK_FALSE(report::period_in("ngày 20 tháng 9 năm 2014", month));
  CHECK(report::day_in("Châu Thành, ngày 20 tháng 9 năm 2014", month)->label() == "2014-09");
  CHECK_FALSE(report::day_in("tỷ lệ 1/2", month));
  CHECK(report::place_in("UBND PHƯỜNG ĐÔNG LAM") == "phường Đông Lam");
  CHECK(report::place_in("Công an TP. Vinh") == "thành phố Vinh");
  CHECK(report::place_in("xã hội học tập") == "");
}
