// Redaction case by case: what goes, what stays, and where it stood.
#include <doctest/doctest.h>

#include <ctime>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "duluan/privacy.hpp"
#include "duluan/text.hpp"

using namespace duluan;

namespace {

std::string redacted(std::string_view text) { return redact(text).text; }

// Left is redacted to right.
void check(std::initializer_list<std::pair<const char*, const char*>> cases) {
  for (const auto& [text, expected] : cases) CHECK(redacted(text) == expected);
}

void stays(std::initializer_list<const char*> texts) {
  for (const char* text : texts) CHECK(redacted(text) == text);
}

}  // namespace

TEST_CASE("phones: mobile, old, fixed, by country code, in groups") {
  check({{"ĐT: 0912345678.", "ĐT: [PHONE]."},
         {"Gọi 0912 345 678 hoặc +84 912345678, 0912.345.678.", "Gọi [PHONE] hoặc [PHONE], [PHONE]."},
         {"0912-345-678/0987 654 321", "[PHONE]/[PHONE]"},
         {"+84 912 345 678, 0084912345678, 84912345678", "[PHONE], [PHONE], [PHONE]"},
         {"Zalo 0\xC2\xA0"
          "912",
          "Zalo 0\xC2\xA0"
          "912"},
         {"gọi 0912\xC2\xA0"
          "345\xC2\xA0"
          "678 gấp",
          "gọi [PHONE] gấp"},
         {"số cũ 01234567890", "số cũ [PHONE]"},
         {"nhà tôi (0296) 3852123", "nhà tôi [PHONE]"},
         {"cột 12 0912345678", "cột 12 [PHONE]"},
         {"SĐT 912345678", "SĐT [PHONE]"}});
  stays({"tổng đài 19001234", "Đường dây nóng 0296 3852 123 của tỉnh", "gọi 1022 hoặc 113", "0123",
         "năm 2019 2020 2021 2022"});
}

TEST_CASE("papers and accounts: by structure, or by the nearest word") {
  check({{"thẻ căn cước 001 202 012345", "thẻ căn cước [ID]"},
         {"CCCD 001202012345, CMND số 123456789", "CCCD [ID], CMND số [ID]"},
         {"Thẻ 4111 1111 1111 1111 bị trừ tiền", "Thẻ [CARD] bị trừ tiền"},
         {"STK 0123456789 của ngân hàng", "STK [ACCOUNT] của ngân hàng"},
         {"mã số thuế 0100109106", "mã số thuế [TAX]"},
         {"số 089202012345 của tôi", "số [ID] của tôi"},
         {"chứng minh nhân dân số 351234567", "chứng minh nhân dân số [ID]"},
         {"hộ chiếu B1234567", "hộ chiếu [ID]"},
         {"thẻ BHYT DN4010123456789", "thẻ BHYT [ID]"},
         {"STK 0123456789, SĐT 0912345678", "STK [ACCOUNT], SĐT [PHONE]"},
         {"chuyển vào tài khoản Agribank 6700205123456", "chuyển vào tài khoản Agribank [ACCOUNT]"},
         {"MST 0100109106-001", "MST [TAX]"},
         {"doanh nghiệp 0100109106 nợ", "doanh nghiệp [TAX] nợ"},
         {"thẻ 9704366612345670012", "thẻ 9704366612345670012"}});
  stays({"351234567 là mã hồ sơ", "bị trừ trong tài khoản 1.500.000 đồng", "tài khoản tăng 1500000 đồng",
         "làm căn cước cho 12.345.678 người", "doanh nghiệp 0100109107 nợ", "4111 1111 1111 1112"});
}

TEST_CASE("plates need a plate's form, or the word for it") {
  check({{"Xe 30A-123.45 và 29-B1 678.90 vượt đèn đỏ", "Xe [PLATE] và [PLATE] vượt đèn đỏ"},
         {"29-B1 678.90 chạy ẩu", "[PLATE] chạy ẩu"},
         {"59X1-234.56", "[PLATE]"},
         {"biển số 51F1234", "biển số [PLATE]"},
         {"67L1-2345", "[PLATE]"}});
  stays({"lớp 12A 2025", "Điều 12A của Nghị định 168", "khoản 30A", "A1-123"});
}

