// Detection, and text that was damaged after it was right.
#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "duluan/encoding.hpp"
#include "text/letters.hpp"

using namespace duluan;

namespace {

const std::string kReport =
    "Nhân dân các xã vùng cao phấn khởi trước chủ trương xây dựng đường liên thôn.\n"
    "Nhiều hộ phản ánh nước máy đục, có mùi lạ trong suốt tháng qua; đề nghị kiểm tra.\n"
    "Cử tri kiến nghị sớm chi trả tiền đền bù cho các hộ bị thu hồi đất.\n";

// Bytes as the letters that Latin-1 shows for them.
std::string as_latin(std::string_view bytes) {
  std::string out;
  for (const char byte : bytes) append_code(out, static_cast<unsigned char>(byte));
  return out;
}

std::string entities(std::string_view utf8, bool hex) {
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t code = next_code(utf8, at);
    std::array<char, 16> number{};
    (void)std::snprintf(number.data(), number.size(), hex ? "&#x%X;" : "&#%u;", static_cast<unsigned>(code));
    if (code < 0x80) out += static_cast<char>(code);
    else out += number.data();
  }
  return out;
}

struct Sample {
  Reading reading;
  std::string bytes;
};

std::vector<Sample> samples(const std::string& text) {
  std::vector<Sample> made;
  const auto add = [&](Encoding encoding, Encoding read_as) {
    const std::string bytes = encode(text, encoding).value();
    made.push_back({{read_as, Flaw::kNone}, bytes});
    if (encoding != Encoding::kViqr && encoding != Encoding::kUtf16Le && encoding != Encoding::kUtf16Be)
      made.push_back({{read_as, Flaw::kMisSaved}, as_latin(bytes)});
  };
  for (const Encoding encoding :
       {Encoding::kTcvn3, Encoding::kVni, Encoding::kViscii, Encoding::kVps, Encoding::kWindows1258})
    add(encoding, encoding);
  add(Encoding::kViqr, Encoding::kViqrTyped);
  add(Encoding::kUtf16Le, Encoding::kUtf16Le);
  add(Encoding::kUtf16Be, Encoding::kUtf16Be);
  made.push_back({{Encoding::kUtf8, Flaw::kMojibake}, as_latin(text)});
  made.push_back({{Encoding::kUtf8, Flaw::kEntities}, entities(text, false)});
  made.push_back({{Encoding::kUtf8, Flaw::kEntities}, entities(text, true)});
  return made;
}

std::string read_any(std::string_view bytes) { return decode_any(bytes).text.str(); }

}  // namespace

TEST_CASE("detection: a report in every encoding and with every flaw") {
  for (const Sample& sample : samples(kReport)) {
    CAPTURE(name_of(sample.reading));
    CHECK(detect_encoding(sample.bytes).reading == sample.reading);
    CHECK(detect_encoding(sample.bytes).confidence > 0.9);
    const Decoded read = decode_any(sample.bytes);
    CHECK(read.text.str() == kReport);
    CHECK(read.main_reading() == sample.reading);
    // The way back to the bytes handed in.
    const std::size_t at = kReport.find("đề nghị");
    const Span source = read.text.source({at, at + std::string("đề nghị").size()});
    CHECK(decode(source.of(sample.bytes), sample.reading, OnBadBytes::kReplace)->str() == "đề nghị");
  }
}

TEST_CASE("detection: each line of the report by itself") {
  for (std::size_t at = 0; at < kReport.size();) {
    const std::size_t end = kReport.find('\n', at);
    const std::string line = kReport.substr(at, end - at);
    for (const Sample& sample : samples(line)) {
      CAPTURE(name_of(sample.reading));
      CHECK(read_any(sample.bytes) == line);
    }
    at = end + 1;
  }
}

