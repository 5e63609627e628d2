// fold against a plain way through ICU, and find_bad_utf8 against ICU's decoder.
#include <doctest/doctest.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <string>

#include "duluan/text.hpp"
#include "text/letters.hpp"
#include "unit/text_material.hpp"

using namespace duluan;
using namespace duluan::text_material;

namespace {

// Composed, each character taken apart, marks dropped, lower case, composed again.
std::string slow_fold(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(status);
  std::string out;
  const auto put = [&](char32_t code) {
    static constexpr std::u32string_view kMarked = U"ăâđêôơưð";
    static constexpr std::string_view kBare = "aadeooud";
    char32_t plain = letter_of(code).plain;
    if (plain == 0) plain = static_cast<char32_t>(u_tolower(static_cast<UChar32>(code)));
    if (const auto index = kMarked.find(plain); index != std::u32string_view::npos)
      plain = static_cast<unsigned char>(kBare[index]);
    if (code < 0x300 || code >= 0x370) append_code(out, plain);
  };
  icu::UnicodeString parts;
  const std::string composed = icu_form(utf8, true);
  for (std::size_t at = 0; at < composed.size();) {
    const char32_t code = next_code(composed, at);
    if (letter_of(code).plain != 0 || nfc->getDecomposition(static_cast<UChar32>(code), parts) == 0) put(code);
    else
      for (int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1))
        put(static_cast<char32_t>(parts.char32At(i)));
  }
  return icu_form(out, true);
}

std::size_t icu_bad(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t begin = at;
    UChar32 code = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(bytes.data()), at, bytes.size(), code);
    if (code < 0) return begin;
  }
  return std::string_view::npos;
}

}  // namespace

TEST_CASE("folding gives what the slow way gives, for every code point and for random text") {
  std::string text;
  for (char32_t code = 1; code < 0x110000; ++code) {
    if (code >= 0xD800 && code < 0xE000) continue;
    append_code(text, code);
    text += 'a';
    if (code > 0x3200) continue;
    for (const char32_t next : {0x301U, 0x345U, 0x3099U, 0x1161U, 0x5BCU}) {
      append_code(text, code);
      append_code(text, next);
      text += '-';
    }
  }
  CHECK(fold(text) == slow_fold(text));
  Dice dice(6);
  for (int round = 0; round < 6000; ++round) {
    std::string random;
    for (std::size_t i = dice.below(30); i > 0; --i) {
      if (dice.below(3) == 0) append_code(random, static_cast<char32_t>(dice.below(0x3200)));
      else random += kTrouble[dice.below(kTrouble.size())];
    }
    REQUIRE(fold(random) == slow_fold(random));
  }
  CHECK(fold(icu_form(kProse, false)) == fold(kProse));
}

TEST_CASE("the first bad byte is where ICU finds it, at every place of a block") {
  constexpr std::string_view kCases[] = {"\x80",
                                         "\xBF\xBF",
                                         "\xC0\x80",
                                         "\xC1\xBF",
                                         "\xC2",
                                         "\xC2\xC2",
                                         "\xDF\xBF",
                                         "\xE0\x9F\xBF",
                                         "\xE0\xA0\x80",
                                         "\xE1\x80",
                                         "\xED\x9F\xBF",
                                         "\xED\xA0\x80",
                                         "\xEF\xBF\xBF",
                                         "\xEF\xBF",
                                         "\xF0\x8F\xBF\xBF",
                                         "\xF0\x90\x80\x80",
                                         "\xF4\x8F\xBF\xBF",
                                         "\xF4\x90\x80\x80",
                                         "\xF5\x80\x80\x80",
                                         "\xF0\x9F\x98",
                                         "\xF0\x9F",
                                         "\xF0",
                                         "\xFF",
                                         "\xE1\xBA\xA1\xA1",
                                         "\xF0\x9F\x98\x80\x80",
                                         "\xC3\xA1\x80"};
  for (const std::string_view piece : kCases)
    for (std::size_t before = 0; before < 100; ++before)
      for (const std::size_t after : {0U, 1U, 3U, 31U, 64U})
        for (const char* filler : {"a", "ế"}) {
          std::string text(before % 3, 'x');
          while (text.size() < before) text += filler;
          text += piece;
          for (std::size_t i = 0; i < after; ++i) text += filler;
          REQUIRE(find_bad_utf8(text) == icu_bad(text));
        }
  Dice dice(7);
  for (int round = 0; round < 20000; ++round) {
    std::string text(kProse.substr(0, 40 + dice.below(200)));
    for (std::size_t i = dice.below(3); i > 0; --i) text[dice.below(text.size())] = static_cast<char>(dice.below(256));
    REQUIRE(find_bad_utf8(text) == icu_bad(text));
  }
}
