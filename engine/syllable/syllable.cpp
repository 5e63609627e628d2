#include "duluan/syllable.hpp"

#include <algorithm>

#include "text/grammar.hpp"
#include "text/letters.hpp"

namespace duluan {
namespace {

Error no_syllable(std::string_view utf8, const char* why) {
  return {ErrorCode::kMalformed, "'" + std::string(utf8.substr(0, 64)) + "' is no Vietnamese syllable: " + why, "", ""};
}

std::string to_utf8(std::u32string_view letters) {
  std::string out;
  for (const char32_t letter : letters) append_code(out, letter);
  return out;
}

bool is_vowel(char32_t letter) { return letter_of(letter).vowel; }

// Splits a rime: coda from the right, then the medial o/u before another nucleus.
void split_rime(std::u32string_view rime, Syllable& syllable) {
  std::size_t vowels = 0;
  while (vowels < rime.size() && is_vowel(rime[vowels])) ++vowels;
  std::size_t begin = 0;
  std::size_t end = vowels;
  const auto starts = [&](std::u32string_view prefix) { return rime.starts_with(prefix); };
  const bool glide = starts(U"oa") || starts(U"oă") || starts(U"oe") || starts(U"uâ") || starts(U"uê") ||
                     starts(U"uơ") || starts(U"uy");
  if (glide) begin = 1;
  const auto rest = rime.substr(begin, vowels - begin);
  // Two-letter nuclei; everything after the nucleus is the coda (final i, y, o, u or consonants).
  const bool diphthong = rest.starts_with(U"iê") || rest.starts_with(U"yê") || rest.starts_with(U"uô") ||
                         rest.starts_with(U"ươ") || rest == U"ia" || rest == U"ya" || rest == U"ua" || rest == U"ưa" ||
                         rest == U"oo" || rest == U"ôô";
  end = begin + std::min<std::size_t>(rest.size(), diphthong ? 2 : 1);
  syllable.medial = to_utf8(rime.substr(0, begin));
  syllable.nucleus = to_utf8(rime.substr(begin, end - begin));
  syllable.coda = to_utf8(rime.substr(end));
}

bool is_stopped(const std::string& coda) { return coda == "c" || coda == "ch" || coda == "p" || coda == "t"; }

}  // namespace

Result<Syllable> parse_syllable(std::string_view utf8) {
  const Text nfc = normalize(utf8, ToneStyle::kKeep);
  std::u32string letters;
  Syllable syllable;
  for (std::size_t at = 0; at < nfc.str().size();) {
    const Letter letter = letter_of(next_code(nfc.str(), at));
    if (letter.plain == 0) return no_syllable(utf8, "it holds what is no Vietnamese letter");
    if (letter.tone != Tone::kLevel) {
      if (syllable.tone != 0) return no_syllable(utf8, "it bears two tones");
      syllable.tone = static_cast<int>(letter.tone);
    }
    letters += letter.plain;
  }
  const std::size_t onset = onset_length(letters);
  const auto rime = std::u32string_view(letters).substr(onset);
  if (!is_rime(rime)) return no_syllable(utf8, "no such rime");
  syllable.onset = to_utf8(letters.substr(0, onset));
  split_rime(rime, syllable);
  constexpr int kAcute = 4;
  if (is_stopped(syllable.coda) && syllable.tone < kAcute)
    return no_syllable(utf8, "a rime that ends in c, ch, p or t bears sắc or nặng");
  return syllable;
}

std::string write_syllable(const Syllable& syllable, ToneStyle style) {
  const std::string rime = syllable.medial + syllable.nucleus + syllable.coda;
  std::u32string letters;
  for (std::size_t at = 0; at < rime.size();) letters += next_code(rime, at);
  if (!letters.empty()) {
    const std::size_t place = tone_position(letters, style != ToneStyle::kNew);
    letters[place] = compose(letters[place], static_cast<Tone>(syllable.tone), false);
  }
  return syllable.onset + to_utf8(letters);
}

}  // namespace duluan
