#include <xxhash.h>

#include "text/letters.hpp"
#include "word/model.hpp"

namespace duluan::boundary {
namespace {

std::uint32_t hash_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(XXH3_64bits(bytes.data(), bytes.size()) >> 8) | 1U;
}

// Lower case by the Vietnamese alphabet; other scripts stay as they are.
std::string lower(std::string_view nfc, bool& first_upper, bool& all_upper) {
  std::string out;
  std::size_t letters = 0;
  std::size_t uppers = 0;
  first_upper = false;
  for (std::size_t at = 0; at < nfc.size();) {
    const std::size_t begin = at;
    const Letter letter = letter_of(next_code(nfc, at));
    if (letter.plain == 0) {
      out.append(nfc, begin, at - begin);
      continue;
    }
    if (letter.upper && letters == 0) first_upper = true;
    ++letters;
    uppers += letter.upper ? 1U : 0U;
    append_code(out, compose(letter.plain, letter.tone, false));
  }
  all_upper = letters >= 2 && uppers == letters;
  return out;
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
  const std::string canonical = lower(nfc.str(), first_upper, all_upper);
  const bool native = parse_syllable(canonical).ok();
  Shape shape = native ? kLower : kForeign;
  if (all_upper) shape = kUpper;
  else if (first_upper) shape = native ? kTitle : kForeignTitle;
  return {hash_of(canonical), shape};
}

}  // namespace duluan::boundary
