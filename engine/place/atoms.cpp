#include "place/atoms.hpp"

#include <array>

#include "text/letters.hpp"

namespace duluan::place {
namespace {

constexpr std::size_t kLongest = 20;  // letters that count

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) { return (hash ^ value) * 0x100000001B3U; }

// Without breve, circumflex, horn and the stroke of đ.
char32_t bare_of(char32_t plain) {
  switch (plain) {
    case U'ă':
    case U'â': return U'a';
    case U'ê': return U'e';
    case U'ô':
    case U'ơ': return U'o';
    case U'ư': return U'u';
    case U'đ': return U'd';
    default: return plain;
  }
}

bool is_vowel(char32_t bare) { return std::u32string_view(U"aeiouy").find(bare) != std::u32string_view::npos; }

// The letter with a combining mark of NFD put on it.
char32_t with_quality(char32_t plain, char32_t mark) {
  if (mark == 0x306 && plain == U'a') return U'ă';
  if (mark == 0x31B) return plain == U'o' ? U'ơ' : plain == U'u' ? U'ư' : plain;
  if (mark != 0x302) return plain;
  return plain == U'a' ? U'â' : plain == U'e' ? U'ê' : plain == U'o' ? U'ô' : plain;
}

Tone tone_of(char32_t mark) {
  switch (mark) {
    case 0x300: return Tone::kGrave;
    case 0x309: return Tone::kHook;
    case 0x303: return Tone::kTilde;
    case 0x301: return Tone::kAcute;
    case 0x323: return Tone::kDot;
    default: return Tone::kLevel;
  }
}

Gap gap_of(char32_t sign) {
  switch (sign) {
    case U'\n': return kNewline;
    case U'.': return kDot;
    case U',':
    case U';': return kComma;
    case U'-':
    case 0x2013:
    case 0x2014: return kHyphen;
    case U'(': return kOpen;
    case U':': return kColon;
    default: return kOther;
  }
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool next(Atom& atom) {
    const Gap gap = skip_gap();
    if (at_ >= text_.size()) return false;
    atom = Atom{};
    atom.gap = gap;
    atom.begin = static_cast<std::uint32_t>(at_);
    if (is_digit(text_[at_])) digits(atom);
    else letters(atom);
    atom.end = static_cast<std::uint32_t>(at_);
    return true;
  }

 private:
  // Whether a letter starts at `at`; marks alone do not start an atom.
  [[nodiscard]] bool letter_at(std::size_t at) const {
    if (at >= text_.size()) return false;
    if (static_cast<unsigned char>(text_[at]) < 0x80) return is_ascii_letter(text_[at]);
    const char32_t code = next_code(text_, at);
    return letter_of(code).plain != 0 || (is_letter(code) && !is_mark(code));
  }

  Gap skip_gap() {
    Gap gap = at_ == 0 ? kNewline : kNone;
    bool sign = false;
    while (at_ < text_.size() && !is_digit(text_[at_]) && !letter_at(at_)) {
      const char32_t code = next_code(text_, at_);
      if (code == U' ' || code == U'\t' || code == 0xA0) {
        if (gap == kNone) gap = kSpace;
        continue;
      }
      const Gap here = gap_of(code);
      if (gap == kNewline || here == kNewline) gap = kNewline;
      else if (!sign) gap = here;
      else if (here == kComma || gap == kComma) gap = kComma;
      else gap = kOther;
      sign = true;
    }
    return gap;
  }

  void digits(Atom& atom) {
    while (at_ < text_.size() && text_[at_] == '0' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) ++at_;
    std::uint64_t hash = 7;
    for (; at_ < text_.size() && is_digit(text_[at_]); ++at_) hash = mix(hash, static_cast<unsigned char>(text_[at_]));
    atom.bare = atom.accented = hash;
    atom.flags = kDigit;
  }

  // "M'" in "M'Drắk", "K' Dang": an apostrophe after one or two consonants joins.
  bool joins(std::size_t count) {
    if (count == 0 || count > 2) return false;
    for (std::size_t i = 0; i < count; ++i)
      if (is_vowel(bare_of(letters_[i]))) return false;
    std::size_t next = at_;
    const char32_t code = next < text_.size() ? next_code(text_, next) : 0;
    if (code != U'\'' && code != 0x2019 && code != 0x2BC && code != U'`') return false;
    if (next < text_.size() && text_[next] == ' ') ++next;
    if (!letter_at(next)) return false;
    at_ = next;
    return true;
  }

  void letters(Atom& atom) {
    std::size_t count = 0;
    std::size_t upper = 0;
    Tone tone = Tone::kLevel;
    bool long_word = false;
    do {
      while (at_ < text_.size()) {
        std::size_t next = at_;
        char32_t code = next_code(text_, next);
        if (code == 0xD0 || code == 0xF0) code = code == 0xD0 ? U'Đ' : U'đ';
        const Letter letter = letter_of(code);
        if (letter.plain == 0) {
          if (!is_letter(code)) break;
          at_ = next;
          if (is_mark(code)) {
            if (tone_of(code) != Tone::kLevel) tone = tone_of(code);
            else if (count > 0) letters_[count - 1] = with_quality(letters_[count - 1], code);
            continue;
          }
        }
        at_ = next;
        if (count == kLongest) {
          long_word = true;
          continue;
        }
        if (letter.tone != Tone::kLevel) tone = letter.tone;
        upper += letter.upper ? 1 : 0;
        if (count == 0 && letter.upper) atom.flags |= kUpper;
        letters_[count++] = letter.plain != 0 ? letter.plain : code;
      }
    } while (joins(count));
    if (upper == count) atom.flags |= kAllUpper;
    hash(atom, count, tone);
    if (long_word) atom.bare = atom.accented = 0;
  }

  void hash(Atom& atom, std::size_t count, Tone tone) {
    if (count >= 2 && letters_[count - 1] == U'y') {
      const char32_t before = bare_of(letters_[count - 2]);
      if (!is_vowel(before) || (before == U'u' && count >= 3 && letters_[count - 3] == U'q'))
        letters_[count - 1] = U'i';
    }
    std::uint64_t bare = 3;
    std::uint64_t accented = 3;
    bool vowel = false;
    bool marked = tone != Tone::kLevel;
    for (std::size_t i = 0; i < count; ++i) {
      const char32_t plain = bare_of(letters_[i]);
      marked = marked || plain != letters_[i];
      vowel = vowel || is_vowel(plain);
      bare = mix(bare, plain);
      accented = mix(accented, letters_[i]);
    }
    atom.bare = bare;
    atom.accented = mix(accented, static_cast<std::uint64_t>(tone) + 0x10000);
    atom.letters = static_cast<std::uint8_t>(count);
    if (marked) atom.flags |= kMarked;
    if (!vowel) atom.flags |= kAbbreviation;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::array<char32_t, kLongest> letters_{};
};

}  // namespace

void read_atoms(std::string_view utf8, std::vector<Atom>& atoms) {
  atoms.clear();
  Reader reader(utf8);
  for (Atom atom; reader.next(atom);) atoms.push_back(atom);
}

Atom atom_of(std::string_view word) {
  Atom atom;
  Reader(word).next(atom);
  return atom;
}

}  // namespace duluan::place