TEST_CASE("links and mail") {
  check({{"viết a.b@mail.vn, xem www.abc.vn.", "viết [EMAIL], xem [URL]."},
         {"xem https://x.vn/y", "xem [URL]"},
         {"https://fb.com/a@b?x=1", "[URL]"}});
}

TEST_CASE("names after an honorific") {
  check({{"Bà con kể chị Hoa, anh Tư", "Bà con kể chị [NAME], anh [NAME]"},
         {"Ông Nguyễn Văn Bình ở xã An Trầm phản ánh", "Ông [NAME] ở xã An Trầm phản ánh"},
         {"chị Hoa và anh N.V.B kể lại", "chị [NAME] và anh [NAME] kể lại"},
         {"Đồng chí Trần Thị Mai, Chủ tịch UBND xã", "Đồng chí [NAME], Chủ tịch UBND xã"},
         {"các ông Nguyễn Văn A, Trần Văn Bé và Lê Cường đề nghị", "các ông [NAME], [NAME] và [NAME] đề nghị"},
         {"ông N.V.B và bà T.", "ông [NAME] và bà [NAME]."},
         {"ÔNG NGUYỄN VĂN BÌNH XÃ AN TRẦM", "ÔNG [NAME] XÃ AN TRẦM"},
         {"anh nguyễn văn bình kể", "anh [NAME] kể"},
         {"ong Nguyen Van Binh o xa An Tram", "ong [NAME] o xa An Tram"},
         {"đ/c Trần Thị Mai", "đ/c [NAME]"},
         {"bác sĩ Hùng ở trạm y tế", "bác sĩ [NAME] ở trạm y tế"},
         {"anh Giàng A Páo, ông Y Moan", "anh [NAME], ông [NAME]"}});
  stays({"Bà Rịa - Vũng Tàu", "núi Bà Đen", "đảo Cô Tô", "chị em Hội Phụ nữ", "bà con Khmer", "Anh Quốc",
         "học tiếng Anh Văn", "nhớ Bác Hồ", "đồng chí Bí thư Đảng ủy xã", "các em Trường Tiểu học An Trầm",
         "ông bà cha mẹ", "Bà con xã An Trầm, huyện Châu Thành phấn khởi", "Ban Tuyên giáo Tỉnh ủy phối hợp"});
}

TEST_CASE("names after a role, or alone, the role and the office stay") {
  check({{"Bí thư Đảng ủy xã An Trầm Nguyễn Văn Bình", "Bí thư Đảng ủy xã An Trầm [NAME]"},
         {"Chủ tịch UBND xã An Trầm Lê Thị Hoa trả lời", "Chủ tịch UBND xã An Trầm [NAME] trả lời"},
         {"Trưởng thôn Trần Văn Sáu", "Trưởng thôn [NAME]"},
         {"cử tri Phạm Hùng Dũng nêu", "cử tri [NAME] nêu"},
         {"hộ Lê Tám chưa nhận tiền", "hộ [NAME] chưa nhận tiền"},
         {"Nguyễn Thị Lan cho rằng", "[NAME] cho rằng"},
         {"Thủ tướng Phạm Minh Chính", "Thủ tướng [NAME]"}});
  stays({"Chủ tịch UBND xã An Trầm", "Bí thư Tỉnh ủy", "Bí thư Huyện ủy, Chủ tịch Hội đồng nhân dân",
         "Bí thư Đoàn Thanh niên", "Chủ tịch Quốc hội", "Trưởng Công an xã", "Giám đốc Sở Y tế",
         "nông dân Hà Tĩnh, cử tri Lâm Đồng", "Chủ tịch Hồ Chí Minh", "tư tưởng Hồ Chí Minh", "Trưởng thôn Bình Hòa",
         "nhân dân Châu Thành"});
}

TEST_CASE("what is named after somebody is no person") {
  stays({"đường Nguyễn Văn Linh ngập", "trường Trần Quốc Toản, Lê Văn Tám", "xã Trần Văn Thời", "cầu Nguyễn Văn Trỗi",
         "ở Trần Văn Thời", "Trường THPT chuyên Lê Hồng Phong", "ngã tư Hoàng Văn Thụ", "12 Nguyễn Văn Cừ"});
}

