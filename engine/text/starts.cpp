// Bits that say where pieces start. Words are filled in order, so the counts for rank and
// select are taken once, when a word is full, and reading needs no lock.
#include <algorithm>
#include <bit>

#include "duluan/text.hpp"

namespace duluan {
namespace {

constexpr std::size_t kBits = 64;
constexpr std::size_t kBlock = 8;  // words with one count

std::uint64_t lowest(std::size_t count) { return count >= kBits ? ~0ULL : (1ULL << count) - 1; }

// Without the POPCNT instruction std::popcount is a call.
std::size_t count_ones(std::uint64_t word) {
  word -= word >> 1 & 0x5555555555555555;
  word = (word & 0x3333333333333333) + (word >> 2 & 0x3333333333333333);
  return ((word + (word >> 4)) & 0x0F0F0F0F0F0F0F0F) * 0x0101010101010101 >> 56;
}

}  // namespace

void Text::Starts::open_word() {
  if (!words_.empty()) closed_ones_ += count_ones(words_.back());
  if (words_.size() % kBlock == 0) before_.push_back(closed_ones_);
  words_.push_back(0);
}

void Text::Starts::append(std::uint64_t bits, std::size_t count) {
  if (count == 0) return;
  const std::size_t used = size_ % kBits;
  if (used == 0) open_word();
  words_.back() |= (bits & lowest(count)) << used;
  size_ += count;
  if (used + count <= kBits) return;
  open_word();
  words_.back() = (bits & lowest(count)) >> (kBits - used);
}

void Text::Starts::append_run(bool one, std::size_t count) {
  const std::uint64_t bits = one ? ~0ULL : 0;
  const std::size_t head = std::min(count, (kBits - size_ % kBits) % kBits);
  append(bits, head);
  for (count -= head; count >= kBits; count -= kBits) append(bits, kBits);
  append(bits, count);
}

void Text::Starts::append_words(std::span<const std::uint64_t> words, std::size_t count) {
  if (words_.capacity() * kBits < size_ + count)
    words_.reserve(std::max((size_ + count) / kBits + 1, 2 * words_.size()));
  for (std::size_t i = 0; count > 0; ++i) {
    const std::size_t now = std::min(count, kBits);
    append(words[i], now);
    count -= now;
  }
}

std::size_t Text::Starts::rank(std::size_t position) const noexcept {
  position = std::min(position, size_);
  if (position == 0) return 0;
  const std::size_t last = (position - 1) / kBits;
  std::size_t ones = before_[last / kBlock];
  for (std::size_t i = last / kBlock * kBlock; i < last; ++i) ones += count_ones(words_[i]);
  return ones + count_ones(words_[last] & lowest(position - last * kBits));
}

std::size_t Text::Starts::select(std::size_t k) const noexcept {
  const auto block = std::upper_bound(before_.begin(), before_.end(), k) - before_.begin() - 1;
  std::size_t i = static_cast<std::size_t>(block) * kBlock;
  std::size_t left = k - before_[static_cast<std::size_t>(block)];
  for (; left >= count_ones(words_[i]); ++i) left -= count_ones(words_[i]);
  std::uint64_t word = words_[i];
  for (; left > 0; --left) word &= word - 1;
  return i * kBits + static_cast<std::size_t>(std::countr_zero(word));
}

std::uint64_t Text::Starts::word(std::size_t position) const noexcept {
  const std::size_t i = position / kBits;
  const std::size_t shift = position % kBits;
  if (i >= words_.size()) return 0;
  const std::uint64_t low = words_[i] >> shift;
  return shift == 0 || i + 1 == words_.size() ? low : low | words_[i + 1] << (kBits - shift);
}

}  // namespace duluan
