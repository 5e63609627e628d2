#include "text/look.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "duluan/text.hpp"
#include "text/entities.hpp"
#include "text/letters.hpp"

namespace duluan {
namespace {

enum Sign : unsigned char { kNothing, kC2, kC3, kOwn, kAmpersand, kMark, kD, kOther };

constexpr std::array<unsigned char, 256> make_signs() {
  std::array<unsigned char, 256> signs{};
  for (std::size_t byte = 0xC0; byte < 0x100; ++byte) signs[byte] = kOther;  // what follows a lead says nothing
  signs[0xC2] = kC2;
  signs[0xC3] = kC3;
  signs[0xC4] = signs[0xC5] = signs[0xC6] = signs[0xE1] = kOwn;  // with the trails of is_own
  signs['&'] = kAmpersand;
  signs['^'] = signs['+'] = signs['`'] = signs['~'] = kMark;
  signs['d'] = signs['D'] = kD;
  return signs;
}
constexpr auto kSigns = make_signs();

bool is_vowel(char byte) { return std::string_view("aeiouyAEIOUY").find(byte) != std::string_view::npos; }

// The bytes that may follow a lead, 80..BF, as a set.
constexpr std::uint64_t set_of(std::string_view trails) {
  std::uint64_t set = 0;
  for (const char trail : trails) set |= std::uint64_t{1} << (static_cast<unsigned char>(trail) & 0x3F);
  return set;
}

// U+00C0 to U+00FF that are no letters of Vietnamese; Ð is an old way of writing Đ.
bool is_strange(unsigned char trail) {
  constexpr std::uint64_t kStrange = set_of(
      "\x84\x85\x86\x87\x8B\x8E\x8F\x91\x96\x98\x9B\x9C\x9E\x9F"
      "\xA4\xA5\xA6\xA7\xAB\xAE\xAF\xB0\xB1\xB6\xB8\xBB\xBC\xBE\xBF");
  return (kStrange >> (trail & 0x3F) & 1) != 0;
}

// U+0080 to U+00BF but the space, quotes and signs that news and reports use.
bool is_strange_sign(unsigned char trail) {
  constexpr std::uint64_t kUsual = set_of("\xA0\xAB\xBB\xB0\xB2\xB3\xBD");
  return (kUsual >> (trail & 0x3F) & 1) == 0;
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
  void take(unsigned char sign, std::string_view text, std::size_t at) noexcept {
    if (sign == kOwn && own_) return;
    const auto trail = static_cast<unsigned char>(at + 1 < text.size() ? text[at + 1] : 0);
    if (sign == kC2) strange_ = strange_ || is_strange_sign(trail);
    else if (sign == kC3) strange_ = strange_ || is_strange(trail) || ++latin_ > 2;
    else if (sign == kOwn) own_ = is_own(static_cast<unsigned char>(text[at]), trail);
  }
  [[nodiscard]] bool own() const noexcept { return own_; }
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
    if (sign == kNothing) continue;
    clean = clean || static_cast<unsigned char>(line[at]) >= 0x80;
    letters.take(sign, line, at);
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
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t end = std::min(utf8.find('\n', at), utf8.size());
    const std::string_view line = utf8.substr(at, end - at);
    Letters letters;
    for (std::size_t i = 0; i < line.size() && !letters.own(); ++i) {
      const unsigned char sign = kSigns[static_cast<unsigned char>(line[i])];
      if (sign == kNothing || sign == kAmpersand) continue;
      if (sign < kAmpersand) letters.take(sign, line, i);
      else if (sign != kOther && shown_at(line, i) > LineKind::kPlain) return false;
    }
    if (letters.suspect()) return false;
    // A line that is right as it is may still have entities.
    for (std::size_t i = line.find('&'); i != std::string_view::npos; i = line.find('&', i + 1))
      if (shown_at(line, i) == LineKind::kEntities) return false;
    at = end + 1;
  }
  return true;
}

}  // namespace duluan
