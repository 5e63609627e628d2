#include <xxhash.h>

#include "text/letters.hpp"
#include "word/model.hpp"

namespace duluan::boundary {
namespace {

std::uint32_t hash_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(XXH3_64bits(bytes.data(), bytes.size()) >> 8) | 1U;
}

// Whether the first letter, and whether all of at least two, are capitals.
void capitals(std::string_view nfc, bool& first, bool& all) {
  std::size_t letters = 0;
  std::size_t uppers = 0;
  first = false;
  for (std::size_t at = 0; at < nfc.size();) {
    const Letter letter = letter_of(next_code(nfc, at));
    if (letter.plain == 0) continue;
    if (letter.upper && letters == 0) first = true;
    ++letters;
    uppers += letter.upper ? 1U : 0U;
  }
  all = letters >= 2 && uppers == letters;
}

}  // namespace

Form form_of(std::string_view token, TokenKind kind) {
  switch (kind) {
    case TokenKind::kNumber: return {hash_of("0"), kDigits};
    case TokenKind::kLink: return {hash_of("@"), kOtherMark};
    case TokenKind::kPunctuation:
    case TokenKind::kSymbol: return {hash_of(token), kOtherMark};
    case TokenKind::kWord: break;
  }
  const Text nfc = normalize(token, ToneStyle::kOld);
  bool first_upper = false;
  bool all_upper = false;
  capitals(nfc.str(), first_upper, all_upper);
  const std::string canonical = lower_case(nfc.str());
  const bool native = parse_syllable(canonical).ok();
  Shape shape = native ? kLower : kForeign;
  if (all_upper) shape = kUpper;
  else if (first_upper) shape = native ? kTitle : kForeignTitle;
  return {hash_of(canonical), shape};
}

}  // namespace duluan::boundary
