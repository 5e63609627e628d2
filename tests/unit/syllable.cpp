#include "duluan/syllable.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace duluan;

namespace {

std::string cut(std::string_view text) {
  std::vector<Token> tokens;
  tokenize(text, tokens);
  std::string out;
  for (const Token& token : tokens) out += (out.empty() ? "" : "|") + std::string(token.of(text));
  return out;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  for (const Span span : sentences(text)) out.emplace_back(span.of(text));
  return out;
}

}  // namespace

TEST_CASE("syllables come apart as the grammar says") {
  struct Row {
    const char* written;
    Syllable parts;
  };
  for (const Row& row :
       {Row{"nghiêng", {"ngh", "", "iê", "ng", 0}}, Row{"hòa", {"h", "o", "a", "", 1}},
        Row{"hoà", {"h", "o", "a", "", 1}}, Row{"Quyết", {"qu", "", "yê", "t", 4}}, Row{"gì", {"g", "", "i", "", 1}},
        Row{"giếng", {"gi", "", "ê", "ng", 4}}, Row{"NƯỚC", {"n", "", "ươ", "c", 4}},
        Row{"khuya", {"kh", "u", "ya", "", 0}}, Row{"tuổi", {"t", "", "uô", "i", 2}},
        Row{"mưa", {"m", "", "ưa", "", 0}}, Row{"ạ", {"", "", "a", "", 5}}}) {
    const auto parsed = parse_syllable(row.written);
    REQUIRE_MESSAGE(parsed.ok(), row.written);
    CHECK_MESSAGE(*parsed == row.parts, row.written);
  }
  for (const char* none : {"", "xyz", "strong", "tất cả", "cac\xCC\x80\xCC\x81", "mát.", "các2", "làc", "zui", "\xFF"})
    CHECK_MESSAGE(!parse_syllable(none).ok(), none);
}

TEST_CASE("what parses is written back the same, in both styles, for all onsets, rimes and tones") {
  std::size_t seen = 0;
  for (const char* onset : {"", "b", "ngh", "gi", "qu", "tr", "đ", "h"})
    for (const char* rime :
         {"a", "oa", "oe", "uy", "uyên", "ươi", "iêu", "ua", "ưa", "oai", "ương", "uôi", "yêu", "uynh"})
      for (int tone = 0; tone < 6; ++tone) {
        const auto plain = parse_syllable(std::string(onset) + rime);
        if (!plain) continue;
        Syllable syllable = *plain;
        syllable.tone = tone;
        for (const ToneStyle style : {ToneStyle::kOld, ToneStyle::kNew}) {
          const auto again = parse_syllable(write_syllable(syllable, style));
          REQUIRE(again);
          REQUIRE(*again == syllable);
          ++seen;
        }
      }
  CHECK(seen > 900);
}

TEST_CASE("tokens that must stay whole do") {
  CHECK(cut("Ngày 2/9/2024, TP.HCM có 1.234,5 ca COVID-19.") == "Ngày|2/9/2024|,|TP.HCM|có|1.234,5|ca|COVID-19|.");
  CHECK(cut("Gửi a.b@vnn.vn hoặc https://abc.vn/x?y=1, www.x.vn.") ==
        "Gửi|a.b@vnn.vn|hoặc|https://abc.vn/x?y=1|,|www.x.vn|.");
  CHECK(cut("gạo, muối, v.v. Giá 20.000đ/kg (tăng 5%)...") == "gạo|,|muối|,|v.v.|Giá|20.000|đ|/|kg|(|tăng|5|%|)|...");
  CHECK(cut("H5N1 lúc 7:30 30-4-1975 👍🏽❤️") == "H5N1|lúc|7:30|30-4-1975|👍🏽|❤️");
  CHECK(cut(" \u00A0\t\n") == "");
}

TEST_CASE("a syllable of Hangul is one character of an abbreviation, composed or not") {
  CHECK(cut("a\uD55C\uD55CTP.TP") == "a\uD55C\uD55CTP.TP");
  const std::string jamo = "\u1112\u1161\u11AB";
  CHECK(cut("a" + jamo + jamo + "TP.TP") == "a" + jamo + jamo + "TP.TP");
  CHECK(cut("abcdef\uD55CTP.TP") == "abcdef\uD55CTP|.|TP");
  CHECK(cut("abcdef" + jamo + "TP.TP") == "abcdef" + jamo + "TP|.|TP");
}

TEST_CASE("tokens cover every byte that is no space, whatever the bytes") {
  unsigned state = 7;
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
      state = state * 1664525U + 1013904223U;
      static const char* const kPieces[] = {"nước", " ",   ".", "\xFF", "\xE1\xBA", "19",       "-",   "@",
                                            "TP",   "v.v", "👍", "\n",   "ầ",        "\xCC\x81", "://", "A"};
      text += kPieces[(state >> 16) % 16];
    }
    std::vector<Token> tokens;
    tokenize(text, tokens);
    std::size_t at = 0;
    for (const Token& token : tokens) {
      REQUIRE(token.begin >= at);
      REQUIRE(token.end > token.begin);
      REQUIRE(text.find_first_not_of(" \n", at) == token.begin);
      at = token.end;
    }
    REQUIRE(text.find_first_not_of(" \n", at) == std::string::npos);
  }
}

TEST_CASE("sentences survive abbreviations, numbers and quotes") {
  CHECK(split("TS. Nguyễn Văn A ở TP. Hồ Chí Minh. Ông nói: \"Tốt.\" Dân vui!") ==
        std::vector<std::string>{"TS. Nguyễn Văn A ở TP. Hồ Chí Minh.", "Ông nói: \"Tốt.\"", "Dân vui!"});
  CHECK(split("Giá 1.200.000 đồng. 50% hộ lo.") == std::vector<std::string>{"Giá 1.200.000 đồng.", "50% hộ lo."});
  CHECK(split("Có gạo, muối, v.v. và nước mắm.") == std::vector<std::string>{"Có gạo, muối, v.v. và nước mắm."});
  CHECK(split("Dòng một\nDòng hai") == std::vector<std::string>{"Dòng một", "Dòng hai"});
  CHECK(split("Vậy à... ừ thì thôi.") == std::vector<std::string>{"Vậy à... ừ thì thôi."});
  CHECK(split("").empty());
}
