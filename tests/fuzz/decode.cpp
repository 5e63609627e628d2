// decode under every reading: never fails when lenient, strict and lenient agree, the map loses no byte, NFC.
#include <array>

#include "duluan/encoding.hpp"
#include "fuzzing.hpp"

using namespace duluan;
using fuzzing::require;

namespace {

constexpr std::array<Encoding, 9> kBytes{Encoding::kTcvn3, Encoding::kTcvn3Capitals, Encoding::kTcvn5712,
                                         Encoding::kVni,   Encoding::kViscii,        Encoding::kVps,
                                         Encoding::kViqr,  Encoding::kViqrTyped,     Encoding::kWindows1258};

// Bytes that legacy encodings give a meaning to, after a first byte that picks the mix.
std::string bytes_of(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kLively =
      "aeiouydAEOUYDcghnt "
      "\n'`?~.^(+\\&#;x0123456789\xB0\xB1\xB2\xB3\xB4\xCC\xD2\xDE\xEC\xF2\xE1\xE2\xF9\xF8\xFB\xF5\xEF"
      "\xC3\xC2\xA1\xBA\xBB\x81\x8D";
  if (size == 0 || data[0] % 3 == 0) return fuzzing::text_of(data, size);
  std::string bytes;
  for (std::size_t i = 1; i < size; ++i)
    bytes += data[0] % 3 == 1 ? kLively[data[i] % kLively.size()] : static_cast<char>(data[i]);
  return bytes;
}

// Character by character the sources stand in order and inside the input.
void check_map(const Text& text, std::string_view input) {
  const std::string& out = text.str();
  std::size_t reached = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Span source = text.source({i, i + 1});
    require(source.begin <= source.end && source.end <= input.size(), "a source lies inside the input", input);
    require(source.end >= reached, "sources stand in order", input);
    reached = source.end;
  }
  if (!out.empty()) require(text.source({0, out.size()}).end == reached, "the whole ends with its last", input);
}

void check(std::string_view input, const Reading& reading) {
  const auto lenient = decode(input, reading, OnBadBytes::kReplace);
  require(lenient.ok(), "lenient decoding never fails", input);
  require(find_bad_utf8(lenient->str()) == std::string_view::npos, "decoded text is UTF-8", input);
  const auto strict = decode(input, reading, OnBadBytes::kFail);
  require(strict.ok() == (lenient->replaced() == 0), "strict decoding fails exactly when something is replaced", input);
  if (strict.ok()) require(strict->str() == lenient->str(), "strict and lenient agree on good text", input);
  check_map(*lenient, input);
}

}  // namespace

// One reading an input, so that many inputs are tried.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string input = bytes_of(data + 1, size - 1);
  const std::size_t pick = data[0] % (kBytes.size() + 5);
  if (pick >= kBytes.size()) {
    constexpr std::array<Reading, 5> kFlawed{{{Encoding::kTcvn3, Flaw::kMisSaved},
                                              {Encoding::kVni, Flaw::kMisSaved},
                                              {Encoding::kViscii, Flaw::kMisSaved},
                                              {Encoding::kUtf8, Flaw::kMojibake},
                                              {Encoding::kUtf8, Flaw::kEntities}}};
    check(input, kFlawed[pick - kBytes.size()]);
    return 0;
  }
  const Encoding encoding = kBytes[pick];
  check(input, {encoding, Flaw::kNone});
  // VIQR lets pass what is no ASCII.
  if (encoding == Encoding::kViqr || encoding == Encoding::kViqrTyped) return 0;
  const auto text = decode(input, encoding, OnBadBytes::kReplace);
  require(fuzzing::icu_normalized(text->str(), true) == text->str(), "legacy text comes out as NFC", input);
  return 0;
}
