// From bytes to the units the model sees, one pass.
//
// Most tokens are plain words followed by a space: a run of letters whose bytes were met before.
// The run is found sixteen bytes at a time and looked up in a memo by its bytes; nothing else is
// decoded. Whatever is not that plain goes through the Scanner, so the tokens are those of
// tokenize() on every input.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "duluan/syllable.hpp"
#include "word/model.hpp"

namespace duluan::boundary {

/// Forms by the bytes of their tokens (at most fifteen), as met so far. Grows from two kilobytes to 400.
class Memo {
 public:
  struct Slot {
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    Form form;
  };
  /// Slots to look into for these bytes: kWays of them.
  [[nodiscard]] const Slot* first(std::uint64_t head, std::uint64_t tail) const { return &slots_[place(head, tail)]; }
  /// Remembers bytes not found; may forget others.
  void put(const Slot& slot) {
    if (++put_ > slots_.size() && bits_ < kMostBits) grow();
    Slot* const first = &slots_[place(slot.head, slot.tail)];
    std::size_t way = 0;
    while (way < kWays && first[way].head != 0) ++way;
    if (way == kWays) way = (slot.head ^ slot.tail) % kWays;  // all taken: one must go
    first[way] = slot;
  }
  static constexpr std::size_t kWays = 4;

 private:
  static constexpr unsigned kMostBits = 12;
  [[nodiscard]] std::size_t place(std::uint64_t head, std::uint64_t tail) const {
    const std::uint64_t hash = (head ^ (tail * 0x9E3779B97F4A7C15ULL)) * 0xD6E8FEB86659FD93ULL;
    return static_cast<std::size_t>(hash >> (64 - bits_)) * kWays;
  }
  void grow() {
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 4));
    bits_ += 2;
    put_ = 0;
    for (const Slot& slot : old)
      if (slot.head != 0) put(slot);
  }
  unsigned bits_ = 4;
  std::size_t put_ = 0;
  std::vector<Slot> slots_ = std::vector<Slot>(kWays << 4);
};

/// Tokens before and after the text that make windows whole.
inline constexpr std::size_t kPadding = 3;

/// What the reader says of each unit beside its form.
struct Reading {
  std::vector<Unit> units;            ///< padded on both sides
  std::vector<std::uint64_t> pairs;   ///< hash of the unit and the one before it, as `units`
  std::vector<std::uint32_t> joints;  ///< tokens '-' and '.' that touch the token before them
  bool well_formed = true;            ///< all bytes are UTF-8
};

/// Replaces `tokens` and `reading`; a unit's habit is kClosed where the gap before it is none to
/// decide, else kUnseen. Starts the fetch of each open pair's line of `table`.
void read_units(std::string_view utf8, Memo& memo, Table table, std::vector<Token>& tokens, Reading& reading);

}  // namespace duluan::boundary
