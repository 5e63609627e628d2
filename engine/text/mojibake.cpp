// UTF-8 that was taken for Windows-1252 or Latin-1 and encoded again.
#include "text/code_pages.hpp"
#include "text/decoders.hpp"
#include "text/letters.hpp"

namespace duluan {
namespace {

// Length of the UTF-8 sequence that `lead` begins, 0 if it begins none longer than one byte.
std::size_t sequence_length(int lead) {
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

}  // namespace

void append_mojibake(Text& text, std::string_view utf8, std::size_t at) {
  std::string letter;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < utf8.size();) {
    if (static_cast<unsigned char>(utf8[i]) < 0x80) {
      ++i;
      continue;
    }
    std::size_t end = i;
    const std::size_t length = sequence_length(western_byte(next_code(utf8, end)));
    const std::size_t after_lead = end;
    letter.assign(1, utf8[i]);
    if (length > 0) {
      std::size_t again = i;
      letter[0] = static_cast<char>(western_byte(next_code(utf8, again)));
      while (letter.size() < length && end < utf8.size()) {
        std::size_t next = end;
        const int byte = western_byte(next_code(utf8, next));
        if (byte < 0x80 || byte >= 0xC0) break;
        letter += static_cast<char>(byte);
        end = next;
      }
    }
    if (length == 0 || letter.size() != length || find_bad_utf8(letter) != std::string_view::npos) {
      i = after_lead;
      continue;
    }
    text.copy(utf8.substr(kept, i - kept), at + kept);
    text.rewrite(letter, at + i, end - i);
    kept = i = end;
  }
  text.copy(utf8.substr(kept), at + kept);
}

}  // namespace duluan