TEST_CASE("detection: mixed documents are read line by line") {
  const std::string tcvn3 = encode(kReport, Encoding::kTcvn3).value();
  const std::string vni = encode(kReport, Encoding::kVni).value();
  CHECK(read_any(kReport + tcvn3 + vni + kReport) == kReport + kReport + kReport + kReport);
  CHECK(read_any(kReport + as_latin(vni) + kReport) == kReport + kReport + kReport);
  const std::vector<DetectedLines> parts = detect_lines(kReport + tcvn3);
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].lines == Span{0, kReport.size()});
  CHECK(parts[0].detected.reading == Reading{});
  CHECK(parts[1].detected.reading == Reading{Encoding::kTcvn3, Flaw::kNone});
}

TEST_CASE("detection: mis-saved text inside UTF-16 is mended with the way back") {
  const std::string letters = as_latin(encode(kReport, Encoding::kVni).value());
  const std::string bytes = "\xFF\xFE" + encode(letters, Encoding::kUtf16Le).value();
  const Decoded read = decode_any(bytes);
  CHECK(read.text.str() == kReport);
  CHECK(read.main_reading() == Reading{Encoding::kVni, Flaw::kMisSaved});
  const std::size_t at = kReport.find("đường");
  const Span source = read.text.source({at, at + std::string("đường").size()});
  CHECK(source.begin % 2 == 0);
  CHECK(decode(source.of(bytes), Encoding::kUtf16Le, OnBadBytes::kFail)->str() ==
        as_latin(encode("đường", Encoding::kVni).value()));
}

TEST_CASE("detection: what is not legacy Vietnamese is not touched") {
  for (const std::string& text :
       {std::string("Nước đạt 30°C, diện tích 25 m² – “đúng hạn”; giá 5€ ± 2, café São Paulo naïve\n"),
        std::string("Les élèves où étaient-ils déjà allés à Genève, après l'été à la fenêtre ?\n"),
        std::string("El año pasado, ¿qué pasó? Mañana será así también, señor.\n"),
        std::string("Über die Straße gehört die größte Tür, schön für Käufer.\n"),
        std::string("They're here. Don't go; we'll be so. U+000A, U+0041 x^2 a+b ~a `du` i?j:k he. to. me? no.\n"),
        std::string("for (int i = 0; i < n && p->next; ++i) a[i] += b[i] & 0xFF; // &amp; &lt; &nbsp;\n"),
        std::string("1.234,5\t12/5/2024\t0\n5\t6\t7\n"), std::string("© 2007 Nguyễn Thái Ngọc Duy ®\n"), std::string(),
        std::string("nº 0, nº 1, nº 2 et nº 6 ; correspond aux processeurs\n")}) {
    CAPTURE(text);
    CHECK(detect_encoding(text).reading == Reading{});
    CHECK(read_any(text) == text);
    CHECK(read_any(text + kReport) == text + kReport);
  }
}

TEST_CASE("flaws: the soft hyphen of TCVN3, substitutes of PDF, letters of Unicode left alone") {
  const auto mend = [](const char* text, Encoding encoding) {
    return decode(text, Reading{encoding, Flaw::kMisSaved}, OnBadBytes::kFail)->str();
  };
  CHECK(mend("n\u00ADíc", Encoding::kTcvn3) == "nước");
  CHECK(mend("n\u2212íc th\u2219ng", Encoding::kTcvn3) == "nước thãng");
  CHECK(mend("“Töï do” – phụ", Encoding::kVni) == "“Tự do” – phụ");
  CHECK(mend("a − b", Encoding::kVni) == "a − b");
  const Reading twice{Encoding::kUtf8, Flaw::kMojibake};
  CHECK(decode("Ã¡ áº¥ â€œ Ä‘ á»\u009D é", twice, OnBadBytes::kFail)->str() == "á ấ “ đ ờ é");
  const Reading named{Encoding::kUtf8, Flaw::kEntities};
  CHECK(
      decode("d&acirc;n &#7845; &#x1EA5; &abreve; &#147; &amp;lt; &none; &#0; & x", named, OnBadBytes::kFail)->str() ==
      "dân ấ ấ ă “ &lt; &none; &#0; & x");
}
