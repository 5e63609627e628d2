#include <doctest/doctest.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "duluan/syllable.hpp"
#include "duluan/text.hpp"
#include "text/clean.hpp"
#include "text/exact.hpp"
#include "text/letters.hpp"
#include "text/spelling.hpp"
#include "text/variants.hpp"
#include "unit/text_material.hpp"

using namespace duluan;
using namespace duluan::text_material;

namespace {

std::string old_style(std::string_view text) { return normalize(text, ToneStyle::kOld).str(); }

Text exactly(std::string_view text, ToneStyle style) {
  Text out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && static_cast<unsigned char>(text[end]) > ' ') ++end;
    normalize_exactly(text, {at, end}, style, out);
    if (end < text.size()) out.copy(text.substr(end, 1), end);
    at = end + 1;
  }
  return out;
}

// The prose with some bytes or pieces changed.
std::string troubled(Dice& dice, std::size_t times) {
  std::string text(kProse);
  for (; times > 0; --times) {
    const std::size_t at = dice.below(text.size());
    switch (dice.below(4)) {
      case 0: text[at] = static_cast<char>(dice.below(256)); break;
      case 1: text.erase(at, 1 + dice.below(3)); break;
      default: text.insert(at, kTrouble[dice.below(kTrouble.size())]);
    }
  }
  return text;
}

std::string of_pieces(Dice& dice, std::size_t count) {
  std::string text;
  for (; count > 0; --count) text += kTrouble[dice.below(kTrouble.size())];
  return text;
}

constexpr ToneStyle kStyles[] = {ToneStyle::kOld, ToneStyle::kNew, ToneStyle::kKeep};

}  // namespace

TEST_CASE("a tone stands on its vowel, however it was typed") {
  for (const auto& [typed, right] :
       std::vector<std::pair<std::string, std::string>>{{"ngừơi", "người"},
                                                        {"qúa", "quá"},
                                                        {"lọai", "loại"},
                                                        {"gịăt", "giặt"},
                                                        {"ngừời", "người"},
                                                        {"NGỪƠI", "NGƯỜI"},
                                                        {"gìa", "già"},
                                                        {"Qúy", "Quý"},
                                                        {"thúê", "thuế"},
                                                        {"tòan", "toàn"},
                                                        {"khủyu", "khuỷu"},
                                                        {"hoà", "hòa"},
                                                        {"à\u0300", "à"},
                                                        {"e\u0301\u0302", "ế"},
                                                        {"ê\u0302\u0301", "ế"},
                                                        {"u\u0300\u031Bng", "ừng"},
                                                        {"ti\u0301ê\u0301ng", "tiếng"},
                                                        {"Hoa\u0300 bi\u0300nh", "Hòa bình"},
                                                        {"kĩ quý lý", "kĩ quý lý"},
                                                        {"THUÝ HOÀ", "THÚY HÒA"}})
    CHECK_MESSAGE(old_style(typed) == right, typed);
  CHECK(normalize("hòa thúy", ToneStyle::kNew).str() == "hoà thuý");
  CHECK(normalize("hòa thuý qúa", ToneStyle::kKeep).str() == "hòa thuý qúa");
  CHECK(normalize("e\u0301\u0302m", ToneStyle::kKeep).str() == "ếm");
}

TEST_CASE("Đ for Ð in Vietnamese words and abbreviations only") {
  for (const auto& [typed, right] :
       std::vector<std::pair<std::string, std::string>>{{"Ðà Nẵng", "Đà Nẵng"},
                                                        {"ðường", "đường"},
                                                        {"HÐND, QÐ-TTg, NÐ", "HĐND, QĐ-TTg, NĐ"},
                                                        {"Ðắk Lắk", "Đắk Lắk"},
                                                        {"Guðrún Ðuka VIÐ það", "Guðrún Ðuka VIÐ það"},
                                                        {"Ð", "Ð"}})
    CHECK_MESSAGE(old_style(typed) == right, typed);
}

TEST_CASE("invisible characters, odd spaces, full-width forms and look-alikes") {
  for (const auto& [typed, right] :
       std::vector<std::pair<std::string, std::string>>{{"Vi\u200Bệt Nam\uFEFF", "Việt Nam"},
                                                        {"\uFEFFHà\u00A0Nội", "Hà Nội"},
                                                        {"Hà\u2009\u200BNội", "Hà Nội"},
                                                        {"\u00ADnước\u200C", "nước"},
                                                        {"Ｖｉệｔ Ｎａｍ，２０２５", "Việt Nam,2025"},
                                                        {"ｈoà", "hòa"},
                                                        {"Нà Nội", "Hà Nội"},
                                                        {"đồng bàо", "đồng bào"},
                                                        {"cόc", "cóc"},
                                                        {"Vi\u200Dе\u0323\u0302t", "Việt"},
                                                        {"10\u202F000", "10 000"}})
    CHECK_MESSAGE(old_style(typed) == right, typed);
}

