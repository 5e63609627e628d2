#include "duluan/syllable.hpp"

#include <algorithm>

#include "text/grammar.hpp"
#include "text/letters.hpp"
#include "text/spelling.hpp"

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
  if (has_medial(rime)) begin = 1;
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

const char* reason(Spelling::Fault fault) {
  switch (fault) {
    case Spelling::Fault::kStranger: return "it holds what is no Vietnamese letter";
    case Spelling::Fault::kTooLong: return "it has more letters than any syllable";
    case Spelling::Fault::kTwoTones: return "it bears two tones";
    case Spelling::Fault::kMisplacedMark: return "a mark stands on a letter that does not take it";
    case Spelling::Fault::kNone: break;
  }
  return "";
}

// Why onset and rime make no syllable, or null.
const char* misfit(std::u32string_view onset, std::u32string_view rime) {
  if (onset.empty() && rime.empty()) return "it is empty";
  if (std::none_of(rime.begin(), rime.end(), is_vowel)) return "it has no vowel";
  if (!is_vowel(rime.front())) return "no Vietnamese syllable has such an onset";
  if (!is_rime(rime)) return "no Vietnamese syllable has such a rime";
  if (!onset_fits(onset, rime))
    return "its onset is not written so before its rime (c, k, q; g, gh; ng, ngh; gi, qu, yê)";
  return nullptr;
}

// Reads the letters of a syllable into `spelling` and finds where its onset ends. Why they make none, or null.
const char* read_syllable(std::string_view utf8, Spelling& spelling, std::size_t& onset) {
  for (std::size_t at = 0; at < utf8.size();)
    if (!spelling.add(next_code(utf8, at))) return reason(spelling.fault());
  const std::u32string_view letters = spelling.letters();
  onset = onset_length(letters);
  if (const char* why = misfit(letters.substr(0, onset), letters.substr(onset))) return why;
  const bool stopped =
      letters.ends_with(U'c') || letters.ends_with(U'p') || letters.ends_with(U't') || letters.ends_with(U"ch");
  if (stopped && spelling.tone() != Tone::kAcute && spelling.tone() != Tone::kDot)
    return "a rime that ends in c, ch, p or t bears sắc or nặng";
  return nullptr;
}

}  // namespace

Result<Syllable> parse_syllable(std::string_view utf8) {
  Spelling spelling;
  std::size_t onset = 0;
  if (const char* why = read_syllable(utf8, spelling, onset)) return no_syllable(utf8, why);
  const std::u32string_view letters = spelling.letters();
  Syllable syllable;
  syllable.onset = to_utf8(letters.substr(0, onset));
  split_rime(letters.substr(onset), syllable);
  syllable.tone = static_cast<int>(spelling.tone());
  return syllable;
}

bool is_syllable(std::string_view utf8) noexcept {
  Spelling spelling;
  std::size_t onset = 0;
  return read_syllable(utf8, spelling, onset) == nullptr;
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
