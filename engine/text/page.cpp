// Encodings with one byte a letter, and VNI, which follows a letter with a byte for its mark: from bytes, and from
// the Unicode letters that such bytes were saved as. Both come as units, so one decoder serves.
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "text/code_pages.hpp"
#include "text/decoders.hpp"
#include "text/letters.hpp"

namespace duluan {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::size_t kBlock = 512;

// A byte with its place; -1 for a letter of Unicode that is none.
struct Unit {
  int byte = -1;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Units of bytes, or of the code points that bytes were saved as.
template <bool bytes>
class Reader {
 public:
  static constexpr bool kBytes = bytes;
  explicit Reader(std::string_view text) : text_(text) {}
  [[nodiscard]] bool ended() const noexcept { return at_ >= text_.size(); }
  Unit next() noexcept {
    Unit unit;
    unit.begin = at_;
    if constexpr (bytes) unit.byte = static_cast<unsigned char>(text_[at_++]);
    else unit.byte = western_byte(next_code(text_, at_));
    unit.end = at_;
    return unit;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};
using ByteReader = Reader<true>;
using WesternReader = Reader<false>;

// Where the letters go: what is the same in and out is copied in runs.
class Output {
 public:
  Output(Text& text, std::string_view bytes, std::size_t at) : text_(text), bytes_(bytes), at_(at) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { flush(); }

  void keep(const Unit& unit) {
    if (from_ == to_) from_ = unit.begin;
    to_ = unit.end;
  }
  void put(std::string_view letter, std::size_t begin, std::size_t end) {
    flush();
    text_.rewrite(letter, at_ + begin, end - begin);
  }
  void put(char32_t code, std::size_t begin, std::size_t end) {
    letter_.clear();
    append_code(letter_, code);
    put(letter_, begin, end);
  }
  void bad(const Unit& unit) {
    put(kReplacement, unit.begin, unit.end);
    text_.count_replaced();
  }

 private:
  void flush() {
    if (from_ < to_) text_.copy(bytes_.substr(from_, to_ - from_), at_ + from_);
    from_ = to_ = 0;
  }

