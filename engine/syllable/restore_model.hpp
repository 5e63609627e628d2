// What the diacritic model is made of, shared by decoder and trainer.
//
// The model is a linear-chain conditional random field over the readings of bare syllables:
// "muon" may be read muốn, mượn, muộn … A reading's score is the sum of the weights of
//
//   its bias, and its bare syllable with the capitals of itself and its neighbours       (kShape)
//   the bare syllables round it, as parts of                                              positions
//     a pair    b[i-1] b[i]                        whose either member it may be              2
//     a skip    b[i-2] . b[i]                                                                 2
//     a triple  b[i-2] b[i-1] b[i]                                                            3
//     a quad    b[i-3] b[i-2] b[i-1] b[i]                                                     4
//   and, together with the reading of the syllable before it, of the two readings          (joint)
//
// All weights of one n-gram, for every position in it and every reading there, lie in one bucket of
// one cache line, so a syllable costs one look-up for each kind of n-gram. A bucket that is full keeps
// its most useful entries: the trainer fills buckets in that order and then learns again with what stayed.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/mix.hpp"

namespace duluan::diacritics {

inline constexpr std::string_view kKind = "diacritics";
inline constexpr std::uint32_t kVersion = 1;

/// Most readings a bare syllable may have.
inline constexpr unsigned kMostReadings = 32;
/// How many tokens on each side of a syllable its features reach.
inline constexpr std::size_t kReach = 3;
/// A weight is a level of a table of 32.
inline constexpr unsigned kLevels = 32;

/// Kinds of n-gram; they salt the keys.
enum Gram : std::uint8_t { kShape, kPair, kSkip, kTriple, kQuad, kGrams };
/// How many tokens an n-gram covers, the gap of kSkip included.
inline constexpr std::array<std::size_t, kGrams> kSpan{1, 2, 3, 3, 4};

inline std::uint64_t shape_key(std::uint32_t symbol, unsigned shapes) {
  return mix((std::uint64_t{symbol} << 16 | shapes) ^ 0xA24BAED4963EE407ULL);
}
inline std::uint64_t pair_key(std::uint32_t a, std::uint32_t b) { return mix(std::uint64_t{a} << 32 | b); }
inline std::uint64_t skip_key(std::uint32_t a, std::uint32_t c) {
  return mix((std::uint64_t{a} << 32 | c) ^ 0x9FB21C651E98DF25ULL);
}
/// A key one token longer.
inline std::uint64_t longer_key(std::uint64_t key, std::uint32_t next) {
  return mix(key + 0x632BE59BD9B4E019ULL * (next | 1ULL));
}

/// The bucket of a key among any number of them.
inline std::size_t bucket_of(std::uint64_t key, std::size_t buckets) {
  return static_cast<std::size_t>((key >> 32) * buckets >> 32);
}

/// Weights of single readings. An entry is 24 bits: 12 of the key (never 0), 2 position, 5 reading, 5 level.
struct alignas(64) Bucket {
  static constexpr std::size_t kEntries = 21;
  std::array<std::uint16_t, kEntries> tag;   // key 12, position 2, reading's upper 2
  std::array<std::uint8_t, kEntries> value;  // reading's lower 3, level 5
  std::uint8_t unused;

  static unsigned key_bits(std::uint64_t key) { return static_cast<unsigned>(key & 0xFFFF) % 0xFFF + 1; }
};

/// Weights of two readings in a row. An entry is 32 bits: 17 of the pair's key (never 0), 5 left, 5 right, 5 level.
struct alignas(64) JointBucket {
  static constexpr std::size_t kEntries = 16;
  std::array<std::uint32_t, kEntries> entry;

  static unsigned key_bits(std::uint64_t key) { return static_cast<unsigned>(key & 0x7FFFFFFF) % 0x1FFFF + 1; }
};
static_assert(sizeof(Bucket) == 64 && sizeof(JointBucket) == 64);

/// e to the x to four digits by a polynomial: the same bits on every machine, which libm does not promise.
inline float exp_of(float x) {
  x = (x < -80.0F ? -80.0F : x > 80.0F ? 80.0F : x) * 1.44269504F;
  const float whole = static_cast<float>(static_cast<int>(x + 128.0F) - 128);
  const float part = x - whole;
  const float power =
      1.0F +
      part * (0.69314718F + part * (0.24022651F + part * (0.05550411F + part * (0.00961813F + part * 0.00133336F))));
  union {
    std::uint32_t bits;
    float value;
  } scale{static_cast<std::uint32_t>(static_cast<int>(whole) + 127) << 23};
  return power * scale.value;
}

}  // namespace duluan::diacritics
