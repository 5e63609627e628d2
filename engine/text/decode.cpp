#include <unicode/utf16.h>

#include "duluan/text.hpp"
#include "text/letters.hpp"

namespace duluan {
namespace {

Error bad_bytes(std::size_t at, const char* encoding) {
  return {ErrorCode::kBadEncoding, std::string("the bytes are not ") + encoding, "byte " + std::to_string(at),
          "name the right encoding, or save the text as UTF-8"};
}

// Length of the maximal subpart of a bad sequence (Unicode 15, section 3.9, table 3-8).
std::size_t bad_length(std::string_view bytes, std::size_t at) {
  std::size_t next = at;
  next_code(bytes, next);
  return next - at;
}

Result<Text> decode_utf8(std::string_view bytes, std::size_t start, OnBadBytes on_bad) {
  Text text;
  text.reserve(bytes.size());
  std::size_t at = start;
  while (at < bytes.size()) {
    const std::size_t offset = find_bad_utf8(bytes.substr(at));
    const std::size_t bad = offset == std::string_view::npos ? bytes.size() : at + offset;
    text.copy(bytes.substr(at, bad - at), at);
    if (bad == bytes.size()) break;
    if (on_bad == OnBadBytes::kFail) return bad_bytes(bad, "UTF-8");
    const std::size_t length = bad_length(bytes, bad);
    text.rewrite("\xEF\xBF\xBD", bad, length);
    text.count_replaced();
    at = bad + length;
  }
  return text;
}

Result<Text> decode_utf16(std::string_view bytes, std::size_t start, bool little, OnBadBytes on_bad) {
  const auto unit = [&](std::size_t at) {
    const auto a = static_cast<unsigned char>(bytes[at]);
    const auto b = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(little ? a | b << 8 : a << 8 | b);
  };
  Text text;
  text.reserve(bytes.size());
  std::string letter;
  for (std::size_t at = start; at < bytes.size();) {
    std::size_t length = std::min<std::size_t>(2, bytes.size() - at);
    char32_t code = length == 2 ? unit(at) : 0xD800;
    if (U16_IS_LEAD(code) && at + 4 <= bytes.size() && U16_IS_TRAIL(unit(at + 2))) {
      code = static_cast<char32_t>(U16_GET_SUPPLEMENTARY(code, unit(at + 2)));
      length = 4;
    } else if (U16_IS_SURROGATE(code)) {
      if (on_bad == OnBadBytes::kFail) return bad_bytes(at, "UTF-16");
      code = 0xFFFD;
      text.count_replaced();
    }
    letter.clear();
    append_code(letter, code);
    text.rewrite(letter, at, length);
    at += length;
  }
  return text;
}

}  // namespace

Encoding encoding_by_mark(std::string_view bytes, std::size_t& bom) {
  bom = 2;
  if (bytes.starts_with("\xFF\xFE")) return Encoding::kUtf16Le;
  if (bytes.starts_with("\xFE\xFF")) return Encoding::kUtf16Be;
  bom = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  return Encoding::kUtf8;
}

Result<Text> decode(std::string_view bytes, Encoding encoding, OnBadBytes on_bad) {
  std::size_t bom = 0;
  const Encoding marked = encoding_by_mark(bytes, bom);
  const std::size_t start = marked == encoding ? bom : 0;
  if (encoding == Encoding::kUtf8) return decode_utf8(bytes, start, on_bad);
  return decode_utf16(bytes, start, encoding == Encoding::kUtf16Le, on_bad);
}

}  // namespace duluan
