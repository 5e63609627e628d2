// encode: what it writes decodes to the same text; what it refuses it names by its place.
#include <array>

#include "duluan/encoding.hpp"
#include "fuzzing.hpp"

using namespace duluan;
using fuzzing::require;

namespace {

constexpr std::array<Encoding, 11> kWritten{Encoding::kUtf8,  Encoding::kUtf16Le,       Encoding::kUtf16Be,
                                            Encoding::kTcvn3, Encoding::kTcvn3Capitals, Encoding::kTcvn5712,
                                            Encoding::kVni,   Encoding::kViscii,        Encoding::kVps,
                                            Encoding::kViqr,  Encoding::kWindows1258};

void check(const std::string& text, Encoding encoding) {
  const auto bytes = encode(text, encoding);
  if (!bytes.ok()) {
    const std::string& where = bytes.error().where;
    require(where.starts_with("byte "), "an error names the byte", text);
    const std::size_t at = std::stoul(where.substr(5));
    require(at < text.size(), "the byte lies in the text", text);
    require(encode(std::string_view(text).substr(0, at), encoding).ok(), "what stands before it can be written", text);
    return;
  }
  const auto back = decode(*bytes, encoding, OnBadBytes::kFail);
  // A text of UTF-8 or UTF-16 that begins with U+FEFF looks as if it had a byte-order mark.
  if (text.starts_with("\xEF\xBB\xBF")) return;
  require(back.ok() && back->str() == text, "what was written reads the same", text);
}

}  // namespace

// One encoding an input, so that many inputs are tried.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string raw = fuzzing::text_of(data + 1, size - 1);
  const Encoding encoding = kWritten[data[0] % kWritten.size()];
  const bool good = find_bad_utf8(raw) == std::string_view::npos;
  require(good || !encode(raw, encoding).ok(), "what is no UTF-8 is refused", raw);
  const std::string text = good ? raw : decode(raw, Encoding::kUtf8, OnBadBytes::kReplace)->str();
  check(fuzzing::icu_normalized(text, true), encoding);
  return 0;
}
