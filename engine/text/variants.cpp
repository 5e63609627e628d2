#include "text/variants.hpp"

#include <string_view>

namespace duluan {
namespace {

// Pairs in the same order; Greek by its looks, not its sound (ρ is p, ν is v).
constexpr std::u32string_view kLookAlikes = U"АВСЕНІЈКМОРЅТУХасеһіјорѕухԁԛԝҮүΑΒΕΗΙΚΜΝΟΡΤΥΧΖαικνορυχ";
constexpr std::u32string_view kLatin =
    U"ABCEHIJKMOPSTYXaceh"
    U"ijopsyxdqwYyABEHIKMNOPTYXZaiknopuyx";
static_assert(kLookAlikes.size() > 50);

constexpr char32_t kFullWidthOffset = 0xFEE0;

}  // namespace

Variant variant_of(char32_t code) noexcept {
  if (code < 0xA0) return Variant::kNone;
  switch (code) {
    case 0xAD:
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x2060:
    case 0xFEFF: return Variant::kInvisible;
    case 0xA0:
    case 0x1680:
    case 0x202F:
    case 0x205F:
    case 0x3000: return Variant::kSpace;
    case 0xD0:
    case 0xF0: return Variant::kEth;
    default: break;
  }
  if (code >= 0x2000 && code <= 0x200A) return Variant::kSpace;
  if (code >= 0xFF01 && code <= 0xFF5E) return Variant::kFullWidth;
  if (code >= 0x370 && code < 0x530 && kLookAlikes.find(code) != std::u32string_view::npos) return Variant::kLookAlike;
  return Variant::kNone;
}

char32_t plain_of(char32_t code) noexcept {
  switch (variant_of(code)) {
    case Variant::kNone: return code;
    case Variant::kInvisible: return 0;
    case Variant::kSpace: return U' ';
    case Variant::kFullWidth: return code - kFullWidthOffset;
    case Variant::kEth: return code == 0xD0 ? U'Đ' : U'đ';
    case Variant::kLookAlike: break;
  }
  return kLatin[kLookAlikes.find(code)];
}

}  // namespace duluan
