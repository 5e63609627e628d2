/// \file
/// Period: the stretch of time a report speaks of (month, quarter, week, day).
///
///     auto p = Period::parse("2026-03");       // also "2026-Q1", "2026-W12", "2026-03-15"
///     p->next().label();                        // "2026-04"
///
/// Weeks are ISO 8601 weeks. Cost: O(1). Thread-safety: value type.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "duluan/result.hpp"

namespace duluan {

struct Period {
  enum class Unit { kDay, kWeek, kMonth, kQuarter };

  Unit unit = Unit::kMonth;
  /// Periods since the one that contains 1970-01-01 (weeks: the one that starts Monday 1969-12-29).
  int index = 0;

  /// Reads a label as written by label(). Error kMalformed names the text and the accepted forms.
  static Result<Period> parse(std::string_view label);
  /// The period of this unit that contains the given calendar day (proleptic Gregorian).
  static Period containing(Unit unit, int year, int month, int day);

  [[nodiscard]] std::string label() const;      ///< "2026-03", "2026-Q1", "2026-W12", "2026-03-15"
  [[nodiscard]] std::string first_day() const;  ///< "2026-03-01"
  [[nodiscard]] int days_since_epoch() const;   ///< of the first day, 1970-01-01 = 0
  [[nodiscard]] Period next(int steps = 1) const { return {unit, index + steps}; }

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the 0 of the comparison for a pointer
  friend auto operator<=>(const Period&, const Period&) = default;
};

}  // namespace duluan
