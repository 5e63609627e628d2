#include "text/plain_syllables.hpp"

#include "duluan/text.hpp"

namespace duluan {
namespace {

// Length of the mark, symbol or space that starts at `at`, 0 for a letter, digit or combining mark. Beyond ASCII:
// U+0080–00BF, U+2000–2BFF, U+3000–303F and what lies past U+FFFF (emoji) are no letters.
std::size_t gap_at(std::string_view utf8, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return i < utf8.size() ? static_cast<unsigned>(static_cast<unsigned char>(utf8[i])) : 0U;
  };
  const unsigned first = byte(at);
  if (first < 0x80) {
    const bool letter = (first >= '0' && first <= '9') || ((first | 0x20U) >= 'a' && (first | 0x20U) <= 'z');
    return letter ? 0 : 1;
  }
  if (first == 0xC2) return 2;
  if (first == 0xE2 && byte(at + 1) < 0xB0) return 3;
  if (first == 0xE3 && byte(at + 1) == 0x80) return 3;
  if (first == 0xEF && byte(at + 1) == 0xB8) return 3;  // variation selectors behind emoji
  return first >= 0xF0 ? 4 : 0;
}

}  // namespace

bool PlainSyllables::next() {
  do {
    std::size_t begin = span_.end;
    while (begin < utf8_.size()) {
      const std::size_t gap = gap_at(utf8_, begin);
      if (gap == 0) break;
      begin += gap;
    }
    if (begin >= utf8_.size()) return false;
    std::size_t end = begin;
    while (end < utf8_.size() && gap_at(utf8_, end) == 0) ++end;
    span_ = {begin, end};
    plain_ = fold(utf8_.substr(begin, end - begin));
  } while (plain_.empty());  // marks without a letter
  return true;
}

}  // namespace duluan
