#include "syllable/scanner.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "text/letters.hpp"

namespace duluan {
namespace {

enum Class : unsigned char { kOther, kSpace, kLetter, kDigit, kMark, kLead };

constexpr std::array<Class, 256> make_classes() {
  std::array<Class, 256> table{};
  for (unsigned c = 0; c < 256; ++c) {
    if (c <= ' ' || c == 0x7F) table[c] = kSpace;
    else if ((c | 32) >= 'a' && (c | 32) <= 'z') table[c] = kLetter;
    else if (c >= '0' && c <= '9') table[c] = kDigit;
    else if (c < 0x80) table[c] = kMark;
    else table[c] = kLead;
  }
  for (const char symbol : {'$', '+', '<', '=', '>', '^', '`', '|', '~'})
    table[static_cast<unsigned char>(symbol)] = kOther;
  return table;
}
constexpr std::array<Class, 256> kClasses = make_classes();

constexpr std::size_t kLongestAddress = 254;

bool is_upper(unsigned char byte) { return byte >= 'A' && byte <= 'Z'; }

// Length of a letter or mark that starts at a lead byte; 0 if something else starts there.
std::size_t letter_length(std::string_view text, std::size_t at) noexcept {
  const auto lead = static_cast<unsigned char>(text[at]);
  const auto second = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
  const bool continued = (second & 0xC0U) == 0x80;
  // U+00C0..U+024F but × ÷, and combining marks U+0300..U+036F: two bytes.
  if (((lead == 0xC3 && second != 0x97 && second != 0xB7) || (lead >= 0xC4 && lead <= 0xC8) || lead == 0xCC ||
       (lead == 0xCD && second < 0xB0)) &&
      continued)
    return 2;
  // U+1E00..U+1EFF: three bytes.
  if (lead == 0xE1 && second >= 0xB8 && second <= 0xBB && at + 2 < text.size() &&
      (static_cast<unsigned char>(text[at + 2]) & 0xC0U) == 0x80)
    return 3;
  std::size_t end = at;
  return is_letter(next_code(text, end)) ? end - at : 0;
}

bool is_space(std::string_view text, std::size_t at, std::size_t& length) noexcept {
  const Class kind = kClasses[static_cast<unsigned char>(text[at])];
  length = 1;
  if (kind != kLead) return kind == kSpace;
  std::size_t end = at;
  const auto code = static_cast<UChar32>(next_code(text, end));
  length = end - at;
  return u_isUWhiteSpace(code) != 0 || code == 0x200B || code == 0xFEFF;
}

// Vowels and finals of Hangul, which NFC puts together with the consonant before them.
bool continues_hangul(char32_t code) noexcept {
  return (code >= 0x1160 && code <= 0x11FF) || (code >= 0xD7B0 && code <= 0xD7FF);
}

}  // namespace

std::size_t Scanner::letters_end(std::size_t at) const noexcept {
  while (at < text_.size()) {
    const Class kind = kClasses[static_cast<unsigned char>(text_[at])];
    if (kind == kLetter) {
      ++at;
    } else if (kind == kLead) {
      const std::size_t length = letter_length(text_, at);
      if (length == 0) return at;
      at += length;
    } else {
      return at;
    }
  }
  return at;
}

std::size_t Scanner::digits_end(std::size_t at) const noexcept {
  while (at < text_.size() && kClasses[static_cast<unsigned char>(text_[at])] == kDigit) ++at;
  return at;
}

// End of the URL or e-mail address that the word [begin, end) opens, or `end` if it opens none.
std::size_t Scanner::link_end(std::size_t begin, std::size_t end) const noexcept {
  const auto word = text_.substr(begin, end - begin);
  const bool url = (text_.substr(end).starts_with("://") && (word == "http" || word == "https" || word == "ftp")) ||
                   (word == "www" && at(end) == '.');
  // An address is short (RFC 5321: 254 bytes); without the bound, text without spaces costs its square.
  const std::size_t limit = url ? text_.size() : std::min(text_.size(), begin + kLongestAddress);
  std::size_t stop = end;
  for (std::size_t length = 0; stop < limit; stop += length) {
    if (is_space(text_, stop, length) || std::string_view("<>\"").find(text_[stop]) != std::string_view::npos) break;
  }
  if (stop > limit || (!url && stop == limit && limit < text_.size())) return end;
  while (stop > end && std::string_view(".,;:!?)]}'").find(text_[stop - 1]) != std::string_view::npos) --stop;
  if (url) return stop;
  const auto whole = text_.substr(begin, stop - begin);
  const std::size_t sign = whole.find('@');
  const bool address = sign != std::string_view::npos && sign > 0 && whole.find('.', sign) != std::string_view::npos &&
                       whole.find('@', sign + 1) == std::string_view::npos && whole.find(',') == std::string_view::npos;
  return address ? stop : end;
}

bool Scanner::is_capital(std::size_t begin) const noexcept {
  if (at(begin) < 0x80) return is_upper(at(begin));
  return u_isupper(static_cast<UChar32>(next_code(text_, begin))) != 0;
}

// Whether [begin, end) has at most eight characters, the last a capital. What NFD takes apart counts once:
// marks count with their letter, a syllable of Hangul with its first consonant.
bool Scanner::ends_in_capital(std::size_t begin, std::size_t end) const noexcept {
  std::size_t characters = 0;
  std::size_t last = begin;
  while (begin < end && characters <= 8) {
    const std::size_t start = begin;
    const char32_t code = next_code(text_, begin);
    if (is_mark(code) || continues_hangul(code)) continue;
    ++characters;
    last = start;
  }
  return characters <= 8 && is_capital(last);
}

// A word and what belongs to it: digits (H5N1), a hyphen before digits after capitals (COVID-19),
// dots between capitals (TP.HCM), the dots of v.v.
std::size_t Scanner::word_end(std::size_t begin, TokenKind& kind) const noexcept {
  std::size_t end = letters_end(begin);
  kind = TokenKind::kWord;
  const unsigned char next = at(end);
  if (kClasses[next] == kSpace) return end;
  if (next == '@' || next == ':' || next == '.' || next == '_' || next == '-' || kClasses[next] == kDigit) {
    const std::size_t link = link_end(begin, end);
    if (link != end) {
      kind = TokenKind::kLink;
      return link;
    }
  }
  if (text_.substr(begin).starts_with("v.v") && letters_end(begin + 2) == begin + 3)
    return begin + 3 + (at(begin + 3) == '.' ? 1 : 0);
  for (bool grew = true; grew;) {
    grew = false;
    const std::size_t alnum = letters_end(digits_end(end));
    if (alnum != end) {
      end = alnum;
      grew = true;
    }
    const unsigned char joint = at(end);
    if ((joint != '-' && joint != '.') || !ends_in_capital(begin, end)) continue;
    if (joint == '-' && kClasses[at(end + 1)] == kDigit) {
      end = digits_end(end + 1);
      grew = true;
    } else if (joint == '.' && is_capital(end + 1)) {
      end = letters_end(end + 1);
      grew = true;
    }
  }
  return end;
}

std::size_t Scanner::number_end(std::size_t begin) const noexcept {
  std::size_t end = digits_end(begin);
  while (end < text_.size() && std::string_view(".,/:-").find(text_[end]) != std::string_view::npos &&
         kClasses[at(end + 1)] == kDigit)
    end = digits_end(end + 1);
  return end;
}

std::size_t Scanner::mark_end(std::size_t begin, TokenKind& kind) const noexcept {
  const Class first = kClasses[static_cast<unsigned char>(text_[begin])];
  std::size_t end = begin + 1;
  if (first == kMark) {
    kind = TokenKind::kPunctuation;
    if (text_[begin] == '.')
      while (at(end) == '.') ++end;
    return end;
  }
  kind = TokenKind::kSymbol;
  if (first == kOther) return end;
  end = begin;
  const auto code = static_cast<UChar32>(next_code(text_, end));
  if (u_ispunct(code) != 0) kind = TokenKind::kPunctuation;
  // Emoji keep their modifiers, joiners and variation selectors.
  while (end < text_.size() && static_cast<unsigned char>(text_[end]) >= 0x80) {
    std::size_t next = end;
    const auto follower = static_cast<UChar32>(next_code(text_, next));
    const bool modifier = (follower >= 0xFE00 && follower <= 0xFE0F) || (follower >= 0x1F3FB && follower <= 0x1F3FF);
    if (follower != 0x200D && !modifier) break;
    end = next;
    if (follower != 0x200D || end == text_.size()) continue;
    // A joiner takes the picture after it, nothing else: never a space or a letter.
    const auto joined = static_cast<UChar32>(next_code(text_, next));
    if (u_hasBinaryProperty(joined, UCHAR_EXTENDED_PICTOGRAPHIC) != 0) end = next;
  }
  return end;
}

bool Scanner::next(Token& token) noexcept {
  std::size_t length = 0;
  while (at_ < text_.size() && is_space(text_, at_, length)) at_ += length;
  if (at_ >= text_.size()) return false;
  token.begin = at_;
  const Class kind = kClasses[static_cast<unsigned char>(text_[at_])];
  if (kind == kLetter || (kind == kLead && letter_length(text_, at_) != 0)) {
    at_ = word_end(at_, token.kind);
  } else if (kind == kDigit) {
    const std::size_t end = number_end(at_);
    const std::size_t link = at(end) == '@' || at(end) == '_' ? link_end(at_, end) : end;
    token.kind = link != end ? TokenKind::kLink : TokenKind::kNumber;
    at_ = link;
  } else {
    at_ = mark_end(at_, token.kind);
  }
  token.end = at_;
  return true;
}

void tokenize(std::string_view utf8, std::vector<Token>& tokens) {
  tokens.clear();
  Scanner scanner(utf8);
  for (Token token; scanner.next(token);) tokens.push_back(token);
}

bool is_title_abbreviation(std::string_view word) noexcept {
  static constexpr std::array<std::string_view, 34> kTitles{
      "TS", "ThS", "GS", "PGS", "PGS.TS", "GS.TS", "BS", "KS",  "CN", "TP", "Tp", "tp",  "TX", "TT", "Q",  "P",   "H",
      "X",  "Tr",  "tr", "Ths", "Bs",     "Ts",    "LS", "NXB", "ĐT", "St", "Mr", "Mrs", "Dr", "No", "vs", "tel", "Đ"};
  return std::find(kTitles.begin(), kTitles.end(), word) != kTitles.end();
}

}  // namespace duluan
