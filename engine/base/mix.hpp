// One 64-bit hash step, for keys that are numbers already.
#pragma once

#include <cstdint>

namespace duluan {

inline std::uint64_t mix(std::uint64_t h) {
  h ^= h >> 32;
  h *= 0x9E3779B97F4A7C15ULL;
  h ^= h >> 29;
  h *= 0xBF58476D1CE4E5B9ULL;
  return h ^ (h >> 32);
}

}  // namespace duluan
