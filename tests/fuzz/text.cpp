// decode: against ICU, and a map back that loses no byte.
#include "duluan/text.hpp"

#include <unicode/unistr.h>

#include "duluan/encoding.hpp"
#include "fuzzing.hpp"

using namespace duluan;
using fuzzing::require;

namespace {

std::string icu_decoded(std::string_view bytes, Encoding encoding) {
  std::size_t bom = 0;
  if (encoding_by_mark(bytes, bom) == encoding) bytes.remove_prefix(bom);
  icu::UnicodeString units;
  if (encoding == Encoding::kUtf8) {
    units = icu::UnicodeString::fromUTF8(icu::StringPiece(bytes.data(), static_cast<int32_t>(bytes.size())));
  } else {
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
      const unsigned a = static_cast<unsigned char>(bytes[i]);
      // A lone last byte is as bad as a lone surrogate.
      if (i + 1 == bytes.size()) {
        units.append(static_cast<UChar32>(0xFFFD));
        break;
      }
      const unsigned b = static_cast<unsigned char>(bytes[i + 1]);
      units.append(static_cast<char16_t>(encoding == Encoding::kUtf16Le ? a | b << 8 : a << 8 | b));
    }
  }
  std::string out;
  units.toUTF8String(out);
  return out;
}

// Byte by byte, the sources stand in order, touch, and cover the input from `start` to its end.
void check_map(const Text& text, std::string_view input, std::size_t start) {
  const std::string& out = text.str();
  std::size_t reached = start;
  Span before{start, start};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Span source = text.source({i, i + 1});
    require(source.begin < source.end && source.end <= input.size(), "a source lies inside the input", input);
    require(source == before || source.begin == reached, "sources stand in order and touch", input);
    // One byte that became another can only be a bad byte, now part of U+FFFD.
    const bool replacement = out[i] == '\xEF' || out[i] == '\xBF' || out[i] == '\xBD';
    if (source.size() == 1 && !replacement)
      require(source.of(input) == std::string_view(out).substr(i, 1), "verbatim bytes are equal", input);
    reached = source.end;
    before = source;
  }
  require(out.empty() || reached == input.size(), "sources reach the end of the input", input);
  if (!out.empty()) require(text.source({0, out.size()}) == Span{start, input.size()}, "the whole is the whole", input);
  const Span none = text.source({out.size(), out.size()});
  require(none.begin == none.end && none.end <= input.size(), "an empty span at the end", input);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input = fuzzing::text_of(data, size);
  for (const Encoding encoding : {Encoding::kUtf8, Encoding::kUtf16Le, Encoding::kUtf16Be}) {
    const auto text = decode(input, encoding, OnBadBytes::kReplace);
    require(text.ok(), "kReplace never fails", input);
    require(text->str() == icu_decoded(input, encoding), "decoded as by ICU", input);
    const auto strict = decode(input, encoding, OnBadBytes::kFail);
    require(strict.ok() == (text->replaced() == 0), "kFail fails exactly when something is replaced", input);
    require(!strict.ok() || strict->str() == text->str(), "strict and lenient agree on good text", input);
    std::size_t bom = 0;
    const std::size_t start = encoding_by_mark(input, bom) == encoding ? bom : 0;
    check_map(*text, input, start);
  }
  return 0;
}
