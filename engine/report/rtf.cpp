// Rich text (RTF 1.9): control words in nested groups, the text between them in the code page of its font.
//
// A stack of states, one a group, and no recursion: depth is the sender's to choose. Bytes are kept until
// the font changes, since a character may be two of them; a legacy font's bytes are passed on as the letters that
// Windows-1252 shows, which FontText reads.
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <memory>
#include <vector>

#include "report/readers.hpp"
#include "text/code_pages.hpp"

namespace duluan::report {
namespace {

constexpr std::size_t kDeepest = 4096;
constexpr int kSymbol = 2;  // \fcharset of the fonts of signs

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Windows code page of a \fcharset; 0 for the document's own.
int code_page_of(int charset) {
  constexpr std::array<std::pair<int, int>, 13> kPages{{{128, 932},
                                                        {129, 949},
                                                        {134, 936},
                                                        {136, 950},
                                                        {161, 1253},
                                                        {162, 1254},
                                                        {163, 1258},
                                                        {177, 1255},
                                                        {178, 1256},
                                                        {186, 1257},
                                                        {204, 1251},
                                                        {222, 874},
                                                        {238, 1250}}};
  for (const auto& [set, page] : kPages)
    if (set == charset) return page;
  return 0;
}

void append_western(std::string& text, std::string_view bytes) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    append_code(text, byte < 0x80 ? byte : western_code(byte));
  }
}

struct FreeConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

void append_in_page(std::string& text, std::string_view bytes, int page) {
  UErrorCode status = U_ZERO_ERROR;
  const std::string name = page == 65001 ? "utf-8" : "windows-" + std::to_string(page);
  const std::unique_ptr<UConverter, FreeConverter> converter(page == 1252 ? nullptr : ucnv_open(name.c_str(), &status));
  if (!converter || U_FAILURE(status) != 0) return append_western(text, bytes);
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while (at < end) {
    status = U_ZERO_ERROR;
    const UChar32 code = ucnv_getNextUChar(converter.get(), &at, end, &status);
    append_code(text, U_FAILURE(status) != 0 ? 0xFFFD : static_cast<char32_t>(code));
    if (U_FAILURE(status) != 0 && status != U_ILLEGAL_CHAR_FOUND && status != U_INVALID_CHAR_FOUND &&
        status != U_TRUNCATED_CHAR_FOUND)
      return;
  }
}

struct Font {
  std::string name;
  Encoding encoding = Encoding::kUtf8;
  int charset = 0;
};

// What a group is for.
enum class Use { kText, kSkipped, kFonts, kAside };

struct State {
  Use use = Use::kText;
  int font = -1;
  int skip = 1;  // \uc: bytes that stand for a \u where it is not known
  bool hidden = false;
};

struct Word {
  std::string_view name;
  int value = 0;
  bool has_value = false;
};

// Groups that are no text of the document. What begins with \* and is not known is none either.
bool is_skipped(std::string_view name) {
  constexpr std::array<std::string_view, 17> kSkipped{
      "colortbl", "stylesheet", "info",      "pict", "fldinst",   "nonshppict", "objdata",    "sp",  "template",
      "xe",       "tc",         "generator", "rxe",  "bkmkstart", "bkmkend",    "annotation", "falt"};
  return std::find(kSkipped.begin(), kSkipped.end(), name) != kSkipped.end();
}

// Headers and footers stand before the text of their section.
bool is_aside(std::string_view name) {
  constexpr std::array<std::string_view, 9> kAsides{"header",  "headerl", "headerr", "headerf", "footer",
                                                    "footerl", "footerr", "footerf", "shptxt"};
  return std::find(kAsides.begin(), kAsides.end(), name) != kAsides.end();
}

// Words that stand for a character; 0 for others.
char32_t character_of(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, char32_t>, 12> kCharacters{{{"tab", '\t'},
                                                                               {"emdash", 0x2014},
                                                                               {"endash", 0x2013},
                                                                               {"lquote", 0x2018},
                                                                               {"rquote", 0x2019},
                                                                               {"ldblquote", 0x201C},
                                                                               {"rdblquote", 0x201D},
                                                                               {"bullet", 0x2022},
                                                                               {"emspace", ' '},
                                                                               {"enspace", ' '},
                                                                               {"qmspace", ' '},
                                                                               {"line", '\n'}}};
  for (const auto& [word, code] : kCharacters)
    if (word == name) return code;
  return 0;
}

