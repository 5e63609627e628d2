#include <doctest/doctest.h>

#include <string>

#include "duluan/privacy.hpp"

using namespace duluan;

namespace {
std::string redacted(std::string_view text) { return redact(text).text; }
}  // namespace

TEST_CASE("identifiers become typed placeholders") {
  CHECK(redacted("Gọi 0912 345 678 hoặc +84 912345678, 0912.345.678.") == "Gọi [PHONE] hoặc [PHONE], [PHONE].");
  CHECK(redacted("CCCD 001202012345, CMND số 123456789") == "CCCD [ID], CMND số [ID]");
  CHECK(redacted("Thẻ 4111 1111 1111 1111 bị trừ tiền") == "Thẻ [CARD] bị trừ tiền");
  CHECK(redacted("STK 0123456789 của ngân hàng") == "STK [ACCOUNT] của ngân hàng");
  CHECK(redacted("Xe 30A-123.45 và 29-B1 678.90 vượt đèn đỏ") == "Xe [PLATE] và [PLATE] vượt đèn đỏ");
  CHECK(redacted("Viết cho a.b@mail.vn, xem https://x.vn/y") == "Viết cho [EMAIL], xem [URL]");
  CHECK(redacted("mã số thuế 0100109106") == "mã số thuế [TAX]");
  CHECK(redacted("ở ngõ 12 phường Bến") == "ở [ADDRESS] phường Bến");
}

TEST_CASE("names go, roles, offices and places stay") {
  CHECK(redacted("Ông Nguyễn Văn Bình ở xã An Trầm phản ánh") == "Ông [NAME] ở xã An Trầm phản ánh");
  CHECK(redacted("chị Hoa và anh N.V.B kể lại") == "chị [NAME] và anh [NAME] kể lại");
  CHECK(redacted("Đồng chí Trần Thị Mai, Chủ tịch UBND xã") == "Đồng chí [NAME], Chủ tịch UBND xã");
  CHECK(redacted("Bà con xã An Trầm, huyện Châu Thành phấn khởi") == "Bà con xã An Trầm, huyện Châu Thành phấn khởi");
  CHECK(redacted("Ban Tuyên giáo Tỉnh ủy phối hợp") == "Ban Tuyên giáo Tỉnh ủy phối hợp");
}

TEST_CASE("amounts, dates and years are no identifiers") {
  for (const char* text : {"giá 1.200.000 đồng, tăng 12%", "ngày 20/9/2014, năm 2026", "hơn 350 000 hộ dân", "Nghị định 168/2024/NĐ-CP"})
    CHECK(redacted(text) == text);
}

TEST_CASE("what stays is byte for byte the caller's, spans are in order") {
  const std::string text = "Anh Lê Văn Tám\t(0987654321)  \xFF gọi";
  const Redaction r = redact(text);
  REQUIRE(r.removed.size() == 2);
  CHECK(r.removed[0].span.of(text) == "Lê Văn Tám");
  CHECK(r.removed[1].span.of(text) == "0987654321");
  CHECK(r.text == "Anh [NAME]\t([PHONE])  \xFF gọi");
  CHECK(redact("").text.empty());
}
