// Sentences that say nearly the same, met one after another.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "report/near_copy.hpp"

namespace duluan {

/// Remembers what it has seen. A sentence is known if an earlier one is a near copy (report/near_copy.hpp) or, below
/// that rule's shortest length, has the same syllables. Cost: 80 hashes a syllable.
class Sayings {
 public:
  /// Whether the sentence is new; it is known from now on.
  bool add(std::string_view utf8);
  void clear();

 private:
  bool known(const std::vector<std::uint32_t>& syllables, const std::array<std::uint32_t, report::kBands>& bands) const;
  std::vector<std::vector<std::uint32_t>> seen_;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> band_;  // where those that may be alike meet
};

}  // namespace duluan