bool ends_line(std::string_view name) {
  return name == "par" || name == "cell" || name == "nestcell" || name == "sect" || name == "page";
}

class Rtf {
 public:
  explicit Rtf(std::string_view bytes) : bytes_(bytes) {}

  /// What is wrong, or nothing.
  std::string read() {
    while (at_ < bytes_.size()) {
      const char c = bytes_[at_];
      if (c == '{') {
        if (states_.size() >= kDeepest) return "its groups are nested too deeply for a document";
        flush();
        states_.push_back(state());
        ++at_;
      } else if (c == '}') {
        ++at_;
        close();
        if (states_.size() == 1) return "";  // what follows the last group is none of it
      } else if (c == '\\') {
        ++at_;
        control();
      } else {
        ++at_;
        if (c != '\r' && c != '\n') byte(c);
      }
      if (text_.too_large()) return "its text is larger than 256 MB";
    }
    return "it ends in the middle (" + std::to_string(states_.size() - 1) + " groups are open)";
  }
  Extract take() {
    flush();
    return text_.take();
  }

 private:
  State& state() { return states_.back(); }

  void close() {
    flush();
    if (states_.size() == 1) return;
    const Use use = state().use;
    states_.pop_back();
    if (use == Use::kFonts && state().use != Use::kFonts) return;
    if (use == Use::kAside && state().use != Use::kAside) text_.end_aside();
    left_ = 0;
  }

  [[nodiscard]] const Font* font() {
    const auto found = fonts_.find(state().font >= 0 ? state().font : default_font_);
    return found == fonts_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] Encoding encoding() {
    const Font* const used = font();
    return used == nullptr ? Encoding::kUtf8 : used->encoding;
  }
  [[nodiscard]] bool shows() { return (state().use == Use::kText || state().use == Use::kAside) && !state().hidden; }

  // Bytes read so far, in the font they stand in.
  void flush() {
    if (pending_.empty()) return;
    const Font* const used = font();
    std::string utf8;
    if (used != nullptr && used->encoding != Encoding::kUtf8) append_western(utf8, pending_);
    else if (used != nullptr && used->charset == kSymbol)
      for (const char c : pending_) append_code(utf8, symbol_code(static_cast<unsigned char>(c)));
    else
      append_in_page(utf8, pending_,
                     used != nullptr && code_page_of(used->charset) != 0 ? code_page_of(used->charset) : page_);
    pending_.clear();
    text_.add(utf8, encoding());
  }

  void byte(char c) {
    if (left_ > 0) {
      --left_;
    } else if (state().use == Use::kFonts) {
      font_byte(c);
    } else if (shows()) {
      pending_ += c;
    }
  }

  void code(char32_t code) {
    if (!shows()) return;
    flush();
    std::string utf8;
    append_code(utf8, code);
    text_.add(utf8, encoding());
  }

  // A name in the font table ends with ";".
  void font_byte(char c) {
    if (c != ';') {
      if (name_.size() < 100) name_ += c;
      return;
    }
    Font& entry = fonts_[entry_];
    entry.name.swap(name_);
    entry.encoding = encoding_of_font(entry.name);
    name_.clear();
  }

  void control() {
    if (at_ >= bytes_.size()) return;
    const char c = bytes_[at_];
    if (is_letter(c)) return act(word());
    ++at_;
    switch (c) {
      case '\'': return hexadecimal();
      case '*': starred_ = true; return;
      case '\\':
      case '{':
      case '}': return byte(c);
      case '~': return code(0xA0);
      case '_': return code('-');
      case '-': return code(0xAD);  // ư in the fonts of TCVN3
      case '\r':
      case '\n': return end_line();
      default: return;
    }
  }

  void hexadecimal() {
    unsigned value = 0;
    const std::size_t end = std::min(at_ + 2, bytes_.size());
    const auto [stop, fault] = std::from_chars(bytes_.data() + at_, bytes_.data() + end, value, 16);
    at_ = static_cast<std::size_t>(stop - bytes_.data());
    if (fault == std::errc{}) byte(static_cast<char>(static_cast<unsigned char>(value)));
  }

