#include <doctest/doctest.h>

#include <algorithm>

#include "program.hpp"

TEST_CASE("restore: as many lines out as in, bytes of any kind kept, twice the same") {
  const Workplace work("restore");
  work.write("a.txt",
             "Nhan dan phan khoi.\n\nBà con de nghi \xFF sua duong\n   \nhttps://vnexpress.net/thoi-su nguoi dan");
  const Outcome got = duluan("restore a.txt", work.path());
  CHECK(got.exit == 0);
  CHECK(got.out ==
        "Nhân dân phấn khởi.\n\nBà con đề nghị \xFF sửa đường\n   \nhttps://vnexpress.net/thoi-su người dân\n");
  CHECK(duluan("restore < a.txt", work.path()).out == got.out);
  work.write("b.txt", got.out);
  CHECK(duluan("restore b.txt", work.path()).out == got.out);
  CHECK(duluan("restore none.txt", work.path()).exit == 1);
}

TEST_CASE("evaluate diacritics says what it measures, wrong options are refused") {
  const Workplace work("restore-evaluate");
  work.write("gold.txt", "Nhân dân phấn khởi, tin tưởng vào sự lãnh đạo của Đảng.\n");
  const Outcome got = duluan("evaluate diacritics gold.txt", work.path());
  CHECK(got.exit == 0);
  CHECK(got.out.find("syllable accuracy 100.00") == 0);
  CHECK(got.out.find("syllables 12 correct 12\nmarks removed from 11 ") != std::string::npos);
  CHECK(duluan("evaluate diacritics gold.txt --removed 0", work.path()).out.find("marks removed from 0 ") !=
        std::string::npos);
  CHECK(duluan("evaluate diacritics gold.txt --removed 2", work.path()).exit == 2);
  CHECK(duluan("evaluate diacritics gold.txt --seed x", work.path()).exit == 2);
}

TEST_CASE("train diacritics: a model from a few lines, refused when it is cut short") {
  const Workplace work("restore-train");
  std::string text;
  for (int i = 0; i < 50; ++i) text += "con bò ăn cỏ non\nngười bố bỏ có mười đồng\n";
  work.write("text.txt", text);
  CHECK(duluan("train diacritics --text text.txt --output toy.model", work.path()).exit == 0);
  work.write("in.txt", "nguoi bo bo co muoi dong\n");
  CHECK(duluan("restore --model toy.model in.txt", work.path()).out == "người bố bỏ có mười đồng\n");
  std::filesystem::resize_file(work.path() / "toy.model", 5000);
  const Outcome refused = duluan("restore --model toy.model in.txt", work.path());
  CHECK(refused.exit == 1);
  CHECK(refused.out.empty());
  CHECK(refused.err.find("retrain") != std::string::npos);
}
