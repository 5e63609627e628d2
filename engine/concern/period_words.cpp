// Periods in words.
#include <array>

#include "concern/display.hpp"

namespace duluan::concern {
namespace {

constexpr std::array<const char*, 12> kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                                 "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<const char*, 4> kRoman = {"I", "II", "III", "IV"};

struct Parts {
  std::string year;
  int a = 0, b = 0;  ///< month and day, or quarter, or week
};

Parts parts(const Period& period) {
  const std::string label = period.label();
  Parts p{label.substr(0, 4), 0, 0};
  const bool letter = label[5] == 'Q' || label[5] == 'W';
  p.a = std::stoi(label.substr(letter ? 6 : 5));
  if (period.unit == Period::Unit::kDay) p.b = std::stoi(label.substr(8));
  return p;
}

std::size_t at(int one_based) { return static_cast<std::size_t>(one_based - 1); }

}  // namespace

std::string period_name(const Period& period, Language language) {
  const Parts p = parts(period);
  const std::string a = std::to_string(p.a), b = std::to_string(p.b);
  const bool vi = language == Language::kVietnamese;
  switch (period.unit) {
    case Period::Unit::kDay:
      return vi ? "ngày " + b + " tháng " + a + " năm " + p.year : b + " " + kMonths[at(p.a)] + " " + p.year;
    case Period::Unit::kWeek: return vi ? "tuần " + a + " năm " + p.year : "week " + a + " of " + p.year;
    case Period::Unit::kMonth:
      return vi ? "tháng " + a + " năm " + p.year : std::string(kMonths[at(p.a)]) + " " + p.year;
    case Period::Unit::kQuarter:
      return vi ? "quý " + std::string(kRoman[at(p.a)]) + " năm " + p.year : "Q" + a + " " + p.year;
  }
  return {};
}

std::string period_short(const Period& period, Language language) {
  const Parts p = parts(period);
  const std::string a = std::to_string(p.a);
  const bool vi = language == Language::kVietnamese;
  switch (period.unit) {
    case Period::Unit::kDay: return vi ? std::to_string(p.b) + "/" + a + "/" + p.year : period.label();
    case Period::Unit::kWeek: return vi ? "tuần " + a + "/" + p.year : period.label();
    case Period::Unit::kMonth: return vi ? a + "/" + p.year : period.label();
    case Period::Unit::kQuarter: return vi ? std::string(kRoman[at(p.a)]) + "/" + p.year : period.label();
  }
  return {};
}

}  // namespace duluan::concern
