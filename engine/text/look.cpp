#include "text/look.hpp"

#include <array>

#include "duluan/text.hpp"
#include "text/entities.hpp"
#include "text/letters.hpp"

namespace duluan {
namespace {

enum Sign : unsigned char { kNothing, kLineEnd, kC2, kC3, kOwn, kAmpersand, kMark, kD, kOther };

constexpr std::array<unsigned char, 256> make_signs() {
  std::array<unsigned char, 256> signs{};
  for (std::size_t byte = 0x80; byte < 0x100; ++byte) signs[byte] = kOther;
  signs[0xC2] = kC2;
  signs[0xC3] = kC3;
  signs[0xC4] = signs[0xC5] = signs[0xC6] = signs[0xE1] = kOwn;  // with the trails of is_own
  signs['\n'] = kLineEnd;
  signs['&'] = kAmpersand;
  signs['^'] = signs['+'] = signs['`'] = signs['~'] = kMark;
  signs['d'] = signs['D'] = kD;
  return signs;
}
constexpr auto kSigns = make_signs();

bool is_vowel(char byte) { return std::string_view("aeiouyAEIOUY").find(byte) != std::string_view::npos; }

// U+00C0 to U+00FF that are no letters of Vietnamese; Ð is an old way of writing Đ.
bool is_strange(unsigned char trail) {
  constexpr std::string_view kStrange =
      "\x84\x85\x86\x87\x8B\x8E\x8F\x91\x96\x98\x9B\x9C\x9E\x9F"
      "\xA4\xA5\xA6\xA7\xAB\xAE\xAF\xB0\xB1\xB6\xB8\xBB\xBC\xBE\xBF";
  return kStrange.find(static_cast<char>(trail)) != std::string_view::npos;
}

// U+0080 to U+00BF but the space, quotes and signs that news and reports use.
bool is_strange_sign(unsigned char trail) {
  constexpr std::string_view kUsual = "\xA0\xAB\xBB\xB0\xB2\xB3\xBD";
  return kUsual.find(static_cast<char>(trail)) == std::string_view::npos;
}

// What a byte of ASCII shows. A mark of VIQR stands after a vowel; its đ begins a word.
LineKind shown_at(std::string_view text, std::size_t at) {
  switch (kSigns[static_cast<unsigned char>(text[at])]) {
    case kAmpersand: {
      const char32_t code = entity_at(text, at).code;
      return code >= 0x80 && letter_of(code).plain != 0 ? LineKind::kEntities : LineKind::kPlain;
    }
    case kMark: return at > 0 && is_vowel(text[at - 1]) ? LineKind::kViqr : LineKind::kPlain;
    case kD: {
      const bool second = at + 1 < text.size() && (text[at + 1] | 0x20) == 'd';
      return second && (at == 0 || text[at - 1] == ' ') ? LineKind::kViqr : LineKind::kPlain;
    }
    default: return LineKind::kPlain;
  }
}

// Ă ă Đ đ Ũ ũ Ơ ơ Ư ư and U+1000 on: what neither Windows-1252 nor Latin-1 has.
bool is_own(unsigned char lead, unsigned char trail) {
  switch (lead) {
    case 0xC4:
    case 0xE1: return true;
    case 0xC5: return trail == 0xA8 || trail == 0xA9;
    default: return trail == 0xA0 || trail == 0xA1 || trail == 0xAF || trail == 0xB0;
  }
}

// What the letters of a line tell together. A line with a letter of Vietnamese's own is right as it is; without one,
// strange letters, or Latin-1 in number, are another language or mis-saved.
class Letters {
 public:
  void take(std::string_view text, std::size_t at) noexcept {
    const auto byte = static_cast<unsigned char>(text[at]);
    const auto trail = static_cast<unsigned char>(at + 1 < text.size() ? text[at + 1] : 0);
    if (kSigns[byte] == kC2) strange_ = strange_ || is_strange_sign(trail);
    else if (kSigns[byte] == kC3) strange_ = strange_ || is_strange(trail) || ++latin_ > 2;
    else if (kSigns[byte] == kOwn) own_ = own_ || is_own(byte, trail);
  }
  [[nodiscard]] bool suspect() const noexcept { return strange_ && !own_; }

 private:
  std::size_t latin_ = 0;
  bool strange_ = false;
  bool own_ = false;
};

}  // namespace

LineKind look_at(std::string_view line) {
  if (find_bad_utf8(line) != std::string_view::npos) return LineKind::kRaw;
  bool clean = false;
  bool entities = false;
  bool viqr = false;
  Letters letters;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const unsigned char sign = kSigns[static_cast<unsigned char>(line[at])];
    if (sign <= kLineEnd) continue;
    clean = clean || static_cast<unsigned char>(line[at]) >= 0x80;
    letters.take(line, at);
    const LineKind shown = shown_at(line, at);
    entities = entities || shown == LineKind::kEntities;
    viqr = viqr || shown == LineKind::kViqr;
  }
  if (letters.suspect()) return LineKind::kSuspect;
  if (entities) return LineKind::kEntities;
  if (clean) return LineKind::kClean;
  return viqr ? LineKind::kViqr : LineKind::kPlain;
}

bool shows_nothing(std::string_view utf8) {
  Letters letters;
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    const unsigned char sign = kSigns[static_cast<unsigned char>(utf8[at])];
    if (sign == kNothing) continue;
    if (sign == kLineEnd) {
      if (letters.suspect()) return false;
      letters = {};
      continue;
    }
    letters.take(utf8, at);
    if (shown_at(utf8, at) > LineKind::kPlain) return false;
  }
  return !letters.suspect();
}

}  // namespace duluan