  Word word() {
    const std::size_t begin = at_;
    while (at_ < bytes_.size() && is_letter(bytes_[at_])) ++at_;
    Word word{bytes_.substr(begin, at_ - begin)};
    std::size_t end = at_;
    if (end < bytes_.size() && bytes_[end] == '-') ++end;
    if (end < bytes_.size() && is_digit(bytes_[end])) {
      while (end < bytes_.size() && is_digit(bytes_[end])) ++end;
      word.has_value = true;
      (void)std::from_chars(bytes_.data() + at_, bytes_.data() + end, word.value);
      at_ = end;
    }
    if (at_ < bytes_.size() && bytes_[at_] == ' ') ++at_;
    return word;
  }

  void end_line() {
    if (state().use != Use::kText && state().use != Use::kAside) return;
    flush();
    text_.end_line();
  }

  void act(const Word& word) {
    const bool starred = std::exchange(starred_, false);
    if (destination(word.name, starred)) return;
    if (word.name == "u") {
      left_ = 0;
      half(static_cast<std::uint16_t>(word.value));
      left_ = state().skip;
    } else if (word.name == "bin") {
      at_ += std::min(bytes_.size() - at_, static_cast<std::size_t>(std::max(word.value, 0)));
    } else if (ends_line(word.name)) {
      end_line();
    } else if (const char32_t sign = character_of(word.name); sign != 0) {
      code(sign);
    } else {
      format(word);
    }
  }

  // \u writes UTF-16: two of them may be one character.
  void half(char32_t unit) {
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_ = unit;
      return;
    }
    const char32_t high = std::exchange(high_, 0);
    const bool low = unit >= 0xDC00 && unit < 0xE000;
    code(low && high != 0 ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : unit);
  }

  bool destination(std::string_view name, bool starred) {
    State& group = state();
    if (group.use == Use::kSkipped) return false;
    if (name == "fonttbl") return group.use = Use::kFonts, true;
    if (is_skipped(name)) return flush(), group.use = Use::kSkipped, true;
    if (is_aside(name) || name == "footnote") {
      flush();
      if (group.use == Use::kText || group.use == Use::kAside) {
        // One within another goes on with it.
        if (group.use == Use::kText) text_.begin_aside(name == "footnote");
        group.use = Use::kAside;
        group.font = -1;
      }
      return true;
    }
    if (starred && name != "shpinst") return flush(), group.use = Use::kSkipped, true;
    return false;
  }

  void format(const Word& word) {
    State& group = state();
    if (word.name == "f") {
      flush();
      (group.use == Use::kFonts ? entry_ : group.font) = word.value;
    } else if (word.name == "fcharset" && group.use == Use::kFonts) {
      fonts_[entry_].charset = word.value;
    } else if (word.name == "plain") {
      flush();
      group.font = -1;
      group.hidden = false;
    } else if (word.name == "v" || word.name == "deleted") {
      flush();
      group.hidden = !word.has_value || word.value != 0;
    } else if (word.name == "uc") {
      group.skip = std::clamp(word.value, 0, 16);
    } else if (word.name == "deff") {
      default_font_ = word.value;
    } else if (word.name == "ansicpg") {
      page_ = word.value;
    }
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::vector<State> states_{State{}};
  std::map<int, Font> fonts_;
  int entry_ = 0;     // of the font table
  std::string name_;  // of that entry, so far
  int default_font_ = 0;
  int page_ = 1252;
  int left_ = 0;       // bytes to pass over after a \u
  char32_t high_ = 0;  // first half of a character
  bool starred_ = false;
  std::string pending_;
  FontText text_;
};

}  // namespace

Result<Extract> rtf_text(std::string_view bytes, const std::string& where) {
  Rtf rtf(bytes);
  if (std::string fault = rtf.read(); !fault.empty())
    return Error{ErrorCode::kMalformed, "the rich text is damaged: " + fault, where,
                 "open it in Word or LibreOffice and save it again"};
  return rtf.take();
}

}  // namespace duluan::report
