// The encodings one by one: against iconv over all bytes, every letter and syllable there and back, spans.
#include "duluan/encoding.hpp"

#include <doctest/doctest.h>
#include <iconv.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <array>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "text/grammar.hpp"
#include "text/letters.hpp"

using namespace duluan;

namespace {

constexpr std::array<Encoding, 10> kLegacy{
    Encoding::kTcvn3, Encoding::kTcvn3Capitals, Encoding::kTcvn5712,    Encoding::kVni,     Encoding::kViscii,
    Encoding::kVps,   Encoding::kViqr,          Encoding::kWindows1258, Encoding::kUtf16Le, Encoding::kUtf16Be};

std::string named(Encoding encoding) { return name_of({encoding, Flaw::kNone}); }

std::string nfc(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out;
  icu::Normalizer2::getNFCInstance(status)->normalize(icu::UnicodeString::fromUTF8(text), status).toUTF8String(out);
  return out;
}

// What glibc makes of the bytes, as NFC; nothing if it refuses them.
std::optional<std::string> by_iconv(const char* charset, std::string bytes) {
  iconv_t converter = iconv_open("UTF-8", charset);
  REQUIRE(converter != reinterpret_cast<iconv_t>(-1));
  std::string out(bytes.size() * 4 + 16, '\0');
  char* from = bytes.data();
  char* to = out.data();
  std::size_t from_left = bytes.size();
  std::size_t to_left = out.size();
  bool good = iconv(converter, &from, &from_left, &to, &to_left) != static_cast<std::size_t>(-1);
  good = good && iconv(converter, nullptr, nullptr, &to, &to_left) != static_cast<std::size_t>(-1);
  iconv_close(converter);
  if (!good) return std::nullopt;
  out.resize(out.size() - to_left);
  return nfc(out);
}

struct Oracle {
  Encoding encoding;
  const char* charset;
};
constexpr std::array<Oracle, 3> kOracles{
    {{Encoding::kTcvn5712, "TCVN5712-1"}, {Encoding::kViscii, "VISCII"}, {Encoding::kWindows1258, "CP1258"}}};

void check_against_iconv(const Oracle& oracle, const std::string& bytes) {
  const auto expected = by_iconv(oracle.charset, bytes);
  const auto got = decode(bytes, oracle.encoding, OnBadBytes::kFail);
  REQUIRE(got.ok() == expected.has_value());
  // glibc makes one letter of Ó, Ú or Ö with a tilde, though Unicode keeps these marks in their order.
  bool reordered = false;
  for (const char* letter : {"Ṍ", "ṍ", "Ṹ", "ṹ", "Ṏ", "ṏ"})
    reordered = reordered || (expected && expected->find(letter) != std::string::npos);
  if (expected && !reordered) REQUIRE(got->str() == *expected);
}

// Every letter of the alphabet in both cases, đ and the unmarked among them.
std::u32string alphabet() {
  std::u32string letters;
  for (char32_t code = U'A'; code < 0x1F00; ++code)
    if (letter_of(code).plain != 0) letters += code;
  return letters;
}

std::string utf8(std::u32string_view letters) {
  std::string out;
  for (const char32_t letter : letters) append_code(out, letter);
  return out;
}

// All that the grammar allows, tones placed in the old style.
std::vector<std::u32string> syllables() {
  constexpr std::u32string_view kVowels = U"aăâeêioôơuưy";
  std::vector<std::u32string> nuclei;
  for (const char32_t a : kVowels) {
    nuclei.emplace_back(1, a);
    for (const char32_t b : kVowels) {
      nuclei.push_back({a, b});
      for (const char32_t c : kVowels) nuclei.push_back({a, b, c});
    }
  }
  std::vector<std::u32string> found;
  for (const std::u32string& nucleus : nuclei)
    for (const std::u32string_view coda : {U"", U"c", U"ch", U"m", U"n", U"ng", U"nh", U"p", U"t"}) {
      const std::u32string rime = nucleus + std::u32string(coda);
      if (!is_rime(rime)) continue;
      const std::size_t place = tone_position(rime, true);
      for (const std::u32string_view onset :
           {U"",  U"b",  U"c",   U"ch", U"d", U"đ",  U"g",  U"gh", U"gi", U"h", U"k",  U"kh", U"l", U"m",
            U"n", U"ng", U"ngh", U"nh", U"p", U"ph", U"qu", U"r",  U"s",  U"t", U"th", U"tr", U"v", U"x"})
        for (const Tone tone : {Tone::kLevel, Tone::kGrave, Tone::kHook, Tone::kTilde, Tone::kAcute, Tone::kDot}) {
          std::u32string syllable = std::u32string(onset) + rime;
          syllable[onset.size() + place] = compose(rime[place], tone, false);
          found.push_back(std::move(syllable));
        }
    }
  return found;
}

char32_t upper(char32_t code) {
  const Letter letter = letter_of(code);
  if (letter.plain == U'đ') return U'Đ';
  return letter.vowel ? compose(letter.plain, letter.tone, true) : letter.plain - 32;
}

// Each letter's bytes (with the marks after it) decode to it alone, and every stretch of letters to that stretch.
void check_spans(const std::string& bytes, Encoding encoding, std::mt19937& random) {
  const auto text = decode(bytes, encoding, OnBadBytes::kReplace);
  const std::string& out = text->str();
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < out.size(); ++i)
    if ((static_cast<unsigned char>(out[i]) & 0xC0) != 0x80 && out[i] != '\xCC') starts.push_back(i);
  starts.push_back(out.size());
  const auto check = [&](std::size_t begin, std::size_t end) {
    const Span span{starts[begin], starts[end]};
    const auto alone = decode(text->source(span).of(bytes), encoding, OnBadBytes::kReplace);
    REQUIRE(alone->str() == span.of(out));
  };
  for (std::size_t i = 0; i + 1 < starts.size(); ++i) check(i, i + 1);
  for (int i = 0; i < 50 && starts.size() > 2; ++i) {
    const std::size_t begin = random() % (starts.size() - 1);
    check(begin, begin + 1 + random() % (starts.size() - 1 - begin));
  }
}

}  // namespace

