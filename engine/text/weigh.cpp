#include "text/weigh.hpp"

#include <algorithm>
#include <array>

#include "text/letters.hpp"
#include "text/well_formed.hpp"

namespace duluan {
namespace {

constexpr double kWrongWord = 20;  // bits

// Bits by which a marked letter is known from the others, tones in their order, a vowel a row: from the counts of
// 9.4 million marked letters of news (VNTC, training part). The first of a plain vowel is no marked letter.
constexpr std::array<std::array<std::uint8_t, 6>, 12> kBits{{{0, 4, 5, 6, 4, 5},
                                                             {6, 8, 10, 11, 7, 7},
                                                             {6, 6, 8, 8, 6, 6},
                                                             {0, 10, 9, 8, 8, 9},
                                                             {5, 6, 6, 8, 5, 5},
                                                             {0, 6, 8, 8, 6, 6},
                                                             {0, 7, 8, 10, 5, 7},
                                                             {5, 7, 7, 9, 5, 5},
                                                             {6, 6, 6, 10, 6, 6},
                                                             {0, 7, 6, 7, 7, 7},
                                                             {4, 7, 8, 6, 6, 6},
                                                             {0, 10, 10, 9, 8, 13}}};

double bits_of(char32_t code) {
  const Letter letter = letter_of(code);
  if (letter.plain == U'đ') return 3;
  const std::size_t row = std::u32string_view(U"aăâeêioôơuưy").find(letter.plain);
  // Capitals inside a text are rarer; a reading that makes them of small letters pays.
  return row == std::u32string_view::npos ? 0
                                          : kBits[row][static_cast<std::size_t>(letter.tone)] + (letter.upper ? 3 : 0);
}

// Marks and signs that stand beside words in right text; the second lot not right after a letter. What Windows-1252
// has besides (™ † ˜ Œ) is taken for a letter read wrongly.
bool is_sign(char32_t code, bool after_letter) {
  constexpr std::u32string_view kSigns = U"\u00A0»²³\uFEFF–—‘’“”„‚…•€";
  constexpr std::u32string_view kApart = U"«°·×½§";
  constexpr std::u32string_view kLetters = U"†‡‰‹›™";
  if (code == 0xFFFD || kLetters.find(code) != std::u32string_view::npos) return false;
  return (code >= 0x2000 && code < 0x2C00) || (code >= 0x3000 && code < 0x3040) || code >= 0x10000 ||
         kSigns.find(code) != std::u32string_view::npos ||
         (!after_letter && kApart.find(code) != std::u32string_view::npos);
}

// QĐ, NĐ, đ: abbreviations say nothing.
bool is_abbreviation(std::u32string_view word) {
  for (const char32_t code : word) {
    const Letter letter = letter_of(code);
    if (letter.plain == 0 || letter.tone != Tone::kLevel || (!letter.upper && word.size() > 1)) return false;
  }
  return word.size() > 1 || letter_of(word[0]).plain == U'đ';
}

bool is_shaped(char32_t code) {
  return code >= 0x80 && std::u32string_view(U"ăâđêôơư").find(letter_of(code).plain) != std::u32string_view::npos;
}

class Weigher {
 public:
  void letter(char32_t code) {
    if (size_ < word_.size()) word_[size_] = code;
    ++size_;
    if (code < 0x80) return;
    marked_ = true;
    if (letter_of(code).plain != 0 && code >= 0x102) ++weight_.own;
  }
  void end_word() {
    if (size_ == 0) return;
    ++weight_.words;
    const std::u32string_view word(word_.data(), std::min(size_, word_.size()));
    const bool sound = size_ <= word_.size() && is_spelled_syllable(word);
    if (sound) ++weight_.sound;
    if (marked_ && (sound || size_ > word_.size() || !is_abbreviation(word))) count_marked(word, sound);
    size_ = 0;
    marked_ = false;
  }
  [[nodiscard]] bool in_word() const noexcept { return size_ > 0; }
  [[nodiscard]] const Weight& weight() const noexcept { return weight_; }

 private:
  void count_marked(std::u32string_view word, bool sound) {
    ++weight_.marked;
    if (!sound) {
      weight_.bits += kWrongWord;
      return;
    }
    ++weight_.sound_marked;
    if (word.size() > 1) {
      ++weight_.firm;
      if (std::any_of(word.begin(), word.end(), is_shaped)) ++weight_.shaped;
    }
    for (const char32_t code : word) {
      if (code < 0x80) continue;
      weight_.bits += bits_of(code);
      if (word.size() > 1) weight_.letters |= std::uint64_t{1} << code % 64;
    }
  }

  std::array<char32_t, 8> word_{};
  std::size_t size_ = 0;
  bool marked_ = false;
  Weight weight_;
};

}  // namespace

Weight& Weight::operator+=(const Weight& other) noexcept {
  words += other.words;
  sound += other.sound;
  marked += other.marked;
  sound_marked += other.sound_marked;
  firm += other.firm;
  shaped += other.shaped;
  own += other.own;
  letters |= other.letters;
  bits += other.bits;
  return *this;
}

Weight weigh(std::string_view utf8) {
  Weigher weigher;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t code = next_code(utf8, at);
    const bool in_word =
        code < 0x80 ? (code | 0x20) >= U'a' && (code | 0x20) <= U'z' : !is_sign(code, weigher.in_word());
    if (in_word) weigher.letter(code);
    else weigher.end_word();
  }
  weigher.end_word();
  return weigher.weight();
}

}  // namespace duluan