TEST_CASE("all else keeps every byte") {
  for (const std::string text :
       {"👨\u200D👩\u200D👧 ❤️\u200D🔥", "नमस्\u200Dते", "می\u200Cخواهم", "你好，世界\u3000（好）",
        "ภาษา\u200Bไทย", "Здравствуй сора мор", "Αθήνα όχι",
        "https://vi.wikipedia.org/wiki/Hoà_Bình www.hoà.vn/\u200Bx", "hoà@thuý.vn", "ftp://x/qúa",
        "naïve Müller São café Łódź", "for (i = 0; i < n; ++i) { a[i] = \"ok\"; }", "x\u0301y", "1\uFE0F\u20E3",
        "हिन्दी", "𝒳 ≠ ∅"})
    CHECK_MESSAGE(old_style(text) == text, text);
}

TEST_CASE("NFC is ICU's for every code point, alone and with a mark") {
  std::string text;
  const auto line = [&text](std::initializer_list<char32_t> codes) {
    for (const char32_t code : codes) append_code(text, code);
    text += '\n';
  };
  for (char32_t code = 0x21; code < 0x110000; ++code) {
    if ((code >= 0xD800 && code < 0xE000) ||
        (variant_of(code) != Variant::kNone && variant_of(code) != Variant::kLookAlike))
      continue;
    if (u_charType(static_cast<UChar32>(code)) == U_UNASSIGNED ||
        u_charType(static_cast<UChar32>(code)) == U_PRIVATE_USE_CHAR)
      continue;
    line({code});
    // Marks on Vietnamese vowels are put right beyond NFC; that has its own tests.
    if (code > 0x30FF || (code >= 0x80 && letter_of(code).vowel)) continue;
    for (const char32_t mark : {0x301U, 0x323U, 0x302U, 0x338U, 0x345U, 0x3099U, 0x5BCU}) line({code, mark});
    for (const char32_t mark : {0x308U, 0x327U}) line({code, mark, 0x301});
  }
  for (const char32_t l : {0x1100U, 0x1112U, 0xAC00U, 0xAC1CU})
    for (const char32_t v : {0x1161U, 0x1175U, 0x11A8U}) line({l, v, 0x11C2});
  for (const ToneStyle style : kStyles) CHECK(normalize(text, style).str() == icu_form(text, true));
}

TEST_CASE(
    "every syllable with its tone on any vowel, in each case and form, comes out right, and right ones are not looked "
    "at") {
  std::set<std::string> rights;
  std::string wrong;
  std::string right;
  constexpr std::string_view kRimes =
      "a oa oe uy ươi iê oai uya uyu uôi ưu yêu ia ua ưa oan oen uyên uynh iêng ương uông uân uê uơ oay ây au oao oeo "
      "êu iêu uât oăn ăn ôi";
  for (const std::string onset : {"", "b", "g", "gi", "q", "qu", "ng", "ngh", "kh", "tr", "đ", "th"})
    for (std::size_t at = 0; at < kRimes.size();
         at = kRimes.find(' ', at) == std::string_view::npos ? kRimes.size() : kRimes.find(' ', at) + 1) {
      const std::string rime(kRimes.substr(at, std::min(kRimes.find(' ', at), kRimes.size()) - at));
      const std::string word = onset + rime;
      Spelling spelling;
      bool fits = true;
      for (std::size_t i = 0; i < word.size();) fits = fits && spelling.add(next_code(word, i));
      const std::size_t start = fits ? onset_length(spelling.letters()) : 0;
      if (!fits || !is_rime(spelling.letters().substr(start))) continue;
      const std::size_t place = start + tone_position(spelling.letters().substr(start), true);
      for (const char32_t tone : {0x300U, 0x309U, 0x303U, 0x301U, 0x323U})
        for (const bool upper : {false, true}) {
          const auto with_tone_at = [&](std::size_t where) {
            std::string out;
            for (std::size_t i = 0; i < spelling.letters().size(); ++i) {
              const char32_t plain = spelling.letters()[i];
              char32_t letter = upper ? static_cast<char32_t>(u_toupper(static_cast<UChar32>(plain))) : plain;
              append_code(out, letter);
              if (i == where) append_code(out, tone);
            }
            return icu_form(out, true);
          };
          for (std::size_t i = 0; i < spelling.letters().size(); ++i) {
            if (!letter_of(spelling.letters()[i]).vowel) continue;
            wrong += with_tone_at(i) + " ";
            right += with_tone_at(place) + " ";
          }
          rights.insert(with_tone_at(place));
        }
    }
  CHECK(rights.size() > 2500);
  CHECK(old_style(wrong) == right);
  CHECK(old_style(icu_form(wrong, false)) == right);
  CHECK(exactly(wrong, ToneStyle::kOld).str() == right);
  CHECK(normalize(right, ToneStyle::kOld).verbatim());
  std::vector<Span> suspects;
  CleanText::of(ToneStyle::kOld).find_suspects(right, right.size(), suspects);
  CHECK(suspects.empty());
  suspects.clear();
  CleanText::of(ToneStyle::kNew).find_suspects(normalize(wrong, ToneStyle::kNew).str(), right.size(), suspects);
  CHECK(suspects.empty());
}

