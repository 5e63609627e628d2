#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "trend/lunar.hpp"

using namespace duluan;

namespace {

std::string tet(int year) { return Period{Period::Unit::kDay, trend::tet_day(year)}.label(); }

}  // namespace

TEST_CASE("Tết falls on the days the almanac says") {
  for (const std::string day :
       {"1968-01-29", "1985-01-21", "2000-02-05", "2006-01-29", "2007-02-17", "2012-01-23", "2015-02-19", "2020-01-25",
        "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2030-02-02"})
    CHECK(tet(std::stoi(day)) == day);
}

TEST_CASE("Tết is a new moon between 20 January and 21 February, 12 or 13 months after the last") {
  for (int year = 1901; year <= 2100; ++year) {
    const int gap = trend::tet_day(year) - trend::tet_day(year - 1);
    CHECK_MESSAGE(((gap >= 353 && gap <= 356) || (gap >= 383 && gap <= 386)), year << ": " << gap);
    CHECK(tet(year).substr(5) >= "01-20");
    CHECK(tet(year).substr(5) <= "02-21");
  }
}

TEST_CASE("the share of Tết in a period") {
  const auto share = [](const char* label) { return trend::tet_share(*Period::parse(label)); };
  CHECK(share("2025-01") == doctest::Approx(24.0 / 31));  // 8 January to 8 February
  CHECK(share("2025-02") == doctest::Approx(8.0 / 28));
  CHECK(share("2026-02") == doctest::Approx(27.0 / 28));
  CHECK(share("2026-07") == 0);
  CHECK(share("2026-02-17") == 1);
  CHECK(share("2026-W08") == 1);
  CHECK(share("2024-12") == 0);
}
