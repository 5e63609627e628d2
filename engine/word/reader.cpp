#include "word/reader.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "duluan/text.hpp"
#include "syllable/scanner.hpp"

namespace duluan::boundary {
namespace {

constexpr std::size_t kLongest = 15;  // bytes of a token that the memo keeps

enum Follower : std::uint8_t { kEnds, kEndsBeforeSpace, kUnsure, kSpaceByte };

// Whether a run of letters before this ASCII byte is a token by itself, by the rules of Scanner:
// dots, hyphens, colons, signs and digits may belong to it, unless a space follows them.
constexpr std::array<Follower, 256> make_followers() {
  std::array<Follower, 256> table{};
  for (unsigned c = 0; c < 256; ++c) {
    const bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
    const bool digit = c >= '0' && c <= '9';
    if (c <= ' ' || c == 0x7F) table[c] = kSpaceByte;
    else if (c >= 0x80 || letter || digit || c == '@' || c == '_') table[c] = kUnsure;
    else if (c == '.' || c == ':' || c == '-') table[c] = kEndsBeforeSpace;
    else table[c] = kEnds;
  }
  return table;
}
constexpr std::array<Follower, 256> kFollowers = make_followers();

// ASCII marks that are a token by themselves: 1 punctuation, 2 symbol.
constexpr std::array<std::uint8_t, 128> make_marks() {
  std::array<std::uint8_t, 128> table{};
  for (const char mark : std::string_view("!\"#%&'()*,-/:;?@[\\]_{}")) table[static_cast<unsigned char>(mark)] = 1;
  for (const char mark : std::string_view("$+<=>^`|~")) table[static_cast<unsigned char>(mark)] = 2;
  return table;
}
constexpr std::array<std::uint8_t, 128> kMarks = make_marks();

// Number of bytes at the start of sixteen that may be letters: ASCII letters and what is not ASCII, but the
// leads of general punctuation (E2) and of the Latin-1 signs (C2).
inline unsigned run_length(const char* bytes) {
#ifdef __SSE2__
  const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  const __m128i lower = _mm_or_si128(text, _mm_set1_epi8(0x20));
  // Signed: 'a'..'z' is within; bytes above 0x7F are negative.
  const __m128i ascii =
      _mm_and_si128(_mm_cmpgt_epi8(lower, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(lower, _mm_set1_epi8('z' + 1)));
  const __m128i high = _mm_cmplt_epi8(text, _mm_setzero_si128());
  const __m128i sign = _mm_or_si128(_mm_cmpeq_epi8(text, _mm_set1_epi8(static_cast<char>(0xE2))),
                                    _mm_cmpeq_epi8(text, _mm_set1_epi8(static_cast<char>(0xC2))));
  const auto letters = static_cast<unsigned>(_mm_movemask_epi8(_mm_andnot_si128(sign, _mm_or_si128(ascii, high))));
  return static_cast<unsigned>(__builtin_ctz(~letters));
#else
  unsigned length = 0;
  for (; length < 16; ++length) {
    const auto c = static_cast<unsigned char>(bytes[length]);
    const bool letter = ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= 0x80 && c != 0xE2 && c != 0xC2);
    if (!letter) break;
  }
  return length;
#endif
}

// Sixteen bytes of ones, then sixteen of zeros: a mask of any length begins in it.
constexpr std::array<char, 32> kOnesThenZeros = [] {
  std::array<char, 32> mask{};
  for (std::size_t i = 0; i < 16; ++i) mask[i] = static_cast<char>(0xFF);
  return mask;
}();

// The first `length` of sixteen readable bytes.
inline Key load_key(const char* bytes, std::size_t length) {
  Key key;
#ifdef __SSE2__
  const __m128i all = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  const __m128i mask = _mm_loadu_si128(reinterpret_cast<const __m128i*>(kOnesThenZeros.data() + 16 - length));
  _mm_store_si128(reinterpret_cast<__m128i*>(key.bytes.data()), _mm_and_si128(all, mask));
#else
  std::memcpy(key.bytes.data(), bytes, length);
#endif
  return key;
}

// The text with eighteen readable bytes at every place; zeros follow its end.
class Bytes {
 public:
  explicit Bytes(std::string_view text) : text_(text), tail_start_(text.size() > kTail ? text.size() - kTail : 0) {
    if (!text.empty()) std::memcpy(tail_.data(), text.data() + tail_start_, text.size() - tail_start_);
  }
  [[nodiscard]] const char* at(std::size_t place) const {
    return place + kView <= text_.size() ? text_.data() + place : tail_.data() + (place - tail_start_);
  }

