#include "syllable/chat_words.hpp"

#include <algorithm>
#include <array>

#include "duluan/text.hpp"
#include "text/letters.hpp"

namespace duluan::chat {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_ascii_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

// What a sign does to the word it touches.
enum Bond : unsigned char { kLoose, kBinds, kBindsShort };

constexpr std::array<Bond, 256> make_bonds() {
  std::array<Bond, 256> bonds{};
  // Signs that make one thing of what they touch: addresses, tags, formulas, censored words.
  for (const char c : std::string_view("0123456789_@#\\&+$%*`<")) bonds[static_cast<unsigned char>(c)] = kBinds;
  // Signs that bind short words only: km/h, a/c, m.n, k-pop.
  for (const char c : std::string_view("/.-'~^")) bonds[static_cast<unsigned char>(c)] = kBindsShort;
  return bonds;
}
constexpr std::array<Bond, 256> kBonds = make_bonds();

bool binds(char c) { return kBonds[static_cast<unsigned char>(c)] == kBinds; }
bool binds_short(char c) { return kBonds[static_cast<unsigned char>(c)] == kBindsShort; }

constexpr std::size_t kShort = 2;  // letters

// Length of the letter at `at` and whether it is a capital; 0 if no letter. Puts its lower case into `lowered`.
struct Seen {
  std::size_t length = 0;
  bool upper = false;
  bool lower = false;
};

// next_code with a short way for the two and three bytes of Vietnamese letters.
char32_t next_letter(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[at + k]); };
  const auto trails = [&](std::size_t k) { return (byte(k) & 0xC0U) == 0x80; };
  if (byte(0) >= 0xC3 && byte(0) <= 0xC6 && at + 1 < text.size() && trails(1)) {
    const char32_t code = (byte(0) & 0x1FU) << 6 | (byte(1) & 0x3FU);
    at += 2;
    return code;
  }
  if (byte(0) == 0xE1 && at + 2 < text.size() && trails(1) && trails(2)) {
    const char32_t code = (byte(0) & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
    at += 3;
    return code;
  }
  return next_code(text, at);
}

