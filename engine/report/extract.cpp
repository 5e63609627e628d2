#include "report/extract.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "text/weigh.hpp"

namespace duluan::report {
namespace {

std::string decoded_from(const std::string& text, Encoding encoding) {
  return decode(text, Reading{encoding, Flaw::kMisSaved}, OnBadBytes::kReplace)->str();
}

// Words in legacy letters among others in Unicode.
std::string read_words(const std::string& text, Encoding encoding) {
  std::string read;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size() - 1) + 1;
    const std::string word = text.substr(at, end - at);
    const std::size_t wrong = weigh(word).wrong();
    const std::string decoded = wrong > 0 ? decoded_from(word, encoding) : word;
    read += wrong > 0 && weigh(decoded).wrong() < wrong ? decoded : word;
    at = end;
  }
  return read;
}

// Text in the letters of a legacy font; some typed Unicode in such a font.
std::string read_in_font(const std::string& text, Encoding encoding) {
  const Weight as_is = weigh(text);
  if (as_is.own > 0) return as_is.wrong() == 0 ? text : read_words(text, encoding);
  std::string decoded = decoded_from(text, encoding);
  return as_is.wrong() < weigh(decoded).wrong() ? text : decoded;
}

Encoding small_letters(Encoding encoding) { return encoding == Encoding::kTcvn3Capitals ? Encoding::kTcvn3 : encoding; }

// Text in no legacy font beside text that is: read like it if that gives more syllables and no more wrong words.
std::string read_beside(const std::string& text, Encoding encoding) {
  const Weight as_is = weigh(text);
  if (as_is.wrong() == 0) return text;
  std::string decoded = decoded_from(text, encoding);
  const Weight read = weigh(decoded);
  return read.sound_marked > as_is.sound_marked && read.wrong() < as_is.wrong() ? decoded : text;
}

// Windows adds the script of a code page (".VnTimeH Tur"), PDF a tag and the style ("BADEPR+.VnTimeH,Bold").
std::string_view family_of(std::string_view font) {
  if (const std::size_t tag = font.find('+'); tag == 6) font.remove_prefix(7);
  font = font.substr(0, font.find(','));
  for (const std::string_view part : {" Tur", " CE", " Cyr", " Greek", " Baltic", " (Vietnamese)", "-Bold", "-Italic"})
    if (const std::size_t at = font.rfind(part); at != std::string_view::npos) font = font.substr(0, at);
  while (font.ends_with(' ')) font.remove_suffix(1);
  return font;
}

bool starts_with_fold(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(), [](char a, char b) {
           return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
         });
}

}  // namespace

Encoding encoding_of_font(std::string_view font) {
  font = family_of(font);
  if (starts_with_fold(font, ".vn")) return font.ends_with('H') ? Encoding::kTcvn3Capitals : Encoding::kTcvn3;
  if (starts_with_fold(font, "vni")) return Encoding::kVni;
  if (starts_with_fold(font, "vps ")) return Encoding::kVps;
  // The fonts of the Viet-Std group: "VI Times", "VISCII Arial".
  return font.starts_with("VI ") || font.starts_with("VISCII") ? Encoding::kViscii : Encoding::kUtf8;
}

void append_code(std::string& text, char32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = 0xFFFD;
  const auto byte = [&text](char32_t bits) { text += static_cast<char>(static_cast<unsigned char>(bits)); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) {
    byte(0xC0 | (code >> 6));
  } else if (code < 0x10000) {
    byte(0xE0 | (code >> 12));
    byte(0x80 | ((code >> 6) & 0x3F));
  } else {
    byte(0xF0 | (code >> 18));
    byte(0x80 | ((code >> 12) & 0x3F));
    byte(0x80 | ((code >> 6) & 0x3F));
  }
  byte(0x80 | (code & 0x3F));
}

char32_t symbol_code(unsigned char byte) noexcept {
  constexpr std::array<std::pair<unsigned char, char32_t>, 10> kShown{{{0xB7, U'•'},
                                                                       {0xA7, U'▪'},
                                                                       {0xD8, U'►'},
                                                                       {0xFC, U'✓'},
                                                                       {0xA3, U'≤'},
                                                                       {0xB3, U'≥'},
                                                                       {0xB1, U'±'},
                                                                       {0xB4, U'×'},
                                                                       {0xB0, U'°'},
                                                                       {0x2D, U'-'}}};
  for (const auto& [shown, code] : kShown)
    if (shown == byte) return code;
  return byte <= 0x20 ? byte : 0xF000U + byte;
}

void FontText::add(std::string_view utf8, Encoding encoding) {
  if (utf8.empty()) return;
  size_ += utf8.size();
  if (line_.empty() || line_.back().encoding != encoding) line_.push_back({"", encoding});
  line_.back().text += utf8;
}

void FontText::append_line() {
  for (const Runs& runs : line_)
    if (runs.encoding != Encoding::kUtf8) reading_ = {runs.encoding, Flaw::kMisSaved};
  for (const Runs& runs : line_) {
    if (runs.encoding != Encoding::kUtf8) text_ += read_in_font(runs.text, runs.encoding);
    else if (reading_ != Reading{}) text_ += read_beside(runs.text, small_letters(reading_.encoding));
    else text_ += runs.text;
  }
  line_.clear();
}

void FontText::end_line() {
  append_line();
  text_ += '\n';
  ++size_;
  if (!in_aside()) text_ += std::exchange(notes_, {});
}

void FontText::begin_aside(bool after) {
  outer_.push_back({std::exchange(line_, {}), after ? std::exchange(text_, {}) : std::string(), after});
}

void FontText::end_aside() {
  if (outer_.empty()) return;
  if (!line_.empty()) end_line();
  Outer outer = std::move(outer_.back());
  outer_.pop_back();
  line_ = std::move(outer.line);
  if (outer.after) notes_ += std::exchange(text_, std::move(outer.text));
}

Extract FontText::take() {
  while (in_aside()) end_aside();
  if (!line_.empty() || !notes_.empty()) end_line();
  return {std::move(text_), reading_, {}};
}

}  // namespace duluan::report
