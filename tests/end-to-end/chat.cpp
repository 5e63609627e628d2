// Chat spelling through the program.
#include <doctest/doctest.h>

#include "program.hpp"

TEST_CASE("normalize --chat writes out chat spellings and leaves lines, links and faces") {
  const Workplace work("chat");
  work.write("a.txt", "Ko bít đg nào ngậppp :)))\r\n\nxem https://a.vn/ko?k=1 nha mn\nGiá 50k");
  const Outcome got = duluan("normalize --chat a.txt", work.path());
  CHECK(got.exit == 0);
  CHECK(got.err.empty());
  CHECK(got.out == "Không biết đường nào ngập :)))\r\n\nxem https://a.vn/ko?k=1 nha mọi người\nGiá 50k");
  CHECK(duluan("normalize a.txt", work.path()).out == work.read("a.txt"));
}

TEST_CASE("normalize --chat takes decomposed text and UTF-16 as it takes NFC") {
  const Workplace work("chat-nfd");
  work.write("nfd.txt", "qua\xCC\x81\xCC\xA3\n");  // two tones: no syllable, stays
  work.write("a.txt", "Bu\xCC\x80n wa\xCC\x81 tr\xC6\xA1\xCC\x80i :(\n");
  CHECK(duluan("normalize --chat nfd.txt", work.path()).exit == 0);
  CHECK(duluan("normalize --chat a.txt", work.path()).out == "Buồn quá trời :(\n");
}

TEST_CASE("normalize --chat keeps to the style of tone placement asked for") {
  const Workplace work("chat-tone");
  work.write("a.txt", "Sk tốt, hoà thuận, k hoà thì thui\n");
  CHECK(duluan("normalize --chat a.txt", work.path()).out == "Sức khỏe tốt, hòa thuận, không hòa thì thôi\n");
  CHECK(duluan("normalize --chat --tone new a.txt", work.path()).out ==
        "Sức khoẻ tốt, hoà thuận, không hoà thì thôi\n");
}

TEST_CASE("normalize --abbreviations writes out official ones, with or without --chat") {
  const Workplace work("abbreviations");
  work.write("a.txt", "UBND xã ko trả lời, BHXH chậm.\n");
  CHECK(duluan("normalize --abbreviations a.txt", work.path()).out ==
        "Ủy ban nhân dân xã ko trả lời, bảo hiểm xã hội chậm.\n");
  CHECK(duluan("normalize --abbreviations --chat a.txt", work.path()).out ==
        "Ủy ban nhân dân xã không trả lời, bảo hiểm xã hội chậm.\n");
}

TEST_CASE("evaluate chat prints the measure, and a bad gold file is named") {
  const Workplace work("chat-gold");
  work.write("gold.csv", ",original,normalized\n0,ko biết j,không biết gì\n1,đi thôi,đi thôi\n");
  const Outcome got = duluan("evaluate chat gold.csv", work.path());
  CHECK(got.exit == 0);
  CHECK(got.out.find("error reduction 100.00") != std::string::npos);
  CHECK(got.out.find("harm 0.000") != std::string::npos);
  work.write("bad.csv", "a,b\n1,2\n");
  const Outcome bad = duluan("evaluate chat bad.csv", work.path());
  CHECK(bad.exit == 1);
  CHECK(bad.err.find("'original'") != std::string::npos);
  CHECK(duluan("evaluate chat none.csv", work.path()).exit == 1);
}

TEST_CASE("train chat counts clean text into its two tables") {
  const Workplace work("chat-train");
  std::string text;
  for (int i = 0; i < 80; ++i) text += "người dân rất quan_tâm\n";
  work.write("a.txt", text);
  CHECK(duluan("train chat a.txt --output .", work.path()).exit == 0);
  CHECK(work.read("syllables.tsv").find("người\t80\n") != std::string::npos);
  CHECK(work.read("pairs.tsv").find("qtâm\tquan tâm\n") != std::string::npos);
  CHECK(duluan("train chat a.txt --output none", work.path()).exit == 1);
}
