#include <xxhash.h>

#include "text/letters.hpp"
#include "word/model.hpp"

namespace duluan::boundary {
namespace {

std::uint32_t hash_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(XXH3_64bits(bytes.data(), bytes.size()) >> 8) | 1U;
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
  const Capitals capitals = capitals_of(nfc.str());
  const std::string canonical = lower_case(nfc.str());
  const bool native = is_syllable(canonical);
  Shape shape = native ? kLower : kForeign;
  if (capitals.all) shape = kUpper;
  else if (capitals.first) shape = native ? kTitle : kForeignTitle;
  return {hash_of(canonical), shape};
}

}  // namespace duluan::boundary
