#include "report/near_copy.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>

#include "base/mix.hpp"
#include "text/plain_syllables.hpp"

namespace duluan::report {
std::vector<std::uint32_t> syllables_of(std::string_view utf8) {
  constexpr std::uint64_t kBasis = 0xCBF29CE484222325ULL, kPrime = 0x100000001B3ULL;  // FNV-1a
  std::vector<std::uint32_t> hashes;
  PlainSyllables syllables(utf8);
  while (syllables.next()) {
    std::uint64_t hash = kBasis;
    for (const char c : syllables.plain()) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
    hashes.push_back(static_cast<std::uint32_t>(mix(hash)));
  }
  return hashes;
}

std::array<std::uint32_t, kBands> bands_of(const std::vector<std::uint32_t>& syllables) {
  constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15ULL;  // of SplitMix64: as many hash functions as one likes
  std::array<std::uint32_t, kBands> bands{};
  std::uint64_t function = 0;
  for (std::uint32_t& band : bands) {
    std::uint64_t rows = function;
    for (std::size_t row = 0; row < kRows; ++row) {
      function += kStep;
      std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
      for (const std::uint32_t syllable : syllables) least = std::min(least, mix(syllable + function));
      rows = mix(rows ^ least) + kStep;
    }
    band = static_cast<std::uint32_t>(mix(rows));
  }
  return bands;
}

double common_share(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  if (a.empty() && b.empty()) return 1;
  const std::size_t words = (a.size() + 63) / 64;
  std::unordered_map<std::uint32_t, std::vector<std::uint64_t>> places;  // of each syllable in a, as bits
  for (std::size_t i = 0; i < a.size(); ++i) {
    auto& bits = places[a[i]];
    bits.resize(words);
    bits[i / 64] |= std::uint64_t{1} << (i % 64);
  }
  // A zero at i: the longest common subsequence with a's first i + 1 is one longer than with its first i.
  std::vector<std::uint64_t> row(words, ~std::uint64_t{0});
  for (const std::uint32_t syllable : b) {
    const auto found = places.find(syllable);
    if (found == places.end()) continue;
    std::uint64_t carry = 0;
    for (std::size_t w = 0; w < words; ++w) {
      const std::uint64_t both = row[w] & found->second[w];
      const std::uint64_t partial = row[w] + carry;
      const std::uint64_t sum = partial + both;
      carry = (partial < carry || sum < both) ? 1 : 0;
      row[w] = sum | (row[w] - both);
    }
  }
  std::size_t common = 0;
  for (std::size_t i = 0; i < a.size(); ++i) common += ((row[i / 64] >> (i % 64)) & 1U) == 0 ? 1 : 0;
  return static_cast<double>(common) / static_cast<double>(std::max(a.size(), b.size()));
}

bool near_copies(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  const auto [shorter, longer] = std::minmax({a.size(), b.size()});
  if (shorter < kLeastSyllables) return false;
  if (static_cast<double>(shorter) < kLeastCommon * static_cast<double>(longer)) return false;
  return common_share(a, b) >= kLeastCommon;
}

}  // namespace duluan::report
