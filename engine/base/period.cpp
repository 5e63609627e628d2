#include "duluan/period.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <optional>

namespace duluan {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

// Monday 1969-12-29 starts the ISO week that contains 1970-01-01.
constexpr int kDaysBeforeEpochMonday = 3;

int floor_divide(int a, int b) { return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0); }

int days_of(int y, unsigned m, unsigned d) {
  return static_cast<int>(sys_days(year(y) / month(m) / day(d)).time_since_epoch().count());
}

year_month_day calendar(int days) { return year_month_day(sys_days(std::chrono::days(days))); }

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || text.front() == '-' || fault != std::errc() || end != text.data() + text.size() || value < 0)
    return std::nullopt;
  return value;
}

template <class... Args>
std::string printed(const char* format, Args... args) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), format, args...);
  return buffer.data();
}

// The Monday that starts ISO week 1: the week with 4 January in it.
int first_iso_monday(int y) {
  const int fourth = days_of(y, 1, 4);
  return fourth - (fourth + kDaysBeforeEpochMonday) % 7 + ((fourth + kDaysBeforeEpochMonday) % 7 < 0 ? -7 : 0);
}

std::optional<Period> week_of(int y, int w) {
  const int monday = first_iso_monday(y) + 7 * (w - 1);
  if (w < 1 || monday >= first_iso_monday(y + 1)) return std::nullopt;
  return Period{Period::Unit::kWeek, floor_divide(monday + kDaysBeforeEpochMonday, 7)};
}

std::optional<Period> parse_label(std::string_view label) {
  if (label.size() < 6 || label[4] != '-') return std::nullopt;
  const auto y = number(label.substr(0, 4));
  if (!y) return std::nullopt;
  const std::string_view rest = label.substr(5);
  if (rest.size() == 2 && rest[0] == 'Q') {
    const auto q = number(rest.substr(1));
    if (!q || *q < 1 || *q > 4) return std::nullopt;
    return Period{Period::Unit::kQuarter, (*y - 1970) * 4 + *q - 1};
  }
  if (rest.size() == 3 && rest[0] == 'W') {
    const auto w = number(rest.substr(1));
    return w ? week_of(*y, *w) : std::nullopt;
  }
  const auto m = number(rest.substr(0, 2));
  if (!m || *m < 1 || *m > 12) return std::nullopt;
  if (rest.size() == 2) return Period{Period::Unit::kMonth, (*y - 1970) * 12 + *m - 1};
  if (rest.size() != 5 || rest[2] != '-') return std::nullopt;
  const auto d = number(rest.substr(3));
  if (!d || !year_month_day(year(*y), month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d))).ok())
    return std::nullopt;
  return Period::containing(Period::Unit::kDay, *y, *m, *d);
}

}  // namespace

Result<Period> Period::parse(std::string_view label) {
  if (const auto period = parse_label(label)) return *period;
  return Error{ErrorCode::kMalformed, "'" + std::string(label) + "' is no period", "",
               "write 2026-03 (month), 2026-Q1 (quarter), 2026-W12 (ISO week) or 2026-03-15 (day)"};
}

Period Period::containing(Unit unit, int y, int m, int d) {
  const int days = days_of(y, static_cast<unsigned>(m), static_cast<unsigned>(d));
  switch (unit) {
    case Unit::kDay: return {unit, days};
    case Unit::kWeek: return {unit, floor_divide(days + kDaysBeforeEpochMonday, 7)};
    case Unit::kMonth: return {unit, (y - 1970) * 12 + m - 1};
    case Unit::kQuarter: return {unit, (y - 1970) * 4 + (m - 1) / 3};
  }
  return {unit, days};
}

int Period::days_since_epoch() const {
  switch (unit) {
    case Unit::kDay: return index;
    case Unit::kWeek: return index * 7 - kDaysBeforeEpochMonday;
    case Unit::kMonth:
    case Unit::kQuarter: break;
  }
  const int months = unit == Unit::kMonth ? index : index * 3;
  const int years = floor_divide(months, 12);
  return days_of(1970 + years, static_cast<unsigned>(months - years * 12 + 1), 1);
}

std::string Period::first_day() const {
  const year_month_day date = calendar(days_since_epoch());
  return printed("%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                 static_cast<unsigned>(date.day()));
}

std::string Period::label() const {
  std::string date = first_day();
  switch (unit) {
    case Unit::kDay: return date;
    case Unit::kMonth: return date.substr(0, 7);
    case Unit::kQuarter: return date.substr(0, 5) + 'Q' + std::to_string(index - floor_divide(index, 4) * 4 + 1);
    case Unit::kWeek: break;
  }
  // An ISO week belongs to the year of its Thursday.
  const int monday = days_since_epoch();
  const int y = static_cast<int>(calendar(monday + 3).year());
  return printed("%04d-W%02d", y, (monday - first_iso_monday(y)) / 7 + 1);
}

}  // namespace duluan
