#include "trend/lunar.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace duluan::trend {
namespace {

// New moons and the sun's longitude by the truncated series of Meeus, "Astronomical Formulae for
// Calculators": good to minutes, which decides the day in all but freak cases. The rules are those
// of the East Asian calendar as Hồ Ngọc Đức describes them: the month with the winter solstice is
// the eleventh; in a year of thirteen months the first without a major solar term repeats a number.
constexpr double kDegree = 3.14159265358979323846 / 180;
constexpr double kZone = 7.0 / 24;
constexpr double kMonth = 29.530588853;
constexpr int kUnixEpoch = 2440588;  // Julian day number of 1970-01-01

double sine(double degrees) { return std::sin(degrees * kDegree); }

// Julian day number, in Vietnam, of the k-th new moon after 1 January 1900.
int new_moon(int k) {
  const double n = k, t = n / 1236.85, t2 = t * t, t3 = t2 * t;
  const double mean = 2415020.75933 + 29.53058868 * n + 0.0001178 * t2 - 0.000000155 * t3 +
                      0.00033 * sine(166.56 + 132.87 * t - 0.009173 * t2);
  const double sun = 359.2242 + 29.10535608 * n - 0.0000333 * t2 - 0.00000347 * t3;
  const double moon = 306.0253 + 385.81691806 * n + 0.0107306 * t2 + 0.00001236 * t3;
  const double node = 21.2964 + 390.67050646 * n - 0.0016528 * t2 - 0.00000239 * t3;
  const double shift = (0.1734 - 0.000393 * t) * sine(sun) + 0.0021 * sine(2 * sun) - 0.4068 * sine(moon) +
                       0.0161 * sine(2 * moon) - 0.0004 * sine(3 * moon) + 0.0104 * sine(2 * node) -
                       0.0051 * sine(sun + moon) - 0.0074 * sine(sun - moon) + 0.0004 * sine(2 * node + sun) -
                       0.0004 * sine(2 * node - sun) - 0.0006 * sine(2 * node + moon) + 0.0010 * sine(2 * node - moon) +
                       0.0005 * sine(2 * moon + sun);
  const double clock = -0.000278 + 0.000265 * t + 0.000262 * t2;  // dynamical minus universal time
  return static_cast<int>(std::floor(mean + shift - clock + 0.5 + kZone));
}

// Which twelfth of its yearly way the sun is in as the day begins; 9 begins with the winter solstice.
int sun_sector(int day) {
  const double t = (day - 0.5 - kZone - 2451545.0) / 36525, t2 = t * t;
  const double anomaly = 357.52910 + 35999.05030 * t - 0.0001559 * t2 - 0.00000048 * t2 * t;
  const double longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t2 +
                           (1.914600 - 0.004817 * t - 0.000014 * t2) * sine(anomaly) +
                           (0.019993 - 0.000101 * t) * sine(2 * anomaly) + 0.000290 * sine(3 * anomaly);
  return static_cast<int>(std::floor((longitude - 360 * std::floor(longitude / 360)) / 30));
}

// Number of the new moon that begins the eleventh month, the one with the winter solstice.
int eleventh_month(int year) {
  const int last_day = Period::containing(Period::Unit::kDay, year, 12, 31).index + kUnixEpoch;
  int k = static_cast<int>(std::floor((last_day - 2415021) / kMonth)) + 1;
  while (new_moon(k) > last_day) --k;
  return sun_sector(new_moon(k)) >= 9 ? k - 1 : k;
}

}  // namespace

int tet_day(int year) {
  const int eleventh = eleventh_month(year - 1);
  const bool thirteen = eleventh_month(year) - eleventh > 12;
  int first = eleventh + 2;
  for (int k = eleventh + 1; thirteen && k <= eleventh + 2; ++k)
    if (sun_sector(new_moon(k)) == sun_sector(new_moon(k + 1))) {
      ++first;  // a leap eleventh or twelfth month comes before
      break;
    }
  return new_moon(first) - kUnixEpoch;
}

double tet_share(const Period& period) {
  constexpr int kBefore = 21, kAfter = 10;
  const int begin = period.days_since_epoch(), end = period.next().days_since_epoch();
  const int year = std::stoi(period.first_day());
  int days = 0;
  for (int y = year; y <= year + 1; ++y) {
    const int tet = tet_day(y);
    days += std::max(0, std::min(end, tet + kAfter + 1) - std::max(begin, tet - kBefore));
  }
  return static_cast<double>(days) / std::min(end - begin, kBefore + 1 + kAfter);
}

}  // namespace duluan::trend
