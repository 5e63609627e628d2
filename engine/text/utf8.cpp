// Whether bytes are UTF-8. With AVX2, 32 bytes at a time: three tables, looked up by the halves of each byte and of
// the byte before it, give the errors that the pair may be part of, and what all three have in common is
// one (Keiser and Lemire, Validating UTF-8 in less than one instruction per byte, 2021). Without, byte by byte.
#include <array>

#include "duluan/text.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace duluan {
namespace {

// Byte by byte, from a place where a character starts.
std::size_t find_slowly(std::string_view bytes, std::size_t at) {
  while (at < bytes.size()) {
    const auto lead = static_cast<unsigned char>(bytes[at]);
    if (lead < 0x80) {
      ++at;
      continue;
    }
    const auto follows = [&](std::size_t k, unsigned low, unsigned high) {
      if (at + k >= bytes.size()) return false;
      const auto byte = static_cast<unsigned char>(bytes[at + k]);
      return byte >= low && byte <= high;
    };
    // Well-formed sequences: Unicode 15, table 3-7.
    if (lead >= 0xC2 && lead <= 0xDF && follows(1, 0x80, 0xBF)) at += 2;
    else if (lead >= 0xE0 && lead <= 0xEF && follows(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF) &&
             follows(2, 0x80, 0xBF))
      at += 3;
    else if (lead >= 0xF0 && lead <= 0xF4 && follows(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF) &&
             follows(2, 0x80, 0xBF) && follows(3, 0x80, 0xBF))
      at += 4;
    else return at;
  }
  return std::string_view::npos;
}

#if defined(__x86_64__)

// Errors of a pair of bytes, one bit each.
enum : unsigned char {
  kTooShort = 1 << 0,   // a lead is followed by no trail
  kTooLong = 1 << 1,    // a trail follows ASCII
  kOverlong3 = 1 << 2,  // E0 80..9F
  kTooLarge = 1 << 3,   // F4 90..
  kSurrogate = 1 << 4,  // ED A0..
  kOverlong2 = 1 << 5,  // C0, C1
  kOverlong4 = 1 << 6,  // F0 80..8F, and F5.. with trail 80..8F
  kTwoTrails = 1 << 7,  // trail after trail: right or wrong by what stands before
};
constexpr unsigned char kCarry = kTooShort | kTooLong | kTwoTrails;  // does not depend on the low half of the first

using Table = std::array<unsigned char, 16>;

constexpr Table make_first_high() {
  Table table{};
  for (unsigned high = 0; high < 16; ++high) {
    if (high < 8) table[high] = kTooLong;
    else if (high < 12) table[high] = kTwoTrails;
    else if (high == 12) table[high] = kTooShort | kOverlong2;
    else if (high == 13) table[high] = kTooShort;
    else if (high == 14) table[high] = kTooShort | kOverlong3 | kSurrogate;
    else table[high] = kTooShort | kTooLarge | kOverlong4;
  }
  return table;
}
constexpr Table make_first_low() {
  Table table{};
  for (unsigned low = 0; low < 16; ++low) {
    table[low] = kCarry;
    if (low == 0) table[low] |= kOverlong2 | kOverlong3 | kOverlong4;
    if (low == 1) table[low] |= kOverlong2;
    if (low == 4) table[low] |= kTooLarge;
    if (low > 4) table[low] |= kTooLarge | kOverlong4;
    if (low == 13) table[low] |= kSurrogate;
  }
  return table;
}
constexpr Table make_second_high() {
  Table table{};
  for (unsigned high = 0; high < 16; ++high) {
    if (high < 8 || high > 11) table[high] = kTooShort;
    else table[high] = kTooLong | kOverlong2 | kTwoTrails;
    if (high == 8) table[high] |= kOverlong3 | kOverlong4;
    if (high == 9) table[high] |= kOverlong3 | kTooLarge;
    if (high == 10 || high == 11) table[high] |= kSurrogate | kTooLarge;
  }
  return table;
}
constexpr Table kFirstHigh = make_first_high();
constexpr Table kFirstLow = make_first_low();
constexpr Table kSecondHigh = make_second_high();

[[gnu::target("avx2")]] __m256i twice(const Table& table) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(table.data())));
}

// Start of the block of 32 bytes with the first error, or of the rest that fills no block.
[[gnu::target("avx2")]] std::size_t find_block(std::string_view bytes) {
  const __m256i first_high = twice(kFirstHigh);
  const __m256i first_low = twice(kFirstLow);
  const __m256i second_high = twice(kSecondHigh);
  const __m256i half = _mm256_set1_epi8(0x0F);
  __m256i before = _mm256_setzero_si256();
  std::size_t at = 0;
  for (; at + 32 <= bytes.size(); at += 32) {
    const __m256i block = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes.data() + at));
    const __m256i across = _mm256_permute2x128_si256(before, block, 0x21);
    const __m256i back1 = _mm256_alignr_epi8(block, across, 15);
    const __m256i back2 = _mm256_alignr_epi8(block, across, 14);
    const __m256i back3 = _mm256_alignr_epi8(block, across, 13);
    const __m256i errors = _mm256_and_si256(
        _mm256_and_si256(_mm256_shuffle_epi8(first_high, _mm256_and_si256(_mm256_srli_epi16(back1, 4), half)),
                         _mm256_shuffle_epi8(first_low, _mm256_and_si256(back1, half))),
        _mm256_shuffle_epi8(second_high, _mm256_and_si256(_mm256_srli_epi16(block, 4), half)));
    // A trail must follow a trail exactly in the third and fourth place of a sequence.
    const __m256i third = _mm256_subs_epu8(back2, _mm256_set1_epi8(static_cast<char>(0xE0 - 0x80)));
    const __m256i fourth = _mm256_subs_epu8(back3, _mm256_set1_epi8(static_cast<char>(0xF0 - 0x80)));
    const __m256i must = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8(static_cast<char>(0x80)));
    const __m256i wrong = _mm256_xor_si256(must, errors);
    if (_mm256_testz_si256(wrong, wrong) == 0) break;
    before = block;
  }
  return at;
}

#endif

}  // namespace

std::size_t find_bad_utf8(std::string_view bytes) {
  std::size_t at = 0;
#if defined(__x86_64__)
  constexpr std::size_t kWorthWhile = 64;
  static const bool wide = __builtin_cpu_supports("avx2") != 0;
  if (wide && bytes.size() >= kWorthWhile) at = find_block(bytes);
  // A sequence may have begun in the block before: back to its lead.
  for (int back = 0; back < 4 && at > 0 && static_cast<unsigned char>(bytes[at - 1]) >= 0x80; ++back) {
    --at;
    if (static_cast<unsigned char>(bytes[at]) >= 0xC0) break;
  }
#endif
  return find_slowly(bytes, at);
}

}  // namespace duluan
