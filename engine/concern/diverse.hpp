// A few opinions that stand for many: relevant, unlike one another, from different reports.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace duluan::concern {

/// What may be quoted.
struct Quotable {
  std::string_view text;
  std::string_view report;  ///< another one's opinion goes first
  double relevance = 0;     ///< 0 … 1
};

/// Indices of at most so many, in the order they are chosen: maximal marginal relevance (Carbonell and Goldstein, SIGIR
/// 1998), likeness being Jaccard's index over pairs of folded syllables. A second opinion of a report is taken only
/// when reports run out, the same words never. Cost: looks at the kMostQuotable most relevant.
inline constexpr std::size_t kMostQuotable = 500;
std::vector<std::size_t> pick_diverse(const std::vector<Quotable>& all, std::size_t most);

}  // namespace duluan::concern
