#include "report/extract.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "text/weigh.hpp"

namespace duluan::report {
namespace {

// Text in the letters of a legacy font, unless it makes more sense as it is: some typed Unicode in such a font.
std::string read_in_font(const std::string& text, Encoding encoding) {
  auto decoded = decode(text, Reading{encoding, Flaw::kMisSaved}, OnBadBytes::kReplace);
  const Weight as_is = weigh(text);
  return as_is.own > 0 || as_is.wrong() < weigh(decoded->str()).wrong() ? text : decoded->str();
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
  if (encoding != encoding_) end_runs();
  encoding_ = encoding;
  run_ += utf8;
}

void FontText::end_runs() {
  if (encoding_ != Encoding::kUtf8 && !run_.empty()) reading_ = {encoding_, Flaw::kMisSaved};
  line_ += encoding_ == Encoding::kUtf8 ? run_ : read_in_font(run_, encoding_);
  run_.clear();
}

void FontText::end_line() {
  end_runs();
  text_ += line_;
  text_ += '\n';
  line_.clear();
  if (!in_aside()) text_ += std::exchange(notes_, {});
}

void FontText::begin_aside(bool after) {
  end_runs();
  outer_.push_back({std::exchange(line_, {}), after ? std::exchange(text_, {}) : std::string(), after});
}

void FontText::end_aside() {
  if (outer_.empty()) return;
  end_runs();
  if (!line_.empty()) text_ += line_ + '\n';
  Outer outer = std::move(outer_.back());
  outer_.pop_back();
  line_ = std::move(outer.line);
  if (outer.after) notes_ += std::exchange(text_, std::move(outer.text));
}

Extract FontText::take() {
  while (in_aside()) end_aside();
  end_runs();
  if (!line_.empty() || !notes_.empty()) end_line();
  return {std::move(text_), reading_, {}};
}

}  // namespace duluan::report
