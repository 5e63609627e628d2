/// \file
/// Chance that comes out the same on every machine: integers only, no std distribution
/// (their results differ between standard libraries) and no floating point.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace sample {

/// xoshiro256** seeded through splitmix64.
class Random {
 public:
  explicit Random(std::uint64_t seed) {
    for (std::uint64_t& word : state_) word = splitmix(seed);
  }

  std::uint64_t next() {
    const std::uint64_t result = rotated(state_[1] * 5, 7) * 9, moved = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= moved;
    state_[3] = rotated(state_[3], 45);
    return result;
  }

  /// 0 … bound-1; the bias for the small bounds used here is below 2^-50.
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }

  /// An index with probability in proportion to its weight; the weights must not all be 0.
  std::size_t weighted(std::span<const std::uint64_t> weights) {
    std::uint64_t sum = 0;
    for (const std::uint64_t weight : weights) sum += weight;
    std::uint64_t left = next() % sum;  // NOLINT(clang-analyzer-core.DivideZero): not all weights are 0
    std::size_t index = 0;
    while (left >= weights[index]) left -= weights[index++];
    return index;
  }

  /// A Poisson count with the mean given in millionths, as 256 rare coin tosses
  /// (its variance falls short of the mean by mean/256 of it).
  int poisson(std::uint64_t millionths) {
    constexpr std::uint64_t tosses = 256, whole = tosses * 1'000'000;
    int count = 0;
    for (std::uint64_t toss = 0; toss < tosses; ++toss)
      if (next() % whole < millionths) ++count;
    return count;
  }

  template <class Item>
  void shuffle(std::vector<Item>& items) {
    for (std::size_t left = items.size(); left > 1; --left) std::swap(items[left - 1], items[below(left)]);
  }

 private:
  static std::uint64_t rotated(std::uint64_t word, int by) { return (word << by) | (word >> (64 - by)); }
  static std::uint64_t splitmix(std::uint64_t& seed) {
    std::uint64_t word = seed += 0x9e3779b97f4a7c15U;
    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9U;
    word = (word ^ (word >> 27)) * 0x94d049bb133111ebU;
    return word ^ (word >> 31);
  }

  std::array<std::uint64_t, 4> state_{};
};

}  // namespace sample
