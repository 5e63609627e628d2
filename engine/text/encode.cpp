// Text to the bytes of an encoding, letter by letter.
#include <algorithm>
#include <array>
#include <utility>

#include "duluan/encoding.hpp"
#include "text/code_pages.hpp"
#include "text/letters.hpp"
#include "text/viqr.hpp"

namespace duluan {
namespace {

using namespace std::string_view_literals;

// Each writer appends the letter's bytes, or tells that there are none.

bool write_utf16(std::string& out, char32_t code, bool little) {
  const auto unit = [&](char32_t one) {
    const char low = static_cast<char>(one & 0xFF);
    const char high = static_cast<char>(one >> 8);
    out += little ? low : high;
    out += little ? high : low;
  };
  if (code < 0x10000) {
    unit(code);
  } else {
    unit(0xD7C0 + (code >> 10));
    unit(0xDC00 + (code & 0x3FF));
  }
  return true;
}

bool write_page(std::string& out, char32_t code, Encoding encoding) {
  const int byte = page_byte(encoding, code);
  if (byte >= 0) out += static_cast<char>(byte);
  return byte >= 0;
}

// The byte of Windows-1258 for a tone, in the order of Tone.
constexpr std::array<char, 6> k1258Tones{'\0', '\xCC', '\xD2', '\xDE', '\xEC', '\xF2'};

// Precomposed where the page has the letter, else the letter without its tone and the tone after it, as Windows does.
bool write_1258(std::string& out, char32_t code) {
  if (write_page(out, code, Encoding::kWindows1258)) return true;
  const Letter letter = letter_of(code);
  if (!letter.vowel || letter.tone == Tone::kLevel) return false;
  if (!write_page(out, compose(letter.plain, Tone::kLevel, letter.upper), Encoding::kWindows1258)) return false;
  out += k1258Tones[static_cast<std::size_t>(letter.tone)];
  return true;
}

// Marks of VNI in the order of Tone, small; a capital's stand 32 below.
constexpr std::string_view kVniPlain = "\0\xF8\xFB\xF5\xF9\xEF"sv;
constexpr std::string_view kVniRoof = "\xE2\xE0\xE5\xE3\xE1\xE4";
constexpr std::string_view kVniBreve = "\xEA\xE8\xFA\xFC\xE9\xEB";
constexpr std::string_view kVniI = "i\xEC\xE6\xF3\xED\xF2";

bool write_vni(std::string& out, char32_t code) {
  const Letter letter = letter_of(code);
  const auto put = [&](char small) {
    out += static_cast<char>(letter.upper ? static_cast<unsigned char>(small) - 32 : static_cast<unsigned char>(small));
  };
  const auto tone = static_cast<std::size_t>(letter.tone);
  if (code >= 0x80 && letter.plain == U'đ') return put('\xF1'), true;
  if (code >= 0x80 && letter.plain == U'i') return put(kVniI[tone]), true;
  if (letter.plain == U'y' && letter.tone == Tone::kDot) return put('\xEE'), true;
  if (letter.vowel) {
    const std::size_t quality = std::u32string_view(U"ăâêôơư").find(letter.plain);
    constexpr std::string_view kBases = "aaeo\xF4\xF6";
    put(quality == std::u32string_view::npos ? static_cast<char>(letter.plain) : kBases[quality]);
    const std::string_view marks = quality == 0 ? kVniBreve : quality <= 3 ? kVniRoof : kVniPlain;
    const char mark = marks[tone];
    if (mark != '\0') put(mark);
    return true;
  }
  const int byte = western_byte(code);
  // Of the other characters those that a VNI font leaves where Windows has them.
  const bool free = byte >= 0 && western_code(static_cast<unsigned char>(byte)) == code &&
                    (byte < 0x80 || (byte < 0xC0 && !(code >= 0x80 && code < 0xA0)) ||
                     std::string_view("\xC7\xD0\xD7\xDE\xDF\xE7\xF0\xF7\xFE\xFF").find(static_cast<char>(byte)) !=
                         std::string_view::npos);
  if (free) out += static_cast<char>(byte);
  return free;
}

// Whether `byte` would join what the text ends with.
bool joins_before(const std::string& out, char byte) {
  for (std::size_t back = std::min<std::size_t>(out.size(), 2); back > 0; --back) {
    const std::string tail = out.substr(out.size() - back) + byte;
    if (viqr_letter(tail, 0).length == tail.size()) return true;
  }
  return false;
}

// `bare_d`: the text ends with a d that is not đ and stands without a backslash.
bool write_viqr(std::string& out, char32_t code, bool& bare_d) {
  constexpr std::string_view kTones = "\0`?~'."sv;
  const bool after_d = std::exchange(bare_d, false);
  if (code == U'\\') return out += "\\\\", true;
  if (code < 0x80) {
    const char byte = static_cast<char>(code);
    const bool joins = joins_before(out, byte);
    if (joins) out += '\\';
    bare_d = !joins && (byte | 0x20) == 'd';
    return out += byte, true;
  }
  const Letter letter = letter_of(code);
  if (letter.plain == 0) return false;
  if (letter.plain == U'đ') {
    if (after_d) out.insert(out.size() - 1, 1, '\\');
    return out += letter.upper ? "DD" : "dd", true;
  }
  const std::size_t quality = std::u32string_view(U"ăâêôơư").find(letter.plain);
  const char base = quality == std::u32string_view::npos ? static_cast<char>(letter.plain) : "aaeoou"[quality];
  out += static_cast<char>(letter.upper ? base - 32 : base);
  if (quality != std::u32string_view::npos) out += "(^^^++"[quality];
  if (letter.tone != Tone::kLevel) out += kTones[static_cast<std::size_t>(letter.tone)];
  return true;
}

bool write(std::string& out, char32_t code, Encoding encoding, bool& bare_d) {
  switch (encoding) {
    case Encoding::kUtf8: return append_code(out, code), true;
    case Encoding::kUtf16Le:
    case Encoding::kUtf16Be: return write_utf16(out, code, encoding == Encoding::kUtf16Le);
    case Encoding::kVni: return write_vni(out, code);
    case Encoding::kViqr:
    case Encoding::kViqrTyped: return write_viqr(out, code, bare_d);
    case Encoding::kWindows1258: return write_1258(out, code);
    case Encoding::kTcvn3:
    case Encoding::kTcvn3Capitals:
    case Encoding::kTcvn5712:
    case Encoding::kViscii:
    case Encoding::kVps: return write_page(out, code, encoding);
  }
  return false;
}

}  // namespace

Result<std::string> encode(std::string_view utf8, Encoding encoding) {
  if (const std::size_t bad = find_bad_utf8(utf8); bad != std::string_view::npos)
    return Error{ErrorCode::kBadEncoding, "the text is not UTF-8", "byte " + std::to_string(bad), "decode it first"};
  std::string out;
  out.reserve(utf8.size());
  bool bare_d = false;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t begin = at;
    const char32_t code = next_code(utf8, at);
    if (write(out, code, encoding, bare_d)) continue;
    return Error{
        ErrorCode::kInvalidArgument,
        name_of({encoding, Flaw::kNone}) + " cannot write '" + std::string(utf8.substr(begin, at - begin)) + "'",
        "byte " + std::to_string(begin), "choose an encoding that has the letter, or UTF-8"};
  }
  return out;
}

}  // namespace duluan
