// Folding by table: what one character folds to when nothing around it matters. A run of other
// characters goes through ICU.
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <cstring>
#include <memory>

#include "duluan/text.hpp"
#include "text/letters.hpp"

namespace duluan {
namespace {

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

bool is_dropped(char32_t code) { return code >= 0x300 && code < 0x370; }

// Lower case, and the Vietnamese letters without their marks.
char32_t bare(char32_t code) {
  static constexpr std::u32string_view kMarked = U"ăâđêôơưð";
  static constexpr std::string_view kBare = "aadeooud";
  char32_t plain = letter_of(code).plain;
  if (plain == 0) plain = static_cast<char32_t>(u_tolower(static_cast<UChar32>(code)));
  const auto index = kMarked.find(plain);
  return index == std::u32string_view::npos ? plain : static_cast<unsigned char>(kBare[index]);
}

// Any text: composed, taken apart again, marks dropped. Sets `dropped` when some were.
void fold_through_icu(std::string_view utf8, std::string& out, bool& dropped) {
  const std::string composed = to_nfc(utf8);
  const auto put = [&](char32_t code) {
    if (is_dropped(code)) dropped = true;
    else append_code(out, bare(code));
  };
  icu::UnicodeString parts;
  for (std::size_t at = 0; at < composed.size();) {
    const char32_t code = next_code(composed, at);
    // Letters of other alphabets lose their marks through ICU.
    if (code < 0x80 || letter_of(code).plain != 0 || nfc().getDecomposition(static_cast<UChar32>(code), parts) == 0) {
      put(code);
      continue;
    }
    for (int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) put(static_cast<char32_t>(parts.char32At(i)));
    dropped = true;
  }
}

// What stood apart may touch once the marks are gone.
std::string fold_run(std::string_view utf8) {
  std::string out;
  bool dropped = false;
  fold_through_icu(utf8, out, dropped);
  return dropped ? to_nfc(out) : out;
}

// Folded bytes of the characters below U+2800.
class FoldTable {
 public:
  static constexpr std::size_t kCodes = 0x2800;
  static constexpr unsigned char kUnknown = 0xFF;
  struct Entry {
    char bytes[3];
    unsigned char length;  // kUnknown: its neighbours matter
  };

  FoldTable() : entries_(std::make_unique<Entry[]>(kCodes)) {
    for (char32_t code = 0; code < kCodes; ++code) entries_[code] = entry(code);
  }
  const Entry& operator[](std::size_t code) const { return entries_[code]; }

 private:
  static bool is_inert(char32_t code) {
    return u_getIntPropertyValue(static_cast<UChar32>(code), UCHAR_NFC_QUICK_CHECK) == UNORM_YES &&
           nfc().getCombiningClass(static_cast<UChar32>(code)) == 0;
  }
  static Entry entry(char32_t code) {
    constexpr Entry kNone{{}, kUnknown};
    if (is_dropped(code)) return {{}, 0};
    if (!is_inert(code)) return kNone;
    std::string own;
    append_code(own, code);
    const std::string folded = fold_run(own);
    for (std::size_t at = 0; at < folded.size();)
      if (!is_inert(next_code(folded, at))) return kNone;
    if (folded.size() > own.size()) return kNone;
    Entry made{{}, static_cast<unsigned char>(folded.size())};
    std::memcpy(made.bytes, folded.data(), folded.size());
    return made;
  }

  std::unique_ptr<Entry[]> entries_;
};

const FoldTable& fold_table() {
  static const FoldTable table;
  return table;
}

bool is_trail(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// Folds character by character; a run with a character that the table does not know is done again as a whole.
class Folder {
 public:
  explicit Folder(std::string_view utf8) : at_(utf8.data()), end_(at_ + utf8.size()), run_(at_) {
    out_.resize(utf8.size() + kSlack);
  }

  std::string fold() {
    while (at_ < end_) {
      if (const unsigned char lead = byte(0); lead < 0x80) {
        out_[to_++] = table_[lead].bytes[0];
        run_ = ++at_;
        run_to_ = to_;
      } else if (!fold_character(lead)) {
        fold_run_again();
      }
    }
    out_.resize(to_);
    return std::move(out_);
  }

 private:
  static constexpr std::size_t kSlack = 8;

  [[nodiscard]] unsigned char byte(std::ptrdiff_t i) const { return static_cast<unsigned char>(at_[i]); }
  [[nodiscard]] bool trails(std::ptrdiff_t count) const {
    if (end_ - at_ <= count) return false;
    for (std::ptrdiff_t i = 1; i <= count; ++i)
      if (!is_trail(byte(i))) return false;
    return true;
  }

  bool fold_character(unsigned char lead) {
    if (lead >= 0xC2 && lead < 0xE0 && trails(1)) return put(table_[(lead & 0x1FU) << 6 | (byte(1) & 0x3FU)], 2);
    if ((lead == 0xE1 || lead == 0xE2) && trails(2) && (lead == 0xE1 || byte(1) < 0xA0))
      return put(table_[(lead & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU)], 3);
    // Han (U+5000..U+9FFF) and pictures (U+1F000..U+1FFFF) stay as they are.
    if (lead >= 0xE5 && lead <= 0xE9 && trails(2)) return copy(3);
    if (lead == 0xF0 && trails(3) && byte(1) == 0x9F) return copy(4);
    return false;
  }
  bool put(const FoldTable::Entry& folded, std::ptrdiff_t length) {
    if (folded.length == FoldTable::kUnknown) return false;
    std::memcpy(out_.data() + to_, folded.bytes, 3);
    to_ += folded.length;
    at_ += length;
    return true;
  }
  bool copy(std::size_t length) {
    std::memcpy(out_.data() + to_, at_, length);
    to_ += length;
    at_ += length;
    return true;
  }

  void fold_run_again() {
    while (at_ < end_ && byte(0) >= 0x80) ++at_;
    const std::string folded = fold_run({run_, static_cast<std::size_t>(at_ - run_)});
    out_.resize(run_to_ + folded.size() + static_cast<std::size_t>(end_ - at_) + kSlack);
    std::memcpy(out_.data() + run_to_, folded.data(), folded.size());
    to_ = run_to_ + folded.size();
    run_ = at_;
    run_to_ = to_;
  }

  const FoldTable& table_ = fold_table();
  const char* at_;
  const char* const end_;
  const char* run_;         // start of the run of characters beyond ASCII
  std::size_t run_to_ = 0;  // and of what it became
  std::size_t to_ = 0;
  std::string out_;
};

}  // namespace

std::string fold(std::string_view utf8) { return Folder(utf8).fold(); }

}  // namespace duluan
