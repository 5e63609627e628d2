#include "text/spelling.hpp"

#include "text/variants.hpp"

namespace duluan {
namespace {

constexpr char32_t kCircumflex = 0x302;
constexpr char32_t kBreve = 0x306;
constexpr char32_t kHorn = 0x31B;
constexpr char32_t kKelvin = 0x212A;  // canonically a K

Tone tone_of_mark(char32_t mark) noexcept {
  switch (mark) {
    case 0x300:
    case 0x340: return Tone::kGrave;
    case 0x309: return Tone::kHook;
    case 0x303: return Tone::kTilde;
    case 0x301:
    case 0x341: return Tone::kAcute;
    case 0x323: return Tone::kDot;
    default: return Tone::kLevel;
  }
}

// The vowel with a circumflex, breve or horn; 0 if it takes none.
char32_t with_quality(char32_t vowel, char32_t mark) noexcept {
  constexpr std::u32string_view kBare = U"aeoaouâêôăơư";
  constexpr std::u32string_view kMade = U"âêôăơưâêôăơư";
  constexpr std::array<char32_t, 12> kBy{kCircumflex, kCircumflex, kCircumflex, kBreve, kHorn, kHorn,
                                         kCircumflex, kCircumflex, kCircumflex, kBreve, kHorn, kHorn};
  for (std::size_t i = 0; i < kBy.size(); ++i)
    if (kBare[i] == vowel && kBy[i] == mark) return kMade[i];
  return 0;
}

}  // namespace

bool Spelling::add(char32_t code) noexcept {
  if (const Tone tone = tone_of_mark(code); tone != Tone::kLevel) return add_tone(tone);
  if (code == kCircumflex || code == kBreve || code == kHorn) return add_quality(code);
  if (variant_of(code) == Variant::kEth) code = plain_of(code);
  const Letter letter = letter_of(code == kKelvin ? U'K' : code);
  if (letter.plain == 0) return fail(Fault::kStranger);
  if (size_ == kLongestSyllable) return fail(Fault::kTooLong);
  plain_[size_] = letter.plain;
  upper_[size_++] = letter.upper;
  return letter.tone == Tone::kLevel || add_tone(letter.tone);
}

bool Spelling::add_tone(Tone tone) noexcept {
  if (size_ == 0 || !letter_of(plain_[size_ - 1]).vowel) return fail(Fault::kMisplacedMark);
  if (tone_ != Tone::kLevel && tone_ != tone) return fail(Fault::kTwoTones);
  tone_ = tone;
  marked_ |= 1U << (size_ - 1);
  return true;
}

bool Spelling::add_quality(char32_t mark) noexcept {
  const char32_t made = size_ == 0 ? 0 : with_quality(plain_[size_ - 1], mark);
  if (made == 0) return fail(Fault::kMisplacedMark);
  plain_[size_ - 1] = made;
  return true;
}

char32_t Spelling::written(std::size_t letter, bool with_tone) const noexcept {
  const char32_t plain = plain_[letter];
  if (letter_of(plain).vowel) return compose(plain, with_tone ? tone_ : Tone::kLevel, upper_[letter]);
  if (!upper_[letter]) return plain;
  return plain == U'đ' ? U'Đ' : plain - (U'a' - U'A');
}

}  // namespace duluan
