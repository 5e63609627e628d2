// parse_syllable over everything that the grammar makes: all onsets, rimes and tones.
#include <doctest/doctest.h>
#include <unicode/unistr.h>

#include <map>
#include <string>
#include <vector>

#include "duluan/syllable.hpp"
#include "text/grammar.hpp"
#include "text/letters.hpp"
#include "unit/text_material.hpp"

using namespace duluan;
using namespace duluan::text_material;

namespace {

const std::vector<std::string> kOnsets{"",  "b",  "c", "ch", "d", "đ",  "g",   "gh", "gi", "h",
                                       "k", "kh", "l", "m",  "n", "ng", "ngh", "nh", "p",  "ph",
                                       "q", "qu", "r", "s",  "t", "th", "tr",  "v",  "x"};
constexpr std::string_view kVowels[] = {"a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"};
const std::vector<std::string> kCodas{"", "c", "ch", "m", "n", "ng", "nh", "p", "t", "i", "y", "o", "u"};

std::u32string decoded(std::string_view utf8) {
  std::u32string out;
  for (std::size_t at = 0; at < utf8.size();) out += next_code(utf8, at);
  return out;
}

// All rimes of one to three vowels and a coda that the grammar knows.
std::vector<std::string> rimes() {
  std::map<std::string, bool> found;
  std::vector<std::string> nuclei{""};
  for (std::size_t begin = 0, length = 1; length <= 3; ++length) {
    const std::size_t end = nuclei.size();
    for (; begin < end; ++begin)
      for (const std::string_view vowel : kVowels) nuclei.push_back(nuclei[begin] + std::string(vowel));
  }
  for (const std::string& nucleus : nuclei)
    for (const std::string& coda : kCodas)
      if (is_rime(decoded(nucleus + coda))) found[nucleus + coda] = true;
  std::vector<std::string> out;
  for (const auto& [rime, yes] : found) out.push_back(rime);
  return out;
}

std::string upper(const std::string& utf8) {
  std::string out;
  icu::UnicodeString::fromUTF8(utf8).toUpper().toUTF8String(out);
  return out;
}

std::string why(std::string_view text) {
  const auto parsed = parse_syllable(text);
  REQUIRE_FALSE_MESSAGE(parsed.ok(), text);
  const std::string what = parsed.error().what;
  return what.substr(what.find(": ") + 2);
}

}  // namespace

TEST_CASE("all onsets, rimes and tones: what parses is written back the same, in each case, form and style") {
  const std::vector<std::string> all = rimes();
  CHECK(all.size() > 170);
  std::size_t parsed_count = 0;
  for (const std::string& onset : kOnsets)
    for (const std::string& rime : all)
      for (int tone = 0; tone < 6; ++tone) {
        const auto level = parse_syllable(onset + rime);
        // A rime with a stop needs a tone to parse: take it apart with sắc.
        Syllable syllable{onset, "", rime, "", tone};
        const auto parsed = parse_syllable(write_syllable(syllable, ToneStyle::kOld));
        if (!parsed) continue;
        ++parsed_count;
        REQUIRE(parsed->tone == tone);
        REQUIRE(parsed->onset + parsed->medial + parsed->nucleus + parsed->coda == onset + rime);
        if (level) REQUIRE(Syllable{level->onset, level->medial, level->nucleus, level->coda, tone} == *parsed);
        for (const ToneStyle style : {ToneStyle::kOld, ToneStyle::kNew, ToneStyle::kKeep}) {
          const std::string written = write_syllable(*parsed, style);
          for (const std::string& form :
               {written, upper(written), icu_form(written, false), icu_form(upper(written), false)}) {
            const auto again = parse_syllable(form);
            REQUIRE_MESSAGE(again.ok(), form);
            REQUIRE(*again == *parsed);
            REQUIRE(write_syllable(*again, style) == written);
          }
          if (style != ToneStyle::kKeep) REQUIRE(normalize(written, style).str() == written);
        }
      }
  CHECK(parsed_count > 17000);
  MESSAGE(parsed_count << " syllables of " << kOnsets.size() << " onsets and " << all.size() << " rimes");
}

TEST_CASE("a refusal says what is wrong") {
  CHECK(why("") == "it is empty");
  for (const char* text : {"tất cả", "mát.", "các2", "\xFF", "ñan", "яр"})
    CHECK(why(text) == "it holds what is no Vietnamese letter");
  CHECK(why("nghiêngnghiêng") == "it has more letters than any syllable");
  CHECK(why("hòá") == "it bears two tones");
  CHECK(why("a\u0300\u0301") == "it bears two tones");
  CHECK(why("cac\u0300") == "a mark stands on a letter that does not take it");
  CHECK(why("i\u0302") == "a mark stands on a letter that does not take it");
  for (const char* text : {"b", "ngh", "tr"}) CHECK(why(text) == "it has no vowel");
  for (const char* text : {"strong", "zui", "bla", "fa"})
    CHECK(why(text) == "no Vietnamese syllable has such an onset");
  for (const char* text : {"mek", "xyz", "tiêch", "aa"}) CHECK(why(text) == "no Vietnamese syllable has such a rime");
  for (const char* text :
       {"ke", "cá", "quốc", "gà", "ghế", "nga", "nghe", "kỳ", "yêu", "quyên", "ngoan", "gì", "giếng", "của"})
    CHECK_MESSAGE(parse_syllable(text).ok(), text);
  for (const char* text : {"ce", "ka", "kuy", "coa", "ge", "gha", "nge", "ngha", "quu", "tyêu", "qa"})
    CHECK_MESSAGE(why(text) == "its onset is not written so before its rime (c, k, q; g, gh; ng, ngh; gi, qu, yê)",
                  text);
  for (const char* text : {"làc", "mat", "hẻp", "sãch"})
    CHECK(why(text) == "a rime that ends in c, ch, p or t bears sắc or nặng");
}

TEST_CASE("marks in any order, twice, or typed apart") {
  const auto expected = parse_syllable("tiếng");
  REQUIRE(expected);
  for (const char* text :
       {"tíêng", "tie\u0301\u0302ng", "tiê\u0301\u0301ng", "tie\u0302\u0341ng", "TIÊ\u0301NG", "tíếng"})
    CHECK_MESSAGE(*parse_syllable(text) == *expected, text);
}
