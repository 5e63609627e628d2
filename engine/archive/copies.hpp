// Which opinions are copies. The rule: an opinion is a copy of the first original of another source, stored before it,
// that says the same no more than kCopyDays away; an equal one goes before a nearly equal one. All others are
// originals, and only they count. The rule is applied in the order of ids, so the state follows from what is stored.
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "archive/database.hpp"
#include "duluan/period.hpp"
#include "report/near_copy.hpp"

namespace duluan {

/// Between the first days of two periods: a paragraph taken over from the reports of the last three
/// months is a copy, the same words a year later are news.
inline constexpr int kCopyDays = 92;

/// What of an opinion decides whether it is a copy.
struct Said {
  std::string plain;  ///< folded, single spaces
  std::int64_t key = 0;
  std::vector<std::uint32_t> syllables;
  std::optional<Period> period;

  static Said of(std::string_view text, const std::optional<Period>& period);
  /// Short texts are copies only if equal and of one period.
  [[nodiscard]] bool is_short() const noexcept { return syllables.size() < report::kLeastSyllables; }
};

/// Originals by what they say. Part of the caller's transaction.
class Copies {
 public:
  static constexpr std::int64_t kNewest = std::numeric_limits<std::int64_t>::max();

  explicit Copies(const Database& database);
  /// The original that an opinion with this id and source repeats, or 0.
  Result<std::int64_t> original_of(const Said& said, std::int64_t source, std::int64_t id = kNewest);
  /// Makes an original known, or forgets it.
  Result<void> insert(std::int64_t id, const Said& said);
  Result<void> erase(std::int64_t id, const Said& said);
  /// Applies the rule again to the opinions with these ids and to all that depend on them.
  Result<void> settle(std::set<std::int64_t> doubtful);
  /// Applies the rule to all opinions, with no original known yet.
  Result<void> judge_all();
  /// All originals of a source are forgotten, so that they may be removed.
  Result<void> erase_source(std::int64_t source);

 private:
  // Originals of other sources with ids between the two, in order; only the first, or all.
  Result<std::vector<std::int64_t>> equal(const Said& said, std::int64_t source, std::int64_t after,
                                          std::int64_t before, bool all);
  Result<std::vector<std::int64_t>> near(const Said& said, std::int64_t source, std::int64_t after, std::int64_t before,
                                         bool all);
  Result<std::set<std::int64_t>> candidates(const Said& said, std::int64_t after, std::int64_t before);
  Result<void> settle_one(std::int64_t id, std::set<std::int64_t>& doubtful);

  const Database* database_;
  Statement by_key_, by_band_, original_, insert_, erase_;
};

/// The period in two columns from this one on, or none.
std::optional<Period> period_in(const Statement& row, int column);

}  // namespace duluan
