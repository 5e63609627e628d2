// The tables of the word model, shared by decoder and trainer.
//
// Two are hash tables whose bucket is one cache line, sixteen 16-bit checks and their sixteen
// values, so a look-up costs one memory access and a comparison of all checks at once:
//   pairs    two neighbouring forms -> how the teacher treats them (Habit) and what is settled
//            about the gap between them for four combinations of capitals (Settled)
//   weights  feature of several forms -> 16-bit weight (features.hpp has the template)
// Two are read without a search:
//   rows     form -> the weights that depend on this form alone, by column; the row of a form is
//            looked up once, when the form is first met
//   dense    features of shapes, habits and lengths -> weight, by their value
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

#include "duluan/model_file.hpp"
#include "duluan/syllable.hpp"

namespace duluan::boundary {

inline constexpr std::uint32_t kVersion = 3;
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

/// A token, the habit of the gap before it and the place of its form in the rows.
struct Unit {
  std::uint32_t id = 0;
  std::uint32_t row = 0;
  Shape shape = kEdge;
  Habit habit = kClosed;
};

inline std::uint64_t both(std::uint32_t a, std::uint32_t b) { return (std::uint64_t{a} << 32) | b; }

/// Spreads a key over 64 bits, the upper half best; two multiplications, since every feature pays for it.
inline std::uint64_t spread(std::uint64_t key) {
  key ^= key >> 32;
  key *= 0xBF58476D1CE4E5B9ULL;
  return key;
}
inline std::uint64_t pair_hash(std::uint32_t a, std::uint32_t b) { return spread(both(a, b) * 0x9E3779B97F4A7C15ULL); }

/// Sixteen checks and what they stand for, filled from the left; empty places have check and value 0.
struct alignas(64) Line {
  std::array<std::uint16_t, 16> check{};
  std::array<std::uint16_t, 16> value{};
};
using Table = std::span<const Line>;

inline std::size_t line_of(std::uint64_t hash, std::size_t lines) {
  return static_cast<std::size_t>(((hash >> 32) * lines) >> 32);
}
inline std::uint16_t check_of(std::uint64_t hash) { return static_cast<std::uint16_t>(hash >> 16); }

/// The value of the line that stands by `check`, or 0.
inline std::uint32_t find_value(const Line& line, std::uint16_t check) {
#ifdef __SSE2__
  const __m128i wanted = _mm_set1_epi16(static_cast<short>(check));
  const auto* const checks = reinterpret_cast<const __m128i*>(line.check.data());
  const __m128i low = _mm_cmpeq_epi16(_mm_load_si128(checks), wanted);
  const __m128i high = _mm_cmpeq_epi16(_mm_load_si128(checks + 1), wanted);
  const auto found = static_cast<unsigned>(_mm_movemask_epi8(_mm_packs_epi16(low, high)));
  const std::uint32_t value = line.value[static_cast<std::size_t>(__builtin_ctz(found | 0x8000U))];
  return found == 0 ? 0 : value;
#else
  for (std::size_t i = 0; i < line.check.size(); ++i)
    if (line.check[i] == check) return line.value[i];
  return 0;
#endif
}

/// Value of a pair: three more bits of check, habit (5), settled by capitals (4 x 2).
enum class Settled : std::uint32_t { kNot, kSplit, kJoined };
inline constexpr unsigned kHabitShift = 8;
inline constexpr std::uint32_t kSettledMask = 3;
inline std::uint32_t pair_seal(std::uint64_t hash) { return static_cast<std::uint32_t>(hash) & 0xE000U; }
/// Habit and settled of the pair, 0 if the table has none.
inline std::uint32_t find_pair(Table pairs, std::uint64_t hash) {
  const std::uint32_t value = find_value(pairs[line_of(hash, pairs.size())], check_of(hash));
  return (value & 0xE000U) == pair_seal(hash) ? value & 0x1FFFU : 0;
}

/// Place of the two shapes among the settled combinations; 4 if it is never settled.
inline constexpr unsigned settled_place(Shape left, Shape right) {
  constexpr unsigned kNone = 4;
  if (left != kLower && left != kTitle) return kNone;
  if (right != kLower && right != kTitle) return kNone;
  return (left == kTitle ? 2U : 0U) | (right == kTitle ? 1U : 0U);
}
/// How far the settled bits of the two shapes stand from the right, by (left << 3 | right); out of reach if none.
inline constexpr std::array<std::uint8_t, 64> kSettledShift = [] {
  std::array<std::uint8_t, 64> shifts{};
  for (unsigned i = 0; i < shifts.size(); ++i) {
    const unsigned place = settled_place(static_cast<Shape>(i >> kShapeBits), static_cast<Shape>(i & 7U));
    shifts[i] = static_cast<std::uint8_t>(place < 4 ? 2 * place : 16);
  }
  return shifts;
}();
inline Settled settled_of(std::uint32_t pair, Shape left, Shape right) {
  const std::size_t shapes = (std::size_t{left} << kShapeBits) | right;
  return static_cast<Settled>((pair >> kSettledShift[shapes]) & kSettledMask);
}
inline Habit habit_in(std::uint32_t pair) { return static_cast<Habit>(pair >> kHabitShift); }

/// Columns of a form's row: its weight two before the gap, before, after and two after it, and the
/// people's layer's before and after the gap, each for the two sides the verdict can take.
enum Column : std::size_t {
  kColumnL2,
  kColumnL1,
  kColumnR1,
  kColumnR2,
  kColumnPeopleL1,
  kColumnPeopleR1 = kColumnPeopleL1 + 2,
  kColumns = kColumnPeopleR1 + 2
};
using Row = std::array<std::int16_t, kColumns>;
/// The first two rows belong to the edge of the text and to all forms without a row.
inline constexpr std::uint32_t kEdgeRow = 0;
inline constexpr std::uint32_t kStrangerRow = 1;
inline constexpr std::uint32_t kFirstRow = 2;

/// Where the search for a form begins in a table of `size` places.
inline std::size_t form_place(std::uint32_t id, std::size_t size) {
  return static_cast<std::size_t>((std::uint64_t{id} * size) >> 32);
}
/// Row of a form. `forms` is open addressing by id; the form at place i has row i + kFirstRow.
inline std::uint32_t row_of(std::span<const std::uint32_t> forms, std::uint32_t id) {
  if (id == 0) return kEdgeRow;
  if (forms.empty()) return kStrangerRow;
  std::size_t place = form_place(id, forms.size());
  for (std::size_t steps = 0; steps < forms.size() && forms[place] != 0; ++steps) {
    if (forms[place] == id) return static_cast<std::uint32_t>(place) + kFirstRow;
    place = place + 1 < forms.size() ? place + 1 : 0;
  }
  return kStrangerRow;
}

/// The least and the most that all hashed features of the people's layer together can give.
using Reach = std::array<std::int32_t, 2>;

/// Scores are sums of weights; this many make one unit of log-odds.
inline constexpr float kScale = 512.0F;

}  // namespace duluan::boundary
