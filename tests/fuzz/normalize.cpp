// normalize: NFC by ICU, stable when repeated, the same for NFC and NFD, the fast way as the exact one,
// and a map back whose sources rise.
#include <algorithm>

#include "duluan/text.hpp"
#include "fuzzing.hpp"
#include "text/exact.hpp"

using namespace duluan;
using fuzzing::require;

namespace {

// Every stretch between spaces the exact way.
std::string exactly(std::string_view text, ToneStyle style) {
  Text out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && static_cast<unsigned char>(text[end]) > ' ') ++end;
    normalize_exactly(text, {at, end}, style, out);
    if (end < text.size()) out.copy(text.substr(end, 1), end);
    at = end + 1;
  }
  return out.str();
}

void check_map(const Text& text, std::string_view input) {
  const std::string& out = text.str();
  Span before{0, 0};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Span source = text.source({i, i + 1});
    require(source.begin < source.end && source.end <= input.size(), "a source lies inside the input", input);
    require(source == before || source.begin >= before.end, "sources rise", input);
    // One byte becomes another only with a letter: tone or Ð (two bytes or more), never alone.
    if (source.size() == 1)
      require(source.of(input) == std::string_view(out).substr(i, 1) || out[i] >= 'A', "verbatim bytes are equal",
              input);
    before = source;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input = fuzzing::text_of(data, size);
  // The first byte also picks the style and one of the properties: all of them each time would be slow.
  const unsigned choice = size == 0 ? 0 : data[0] / 2U;
  const auto style = static_cast<ToneStyle>(choice % 3);
  const Text text = normalize(input, style);
  const std::string& out = text.str();
  switch (choice / 3 % 4) {
    case 0:
      require(out == exactly(input, style), "the fast way gives what the exact one gives", input);
      check_map(text, input);
      return 0;
    case 1: require(normalize(out, style).str() == out, "normalizing twice is stable", input); return 0;
    default: break;
  }
  if (find_bad_utf8(input) != std::string_view::npos) return 0;
  if (choice / 3 % 4 == 2) {
    require(find_bad_utf8(out) == std::string_view::npos, "normalized text is UTF-8", input);
    require(fuzzing::icu_normalized(out, true) == out, "normalized text is NFC by ICU", input);
    require(normalize(normalize(input, ToneStyle::kNew).str(), ToneStyle::kOld).str() ==
                normalize(input, ToneStyle::kOld).str(),
            "new to old loses nothing", input);
  } else {
    const std::string decomposed = fuzzing::icu_normalized(input, false);
    require(normalize(decomposed, style).str() == out, "NFD gives the same as NFC", input);
  }
  return 0;
}
