// An archive that runs across 1 July 2025, under the old names and then under the new.
#include <doctest/doctest.h>

#include <cstdio>
#include <string>

#include "program.hpp"

namespace {

// Four opinions a commune and month, July 2024 to June 2026.
std::string items() {
  const char* const communes[] = {"Cao Bồ", "Tùng Bá", "Minh Tân"};
  const char* const said[] = {"Đường liên xã xuống cấp, nhiều ổ gà, đi lại khó khăn, bà con kiến nghị lần thứ %d.",
                              "Rác thải ven suối chưa được thu gom, mùi hôi nồng nặc, bà con phản ánh lần thứ %d.",
                              "Trạm y tế thiếu thuốc bảo hiểm, người dân phải mua ngoài, đây là lần thứ %d."};
  std::string all;
  int number = 0;
  for (int month = 0; month < 24; ++month) {
    const int year = 2024 + (month + 6) / 12, of_year = (month + 6) % 12 + 1;
    const bool before = month < 12;
    for (const char* const commune : communes)
      for (int i = 0; i < 4; ++i) {
        char text[300], line[700];
        std::snprintf(text, sizeof text, said[(number * 5 + month) % 3], number + 1);
        ++number;
        std::snprintf(line, sizeof line, R"({"id":"%d","text":"%s","place":"xã %s, %s","period":"%d-%02d"})", number,
                      text, commune, before ? "huyện Vị Xuyên, tỉnh Hà Giang" : "tỉnh Tuyên Quang", year, of_year);
        all += std::string(line) + "\n";
      }
  }
  return all;
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t n = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += what.size()) ++n;
  return n;
}

}  // namespace

TEST_CASE("a place's series runs across the merger, in the names asked for, and the break is shown") {
  const Workplace work("reform");
  work.write("items.jsonl", items());
  REQUIRE(duluan("ingest a.duluan items.jsonl", work.path()).exit == 0);
  const Outcome now = duluan("concerns a.duluan --period 2026-02 --format jsonl --null 0", work.path());
  REQUIRE(now.exit == 0);
  CHECK(now.out.find("\"reform\":{\"map\":\"after\",\"day\":\"2025-07-01\",\"places\":3,\"split\":0") !=
        std::string::npos);
  CHECK(count(now.out, "xã Cao Bồ, tỉnh Tuyên Quang") > 0);
  CHECK(count(now.out, "Hà Giang") == 0);
  const Outcome then = duluan("concerns a.duluan --period 2026-02 --format jsonl --null 0 --map before", work.path());
  REQUIRE(then.exit == 0);
  CHECK(then.out.find("\"reform\":{\"map\":\"before\"") != std::string::npos);
  CHECK(count(then.out, "xã Cao Bồ, huyện Vị Xuyên, tỉnh Hà Giang") > 0);
  // Before the merger nothing had changed.
  const Outcome early = duluan("concerns a.duluan --period 2025-05 --format jsonl --null 0", work.path());
  CHECK(early.out.find("\"reform\":null") != std::string::npos);
  REQUIRE(duluan("brief a.duluan --period 2026-02 -o page.html --null 2", work.path()).exit == 0);
  CHECK(count(work.read("page.html"), "<path class=\"r\"") > 0);
  CHECK(count(work.read("page.html"), "1/7/2025") == 1);
  CHECK(duluan("concerns a.duluan --map later", work.path()).exit == 2);
  CHECK(duluan("concerns a.duluan --neighbours items.jsonl", work.path()).exit == 1);
}
