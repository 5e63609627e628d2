// Records of tables and JSON lines: the names of their fields, and what makes one an opinion.
#include <algorithm>
#include <array>

#include "duluan/text.hpp"
#include "report/outline.hpp"
#include "report/readers.hpp"

namespace duluan::report {
namespace {

constexpr std::array<std::string_view, 22> kText{"text",
                                                 "noi dung",
                                                 "noi_dung",
                                                 "content",
                                                 "opinion",
                                                 "y kien",
                                                 "y_kien",
                                                 "du luan",
                                                 "noi dung y kien",
                                                 "noi dung phan anh",
                                                 "noi dung kien nghi",
                                                 "noi dung du luan",
                                                 "noi dung cau hoi",
                                                 "phan anh",
                                                 "kien nghi",
                                                 "binh luan",
                                                 "comment",
                                                 "message",
                                                 "mo ta",
                                                 "noi dung chi tiet",
                                                 "noi dung y kien cu tri",
                                                 "noi dung phan anh, kien nghi"};
constexpr std::array<std::string_view, 17> kPlace{"place",
                                                  "dia ban",
                                                  "dia_ban",
                                                  "xa/phuong",
                                                  "xa, phuong",
                                                  "xa phuong",
                                                  "xa",
                                                  "phuong",
                                                  "dia diem",
                                                  "dia phuong",
                                                  "noi phan anh",
                                                  "commune",
                                                  "location",
                                                  "don vi hanh chinh",
                                                  "xa/phuong/dac khu",
                                                  "dia chi phan anh",
                                                  "noi xay ra"};
constexpr std::array<std::string_view, 9> kUnit{"unit",           "don vi",         "don_vi",
                                                "don vi bao cao", "co quan",        "co quan bao cao",
                                                "nguon",          "reporting unit", "don vi gui"};
constexpr std::array<std::string_view, 18> kPeriod{
    "period",        "ky",       "ky bao cao", "ky_bao_cao", "thang",     "quy",  "tuan",  "ngay", "ngay tiep nhan",
    "ngay phan anh", "ngay gui", "ngay thang", "thoi gian",  "thoi diem", "date", "month", "time", "created"};
constexpr std::array<std::string_view, 7> kId{"id", "ma", "ma so", "stt", "so thu tu", "ma phieu", "ma phan anh"};

template <std::size_t N>
bool in(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string trimmed(std::string text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return "";
  text.erase(text.find_last_not_of(" \t\r\n") + 1);
  text.erase(0, begin);
  return text;
}

// A label, a day ("5/3/2026"), or a phrase ("tháng 3 năm 2026", "3/2026", "quý I/2026").
std::optional<Period> period_of(const std::string& text, Period::Unit unit) {
  if (auto label = Period::parse(text);
      label && label->unit != Period::Unit::kDay && label->unit != Period::Unit::kWeek)
    return *label;
  if (auto day = day_in(text, unit)) return day;
  if (auto phrase = period_in(text, unit)) return phrase;
  if (auto month = period_in("tháng " + text, unit)) return month;
  return period_of_name(text, unit);
}

}  // namespace

bool is_usual_name(Field field, std::string_view folded) {
  switch (field) {
    case Field::kText: return in(kText, folded);
    case Field::kPlace: return in(kPlace, folded);
    case Field::kUnit: return in(kUnit, folded);
    case Field::kPeriod: return in(kPeriod, folded);
    case Field::kId: return in(kId, folded);
  }
  return false;
}

void add_record(Record record, const ReadOptions& options, Document& document) {
  Opinion opinion;
  opinion.text = trimmed(std::move(record.text));
  if (opinion.text.empty()) return document.skipped.push_back({record.where, "no text"});
  const std::string period = trimmed(std::move(record.period));
  if (period.empty())
    opinion.period = period_of_name(std::string_view(document.source).substr(document.source.find_last_of('/') + 1),
                                    options.period_unit);
  else opinion.period = period_of(period, options.period_unit);
  if (!period.empty() && !opinion.period)
    return document.skipped.push_back({record.where, "'" + period.substr(0, 40) + "' is no period"});
  opinion.source = document.source + "#" + trimmed(std::move(record.id));
  opinion.bytes = record.span;
  opinion.place = trimmed(std::move(record.place));
  opinion.unit = trimmed(std::move(record.unit));
  document.opinions.push_back(std::move(opinion));
}

}  // namespace duluan::report
