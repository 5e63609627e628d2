#include "text/look.hpp"

#include <array>

#include "duluan/text.hpp"
#include "text/entities.hpp"

namespace duluan {
namespace {

enum Sign : unsigned char { kNothing, kC2, kC3, kAmpersand, kMark, kD, kOther };

constexpr std::array<unsigned char, 256> make_signs() {
  std::array<unsigned char, 256> signs{};
  for (std::size_t byte = 0x80; byte < 0x100; ++byte) signs[byte] = kOther;
  signs[0xC2] = kC2;
  signs[0xC3] = kC3;
  signs['&'] = kAmpersand;
  signs['^'] = signs['+'] = signs['`'] = signs['~'] = kMark;
  signs['d'] = signs['D'] = kD;
  return signs;
}
constexpr auto kSigns = make_signs();

bool is_vowel(char byte) { return std::string_view("aeiouyAEIOUY").find(byte) != std::string_view::npos; }

// U+00C0 to U+00FF that are no letters of Vietnamese; Ð is an old way of writing Đ.
bool is_strange(unsigned char trail) {
  constexpr std::string_view kStrange = "\x84\x85\x86\x87\x8B\x8E\x8F\x91\x96\x98\x9B\x9C\x9E\x9F"
                                        "\xA4\xA5\xA6\xA7\xAB\xAE\xAF\xB0\xB1\xB6\xB8\xBB\xBC\xBE\xBF";
  return kStrange.find(static_cast<char>(trail)) != std::string_view::npos;
}

// U+0080 to U+00BF but the space, quotes and signs that news and reports use.
bool is_strange_sign(unsigned char trail) {
  constexpr std::string_view kUsual = "\xA0\xAB\xBB\xB0\xB2\xB3\xBD";
  return kUsual.find(static_cast<char>(trail)) == std::string_view::npos;
}

// What the byte at `at` of well-formed text shows. A mark of VIQR stands after a vowel; its đ begins a word.
LineKind shown_at(std::string_view text, std::size_t at) {
  const auto next = [&] { return at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U; };
  switch (kSigns[static_cast<unsigned char>(text[at])]) {
    case kC2: return is_strange_sign(static_cast<unsigned char>(next())) ? LineKind::kSuspect : LineKind::kClean;
    case kC3: return is_strange(static_cast<unsigned char>(next())) ? LineKind::kSuspect : LineKind::kClean;
    case kOther: return LineKind::kClean;
    case kAmpersand: return entity_at(text, at).code >= 0x80 ? LineKind::kEntities : LineKind::kPlain;
    case kMark: return at > 0 && is_vowel(text[at - 1]) ? LineKind::kViqr : LineKind::kPlain;
    case kD: return (next() | 0x20U) == 'd' && (at == 0 || text[at - 1] == ' ') ? LineKind::kViqr : LineKind::kPlain;
    default: return LineKind::kPlain;
  }
}

}  // namespace

LineKind look_at(std::string_view line) {
  if (find_bad_utf8(line) != std::string_view::npos) return LineKind::kRaw;
  LineKind kind = LineKind::kPlain;
  bool viqr = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (kSigns[static_cast<unsigned char>(line[at])] == kNothing) continue;
    const LineKind shown = shown_at(line, at);
    if (shown == LineKind::kSuspect) return shown;
    if (shown == LineKind::kViqr) viqr = true;
    else if (shown > kind) kind = shown;
  }
  return kind == LineKind::kPlain && viqr ? LineKind::kViqr : kind;
}

bool shows_nothing(std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    if (kSigns[static_cast<unsigned char>(utf8[at])] == kNothing) continue;
    if (shown_at(utf8, at) > LineKind::kClean) return false;
  }
  return true;
}

}  // namespace duluan
