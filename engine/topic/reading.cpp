// The quick way maps lower-case and capital letters of the alphabet one by one; whatever needs more thought
// (combining marks, new tone style, short forms, letters drawn out, other scripts) goes through terms_of's own
// functions.
#include "topic/reading.hpp"

#include <xxhash.h>

#include <array>

#include "text/letters.hpp"
#include "topic/terms.hpp"

namespace duluan::topics {
namespace {

constexpr std::size_t kLongestQuick = 24;  // bytes of a token; the longest syllable has 11

// A letter of the alphabet, in the two blocks that hold them all.
struct Quick {
  char lower[3] = {};       // UTF-8
  std::uint8_t length = 0;  // 0: no letter of the alphabet
  char folded = 0;
  bool vowel = false;
  bool toned = false;
  char plain = 0;  // folded when there is no mark but the tone, else 0: the a of à, not of â
};

constexpr char32_t kLow = 0x200;
constexpr char32_t kHigh = 0x1E00;

char folded_letter(char32_t plain) {
  switch (plain) {
    case U'ă':
    case U'â': return 'a';
    case U'ê': return 'e';
    case U'ô':
    case U'ơ': return 'o';
    case U'ư': return 'u';
    case U'đ': return 'd';
    default: return static_cast<char>(plain);
  }
}

Quick quick_of(char32_t code) {
  Quick quick;
  const Letter letter = letter_of(code);
  if (letter.plain == 0) return quick;
  std::string lower;
  append_code(lower, letter.vowel ? compose(letter.plain, letter.tone, false) : letter.plain);
  lower.copy(quick.lower, 3);
  quick.length = static_cast<std::uint8_t>(lower.size());
  quick.folded = folded_letter(letter.plain);
  quick.vowel = letter.vowel;
  quick.toned = letter.tone != Tone::kLevel;
  quick.plain = letter.plain < 0x80 ? quick.folded : char(0);
  return quick;
}

const Quick* quick_letters() {
  static const auto table = [] {
    std::array<Quick, kLow + 0x100> all;
    for (char32_t code = 0; code < kLow; ++code) all[code] = quick_of(code);
    for (char32_t code = 0; code < 0x100; ++code) all[kLow + code] = quick_of(kHigh + code);
    return all;
  }();
  return table.data();
}

// Row of the table of the letter at `at`, or null; `at` moves behind it.
const Quick* quick_at(const Quick* table, std::string_view token, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(token[i]); };
  const unsigned first = byte(at);
  if (first < 0x80) return table + byte(at++);
  if (first >= 0xC3 && first <= 0xC7 && at + 1 < token.size()) {
    const unsigned code = (first & 0x1FU) << 6U | (byte(at + 1) & 0x3FU);
    at += 2;
    return table + code;
  }
  if (first == 0xE1 && at + 2 < token.size() && byte(at + 1) >= 0xB8 && byte(at + 1) <= 0xBB) {
    const unsigned code = (byte(at + 1) & 0x03U) << 6U | (byte(at + 2) & 0x3FU);
    at += 3;
    return table + kLow + code;
  }
  return nullptr;
}

bool same(const Quick& a, const Quick& b) { return std::string_view(a.lower, 3) == std::string_view(b.lower, 3); }

struct Spelt {
  char lower[kLongestQuick * 2];
  char folded[kLongestQuick];
  std::size_t lower_size = 0;
  std::size_t folded_size = 0;
  bool marked = false;  // some diacritic
};

// Whether the one tone of the letters stands where the old style puts it: in a group of vowels on the last one with a
// mark of quality; without such on the second of three, or of two before a consonant; else on the first.
bool in_place(const Quick* const* letters, std::size_t count) {
  std::size_t first = 0;
  std::size_t toned = count;
  for (std::size_t i = 0; i < count; ++i) {
    if (!letters[i]->toned) continue;
    if (toned != count) return false;
    toned = i;
  }
  if (toned == count) return true;
  const bool glide = (letters[0]->folded == 'q' && count > 1 && letters[1]->folded == 'u') ||
                     (letters[0]->folded == 'g' && count > 2 && letters[1]->folded == 'i' && letters[2]->vowel);
  if (glide ? toned == 1 || letters[1]->plain == 0 : letters[0]->folded == 'q') return false;
  if (glide) first = 2;
  while (first < count && !letters[first]->vowel) ++first;
  std::size_t last = first;
  while (last < count && letters[last]->vowel) ++last;
  if (toned < first || toned >= last || last - first > 3) return false;
  std::size_t expected = last - first == 3 || (last - first == 2 && last < count) ? first + 1 : first;
  bool horned = false;
  for (std::size_t i = first; i < last; ++i) {
    if (letters[i]->plain != 0) continue;
    if (letters[i]->folded == 'u' && horned) continue;  // no u with a horn follows another quality
    expected = i;
    horned = true;
  }
  return toned == expected;
}

// False when the token needs the long way.
bool spell(const Quick* table, std::string_view token, Spelt& out) {
  if (token.size() > kLongestQuick) return false;
  const Quick* letters[kLongestQuick];
  bool vowel = false;
  for (std::size_t at = 0; at < token.size();) {
    const Quick* letter = quick_at(table, token, at);
    if (letter == nullptr || letter->length == 0) return false;
    const std::size_t n = out.folded_size;
    if (n > 1 && same(*letter, *letters[n - 1]) && same(*letter, *letters[n - 2])) return false;  // drawn out
    for (std::size_t i = 0; i < letter->length; ++i) out.lower[out.lower_size++] = letter->lower[i];
    letters[n] = letter;
    out.folded[out.folded_size++] = letter->folded;
    out.marked |= letter->length > 1;
    vowel |= letter->vowel && letter->folded != 'y';
  }
  // Short forms have no vowel, or y; but one.
  if (!vowel || std::string_view(out.lower, out.lower_size) == "ko") return false;
  return in_place(letters, out.folded_size);
}

void append(Reading& out, std::string_view written, std::string_view folded, Span span, bool after_break) {
  out.written.push_back(syllable_key(written));
  out.folded.push_back(syllable_key(folded));
  out.letters.append(folded);
  out.ends.push_back(static_cast<std::uint32_t>(out.letters.size()));
  out.breaks.push_back(after_break ? 1 : 0);
  out.spans.push_back(span);
}

}  // namespace

std::uint32_t syllable_key(std::string_view letters) noexcept {
  return static_cast<std::uint32_t>(XXH3_64bits(letters.data(), letters.size()) >> 16);
}

void read_text(std::string_view utf8, Reading& out) {
  out.written.clear();
  out.folded.clear();
  out.breaks.clear();
  out.spans.clear();
  out.letters.clear();
  out.ends.clear();
  tokenize(utf8, out.tokens);
  const Quick* table = quick_letters();
  bool after_break = true;
  std::size_t marked = 0;
  std::size_t words = 0;
  for (const Token& token : out.tokens) {
    if (token.kind != TokenKind::kWord) {
      after_break = true;
      continue;
    }
    const Span span{token.begin, token.end};
    Spelt spelt;
    ++words;
    if (spell(table, token.of(utf8), spelt)) {
      append(out, {spelt.lower, spelt.lower_size}, {spelt.folded, spelt.folded_size}, span, after_break);
      marked += spelt.marked ? 1 : 0;
    } else {
      const bool diacritic = each_syllable(token.of(utf8), [&](std::string_view written) {
        append(out, written, fold(written), span, after_break);
        after_break = false;
      });
      marked += diacritic ? 1 : 0;
    }
    after_break = false;
  }
  out.plain = mostly_plain(marked, words);
}

}  // namespace duluan::topics
