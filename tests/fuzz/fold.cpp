// fold: valid UTF-8, lower case, the same for NFC and NFD and when repeated.
#include <algorithm>

#include "duluan/encoding.hpp"
#include "duluan/text.hpp"
#include "fuzzing.hpp"

using namespace duluan;
using fuzzing::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string raw = fuzzing::text_of(data, size);
  (void)fold(raw);  // bears bad bytes
  const std::string input = decode(raw, Encoding::kUtf8, OnBadBytes::kReplace)->str();
  const std::string out = fold(input);
  // The first byte also picks one of the costly properties.
  switch (size == 0 ? 0 : data[0] / 2 % 4) {
    case 0: require(fold(fuzzing::icu_normalized(input, false)) == out, "NFD folds as NFC", input); break;
    case 1: require(fold(fuzzing::icu_normalized(input, true)) == out, "folding composes", input); break;
    case 2:
      require(fold(normalize(input, ToneStyle::kNew).str()) == fold(normalize(input, ToneStyle::kOld).str()),
              "both tone styles fold to one", input);
      break;
    default:
      require(find_bad_utf8(out) == std::string_view::npos, "folded text is UTF-8", input);
      require(fold(out) == out, "folding twice is stable", input);
  }
  require(std::none_of(out.begin(), out.end(), [](char c) { return c >= 'A' && c <= 'Z'; }), "no capital is left",
          input);
  for (const std::string_view letter : {"ă", "â", "đ", "ê", "ô", "ơ", "ư", "á", "ệ", "Đ", "Ơ", "Ỵ"})
    require(out.find(letter) == std::string::npos, "no Vietnamese letter with a mark is left", input);
  return 0;
}
