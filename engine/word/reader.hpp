// From bytes to the units the model sees, one pass.
//
// Most tokens are plain words followed by a space: a run of letters whose bytes were met before.
// The run is found sixteen bytes at a time and looked up in a memo by its bytes; nothing else is
// decoded. Whatever is not that plain goes through the Scanner, so the tokens are those of
// tokenize() on every input.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "duluan/syllable.hpp"
#include "word/model.hpp"

namespace duluan::boundary {

/// The bytes of a token of at most fifteen, zeros behind them.
struct alignas(16) Key {
  std::array<char, 16> bytes{};
  [[nodiscard]] std::uint64_t hash() const {
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    std::memcpy(&head, bytes.data(), 8);
    std::memcpy(&tail, bytes.data() + 8, 8);
    return (head ^ (tail * 0x9E3779B97F4A7C15ULL)) * 0xD6E8FEB86659FD93ULL;
  }
  [[nodiscard]] bool empty() const { return bytes[0] == 0; }
  friend bool operator==(const Key& a, const Key& b) {
#ifdef __SSE2__
    const __m128i left = _mm_load_si128(reinterpret_cast<const __m128i*>(a.bytes.data()));
    const __m128i right = _mm_load_si128(reinterpret_cast<const __m128i*>(b.bytes.data()));
    return _mm_movemask_epi8(_mm_cmpeq_epi8(left, right)) == 0xFFFF;
#else
    return a.bytes == b.bytes;
#endif
  }
};

/// Units by the bytes of their tokens, as met so far. Grows from two kilobytes to two megabytes.
class Memo {
 public:
  struct Slot {
    Key key;
    Unit unit;
  };
  /// The unit of a key, or null. What is found moves one way to the front, so common words are found at once.
  [[nodiscard]] const Unit* find(const Key& key) {
    Slot* slot = &slots_[place(key.hash())];
    if (slot->key == key) return &slot->unit;
    for (std::size_t way = 1; way < kWays; ++way) {
      ++slot;
      if (!(slot->key == key)) continue;
      std::swap(slot[0], slot[-1]);
      return &slot[-1].unit;
    }
    return nullptr;
  }
  /// Remembers a key not found; may forget others.
  void put(const Slot& slot) {
    if (++put_ > slots_.size() && bits_ < kMostBits) grow();
    const std::uint64_t hash = slot.key.hash();
    Slot* const first = &slots_[place(hash)];
    std::size_t way = 0;
    while (way < kWays && !first[way].key.empty()) ++way;
    if (way == kWays) way = hash % kWays;  // all taken: one must go
    first[way] = slot;
  }

 private:
  static constexpr std::size_t kWays = 4;
  static constexpr unsigned kMostBits = 14;
  [[nodiscard]] std::size_t place(std::uint64_t hash) const {
    return static_cast<std::size_t>(hash >> (64 - kMostBits - 2)) & mask_;
  }
  void grow() {
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 4));
    bits_ += 2;
    mask_ = slots_.size() - kWays;
    put_ = 0;
    for (const Slot& slot : old)
      if (!slot.key.empty()) put(slot);
  }
  unsigned bits_ = 4;
  std::size_t mask_ = (kWays << 4) - kWays;  // of the first slot's place
  std::size_t put_ = 0;
  std::vector<Slot> slots_ = std::vector<Slot>(kWays << 4);
};

/// Units before and after the text that make windows whole.
inline constexpr std::size_t kPadding = 3;

/// What the reader says of a text. The arrays have room to spare; they never shrink, so that no
/// text pays for clearing them.
struct Reading {
  std::vector<Unit> units;            ///< kPadding edges, the tokens' units, kPadding edges
  std::size_t tokens = 0;             ///< how many tokens
  std::vector<std::uint32_t> open;    ///< units whose gap before them is one to decide
  std::vector<std::uint64_t> pairs;   ///< hash of the unit and the one before it, by the place in `open`
  std::size_t opens = 0;              ///< how many of both
  std::vector<std::uint32_t> joints;  ///< tokens '-' and '.' that touch the token before them
  bool well_formed = true;            ///< all bytes are UTF-8

  /// Room for more tokens, also in `tokens_`.
  void grow(std::vector<Token>& room);
};

/// What the reader needs of the model.
struct Lexis {
  Table pairs;
  std::span<const std::uint32_t> forms;
  Unit number;  ///< of all numbers
};
/// `number` is filled in.
Lexis make_lexis(Table pairs, std::span<const std::uint32_t> forms);

/// Replaces `reading` and the first reading.tokens of `tokens`. Habits are all kClosed. Starts the fetch
/// of each open pair's line.
void read_units(std::string_view utf8, Memo& memo, const Lexis& lexis, std::vector<Token>& tokens, Reading& reading);

}  // namespace duluan::boundary
