// The heading of a report: the office and the one above it, number, place and date, title.
// The office is the last line of capitals before the title; where that is only a place
// ("ỦY BAN NHÂN DÂN" over "XÃ AN TRẦM"), the two lines are one name.
#include <algorithm>
#include <array>

#include "duluan/text.hpp"
#include "report/lines.hpp"
#include "report/outline.hpp"
#include "text/letters.hpp"

namespace duluan::report {
namespace {

constexpr std::array<std::string_view, 9> kLevelNames{"thị trấn", "thị xã", "thành phố", "đặc khu", "phường",
                                                      "huyện",    "quận",   "tỉnh",      "xã"};

bool is_title(std::string_view folded) {
  return starts_with_any(folded, {"bao cao", "tong hop", "ket qua", "tinh hinh", "phan anh", "ban tin"}) ||
         contains_any(folded, {"du luan xa hoi", "tam trang"});
}

bool names_office(std::string_view folded) {
  return starts_with_any(folded,
                         {"uy ban",   "ubnd",      "ubmttq",    "hdnd",       "ban ",        "hoi ",      "doan ",
                          "mat tran", "lien doan", "cong doan", "so ",        "phong ",      "dang uy",   "huyen uy",
                          "tinh uy",  "thanh uy",  "quan uy",   "thi uy",     "dang bo",     "van phong", "trung tam",
                          "cong an",  "truong ",   "chi cuc",   "bo chi huy", "ban chi huy", "toa an",    "vien "});
}

bool only_place(std::string_view folded) {
  return starts_with_any(folded, {"xa ", "phuong ", "thi tran ", "huyen ", "quan ", "thi xa ", "thanh pho ", "tinh ",
                                  "dac khu "}) &&
         !starts_with_any(folded, {"huyen uy", "quan uy", "tinh uy"});
}

// "An Trầm, ngày …": the seat of the office, where nothing better is said.
std::string seat_of(std::string_view line) {
  const std::size_t comma = line.find(',');
  if (comma == std::string_view::npos || comma > 60 || !fold(line.substr(comma + 1)).starts_with(" ngay")) return "";
  return std::string(line.substr(0, comma));
}

}  // namespace

void HeadingReader::learn(std::string_view line, bool capitals) {
  const std::string folded = fold(line);
  if (line.empty() || starts_with_any(folded, {"cong hoa xa hoi", "doc lap", "dang cong san", "kinh gui", "so:"}))
    return;
  const bool dated = contains_any(folded, {"ngay "}) && contains_any(folded, {" thang ", " nam ", "/"});
  const std::string seat = dated ? seat_of(line) : "";
  if (!seat.empty()) {
    if (!day_) day_ = day_in(line, unit_);
    const std::string place = place_in(seat);
    if (place_.empty()) place_ = place.empty() ? seat : place;
    return;
  }
  const bool title = is_title(folded);
  title_seen_ = title_seen_ || title;
  if (!titled_) titled_ = period_in(line, unit_);
  if (!titled_ && month_ == 0 && title) month_ = month_in(line);
  // "từ ngày 16/02 đến ngày 15/3/2026": the report is of the month it ends in.
  if (!titled_ && !dated_ && dated) dated_ = day_in(line, unit_);
  if (const std::string place = place_in(line); place_rank(place) > place_rank(place_)) place_ = place;
  if (title || title_seen_ || !(capitals || names_office(folded))) return;
  if (!capitals && line.size() > 120) return;
  if (only_place(folded) && !offices_.empty()) offices_.back() += ' ' + std::string(line);
  else if (capitals || offices_.empty()) offices_.emplace_back(line);
}

Heading HeadingReader::finish(std::string_view file_name) const {
  Heading heading;
  heading.place = place_;
  // "ỦY BAN MẶT TRẬN TỔ QUỐC TỈNH" whose seat is "Lam Châu" speaks for the province.
  const bool bare = !place_.empty() && std::none_of(kLevelNames.begin(), kLevelNames.end(),
                                                    [&](std::string_view level) { return place_.starts_with(level); });
  if (bare && !offices_.empty())
    for (const std::string_view level : kLevelNames)
      if (lower_case(offices_.back()).ends_with(" " + std::string(level)) && heading.place == place_)
        heading.place = std::string(level) + ' ' + place_;
  if (!offices_.empty()) heading.unit = offices_.back();
  heading.period = titled_ ? titled_ : dated_;
  if (!heading.period && month_ > 0 && day_) {
    // "tháng 12" reported in January is of the year before.
    const std::string date = day_->first_day();
    int year = 0;
    for (const char digit : date.substr(0, 4)) year = year * 10 + (digit - '0');
    const int written = (date[5] - '0') * 10 + (date[6] - '0');
    const bool longer = unit_ == Period::Unit::kQuarter;
    heading.period =
        Period::containing(longer ? unit_ : Period::Unit::kMonth, month_ > written ? year - 1 : year, month_, 1);
  }
  if (!heading.period) heading.period = day_;
  if (!heading.period) heading.period = period_of_name(file_name, unit_);
  return heading;
}

}  // namespace duluan::report
