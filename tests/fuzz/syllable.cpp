// parse_syllable and write_syllable: what is taken apart goes together again.
#include "duluan/syllable.hpp"

#include "fuzzing.hpp"

using namespace duluan;
using fuzzing::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input = fuzzing::text_of(data, size);
  const auto parsed = parse_syllable(input);
  if (!parsed) {
    require(parsed.error().code == ErrorCode::kMalformed && !parsed.error().what.empty(), "a refusal says why", input);
    return 0;
  }
  require(parsed->tone >= 0 && parsed->tone <= 5 && !parsed->nucleus.empty(), "a syllable has a nucleus and a tone",
          input);
  for (const ToneStyle style : {ToneStyle::kOld, ToneStyle::kNew, ToneStyle::kKeep}) {
    const std::string written = write_syllable(*parsed, style);
    require(fuzzing::icu_normalized(written, true) == written, "written in NFC", input);
    const auto again = parse_syllable(written);
    require(again.ok() && *again == *parsed, "parse(write(parse(x))) == parse(x)", input);
    require(write_syllable(*again, style) == written, "write(parse(write(s))) == write(s)", input);
    const auto decomposed = parse_syllable(fuzzing::icu_normalized(written, false));
    require(decomposed.ok() && *decomposed == *parsed, "NFD parses as NFC", input);
    if (style != ToneStyle::kKeep)
      require(normalize(written, style).str() == written, "written in the style that normalize gives", input);
  }
  return 0;
}