TEST_CASE("the fast way gives what the exact way gives, at every alignment") {
  Dice dice(3);
  for (int round = 0; round < 400; ++round) {
    std::string text(dice.below(70), ' ');
    while (text.size() < 1000 + dice.below(3000)) text += troubled(dice, dice.below(round % 4 == 0 ? 60 : 4));
    if (round % 5 == 1) text = icu_form(text, false);
    const ToneStyle style = kStyles[dice.below(3)];
    const Text fast = normalize(text, style);
    REQUIRE(fast.str() == exactly(text, style).str());
  }
  // Long ones, with and without spaces at the borders of blocks.
  for (int round = 0; round < 12; ++round) {
    std::string text;
    while (text.size() < 150000) text += round % 3 == 0 ? of_pieces(dice, 40) : troubled(dice, round % 3 == 1 ? 1 : 20);
    if (round % 4 == 3) text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
    REQUIRE(normalize(text, ToneStyle::kOld).str() == exactly(text, ToneStyle::kOld).str());
  }
}

TEST_CASE("normalizing is stable, the same for NFC and NFD, and loses no tone between the styles") {
  Dice dice(4);
  for (int round = 0; round < 4000; ++round) {
    std::string text = of_pieces(dice, 1 + dice.below(30));
    if (find_bad_utf8(text) != std::string_view::npos) continue;
    for (const ToneStyle style : kStyles) {
      const std::string once = normalize(text, style).str();
      REQUIRE(normalize(once, style).str() == once);
      REQUIRE(icu_form(once, true) == once);
      REQUIRE(normalize(icu_form(text, false), style).str() == once);
      REQUIRE(normalize(icu_form(text, true), style).str() == once);
    }
    REQUIRE(old_style(normalize(text, ToneStyle::kNew).str()) == old_style(text));
  }
}

TEST_CASE("sources are smallest and rise, and what was not changed is exact") {
  Dice dice(5);
  for (int round = 0; round < 300; ++round) {
    std::string text = troubled(dice, dice.below(6));
    if (round % 3 == 0) text = icu_form(text, false);
    const Text out = normalize(text, ToneStyle::kOld);
    Span before{0, 0};
    for (std::size_t i = 0; i < out.str().size(); ++i) {
      const Span source = out.source({i, i + 1});
      REQUIRE((source == before || source.begin >= before.end));
      REQUIRE(source.end > source.begin);
      // A piece is at most a syllable with its marks and what hides in it.
      REQUIRE(source.size() < 60);
      before = source;
    }
  }
  const std::string input = "Ngừơi dân e\u0301\u0302m hoà\u200B!";
  const Text text = normalize(input, ToneStyle::kOld);
  const auto source_of = [&](std::string_view found) {
    const std::size_t at = text.str().find(found);
    return std::string(text.source({at, at + found.size()}).of(input));
  };
  CHECK(text.str() == "Người dân ếm hòa!");
  CHECK(source_of("Ng") == "Ng");
  CHECK(source_of("ườ") == "ừơ");
  CHECK(source_of("i dân ") == "i dân ");
  CHECK(source_of("ế") == "e\u0301\u0302");
  CHECK(source_of("m") == "m");
  CHECK(source_of("h") == "h");
  CHECK(source_of("òa") == "oà");
  CHECK(source_of("!") == "!");
}
