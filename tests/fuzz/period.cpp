// Period::parse: what it takes, label() writes again; everything else is refused.
#include "duluan/period.hpp"

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace duluan;

namespace {

void require(bool holds, const char* what, const std::string& text) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\ntext: '%s'\n", what, text.c_str());
  std::abort();
}

void check(const std::string& label) {
  const auto period = Period::parse(label);
  if (!period) {
    require(period.error().code == ErrorCode::kMalformed, "a refusal is kMalformed", label);
    return;
  }
  require(period->label() == label, "label() writes what parse read", label);
  const auto first = Period::parse(period->first_day());
  require(first.ok() && first->unit == Period::Unit::kDay, "first_day() is a day", label);
  require(first->index == period->days_since_epoch(), "first_day() is days_since_epoch()", label);
  const std::string day = period->first_day();
  const Period holding = Period::containing(period->unit, std::stoi(day.substr(0, 4)), std::stoi(day.substr(5, 2)),
                                            std::stoi(day.substr(8, 2)));
  require(holding == *period, "the period contains its first day", label);
  require(period->next().days_since_epoch() > period->days_since_epoch(), "the next one starts later", label);
  require(period->next().next(-1) == *period, "back again", label);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check(std::string(reinterpret_cast<const char*>(data), size));
  // Bytes as pieces of labels: random bytes hardly ever make one.
  static constexpr std::array<const char*, 20> kPieces{"0", "1", "2", "3", "4",  "5",  "6",    "7",    "8",    "9",
                                                       "-", "-", "Q", "W", "02", "53", "2026", "1970", "9999", "+"};
  std::string label;
  for (std::size_t i = 0; i < size && i < 12; ++i) label += kPieces[data[i] % kPieces.size()];
  check(label);
  return 0;
}
