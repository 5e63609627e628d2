// A sample of many series to learn from.
#pragma once

#include <cstddef>
#include <vector>

namespace duluan::trend {

/// `most` of the numbers 0 … n - 1, ascending; all if there are no more. As if at random, so that no order of the
/// series (places by topics, pairs) leaves some out, and the same every time.
std::vector<std::size_t> pick(std::size_t n, std::size_t most);

}  // namespace duluan::trend
