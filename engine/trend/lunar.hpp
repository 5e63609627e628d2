// The Vietnamese lunar new year. Vietnam's calendar is reckoned at UTC+7, China's at UTC+8:
// in 1985, 2007 or 2030 their new years fall on different days.
#pragma once

#include "duluan/period.hpp"

namespace duluan::trend {

/// Days since 1970-01-01 of the first day of Tết in a Gregorian year, 1900 … 2100.
int tet_day(int year);

/// How much of a period is the time of Tết, from three weeks before to ten days after the
/// first day: 0 = none, 1 = as much as a period of this length can be.
double tet_share(const Period& period);

}  // namespace duluan::trend
