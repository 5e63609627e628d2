// The tables of the word model, shared by decoder and trainer.
//
// Both are hash tables whose bucket is one cache line of sixteen 32-bit slots, so a look-up costs
// one memory access and a comparison of the line with the wanted check:
//   pairs    two neighbouring forms -> how the teacher treats them (Habit) and what is settled
//            about the gap between them for four combinations of capitals (Settled)
//   weights  feature -> 16-bit weight (features.hpp has the template)
// The forms of a pair are those of form.cpp: lower case, NFC, old tone style; so case, tone style
// and normalization form change nothing but the shapes.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/mix.hpp"
#include "duluan/model_file.hpp"
#include "duluan/syllable.hpp"

namespace duluan::boundary {

inline constexpr std::uint32_t kVersion = 2;
inline constexpr std::string_view kKind = "words";

/// Coarse shape of a token.
enum Shape : std::uint8_t { kEdge, kLower, kTitle, kUpper, kForeign, kForeignTitle, kDigits, kOtherMark };
inline constexpr unsigned kShapeBits = 3;

/// A token as the model sees it.
struct Form {
  std::uint32_t id = 0;  ///< hash of the canonical form; 0 is the edge of the text
  Shape shape = kEdge;
};

/// Canonical form and shape of a token. Slow (normalizes); the decoder remembers results.
Form form_of(std::string_view token, TokenKind kind);

/// How often the teacher joined a pair, in steps of frequency and share; kUnseen also stands for
/// rare pairs it never joined. While training, the occurrence at hand is left out of the counts,
/// so the model learns what to make of pairs it has not seen.
using Habit = std::uint8_t;
inline constexpr Habit kUnseen = 0;
inline constexpr Habit kClosed = 21;  ///< the gap is none to decide: a mark or no space
inline Habit habit_of(std::uint32_t seen, std::uint32_t joined) {
  if (seen == 0 || (joined == 0 && seen < 10)) return kUnseen;
  const std::uint32_t frequency = seen >= 100 ? 3 : seen >= 10 ? 2 : seen >= 3 ? 1 : 0;
  const std::uint32_t share = joined == seen ? 4 : joined * 5 / seen;
  return static_cast<Habit>(1 + frequency * 5 + share);
}

/// A token and the habit of the gap before it.
struct Unit {
  std::uint32_t id = 0;
  Shape shape = kEdge;
  Habit habit = kClosed;
};

inline std::uint64_t pair_hash(std::uint32_t a, std::uint32_t b) { return mix((std::uint64_t{a} << 32) | b); }

/// Sixteen slots; 0 is an empty one.
struct alignas(64) Line {
  std::array<std::uint32_t, 16> slot{};
};
using Table = std::span<const Line>;

inline std::size_t line_of(std::uint64_t hash, std::size_t lines) {
  return static_cast<std::size_t>(((hash & 0xFFFFFFFFU) * lines) >> 32);
}

/// The slot of the line whose bits under `mask` are `check`, or 0.
inline std::uint32_t find_slot(const Line& line, std::uint32_t mask, std::uint32_t check) {
#ifdef __SSE2__
  const __m128i wanted = _mm_set1_epi32(static_cast<int>(check));
  const __m128i bits = _mm_set1_epi32(static_cast<int>(mask));
  const auto equal = [&](std::size_t quarter) {
    const auto slots = _mm_load_si128(reinterpret_cast<const __m128i*>(line.slot.data()) + quarter);
    return _mm_cmpeq_epi32(_mm_and_si128(slots, bits), wanted);
  };
  const __m128i low = _mm_packs_epi32(equal(0), equal(1));
  const __m128i high = _mm_packs_epi32(equal(2), equal(3));
  const auto found = static_cast<unsigned>(_mm_movemask_epi8(_mm_packs_epi16(low, high)));
  return found == 0 ? 0 : line.slot[static_cast<std::size_t>(__builtin_ctz(found))];
#else
  for (const std::uint32_t slot : line.slot)
    if ((slot & mask) == check) return slot;
  return 0;
#endif
}

/// Slot of a pair: check (19 bits) | habit (5) | settled by capitals (4 x 2).
enum class Settled : std::uint32_t { kNot, kSplit, kJoined };
inline constexpr std::uint32_t kPairMask = 0xFFFFE000U;
inline constexpr unsigned kHabitShift = 8;
inline std::uint32_t pair_check(std::uint64_t hash) {
  const std::uint32_t check = static_cast<std::uint32_t>(hash >> 32) & kPairMask;
  return check != 0 ? check : ~kPairMask + 1;
}

/// Place of the two shapes among the settled combinations; 4 if it is never settled.
inline unsigned settled_place(Shape left, Shape right) {
  constexpr unsigned kNone = 4;
  if (left != kLower && left != kTitle) return kNone;
  if (right != kLower && right != kTitle) return kNone;
  return (left == kTitle ? 2U : 0U) | (right == kTitle ? 1U : 0U);
}
inline Settled settled_of(std::uint32_t slot, unsigned place) {
  return place > 3 ? Settled::kNot : static_cast<Settled>((slot >> (2 * place)) & 3U);
}
inline Habit habit_in(std::uint32_t slot) { return static_cast<Habit>((slot >> kHabitShift) & 31U); }

/// Slot of a weight: check (16 bits) | weight.
inline constexpr std::uint32_t kWeightMask = 0xFFFF0000U;
inline std::uint32_t weight_check(std::uint64_t hash) {
  const std::uint32_t check = static_cast<std::uint32_t>(hash >> 32) & kWeightMask;
  return check != 0 ? check : ~kWeightMask + 1;
}
inline std::int32_t weight_in(std::uint32_t slot) { return static_cast<std::int16_t>(slot & 0xFFFFU); }

/// Scores are sums of weights; this many make one unit of log-odds.
inline constexpr float kScale = 512.0F;

}  // namespace duluan::boundary