TEST_CASE("encoding: one, two and three bytes against iconv") {
  for (const Oracle& oracle : kOracles) {
    CAPTURE(oracle.charset);
    for (unsigned a = 0; a < 256; ++a) {
      check_against_iconv(oracle, std::string(1, static_cast<char>(a)));
      for (unsigned b = 0; b < 256; ++b) check_against_iconv(oracle, {static_cast<char>(a), static_cast<char>(b)});
    }
  }
}

TEST_CASE("encoding: random bytes against iconv") {
  std::mt19937 random(1);
  for (const Oracle& oracle : kOracles)
    for (int round = 0; round < 3000; ++round) {
      std::string bytes;
      // Marks and vowels often, so that clusters of several marks come up.
      for (std::size_t i = 0; i < (round % 10 == 0 ? 1500U : 40U); ++i)  // some longer than a block
        bytes += static_cast<char>(random() % 3 == 0 ? "aeiouyAU\xB0\xB1\xB3\xB4\xCC\xD2\xEC\xF2"[random() % 16]
                                                     : random() % 256);
      if (oracle.encoding == Encoding::kWindows1258)
        std::erase_if(bytes, [](char c) { return !decode({&c, 1}, Encoding::kWindows1258, OnBadBytes::kFail); });
      check_against_iconv(oracle, bytes);
    }
}

