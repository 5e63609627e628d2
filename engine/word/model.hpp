// The merged weight tables of the boundary model, shared by decoder and trainer.
//
// Feature template for the gap between tokens L1 and R1 (outer tokens L3 L2 | R2 R3):
//   forms   L2  L1  R1  R2  L2L1  L1R1  R1R2  L2L1R1  L1R1R2
//   shapes  L3 L2 L1 R1 R2 R3 (together)
// A form's weights for all places it can stand in lie in one slot, so one look-up
// serves every gap round it. Slots are open-addressed with linear probing.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/mix.hpp"
#include "duluan/model_file.hpp"
#include "duluan/syllable.hpp"

namespace duluan::boundary {

inline constexpr std::uint32_t kVersion = 1;
inline constexpr std::string_view kKind = "words";

/// Coarse shape of a token; the shapes of six tokens index one table.
enum Shape : std::uint8_t { kEdge, kLower, kTitle, kUpper, kForeign, kForeignTitle, kDigits, kOtherMark };
inline constexpr unsigned kShapeBits = 3;
inline constexpr unsigned kShapeWindow = 6;
inline constexpr std::size_t kShapeSlots = std::size_t{1} << (kShapeBits * kShapeWindow);

/// A token as the model sees it.
struct Form {
  std::uint32_t id = 0;  ///< hash of the canonical form: lower case, NFC, old tone style
  Shape shape = kEdge;
};

/// Canonical form and shape of a token. Slow (normalizes); the decoder remembers results.
Form form_of(std::string_view token, TokenKind kind);

/// Hashes of a pair and of a triple by its first pair; never 0, which marks an empty place.
inline std::uint64_t pair_hash(std::uint32_t a, std::uint32_t b) { return mix((std::uint64_t{a} << 32) | b) | 1U; }
inline std::uint64_t triple_hash(std::uint64_t pair, std::uint32_t c) {
  return mix(pair + 0x632BE59BD9B4E019ULL * (c | 1ULL)) | 1U;
}

/// Weights by place; `check` is the hash's upper half, 0 = empty slot.
struct SingleSlot {
  std::uint32_t check;
  std::uint32_t unused;
  std::array<std::int16_t, 4> weight;  // as L2, L1, R1, R2
};
struct PairSlot {
  std::uint16_t check;
  std::array<std::int16_t, 3> weight;  // as L2L1, L1R1, R1R2
};
struct TripleSlot {
  std::uint32_t check;
  std::array<std::int16_t, 2> weight;  // as L2L1R1, L1R1R2
};
static_assert(sizeof(SingleSlot) == 16 && sizeof(PairSlot) == 8 && sizeof(TripleSlot) == 8);

inline std::uint16_t pair_check(std::uint64_t h) { return static_cast<std::uint16_t>((h >> 48) | 1U); }
inline std::uint32_t triple_check(std::uint64_t h) { return static_cast<std::uint32_t>(h >> 32) | 1U; }

/// The slot that holds `check`, or an empty one; the table is never full.
template <class Slot, class Check>
const Slot& find_slot(std::span<const Slot> table, std::uint64_t hash, Check check) {
  const std::size_t mask = table.size() - 1;
  std::size_t at = (hash >> 1) & mask;
  while (table[at].check != 0 && table[at].check != check) at = (at + 1) & mask;
  return table[at];
}

}  // namespace duluan::boundary