TEST_CASE("addresses are cut below the commune") {
  check({{"số nhà 12/3, tổ 5, ấp Bình Hòa, xã An Trầm", "[ADDRESS], xã An Trầm"},
         {"số 15 đường Mậu Thân nghẹt cống", "[ADDRESS] nghẹt cống"},
         {"hẻm 84 phường Bến", "[ADDRESS] phường Bến"},
         {"ở ngõ 12 phường Bến", "ở [ADDRESS] phường Bến"},
         {"ông Nguyễn Văn Bình, ấp 3, xã An Trầm", "ông [NAME], [ADDRESS], xã An Trầm"},
         {"ngụ tại tổ 5, khu phố 2, phường Bến", "ngụ tại [ADDRESS], phường Bến"},
         {"địa chỉ: thôn Đông, xã An Trầm", "địa chỉ: [ADDRESS], xã An Trầm"}});
  stays({"đường ấp Bình Hòa hư hỏng", "bà con thôn 3 thiếu nước", "tổ chức họp", "ngõ vào chợ", "bản án 5 năm",
         "trưởng ấp 3", "đường Hùng Vương", "số 12 tháng này", "giá căn hộ 80 triệu"});
}

TEST_CASE("amounts, dates and years are no identifiers") {
  stays({"giá 1.200.000 đồng, tăng 12%", "ngày 20/9/2014, năm 2026", "hơn 350 000 hộ dân", "Nghị định 168/2024/NĐ-CP",
         ""});
}

TEST_CASE("spans are the caller's bytes, in NFC and in NFD") {
  const std::string text = "Anh Lê Văn Tám\t(0987654321)  \xFF gọi";
  const Redaction two = redact(text);
  REQUIRE(two.removed.size() == 2);
  CHECK(two.removed[0].span.of(text) == "Lê Văn Tám");
  CHECK(two.removed[1].span.of(text) == "0987654321");
  CHECK(two.text == "Anh [NAME]\t([PHONE])  \xFF gọi");
  // "chị Trần Thị Hoà" decomposed: the letters and their marks are apart.
  const std::string nfd = "chi\xCC\xA3 Tra\xCC\x82\xCC\x80n Thi\xCC\xA3 Hoa\xCC\x80, 0912345678";
  const Redaction r = redact(nfd);
  REQUIRE(r.removed.size() == 2);
  CHECK(r.removed[0].span.of(nfd) == "Tra\xCC\x82\xCC\x80n Thi\xCC\xA3 Hoa\xCC\x80");
  CHECK(r.text == "chi\xCC\xA3 [NAME], [PHONE]");
  const std::string bad = "\xFF\xC3 ông Lê Văn Tám \xE1\xBA gọi 0912345678\xFF";
  CHECK(redacted(bad) == "\xFF\xC3 ông [NAME] \xE1\xBA gọi [PHONE]\xFF");
}

TEST_CASE("redacting twice changes nothing more, and no input breaks it") {
  const std::vector<std::string> parts{"ông ",    "Nguyễn ", "Văn ",   "A",   ", ",  "0912", " ",
                                       "345 678", "-",       "(",      ")",   "+84", "\xFF", "\n",
                                       "số nhà ", "12/3",    "STK ",   "Đ",   "30A", ".",    "\xCC\x80",
                                       "@",       "www.",    "[NAME]", "xã ", "và ", "ấp 3"};
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (auto i = random() % 14; i > 0; --i) text += parts[random() % parts.size()];
    const Redaction r = redact(text);
    std::string rebuilt;
    std::size_t at = 0;
    for (const Redacted& removed : r.removed) {
      REQUIRE(removed.span.begin >= at);
      REQUIRE(removed.span.end <= text.size());
      REQUIRE(removed.span.begin < removed.span.end);
      rebuilt += text.substr(at, removed.span.begin - at) + std::string(placeholder(removed.kind));
      at = removed.span.end;
    }
    REQUIRE(rebuilt + text.substr(at) == r.text);
  }
}

TEST_CASE("a long line takes time in proportion") {
  const auto seconds = [](std::size_t size) {
    std::string text;
    while (text.size() < size) text += "12 34 56 78 90 anh Nguyễn Văn Bình, Lê Tám, số 1 ";
    const std::clock_t start = std::clock();  // of this process alone: the machine may be busy
    CHECK(redact(text).removed.size() > size / 1000);
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  };
  const double small = seconds(1U << 17);
  CHECK(seconds(1U << 20) < 8 * 3 * small);  // eight times the text; a square law would take 64 times as long
}