Seen see_letter(std::string_view text, std::size_t at, std::string& lowered) {
  const char c = text[at];
  if (is_ascii_letter(c)) {
    lowered[at] = static_cast<char>(c | 32);
    return {1, c < 'a', c >= 'a'};
  }
  if (static_cast<unsigned char>(c) < 0x80) return {};
  std::size_t end = at;
  const char32_t code = next_letter(text, end);
  const Letter letter = letter_of(code);
  if (letter.plain == 0) return {is_letter(code) ? end - at : 0, false, false};
  if (letter.upper) {
    // Both cases of a Vietnamese letter take the same number of bytes.
    std::string small;
    append_code(small, letter.plain == U'đ' ? U'đ' : compose(letter.plain, letter.tone, false));
    std::copy(small.begin(), small.end(), lowered.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return {end - at, letter.upper, !letter.upper};
}

Case case_of(std::size_t letters, std::size_t uppers, bool first_upper, bool strange) {
  if (strange) return Case::kMixed;
  if (uppers == 0) return Case::kLower;
  if (first_upper && uppers == 1) return Case::kTitle;
  return uppers == letters ? Case::kUpper : Case::kMixed;
}

// The gap before a word: spaces, a number among spaces, or anything else.
Gap gap_of(std::string_view between) {
  bool number = false;
  for (const char c : between) {
    if (is_digit(c)) number = true;
    else if (!is_space(c) && !(number && (c == '.' || c == ','))) return Gap::kBreak;
  }
  return number ? Gap::kNumber : Gap::kSpace;
}

// Whether the signs between words hold a face: two or more of its signs together, or a picture.
bool has_face(std::string_view between) {
  std::size_t run = 0;
  for (const char c : between) {
    if (static_cast<unsigned char>(c) >= 0xE3) return true;
    run = std::string_view(":;=()<>^").find(c) == std::string_view::npos ? 0 : run + 1;
    if (run >= 2) return true;
  }
  return false;
}

// Whether ’ stands before, as in Rich’s.
bool after_apostrophe(std::string_view text, std::size_t at) {
  return text.substr(0, at).ends_with("’") && at > 3 && is_ascii_letter(text[at - 4]);
}

// "0" alone before a word may be a spelling of không.
bool is_zero_word(std::string_view text, std::size_t at) {
  if (text[at] != '0' || (at > 0 && !is_space(text[at - 1])) || at + 2 >= text.size() || text[at + 1] != ' ')
    return false;
  return is_ascii_letter(text[at + 2]) || static_cast<unsigned char>(text[at + 2]) >= 0x80;
}

}  // namespace

void Line::close_word(std::string_view text, Word& word, const Lexicon& lexicon) {
  const char before = word.begin == 0 ? ' ' : text[word.begin - 1];
  const char after = word.end == text.size() ? ' ' : text[word.end];
  const bool is_short = word.letters <= kShort;
  const char second = word.end + 1 < text.size() ? text[word.end + 1] : ' ';
  // A sign after a short word binds only if something follows it at once: "a/c", but not "đi a."
  const bool bound_after = binds_short(after) && !is_space(second) &&
                           (is_ascii_letter(second) || binds(second) || static_cast<unsigned char>(second) >= 0x80);
  const bool face = before == ':' || before == '=' || before == ';';
  word.joined = binds(before) || binds(after) || (is_short && (face || binds_short(before) || bound_after)) ||
                (before == '-' && word.begin > 1 && !is_space(text[word.begin - 2])) ||
                (after == '-' && !is_space(second)) || before == '\'' || after_apostrophe(text, word.begin) ||
                (word.letters == 1 && (after == '(' || before == '(')) || (after == '\'' && is_ascii_letter(second));
  word.lower = std::string_view(lowered).substr(word.begin, word.end - word.begin);
  word.entry = lexicon.find(word.lower);
  if (word.entry == nullptr && word.lower.size() > word.letters) {
    // The tables are in the old style of tone placement; moving the tone changes no length.
    const Text old_style = normalize(word.lower, ToneStyle::kOld);
    if (old_style.str().size() == word.lower.size()) {
      std::copy(old_style.str().begin(), old_style.str().end(),
                lowered.begin() + static_cast<std::ptrdiff_t>(word.begin));
      word.entry = lexicon.find(word.lower);
    }
  }
  word.reading.clear();
  const std::size_t previous = size < 2 ? 0 : words[size - 2].end;
  const auto between = text.substr(previous, word.begin - previous);
  word.gap = gap_of(between);
  if (size == 1 && word.gap == Gap::kSpace) word.gap = Gap::kBreak;
  if (size > 1 && word.gap == Gap::kSpace && words[size - 2].lower == "0") word.gap = Gap::kNumber;
  if (!between.empty() && between.size() > 1) emoticon = emoticon || has_face(between);
  if (!word.joined && (word.entry == nullptr || !word.entry->rules.empty() || word.entry->count < 1000))
    suspicious = true;
}

void Line::read(std::string_view text, const Lexicon& lexicon) {
  lowered.assign(text);
  size = 0;
  emoticon = false;
  suspicious = false;
  std::size_t chunk = 0;  // first word of the stretch without spaces
  bool address = false;   // the stretch is a link
  const auto bind_chunk = [&] {
    for (std::size_t i = chunk; address && i < size; ++i) words[i].joined = true;
  };
  for (std::size_t at = 0; at < text.size();) {
    Seen seen = see_letter(text, at, lowered);
    if (is_zero_word(text, at)) seen = {1, false, true};
    if (seen.length == 0) {
      if (is_space(text[at])) {
        bind_chunk();
        chunk = size;
        address = false;
      } else if (text[at] == '@' || text.substr(at).starts_with("://")) {
        address = true;
      }
      ++at;
      continue;
    }
    if (size == words.size()) words.emplace_back();
    Word& word = words[size++];
    word.begin = at;
    word.letters = 0;
    std::size_t uppers = 0;
    bool strange = false;
    const bool first_upper = seen.upper;
    while (seen.length != 0) {
      uppers += seen.upper ? 1 : 0;
      strange = strange || (!seen.upper && !seen.lower);
      ++word.letters;
      at += seen.length;
      if (at >= text.size()) break;
      seen = see_letter(text, at, lowered);
    }
    word.end = at;
    word.letter_case = case_of(word.letters, uppers, first_upper, strange);
    close_word(text, word, lexicon);
    if (word.lower == "www" || word.lower == "http" || word.lower == "https") address = true;
  }
  bind_chunk();
  const std::size_t last = size == 0 ? 0 : words[size - 1].end;
  last_break = true;
  if (text.size() - last > 1) emoticon = emoticon || has_face(text.substr(last));
}

}  // namespace duluan::chat
