// Normalization works letter run by letter run: what is already right is copied,
// so only changed runs cost anything and the map stays exact elsewhere.
// NFC never composes across a run's edge: marks belong to the run they follow.
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <optional>

#include "duluan/text.hpp"
#include "text/grammar.hpp"
#include "text/letters.hpp"

namespace duluan {
namespace {

constexpr std::size_t kLongestSyllable = 8;  // nghiêng has 7; one more for a misplaced letter
constexpr char32_t kEth = 0xD0;
constexpr char32_t kSmallEth = 0xF0;

const icu::Normalizer2& nfc() {
  UErrorCode status = U_ZERO_ERROR;
  return *icu::Normalizer2::getNFCInstance(status);  // static data of ICU; cannot fail once ICU is linked
}

std::string to_nfc(std::string_view run) {
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode status = U_ZERO_ERROR;
  nfc().normalizeUTF8(0, icu::StringPiece(run.data(), static_cast<int32_t>(run.size())), sink, nullptr, status);
  return U_SUCCESS(status) ? out : std::string(run);
}

// The run's letters when it may be one syllable.
struct Letters {
  std::array<char32_t, kLongestSyllable> plain{};
  std::array<bool, kLongestSyllable> upper{};
  std::size_t size = 0;
  std::size_t marked = 0;  // index of the letter that bears the tone
  Tone tone = Tone::kLevel;
};

std::optional<Letters> letters_of(std::string_view run) {
  Letters letters;
  for (std::size_t at = 0; at < run.size();) {
    if (letters.size == kLongestSyllable) return std::nullopt;
    char32_t code = next_code(run, at);
    if (code == kEth || code == kSmallEth) code = code == kEth ? U'Đ' : U'đ';
    const Letter letter = letter_of(code);
    if (letter.plain == 0) return std::nullopt;
    if (letter.tone != Tone::kLevel) {
      if (letters.tone != Tone::kLevel) return std::nullopt;
      letters.tone = letter.tone;
      letters.marked = letters.size;
    }
    letters.plain[letters.size] = letter.plain;
    letters.upper[letters.size++] = letter.upper;
  }
  return letters;
}

// Rewrites one NFC run in place when it is a syllable whose tone stands elsewhere, or has Ð for Đ.
void place_tone(std::string& run, ToneStyle style) {
  const bool has_eth = run.find("\xC3\x90") != std::string::npos || run.find("\xC3\xB0") != std::string::npos;
  auto letters = letters_of(run);
  if (!letters) return;
  const std::u32string_view all(letters->plain.data(), letters->size);
  const std::size_t onset = onset_length(all);
  if (!is_rime(all.substr(onset))) return;
  std::size_t position = letters->marked;
  if (letters->tone != Tone::kLevel && style != ToneStyle::kKeep)
    position = onset + tone_position(all.substr(onset), style == ToneStyle::kOld);
  if (position == letters->marked && !has_eth) return;
  run.clear();
  for (std::size_t i = 0; i < letters->size; ++i) {
    if (letters->plain[i] == U'đ') append_code(run, letters->upper[i] ? U'Đ' : U'đ');
    else if (!letter_of(letters->plain[i]).vowel)
      append_code(run, letters->plain[i] - (letters->upper[i] ? 32 : 0));
    else append_code(run, compose(letters->plain[i], i == position ? letters->tone : Tone::kLevel, letters->upper[i]));
  }
}

// End of the run that starts at `at`: letters with their marks, or one other character with its marks.
std::size_t run_end(std::string_view text, std::size_t at, bool& letters) {
  std::size_t end = at;
  letters = is_letter(next_code(text, end));
  while (end < text.size()) {
    std::size_t next = end;
    const char32_t code = next_code(text, next);
    if (!(letters ? is_letter(code) : is_mark(code))) break;
    end = next;
  }
  return end;
}

bool is_ascii(std::string_view run) {
  for (const char c : run)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

bool is_normal(std::string_view run) {
  UErrorCode status = U_ZERO_ERROR;
  return nfc().isNormalizedUTF8(icu::StringPiece(run.data(), static_cast<int32_t>(run.size())), status) != 0;
}

}  // namespace

Text normalize(std::string_view utf8, ToneStyle style) {
  Text text;
  text.reserve(utf8.size());
  std::string changed;
  for (std::size_t at = 0; at < utf8.size();) {
    bool letters = false;
    const std::size_t end = run_end(utf8, at, letters);
    const std::string_view run = utf8.substr(at, end - at);
    if (is_ascii(run)) {
      text.copy(run, at);
    } else {
      changed = is_normal(run) ? std::string(run) : to_nfc(run);
      if (letters) place_tone(changed, style);
      if (changed == run) text.copy(run, at);
      else text.rewrite(changed, at, run.size());
    }
    at = end;
  }
  return text;
}

std::string fold(std::string_view utf8) {
  const Text text = normalize(utf8, ToneStyle::kKeep);
  std::string out;
  out.reserve(utf8.size());
  bool dropped = false;
  const auto put = [&](char32_t code) {
    static constexpr std::u32string_view kMarked = U"ăâđêôơưð";
    static constexpr std::string_view kBare = "aadeooud";
    char32_t plain = letter_of(code).plain;
    if (plain == 0) plain = static_cast<char32_t>(u_tolower(static_cast<UChar32>(code)));
    if (const auto index = kMarked.find(plain); index != std::u32string_view::npos)
      plain = static_cast<unsigned char>(kBare[index]);
    if (code >= 0x300 && code < 0x370) dropped = true;
    else append_code(out, plain);
  };
  icu::UnicodeString parts;
  for (std::size_t at = 0; at < text.str().size();) {
    const char32_t code = next_code(text.str(), at);
    // Letters of other alphabets lose their marks through ICU.
    if (code < 0x80 || letter_of(code).plain != 0 || nfc().getDecomposition(static_cast<UChar32>(code), parts) == 0) {
      put(code);
      continue;
    }
    for (int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) put(static_cast<char32_t>(parts.char32At(i)));
    dropped = true;
  }
  // What stood apart may touch now.
  return dropped ? to_nfc(out) : out;
}

}  // namespace duluan
