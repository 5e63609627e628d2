#include "word/reader.hpp"

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

// The first `length` of sixteen bytes as two words, the rest zero.
inline void load_key(const char* bytes, std::size_t length, std::uint64_t& head, std::uint64_t& tail) {
  std::memcpy(&head, bytes, 8);
  std::memcpy(&tail, bytes + 8, 8);
  if (length < 8) {
    head &= (std::uint64_t{1} << (length * 8)) - 1;
    tail = 0;
  } else {
    tail &= (std::uint64_t{1} << ((length - 8) * 8)) - 1;
  }
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

class Reader {
 public:
  Reader(std::string_view text, Memo& memo, Table table, std::vector<Token>& tokens, Reading& reading)
      : text_(text), bytes_(text), memo_(memo), table_(table), tokens_(tokens), reading_(reading) {}

  void run() {
    std::size_t at = 0;
    while (at < text_.size()) {
      const auto byte = static_cast<unsigned char>(text_[at]);
      if (kFollowers[byte] == kSpaceByte) {
        ++at;
        continue;
      }
      if (const std::size_t end = plain(at, byte); end != at) {
        at = end;
        continue;
      }
      Scanner scanner(text_, at);
      Token token;
      if (!scanner.next(token)) break;
      slow(token);
      at = token.end;
    }
  }

 private:
  // Takes a token that needs no scanner and returns its end, or `at` if it does need one.
  std::size_t plain(std::size_t at, unsigned char byte) {
    const char* const here = bytes_.at(at);
    std::size_t length = 1;
    TokenKind kind = TokenKind::kWord;
    if (byte < 0x80 && kMarks[byte] != 0) {
      kind = kMarks[byte] == 1 ? TokenKind::kPunctuation : TokenKind::kSymbol;
    } else if (byte == '.') {
      if (here[1] == '.') return at;
      kind = TokenKind::kPunctuation;
    } else {
      length = run_length(here);
      if (length == 0 || length > kLongest || !ends_token(here + length)) return at;
    }
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    load_key(here, length, head, tail);
    const Memo::Slot* slot = memo_.first(head, tail);
    for (std::size_t way = 0; way < Memo::kWays; ++way, ++slot)
      if (slot->head == head && slot->tail == tail) {
        push({at, at + length, kind}, slot->form);
        return at + length;
      }
    return at;
  }

  void slow(const Token& token) {
    const auto bytes = token.of(text_);
    if (find_bad_utf8(bytes) != std::string_view::npos) reading_.well_formed = false;
    const Form form = form_of(bytes, token.kind);
    push(token, form);
    const bool mark =
        bytes.size() == 1 && token.kind != TokenKind::kNumber && static_cast<unsigned char>(bytes[0]) < 0x80;
    if ((token.kind != TokenKind::kWord && !mark) || bytes.size() > kLongest) return;
    std::array<char, 16> key{};
    std::memcpy(key.data(), bytes.data(), bytes.size());
    if (token.kind == TokenKind::kWord && run_length(key.data()) != bytes.size()) return;
    remember(key.data(), bytes.size(), form);
  }

  void remember(const char* bytes, std::size_t length, const Form& form) {
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    load_key(bytes, length, head, tail);
    memo_.put({head, tail, form});
  }

  void push(const Token& token, const Form& form) {
    const bool word = token.kind == TokenKind::kWord;
    const bool touches = token.begin == end_ && end_ > 0;
    const bool open = word && after_word_ && !touches;
    if (touches && (text_[token.begin] == '-' || text_[token.begin] == '.'))
      reading_.joints.push_back(static_cast<std::uint32_t>(tokens_.size()));
    const std::uint64_t pair = pair_hash(last_, form.id);
    if (open) __builtin_prefetch(&table_[line_of(pair, table_.size())]);
    tokens_.push_back(token);
    reading_.units.push_back({form.id, form.shape, open ? kUnseen : kClosed});
    reading_.pairs.push_back(pair);
    after_word_ = word;
    end_ = token.end;
    last_ = form.id;
  }

  std::string_view text_;
  Bytes bytes_;
  Memo& memo_;
  Table table_;
  std::vector<Token>& tokens_;
  Reading& reading_;
  bool after_word_ = false;
  std::size_t end_ = 0;
  std::uint32_t last_ = 0;
};

}  // namespace

void read_units(std::string_view utf8, Memo& memo, Table table, std::vector<Token>& tokens, Reading& reading) {
  tokens.clear();
  reading.units.assign(kPadding, {});
  reading.pairs.assign(kPadding, 0);
  reading.joints.clear();
  reading.well_formed = true;
  Reader(utf8, memo, table, tokens, reading).run();
  reading.units.resize(reading.units.size() + kPadding);
  reading.pairs.resize(reading.units.size());
}

}  // namespace duluan::boundary
