// Detection: its parts cover the bytes, the way back stays inside them, and what reads well as UTF-8 stays.
#include <array>

#include "duluan/encoding.hpp"
#include "fuzzing.hpp"

using namespace duluan;
using fuzzing::require;

namespace {

// Lines of syllables in one encoding or another, with junk between them; so that detection has something to find.
std::string lines_of(const std::uint8_t* data, std::size_t size) {
  constexpr auto kPhrases =
      std::to_array<std::string_view>({"nước máy đục", "đường liên xã", "cử tri kiến nghị", "người dân", "bà con",
                                       "sửa chữa", "thu hồi đất", "ấp", "Sè", "chó"});
  constexpr std::array<Encoding, 7> kEncodings{Encoding::kTcvn5712,   Encoding::kVni,  Encoding::kViscii,
                                               Encoding::kVps,        Encoding::kViqr, Encoding::kUtf8,
                                               Encoding::kWindows1258};
  std::string bytes;
  for (std::size_t i = 1; i < size; ++i) {
    if (data[i] % 16 == 15) bytes += static_cast<char>(data[i]);
    else if (data[i] % 16 < kPhrases.size())
      bytes +=
          encode(kPhrases[data[i] % 16], kEncodings[(data[0] + bytes.size() / 64) % kEncodings.size()]).value() + ' ';
    else bytes += fuzzing::kPieces[data[i] % fuzzing::kPieces.size()];
  }
  return bytes;
}

void check(const std::string& input) {
  std::size_t reached = 0;
  const Decoded decoded = decode_any(input);
  const bool whole = decoded.read_as.size() == 1;
  for (const DetectedLines& part : whole ? decoded.read_as : detect_lines(input)) {
    require(part.lines.begin == reached && part.lines.end >= reached, "parts touch and stand in order", input);
    require(part.detected.confidence >= 0 && part.detected.confidence <= 1, "confidence is a share", input);
    reached = part.lines.end;
  }
  require(reached == input.size(), "parts cover the bytes", input);
  if (!whole) (void)detect_encoding(input);
  const std::string& out = decoded.text.str();
  require(find_bad_utf8(out) == std::string_view::npos, "decoded text is UTF-8", input);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Span source = decoded.text.source({i, i + 1});
    require(source.begin <= source.end && source.end <= input.size(), "a source lies inside the input", input);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  check(data[0] % 4 < 2 ? fuzzing::text_of(data, size) : lines_of(data, size));
  return 0;
}
