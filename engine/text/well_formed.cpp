#include "text/well_formed.hpp"

#include <array>

#include "text/grammar.hpp"
#include "text/letters.hpp"

namespace duluan {
namespace {

constexpr std::size_t kLongest = 7;  // nghiêng

bool is_stopped(std::u32string_view letters) {
  return letters.ends_with(U'c') || letters.ends_with(U"ch") || letters.ends_with(U'p') || letters.ends_with(U't');
}

// k, gh and ngh before e, ê, i, y; c, g and ng before the others.
bool agrees(std::u32string_view onset, char32_t vowel) {
  const bool front = std::u32string_view(U"eêiy").find(vowel) != std::u32string_view::npos;
  if (onset == U"k" || onset == U"gh" || onset == U"ngh") return front;
  if (onset == U"c" || onset == U"ng") return !front;
  return onset != U"g" || !front || vowel == U'i';
}

}  // namespace

bool is_spelled_syllable(std::u32string_view word) noexcept {
  if (word.empty() || word.size() > kLongest) return false;
  std::array<char32_t, kLongest> plain{};
  Tone tone = Tone::kLevel;
  std::size_t marked = 0;
  bool small = false;         // a small letter of ASCII came
  bool small_marked = false;  // another
  for (std::size_t i = 0; i < word.size(); ++i) {
    const Letter letter = letter_of(word[i]);
    // "HộI" is how TCVN3 writes capitals, for want of capitals with tones.
    if (letter.plain == 0 || (letter.upper && (small || (small_marked && word[i] >= 0x80)))) return false;
    if (!letter.upper) (word[i] < 0x80 ? small : small_marked) = true;
    if (letter.tone != Tone::kLevel) {
      if (tone != Tone::kLevel) return false;
      tone = letter.tone;
      marked = i;
    }
    plain[i] = letter.plain;
  }
  const std::u32string_view letters(plain.data(), word.size());
  const std::size_t onset = onset_length(letters);
  const std::u32string_view rime = letters.substr(onset);
  if (!is_rime(rime) || (onset > 0 && !agrees(letters.substr(0, onset), rime[0]))) return false;
  if (tone == Tone::kLevel) return !is_stopped(rime);
  if (is_stopped(rime) && tone != Tone::kAcute && tone != Tone::kDot) return false;
  return marked == onset + tone_position(rime, true) || marked == onset + tone_position(rime, false);
}

}  // namespace duluan
