#include "trend/pick.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace duluan::trend {
namespace {

// The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
std::uint64_t scrambled(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

}  // namespace

std::vector<std::size_t> pick(std::size_t n, std::size_t most) {
  std::vector<std::size_t> all(n);
  std::iota(all.begin(), all.end(), std::size_t{0});
  if (n <= most) return all;
  const auto end = all.begin() + static_cast<std::ptrdiff_t>(most);
  std::nth_element(all.begin(), end, all.end(),
                   [](std::size_t a, std::size_t b) { return scrambled(a) < scrambled(b); });
  all.erase(end, all.end());
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace duluan::trend
