#include "duluan/text.hpp"

#include <doctest/doctest.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <string>

#include "duluan/encoding.hpp"
#include "duluan/syllable.hpp"

using namespace duluan;

namespace {

std::string old_style(std::string_view text) { return normalize(text, ToneStyle::kOld).str(); }
std::string new_style(std::string_view text) { return normalize(text, ToneStyle::kNew).str(); }

std::string nfd(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out;
  icu::Normalizer2::getNFDInstance(status)->normalize(icu::UnicodeString::fromUTF8(text), status).toUTF8String(out);
  return out;
}

}  // namespace

TEST_CASE("tone marks move to the style asked for") {
  struct Row {
    const char* old_form;
    const char* new_form;
  };
  for (const Row row :
       {Row{"hòa", "hoà"}, Row{"thúy", "thuý"}, Row{"khỏe", "khoẻ"}, Row{"HÒA", "HOÀ"}, Row{"Ủy", "Uỷ"},
        Row{"loạt", "loạt"}, Row{"huỳnh", "huỳnh"}, Row{"của", "của"}, Row{"quý", "quý"}, Row{"già", "già"},
        Row{"gì", "gì"}, Row{"giữa", "giữa"}, Row{"khuỷu", "khuỷu"}, Row{"ngoài", "ngoài"}, Row{"nước", "nước"},
        Row{"quốc", "quốc"}, Row{"thuở", "thuở"}, Row{"tuổi", "tuổi"}}) {
    CHECK(old_style(row.new_form) == row.old_form);
    CHECK(new_style(row.old_form) == row.new_form);
    CHECK(old_style(nfd(row.new_form)) == row.old_form);
    CHECK(normalize(row.new_form, ToneStyle::kKeep).str() == row.new_form);
  }
}

TEST_CASE("misplaced marks are put right, other text is left alone") {
  CHECK(old_style("ngừơi qúa lọai") == "người quá loại");
  CHECK(old_style("café naïve Müller Ångström São") == "café naïve Müller Ångström São");
  CHECK(old_style("ÐÀ NẴNG, Ðà Nẵng") == "ĐÀ NẴNG, Đà Nẵng");
  CHECK(old_style("Guðrún Ðuka") == "Guðrún Ðuka");
  CHECK(old_style("") == "");
}

TEST_CASE("normalizing twice changes nothing more, and the result is NFC by ICU") {
  for (const std::string text :
       {"Hoà bình, thuỷ lợi; ngừơi già.", "x\xCC\x81\xCC\xA3 < \xCC\xB8 và 한국어 क्षि", "ừ ữ ỡ"}) {
    const std::string once = old_style(nfd(text));
    CHECK(old_style(once) == once);
    UErrorCode status = U_ZERO_ERROR;
    CHECK(icu::Normalizer2::getNFCInstance(status)->isNormalizedUTF8(once, status));
  }
}

TEST_CASE("spans lead back to the bytes handed in") {
  const std::string input = nfd("Dân ở ") + "hoà bình (thuỷ lợi).";
  const Text text = normalize(input, ToneStyle::kOld);
  const std::size_t at = text.str().find("thủy");
  REQUIRE(at != std::string::npos);
  CHECK(text.source({at, at + std::string("thủy").size()}).of(input) == "thuỷ");
  const std::size_t bracket = text.str().find('(');
  CHECK(text.source({bracket, bracket + 1}).of(input) == "(");
  CHECK(text.source({0, text.str().size()}) == Span{0, input.size()});
}

TEST_CASE("decoding: marks, UTF-16, and bad bytes by position") {
  std::size_t bom = 0;
  CHECK(encoding_by_mark("\xEF\xBB\xBFx", bom) == Encoding::kUtf8);
  CHECK(bom == 3);
  CHECK(decode("\xEF\xBB\xBF"
               "Chào",
               Encoding::kUtf8, OnBadBytes::kFail)
            ->str() == "Chào");
  const std::string utf16{
      "\xFF\xFE"
      "A\0\x10\x01",
      6};
  CHECK(decode(utf16, Encoding::kUtf16Le, OnBadBytes::kFail)->str() == "AĐ");
  const auto bad = decode("tốt \xFF\xFE xấu", Encoding::kUtf8, OnBadBytes::kFail);
  REQUIRE_FALSE(bad);
  CHECK(bad.error().where == "byte 6");
  const auto lenient = decode("tốt \xFF\xFE xấu", Encoding::kUtf8, OnBadBytes::kReplace);
  CHECK(lenient->str() == "tốt \uFFFD\uFFFD xấu");
  CHECK(lenient->replaced() == 2);
  CHECK(lenient->source({6, 9}) == Span{6, 7});
  CHECK_FALSE(decode(std::string_view("\x00\xD8"
                                      "A\0",
                                      4),
                     Encoding::kUtf16Le, OnBadBytes::kFail));
  CHECK_FALSE(decode("abc", Encoding::kUtf16Le, OnBadBytes::kFail));
}

TEST_CASE("every two-, three- and four-byte sequence is judged as ICU judges it") {
  const auto agrees = [](const std::string& bytes) {
    const bool well_formed = find_bad_utf8(bytes) == std::string_view::npos;
    return well_formed == (icu::UnicodeString::fromUTF8(bytes).indexOf(static_cast<UChar>(0xFFFD)) < 0);
  };
  for (unsigned a = 0x80; a < 0x100; ++a)
    for (unsigned b = 0; b < 0x100; ++b) {
      const std::string two{static_cast<char>(a), static_cast<char>(b)};
      REQUIRE(agrees(two));
      for (const unsigned c : {0x41U, 0x7FU, 0x80U, 0xBEU, 0xC0U}) {
        REQUIRE(agrees(two + static_cast<char>(c)));
        REQUIRE(agrees(two + static_cast<char>(c) + '\x80'));
      }
    }
}

TEST_CASE("folding forgets case, tone and quality") {
  CHECK(fold("Đà Nẵng, ƯỚC mơ – Ðẹp!") == "da nang, uoc mo – dep!");
  CHECK(fold(nfd("Thủy lợi")) == "thuy loi");
}
