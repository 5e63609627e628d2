#include "text/entities.hpp"

#include <array>
#include <charconv>
#include <cstdint>

#include "text/code_pages.hpp"
#include "text/decoders.hpp"
#include "text/letters.hpp"

namespace duluan {
namespace {

// The names of U+00A0 to U+00FF, in their order.
constexpr std::string_view kLatinNames =
    "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute "
    "micro "
    "para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil "
    "Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave "
    "Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml "
    "igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute "
    "thorn yuml ";

struct Name {
  std::string_view name;
  char32_t code;
};

constexpr std::array<Name, 32> kNames{
    {{"amp", U'&'},       {"lt", U'<'},       {"gt", U'>'},     {"quot", U'"'},   {"apos", U'\''},  {"Abreve", U'Ă'},
     {"abreve", U'ă'},    {"Dstrok", U'Đ'},   {"dstrok", U'đ'}, {"Itilde", U'Ĩ'}, {"itilde", U'ĩ'}, {"Utilde", U'Ũ'},
     {"utilde", U'ũ'},    {"ndash", U'–'},    {"mdash", U'—'},  {"lsquo", U'‘'},  {"rsquo", U'’'},  {"sbquo", U'‚'},
     {"ldquo", U'“'},     {"rdquo", U'”'},    {"bdquo", U'„'},  {"bull", U'•'},   {"hellip", U'…'}, {"permil", U'‰'},
     {"euro", U'€'},      {"trade", U'™'},    {"rarr", U'→'},   {"larr", U'←'},   {"ge", U'≥'},     {"le", U'≤'},
     {"ensp", U'\u2002'}, {"emsp", U'\u2003'}}};

char32_t named(std::string_view name) {
  for (const Name& one : kNames)
    if (one.name == name) return one.code;
  char32_t code = 0xA0;
  for (std::size_t at = 0; at < kLatinNames.size(); ++code) {
    const std::size_t end = kLatinNames.find(' ', at);
    if (kLatinNames.substr(at, end - at) == name) return code;
    at = end + 1;
  }
  return 0;
}

char32_t numbered(std::string_view digits) {
  const bool hex = digits.starts_with('x') || digits.starts_with('X');
  if (hex) digits.remove_prefix(1);
  std::uint32_t number = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number, hex ? 16 : 10);
  const bool whole = fault == std::errc() && end == digits.data() + digits.size() && !digits.empty();
  if (!whole || number < 0x20 || number > 0x10FFFF || (number >= 0xD800 && number < 0xE000)) return 0;
  return number < 0xA0 ? western_code(static_cast<unsigned char>(number)) : number;
}

}  // namespace

Entity entity_at(std::string_view text, std::size_t at) noexcept {
  constexpr std::size_t kLongestName = 9;
  const std::string_view rest = text.substr(at + 1, kLongestName + 1);
  const std::size_t end = rest.find(';');
  if (end == std::string_view::npos || end == 0) return {};
  const char32_t code = rest[0] == '#' ? numbered(rest.substr(1, end - 1)) : named(rest.substr(0, end));
  return code == 0 ? Entity{} : Entity{code, end + 2};
}

void append_entities(Text& text, std::string_view utf8, std::size_t at) {
  std::string letter;
  std::size_t kept = 0;
  for (std::size_t i = utf8.find('&'); i != std::string_view::npos; i = utf8.find('&', i)) {
    const Entity entity = entity_at(utf8, i);
    if (entity.code == 0) {
      ++i;
      continue;
    }
    text.copy(utf8.substr(kept, i - kept), at + kept);
    letter.clear();
    append_code(letter, entity.code);
    text.rewrite(letter, at + i, entity.length);
    kept = i += entity.length;
  }
  text.copy(utf8.substr(kept), at + kept);
}

}  // namespace duluan
