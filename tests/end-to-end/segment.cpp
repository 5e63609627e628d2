#include <doctest/doctest.h>

#include "program.hpp"

TEST_CASE("segment: several threads write what one does, in the order of the lines") {
  const Workplace work("segment-threads");
  std::string text;
  // Several blocks of a megabyte; each line tells its place.
  for (int i = 0; text.size() < 5'000'000; ++i)
    text += std::to_string(i) + " nhân dân phấn khởi, tin tưởng vào sự lãnh đạo của Đảng\n";
  text += "dòng cuối \xFF không phải UTF-8";
  work.write("a.txt", text);
  const Outcome one = duluan("segment --threads 1 a.txt", work.path());
  const Outcome four = duluan("segment --threads 4 a.txt", work.path());
  CHECK(one.exit == 0);
  CHECK(one.out.starts_with("0 nhân_dân phấn_khởi , tin_tưởng"));
  CHECK(one.out.size() > 5'000'000);
  CHECK((one.out == four.out));
  CHECK(one.err == four.err);
  CHECK(duluan("segment --threads 0 a.txt", work.path()).exit == 2);
  CHECK(duluan("segment --threads 65 a.txt", work.path()).exit == 2);
}

TEST_CASE("segment: words of a lexicon are kept whole, a lexicon that cannot be read is refused") {
  const Workplace work("segment-lexicon");
  work.write("a.txt", "Hôm qua Ban Tuyên giáo Tỉnh ủy họp.\n");
  work.write("words.txt", "ban tuyên giáo tỉnh uỷ\n");
  const Outcome plain = duluan("segment a.txt", work.path());
  const Outcome guided = duluan("segment --lexicon words.txt a.txt", work.path());
  CHECK(plain.out != guided.out);
  CHECK(guided.out == "Hôm_qua Ban_Tuyên_giáo_Tỉnh_ủy họp .\n");
  const Outcome refused = duluan("segment --lexicon none.txt a.txt", work.path());
  CHECK(refused.exit == 1);
  CHECK(refused.out.empty());
  CHECK(refused.err.find("none.txt") != std::string::npos);
}