TEST_CASE("encoding: TCVN3 is TCVN 5712 but for control codes and Windows punctuation") {
  for (unsigned byte = 0; byte < 256; ++byte) {
    const std::string bytes(1, static_cast<char>(byte));
    const auto narrow = decode(bytes, Encoding::kTcvn3, OnBadBytes::kReplace);
    const auto wide = decode(bytes, Encoding::kTcvn5712, OnBadBytes::kReplace);
    if (byte < 0x20) CHECK(narrow->str() == bytes);
    else if (byte < 0x80 || byte >= 0xA0) CHECK(narrow->str() == wide->str());
    else CHECK(narrow->str() == by_iconv("CP1252", bytes).value_or("\uFFFD"));
  }
  CHECK(decode("C\xE9NG HO\xB5", Encoding::kTcvn3Capitals, OnBadBytes::kFail)->str() == "CỘNG HOÀ");
  CHECK(decode("c\xE9ng ho\xB5", Encoding::kTcvn3Capitals, OnBadBytes::kFail)->str() == "CỘNG HOÀ");
}

TEST_CASE("encoding: every letter goes there and back") {
  const std::string letters = utf8(alphabet());
  for (const Encoding encoding : kLegacy) {
    if (encoding == Encoding::kTcvn3 || encoding == Encoding::kTcvn3Capitals) continue;
    CAPTURE(named(encoding));
    const auto bytes = encode(letters, encoding);
    REQUIRE(bytes);
    CHECK(decode(*bytes, encoding, OnBadBytes::kFail)->str() == letters);
  }
  // TCVN3 has the small letters and the capitals without tones, its font of capitals the capitals alone.
  std::size_t written = 0;
  for (const char32_t code : alphabet()) {
    const std::string letter = utf8({&code, 1});
    for (const Encoding encoding : {Encoding::kTcvn3, Encoding::kTcvn3Capitals}) {
      const auto bytes = encode(letter, encoding);
      if (!bytes) continue;
      ++written;
      CHECK(decode(*bytes, encoding, OnBadBytes::kFail)->str() == letter);
    }
    CHECK(encode(letter, Encoding::kTcvn3Capitals).ok() == letter_of(code).upper);
    CHECK((!letter_of(code).upper ? encode(letter, Encoding::kTcvn3).ok() : true));
  }
  CHECK(written > 2 * 93);
}

TEST_CASE("encoding: every syllable of the grammar in three cases goes there and back") {
  std::string small;
  std::string title;
  std::string capitals;
  const std::vector<std::u32string> all = syllables();
  CHECK(all.size() > 18000);
  for (std::u32string syllable : all) {
    small += utf8(syllable) + ' ';
    syllable[0] = upper(syllable[0]);
    title += utf8(syllable) + ' ';
    for (char32_t& letter : syllable) letter = upper(letter);
    capitals += utf8(syllable) + ' ';
  }
  const auto goes_back = [](const std::string& text, Encoding encoding) {
    CAPTURE(named(encoding));
    const auto bytes = encode(text, encoding);
    REQUIRE(bytes);
    CHECK(decode(*bytes, encoding, OnBadBytes::kFail)->str() == text);
  };
  goes_back(small, Encoding::kTcvn3);
  goes_back(capitals, Encoding::kTcvn3Capitals);
  for (const Encoding encoding : kLegacy) {
    if (encoding == Encoding::kTcvn3 || encoding == Encoding::kTcvn3Capitals) continue;
    goes_back(small, encoding);
    goes_back(title, encoding);
    goes_back(capitals, encoding);
  }
}

TEST_CASE("encoding: spans lead to bytes that decode to the same") {
  std::mt19937 random(2);
  constexpr std::string_view kSentence = "Nguyện vọng của người dân: đường sá, điện nước; ở xã Yên Bình.";
  for (const Encoding encoding : kLegacy) {
    const auto bytes = encode(kSentence, encoding);
    if (bytes) check_spans(*bytes, encoding, random);
  }
  for (const Encoding encoding : {Encoding::kTcvn3, Encoding::kTcvn5712, Encoding::kVni, Encoding::kViscii,
                                  Encoding::kVps, Encoding::kWindows1258})
    for (int round = 0; round < 200; ++round) {
      std::string bytes;
      for (int i = 0; i < 30; ++i)
        bytes += static_cast<char>(random() % 2 == 0 ? "aeiouyAEOUY dnh"[random() % 15] : random() % 256);
      check_spans(bytes, encoding, random);
    }
}

