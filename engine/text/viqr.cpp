#include "text/viqr.hpp"

#include <string>

#include "text/decoders.hpp"
#include "text/well_formed.hpp"

namespace duluan {
namespace {

constexpr std::string_view kTones = "`?~'.";  // in the order of Tone, without the level one

bool is_ascii_letter(char byte) { return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z'; }

char32_t qualified(char32_t plain, char mark) {
  switch (mark) {
    case '^': return plain == U'a' ? U'â' : plain == U'e' ? U'ê' : plain == U'o' ? U'ô' : 0;
    case '(': return plain == U'a' ? U'ă' : 0;
    case '+': return plain == U'o' ? U'ơ' : plain == U'u' ? U'ư' : 0;
    default: return 0;
  }
}

bool is_d(std::string_view bytes, std::size_t at) { return at < bytes.size() && (bytes[at] | 0x20) == 'd'; }

// A backslash takes its meaning from a mark, from itself, or from a d beside another.
std::size_t escape_length(std::string_view bytes, std::size_t at) {
  if (bytes[at] != '\\' || at + 1 == bytes.size()) return 0;
  const char next = bytes[at + 1];
  const bool beside_d = is_d(bytes, at + 1) && (is_d(bytes, at + 2) || (at > 0 && is_d(bytes, at - 1)));
  return next == '\\' || beside_d || is_viqr_mark(next) ? 2 : 0;
}

// Letters that touch, up to a length past which none is a syllable.
struct Word {
  std::u32string letters;
  std::size_t end = 0;
  std::size_t marks = 0;
  bool strong = false;  // has a mark that is no punctuation
  ViqrLetter last;
};

Word word_at(std::string_view bytes, std::size_t at) {
  Word word;
  word.end = at;
  while (word.end < bytes.size() && is_ascii_letter(bytes[word.end])) {
    word.last = viqr_letter(bytes, word.end);
    word.letters += word.last.code;
    for (const char mark : bytes.substr(word.end + 1, word.last.length - 1)) {
      ++word.marks;
      const bool bar = is_ascii_letter(mark);
      word.strong = word.strong || (bar ? word.end == at || mark == 'D'
                                        : std::string_view("^(+`~").find(mark) != std::string_view::npos);
    }
    word.end += word.last.length;
  }
  return word;
}

class Writer {
 public:
  Writer(Text& text, std::string_view bytes, std::size_t at) : text_(text), bytes_(bytes), at_(at) {}

  void keep(std::size_t from, std::size_t to) { text_.copy(bytes_.substr(from, to - from), at_ + from); }
  void put(char32_t code, std::size_t from, std::size_t length) {
    if (length == 1) return keep(from, from + 1);
    letter_.clear();
    append_code(letter_, code);
    text_.rewrite(letter_, at_ + from, length);
  }
  // Letters as the RFC composes them.
  void compose_all(std::size_t from, std::size_t to) {
    while (from < to) {
      const ViqrLetter letter = viqr_letter(bytes_.substr(0, to), from);
      put(letter.code, from, letter.length);
      from += letter.length;
    }
  }

 private:
  Text& text_;
  std::string_view bytes_;
  std::size_t at_;
  std::string letter_;
};

// How much of the word's bytes are letters with marks, as people meant them; the rest is kept.
std::size_t meant_end(const Word& word, std::size_t begin) {
  if (is_spelled_syllable(word.letters)) return word.end;
  const bool punctuation = word.last.tone;
  if (punctuation) {
    std::u32string bare = word.letters;
    const Letter last = letter_of(bare.back());
    bare.back() = compose(last.plain, Tone::kLevel, last.upper);
    if (is_spelled_syllable(bare)) return word.end - 1;
  }
  return word.strong ? word.end : begin;
}

}  // namespace

bool is_viqr_mark(char byte) noexcept {
  return byte == '^' || byte == '(' || byte == '+' || kTones.find(byte) != kTones.npos;
}

ViqrLetter viqr_letter(std::string_view bytes, std::size_t at) noexcept {
  const auto code = static_cast<unsigned char>(bytes[at]);
  ViqrLetter read{code, 1, false};
  const auto mark = [&] { return at + read.length < bytes.size() ? bytes[at + read.length] : '\0'; };
  Letter letter = letter_of(code < 0x80 ? code : 0);
  if (letter.plain == U'd' && (mark() | 0x20) == 'd') return {letter.upper ? U'Đ' : U'đ', 2, false};
  if (!letter.vowel) return read;
  if (const char32_t plain = qualified(letter.plain, mark())) {
    letter.plain = plain;
    ++read.length;
  }
  if (const std::size_t tone = kTones.find(mark()); mark() != '\0' && tone != kTones.npos) {
    letter.tone = static_cast<Tone>(tone + 1);
    read.tone = true;
    ++read.length;
  }
  read.code = compose(letter.plain, letter.tone, letter.upper);
  return read;
}

void append_viqr(Text& text, std::string_view bytes, std::size_t at, bool typed) {
  Writer out(text, bytes, at);
  std::size_t kept = 0;  // what is the same in and out is copied in runs
  std::size_t i = 0;
  while (i < bytes.size()) {
    if (const std::size_t length = escape_length(bytes, i)) {
      out.keep(kept, i);
      out.keep(i + 1, i + length);
      kept = i += length;
      continue;
    }
    if (!is_ascii_letter(bytes[i])) {
      ++i;
      continue;
    }
    const Word word = word_at(bytes, i);
    if (word.marks > 0) {
      const std::size_t end = typed ? meant_end(word, i) : word.end;
      if (end > i) {
        out.keep(kept, i);
        out.compose_all(i, end);
        kept = end;
      }
    }
    i = word.end;
  }
  out.keep(kept, bytes.size());
}

}  // namespace duluan
