#include <unicode/utf16.h>

#include <algorithm>

#include "duluan/encoding.hpp"
#include "text/decoders.hpp"
#include "text/letters.hpp"

namespace duluan {
namespace {

Error bad_bytes(std::size_t at, const Reading& reading) {
  return {ErrorCode::kBadEncoding, "the bytes are not " + name_of(reading), "byte " + std::to_string(at),
          "name the right encoding, or save the text as UTF-8"};
}

// Length of the maximal subpart of a bad sequence (Unicode 15, section 3.9, table 3-8).
std::size_t bad_length(std::string_view bytes, std::size_t at) {
  std::size_t next = at;
  next_code(bytes, next);
  return next - at;
}

}  // namespace

Encoding encoding_by_mark(std::string_view bytes, std::size_t& bom) {
  bom = 2;
  if (bytes.starts_with("\xFF\xFE")) return Encoding::kUtf16Le;
  if (bytes.starts_with("\xFE\xFF")) return Encoding::kUtf16Be;
  bom = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  return Encoding::kUtf8;
}

std::size_t append_utf8(Text& text, std::string_view bytes, std::size_t at, OnBadBytes on_bad) {
  std::size_t first_bad = std::string_view::npos;
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t offset = find_bad_utf8(bytes.substr(i));
    const std::size_t bad = offset == std::string_view::npos ? bytes.size() : i + offset;
    text.copy(bytes.substr(i, bad - i), at + i);
    if (bad == bytes.size()) break;
    first_bad = std::min(first_bad, bad);
    if (on_bad == OnBadBytes::kFail) break;
    const std::size_t length = bad_length(bytes, bad);
    text.rewrite("\xEF\xBF\xBD", at + bad, length);
    text.count_replaced();
    i = bad + length;
  }
  return first_bad;
}

std::size_t append_utf16(Text& text, std::string_view bytes, std::size_t at, bool little, OnBadBytes on_bad) {
  const auto unit = [&](std::size_t i) {
    const auto a = static_cast<unsigned char>(bytes[i]);
    const auto b = static_cast<unsigned char>(bytes[i + 1]);
    return static_cast<char32_t>(little ? a | b << 8 : a << 8 | b);
  };
  std::size_t first_bad = std::string_view::npos;
  std::string letter;
  for (std::size_t i = 0; i < bytes.size();) {
    std::size_t length = std::min<std::size_t>(2, bytes.size() - i);
    char32_t code = length == 2 ? unit(i) : 0xD800;
    if (U16_IS_LEAD(code) && i + 4 <= bytes.size() && U16_IS_TRAIL(unit(i + 2))) {
      code = static_cast<char32_t>(U16_GET_SUPPLEMENTARY(code, unit(i + 2)));
      length = 4;
    } else if (U16_IS_SURROGATE(code)) {
      first_bad = std::min(first_bad, i);
      if (on_bad == OnBadBytes::kFail) break;
      code = 0xFFFD;
      text.count_replaced();
    }
    letter.clear();
    append_code(letter, code);
    text.rewrite(letter, at + i, length);
    i += length;
  }
  return first_bad;
}

namespace {

// Flaws and VIQR are UTF-8, and are mended in well-formed text alone.
void append_mended(Text& text, std::string_view utf8, std::size_t at, const Reading& reading) {
  switch (reading.flaw) {
    case Flaw::kMisSaved: return append_mis_saved(text, utf8, at, reading.encoding);
    case Flaw::kMojibake: return append_mojibake(text, utf8, at);
    case Flaw::kEntities: return append_entities(text, utf8, at);
    case Flaw::kNone: return append_viqr(text, utf8, at, reading.encoding == Encoding::kViqrTyped);
  }
}

std::size_t append_flawed(Text& text, std::string_view bytes, std::size_t at, const Reading& reading,
                          OnBadBytes on_bad) {
  std::size_t first_bad = std::string_view::npos;
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t offset = find_bad_utf8(bytes.substr(i));
    const std::string_view good = bytes.substr(i, offset);
    append_mended(text, good, at + i, reading);
    i += good.size();
    if (i == bytes.size()) break;
    first_bad = std::min(first_bad, i);
    if (on_bad == OnBadBytes::kFail) break;
    const std::size_t length = bad_length(bytes, i);
    append_utf8(text, bytes.substr(i, length), at + i, on_bad);
    i += length;
  }
  return first_bad;
}

}  // namespace

std::size_t append_decoded(Text& text, std::string_view bytes, std::size_t at, const Reading& reading,
                           OnBadBytes on_bad) {
  if (reading.flaw != Flaw::kNone) return append_flawed(text, bytes, at, reading, on_bad);
  switch (reading.encoding) {
    case Encoding::kUtf8: return append_utf8(text, bytes, at, on_bad);
    case Encoding::kUtf16Le:
    case Encoding::kUtf16Be: return append_utf16(text, bytes, at, reading.encoding == Encoding::kUtf16Le, on_bad);
    case Encoding::kVni: return append_vni(text, bytes, at, on_bad);
    case Encoding::kViqr:
    case Encoding::kViqrTyped: return append_flawed(text, bytes, at, reading, on_bad);
    case Encoding::kTcvn3:
    case Encoding::kTcvn3Capitals:
    case Encoding::kTcvn5712:
    case Encoding::kViscii:
    case Encoding::kVps:
    case Encoding::kWindows1258: return append_page(text, bytes, at, reading.encoding, on_bad);
  }
  return std::string_view::npos;
}

Result<Text> decode(std::string_view bytes, const Reading& reading, OnBadBytes on_bad) {
  std::size_t bom = 0;
  const Encoding marked = encoding_by_mark(bytes, bom);
  const Encoding outer = reading.flaw == Flaw::kNone ? reading.encoding : Encoding::kUtf8;
  const std::size_t start = marked == outer ? bom : 0;
  Text text;
  text.reserve(bytes.size() + bytes.size() / 2);
  const std::size_t bad = append_decoded(text, bytes.substr(start), start, reading, on_bad);
  if (bad != std::string_view::npos && on_bad == OnBadBytes::kFail) return bad_bytes(start + bad, reading);
  return text;
}

Result<Text> decode(std::string_view bytes, Encoding encoding, OnBadBytes on_bad) {
  return decode(bytes, Reading{encoding, Flaw::kNone}, on_bad);
}

std::string name_of(const Reading& reading) {
  const auto encoding = [&]() -> std::string {
    switch (reading.encoding) {
      case Encoding::kUtf8: return "UTF-8";
      case Encoding::kUtf16Le: return "UTF-16 (little-endian)";
      case Encoding::kUtf16Be: return "UTF-16 (big-endian)";
      case Encoding::kTcvn3: return "TCVN3";
      case Encoding::kTcvn3Capitals: return "TCVN3 in capitals";
      case Encoding::kTcvn5712: return "TCVN 5712";
      case Encoding::kVni: return "VNI";
      case Encoding::kViscii: return "VISCII";
      case Encoding::kVps: return "VPS";
      case Encoding::kViqr:
      case Encoding::kViqrTyped: return "VIQR";
      case Encoding::kWindows1258: return "Windows-1258";
    }
    return "";
  };
  switch (reading.flaw) {
    case Flaw::kNone: return encoding();
    case Flaw::kMisSaved: return encoding() + " saved as Unicode";
    case Flaw::kMojibake: return "UTF-8 encoded twice";
    case Flaw::kEntities: return "UTF-8 with HTML entities";
  }
  return "";
}

}  // namespace duluan