TEST_CASE("encoding: VNI joins marks to letters, in either case and twice") {
  const auto read = [](const char* bytes) { return decode(bytes, Encoding::kVni, OnBadBytes::kFail)->str(); };
  CHECK(read("Vie\xE4t Nam, \xF1o\xE4"
             "c la\xE4p") == "Việt Nam, độc lập");
  CHECK(read("VE\xC2\xD8") == "VỀ");    // roof and tone apart
  CHECK(read("A\xF9 A\xD9") == "Á Á");  // a small mark on a capital
  CHECK(read("Chi\xF9nh") == "Chính");  // i with a mark of its own
  CHECK(read("caf\xE9 \x93n\xF6\xF4\xF9"
             "c\x94") == "café “nước”");
  CHECK_FALSE(decode("a\x81", Encoding::kVni, OnBadBytes::kFail));
}

TEST_CASE("encoding: VIQR by the RFC and as typed") {
  const auto rfc = [](const char* bytes) { return decode(bytes, Encoding::kViqr, OnBadBytes::kFail)->str(); };
  const auto typed = [](const char* bytes) { return decode(bytes, Encoding::kViqrTyped, OnBadBytes::kFail)->str(); };
  CHECK(rfc("Vie^.t Nam, ddu+o+`ng DDi.nh; Ddo^`ng") == "Việt Nam, đường Định; Đồng");
  CHECK(rfc("la\\. ai\\? ad\\d C:\\temp \\\\") == "la. ai? add C:\\temp \\");
  CHECK(rfc("ai?") == "aỉ");
  CHECK(typed("Anh la` ai? Toi dda^y. To^i ddi vo+'i anh.") == "Anh là ai? Toi đây. Tôi đi với anh.");
  CHECK(typed("khoe? kho^ng?") == "khoẻ không?");
  CHECK(typed("they're here, don't you? (x+y)") == "they're here, don't you? (x+y)");
  CHECK(typed("Vie^.t Nam la\\. be? add") == "Việt Nam la. bẻ add");
  for (const char* text : {"a' a^' dd? d\\d \\ a. (ơ+) DD u+ u+'", "Nghĩa là gì? (a+b) ^ ~ `x` add"}) {
    const auto bytes = encode(text, Encoding::kViqr);
    REQUIRE(bytes);
    CHECK(rfc(bytes->c_str()) == text);
  }
}

TEST_CASE("encoding: Windows-1258 composes, and keeps several marks in canonical order") {
  const auto read = [](const char* bytes) { return decode(bytes, Encoding::kWindows1258, OnBadBytes::kFail)->str(); };
  CHECK(read("Vi\xEA\xF2t \xF0\xF5\xCC\x69") ==
        "Việt đờ"
        "i");
  CHECK(read("a\xEC\xF2") == nfc("a\u0301\u0323"));
  CHECK(encode("Việt", Encoding::kWindows1258).value() == "Vi\xEA\xF2t");
}

TEST_CASE("encoding: what cannot be read or written is named by its place") {
  const auto read = decode("tin \xD2\xFF\x8D", Encoding::kWindows1258, OnBadBytes::kFail);
  REQUIRE_FALSE(read);
  CHECK(read.error().where == "byte 6");
  CHECK(decode("tin \x8D\x8D", Encoding::kWindows1258, OnBadBytes::kReplace)->replaced() == 2);
  const auto written = encode("Hà Nội 中", Encoding::kVni);
  REQUIRE_FALSE(written);
  CHECK(written.error().what.find("中") != std::string::npos);
  CHECK(written.error().where == "byte 10");
  CHECK_FALSE(encode("HÀ NỘI", Encoding::kTcvn3));
  CHECK_FALSE(encode("a\xFF", Encoding::kVni));
  CHECK(encode("😀", Encoding::kUtf16Le).value() == std::string("\x3D\xD8\x00\xDE", 4));
}