  Text& text_;
  std::string_view bytes_;
  std::size_t at_;
  std::size_t from_ = 0;
  std::size_t to_ = 0;
  std::string letter_;
};

std::string composed(std::string_view letters) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  icu::Normalizer2::getNFCInstance(status)->normalizeUTF8(
      0, icu::StringPiece(letters.data(), static_cast<int32_t>(letters.size())), sink, nullptr, status);
  return U_SUCCESS(status) ? out : std::string(letters);
}

// Puts a letter together with the marks that follow it in the encoding.
template <class Units>
void put_cluster(Output& out, Units& reader, const CodePage& page, const Unit& first) {
  std::string letters(page[static_cast<std::size_t>(first.byte)].utf8.data(),
                      page[static_cast<std::size_t>(first.byte)].length);
  std::size_t end = first.end;
  for (Units ahead = reader; !ahead.ended(); reader = ahead) {
    const Unit unit = ahead.next();
    if (unit.byte < 0 || !page[static_cast<std::size_t>(unit.byte)].mark) break;
    const PageEntry& entry = page[static_cast<std::size_t>(unit.byte)];
    letters.append(entry.utf8.data(), entry.length);
    end = unit.end;
  }
  out.put(composed(letters), first.begin, end);
}

template <class Units>
bool mark_follows(const Units& reader, const CodePage& page) {
  if (reader.ended()) return false;
  Units ahead = reader;
  const int byte = ahead.next().byte;
  return byte >= 0 && page[static_cast<std::size_t>(byte)].mark;
}

template <class Units>
std::size_t read_page(Output& out, Units reader, const CodePage& page, OnBadBytes on_bad) {
  std::size_t bad = std::string_view::npos;
  while (!reader.ended()) {
    const Unit unit = reader.next();
    if (unit.byte < 0) {
      out.keep(unit);
      continue;
    }
    const PageEntry& entry = page[static_cast<std::size_t>(unit.byte)];
    if (entry.length == 0 && !Units::kBytes) {
      out.keep(unit);
    } else if (entry.length == 0) {
      if (bad == std::string_view::npos) bad = unit.begin;
      if (on_bad == OnBadBytes::kFail) return bad;
      out.bad(unit);
    } else if (page.marks && mark_follows(reader, page)) {
      put_cluster(out, reader, page, unit);
    } else if (entry.same) {
      out.keep(unit);
    } else {
      out.put(std::string_view(entry.utf8.data(), entry.length), unit.begin, unit.end);
    }
  }
  return bad;
}

// A mark of VNI: what it does to the letter before it.
struct VniMark {
  char32_t quality = 0;  // '^' or '(' or none
  Tone tone = Tone::kLevel;
};

// Capital letters' marks stand 32 below.
VniMark vni_mark(int byte) {
  switch (byte | 0x20) {
    case 0xF9: return {0, Tone::kAcute};
    case 0xF8: return {0, Tone::kGrave};
    case 0xFB: return {0, Tone::kHook};
    case 0xF5: return {0, Tone::kTilde};
    case 0xEF: return {0, Tone::kDot};
    case 0xE2: return {U'^', Tone::kLevel};
    case 0xE1: return {U'^', Tone::kAcute};
    case 0xE0: return {U'^', Tone::kGrave};
    case 0xE5: return {U'^', Tone::kHook};
    case 0xE3: return {U'^', Tone::kTilde};
    case 0xE4: return {U'^', Tone::kDot};
    case 0xEA: return {U'(', Tone::kLevel};
    case 0xE9: return {U'(', Tone::kAcute};
    case 0xE8: return {U'(', Tone::kGrave};
    case 0xFA: return {U'(', Tone::kHook};
    case 0xFC: return {U'(', Tone::kTilde};
    case 0xEB: return {U'(', Tone::kDot};
    default: return {};
  }
}

// Letters of VNI that are one byte; 0 if the byte is none. Capitals stand 32 below.
char32_t vni_letter(int byte) {
  if (byte < 0xC0) return 0;
  const bool upper = byte < 0xE0;
  switch (byte | 0x20) {
    case 0xF1: return upper ? U'Đ' : U'đ';
    case 0xED: return upper ? U'Í' : U'í';
    case 0xEC: return upper ? U'Ì' : U'ì';
    case 0xE6: return upper ? U'Ỉ' : U'ỉ';
    case 0xF3: return upper ? U'Ĩ' : U'ĩ';
    case 0xF2: return upper ? U'Ị' : U'ị';
    case 0xF4: return upper ? U'Ơ' : U'ơ';
    case 0xF6: return upper ? U'Ư' : U'ư';
    case 0xEE: return upper ? U'Ỵ' : U'ỵ';
    default: return 0;
  }
}

char32_t with_quality(char32_t plain, char32_t quality) {
  if (quality == 0) return plain;
  if (plain == U'a') return quality == U'^' ? U'â' : U'ă';
  if (quality == U'^' && plain == U'e') return U'ê';
  return quality == U'^' && plain == U'o' ? U'ô' : 0;
}

// Joins `mark` to `letter` if that makes a letter of Vietnamese.
bool join(Letter& letter, const VniMark& mark) {
  if ((mark.quality == 0 && mark.tone == Tone::kLevel) || letter.tone != Tone::kLevel) return false;
  const char32_t plain = with_quality(letter.plain, mark.quality);
  if (plain == 0) return false;
  letter.plain = plain;
  letter.tone = mark.tone;
  return true;
}

template <class Units>
std::size_t read_vni(Output& out, Units reader, OnBadBytes on_bad) {
  std::size_t bad = std::string_view::npos;
  while (!reader.ended()) {
    const Unit unit = reader.next();
    if (unit.byte < 0) {
      out.keep(unit);
      continue;
    }
    const char32_t single = vni_letter(unit.byte);
    const char32_t code = single != 0 ? single : western_code(static_cast<unsigned char>(unit.byte));
    if (Units::kBytes && single == 0 && code >= 0x80 && code < 0xA0) {
      if (bad == std::string_view::npos) bad = unit.begin;
      if (on_bad == OnBadBytes::kFail) return bad;
      out.bad(unit);
      continue;
    }
    Letter letter = unit.byte < 0x80 || single != 0 ? letter_of(code) : Letter{};
    std::size_t end = unit.end;
    // A second mark: some typed circumflex and tone apart.
    for (Units ahead = reader; letter.vowel && !ahead.ended(); reader = ahead) {
      const Unit mark = ahead.next();
      if (mark.byte < 0xC0 || !join(letter, vni_mark(mark.byte))) break;
      end = mark.end;
    }
    if (end != unit.end) out.put(compose(letter.plain, letter.tone, letter.upper), unit.begin, end);
    else if (unit.byte < 0x80 || (single == 0 && !Units::kBytes)) out.keep(unit);
    else out.put(code, unit.begin, unit.end);
  }
  return bad;
}

bool is_mark_at(std::string_view bytes, std::size_t at, const CodePage& page) {
  return at < bytes.size() && page[static_cast<unsigned char>(bytes[at])].mark;
}

// A block whose letters are one byte each goes to the text at once. False if it holds a mark or a bad byte.
bool append_block(Text& text, std::string_view block, std::size_t at, const CodePage& page) {
  std::array<char, 3 * kBlock + 4> letters;  // NOLINT(cppcoreguidelines-pro-type-member-init): written before read
  std::uint32_t signs = 0;
  char* end = letters.data();
  for (const char byte : block) {
    const std::uint32_t word = page.words[static_cast<unsigned char>(byte)];
    signs |= word;
    if constexpr (std::endian::native == std::endian::little) std::memcpy(end, &word, sizeof word);
    else std::copy_n(page[static_cast<unsigned char>(byte)].utf8.data(), 3, end);
    end += (word & PageWord::kLength) >> 24;
  }
  if ((signs & (PageWord::kMark | PageWord::kBad)) != 0) return false;
  const std::string_view made(letters.data(), static_cast<std::size_t>(end - letters.data()));
  if ((signs & PageWord::kOther) == 0) text.copy(block, at);
  else text.append_characters(made, at, 1);
  return true;
}

}  // namespace

std::size_t append_page(Text& text, std::string_view bytes, std::size_t at, Encoding encoding, OnBadBytes on_bad) {
  const CodePage& page = *code_page(encoding);
  std::size_t first_bad = std::string_view::npos;
  for (std::size_t begin = 0; begin < bytes.size();) {
    std::size_t end = std::min(begin + kBlock, bytes.size());
    const bool whole = !is_mark_at(bytes, end, page);
    if (!whole || !append_block(text, bytes.substr(begin, end - begin), at + begin, page)) {
      while (is_mark_at(bytes, end, page)) ++end;
      const std::string_view block = bytes.substr(begin, end - begin);
      Output out(text, block, at + begin);
      const std::size_t bad = read_page(out, ByteReader(block), page, on_bad);
      if (bad != std::string_view::npos) first_bad = std::min(first_bad, begin + bad);
      if (bad != std::string_view::npos && on_bad == OnBadBytes::kFail) break;
    }
    begin = end;
  }
  return first_bad;
}

std::size_t append_vni(Text& text, std::string_view bytes, std::size_t at, OnBadBytes on_bad) {
  Output out(text, bytes, at);
  return read_vni(out, ByteReader(bytes), on_bad);
}

void append_mis_saved(Text& text, std::string_view utf8, std::size_t at, Encoding encoding) {
  Output out(text, utf8, at);
  const WesternReader reader(utf8);
  if (encoding == Encoding::kVni) read_vni(out, reader, OnBadBytes::kReplace);
  else if (const CodePage* page = code_page(encoding)) read_page(out, reader, *page, OnBadBytes::kReplace);
  else text.copy(utf8, at);
}

}  // namespace duluan