 private:
  static constexpr std::size_t kView = 18;  // a run of fifteen or sixteen and two bytes after it
  static constexpr std::size_t kTail = 24;
  std::string_view text_;
  std::size_t tail_start_;
  std::array<char, kTail + kView> tail_{};
};

// Whether the run of letters that ends before `next` is a token by itself.
inline bool ends_token(const char* next) {
  const auto byte = static_cast<unsigned char>(next[0]);
  const auto second = static_cast<unsigned char>(next[1]);
  switch (kFollowers[byte]) {
    case kSpaceByte:
    case kEnds: return true;
    case kEndsBeforeSpace: return kFollowers[second] == kSpaceByte;
    case kUnsure: break;
  }
  // General punctuation U+2000..U+203F and the no-break space are no letters.
  return (byte == 0xE2 && second == 0x80) || (byte == 0xC2 && second == 0xA0);
}

Unit unit_of(std::string_view token, TokenKind kind, std::span<const std::uint32_t> forms) {
  const Form form = form_of(token, kind);
  return {.id = form.id, .row = row_of(forms, form.id), .shape = form.shape};
}

// The slow way to a unit: the scanner's token, normalized and looked up; remembered if plain() could find it.
[[gnu::noinline]] Unit meet(std::string_view text, const Token& token, Memo& memo, const Lexis& lexis,
                            bool& well_formed) {
  if (token.kind == TokenKind::kNumber) return lexis.number;
  const auto bytes = token.of(text);
  if (find_bad_utf8(bytes) != std::string_view::npos) well_formed = false;
  const Unit unit = unit_of(bytes, token.kind, lexis.forms);
  const bool mark = bytes.size() == 1 && static_cast<unsigned char>(bytes[0]) < 0x80;
  if ((token.kind != TokenKind::kWord && !mark) || bytes.size() > kLongest) return unit;
  Key key;
  std::memcpy(key.bytes.data(), bytes.data(), bytes.size());
  if (token.kind == TokenKind::kWord && run_length(key.bytes.data()) != bytes.size()) return unit;
  memo.put({key, unit});
  return unit;
}

}  // namespace

Lexis make_lexis(Table pairs, std::span<const std::uint32_t> forms) {
  return {pairs, forms, unit_of("0", TokenKind::kNumber, forms)};
}

void Reading::grow(std::vector<Token>& room) {
  constexpr std::size_t kLeast = 64;
  const std::size_t size = std::max(kLeast, 2 * units.size());
  units.resize(size);
  open.resize(size);
  pairs.resize(size);
  room.resize(size);
}

void read_units(std::string_view utf8, Memo& memo, const Lexis& lexis, std::vector<Token>& tokens, Reading& reading) {
  reading.joints.clear();
  reading.well_formed = true;
  if (reading.units.size() <= 2 * kPadding) reading.grow(tokens);
  std::fill_n(reading.units.begin(), kPadding, Unit{});
  // What the loop writes goes through local pointers: members would be stored and loaded at every token.
  Unit* units = reading.units.data() + kPadding;
  Token* token = tokens.data();
  std::uint32_t* open = reading.open.data();
  std::uint64_t* pairs = reading.pairs.data();
  std::size_t count = 0;
  std::size_t room = reading.units.size() - 2 * kPadding;
  std::size_t opens = 0;
  std::uint32_t last = 0;
  std::size_t last_end = 0;
  bool after_word = false;
  const Line* const lines = lexis.pairs.data();
  const std::size_t line_count = lexis.pairs.size();

  const auto push = [&](std::size_t begin, std::size_t end, TokenKind kind, const Unit& unit) {
    const bool word = kind == TokenKind::kWord;
    const bool touches = begin == last_end;
    const std::uint64_t pair = pair_hash(last, unit.id);
    __builtin_prefetch(&lines[line_of(pair, line_count)]);
    token[count] = {begin, end, kind};
    units[count] = unit;
    open[opens] = static_cast<std::uint32_t>(count + kPadding);
    pairs[opens] = pair;
    opens += static_cast<std::size_t>(word & after_word & !touches);
    after_word = word;
    last_end = end;
    last = unit.id;
    if (++count == room) {
      reading.grow(tokens);
      units = reading.units.data() + kPadding;
      token = tokens.data();
      open = reading.open.data();
      pairs = reading.pairs.data();
      room = reading.units.size() - 2 * kPadding;
    }
  };

  const Bytes bytes(utf8);
  for (std::size_t at = 0; at < utf8.size();) {
    const char* const here = bytes.at(at);
    const auto byte = static_cast<unsigned char>(*here);
    if (kFollowers[byte] == kSpaceByte) {
      ++at;
      continue;
    }
    std::size_t length = run_length(here);
    TokenKind kind = TokenKind::kWord;
    bool plain = length > 0 && length <= kLongest && ends_token(here + length);
    if (length == 0 && byte < 0x80) {
      length = 1;
      kind = kMarks[byte] == 2 ? TokenKind::kSymbol : TokenKind::kPunctuation;
      plain = kMarks[byte] != 0 || (byte == '.' && here[1] != '.');
      if (plain && (byte == '-' || byte == '.') && at == last_end && count > 0)
        reading.joints.push_back(static_cast<std::uint32_t>(count));
    }
    if (plain) {
      const Key key = load_key(here, length);
      if (const Unit* const unit = memo.find(key)) {
        push(at, at + length, kind, *unit);
        at += length;
        at += *(here + length) == ' ' ? 1U : 0U;
        continue;
      }
    }
    Scanner scanner(utf8, at);
    Token met;
    if (!scanner.next(met)) break;
    if (!plain && met.begin == last_end && count > 0 && (utf8[met.begin] == '-' || utf8[met.begin] == '.'))
      reading.joints.push_back(static_cast<std::uint32_t>(count));
    push(met.begin, met.end, met.kind, meet(utf8, met, memo, lexis, reading.well_formed));
    at = met.end;
  }
  std::fill_n(units + count, kPadding, Unit{});
  reading.tokens = count;
  reading.opens = opens;
}

}  // namespace duluan::boundary
