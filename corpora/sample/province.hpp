/// \file
/// The invented province: its calendar, places, topics, and who reports how much about what.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sample {

/// Months of the archive, 0 = November 2024 … 23 = October 2026.
inline constexpr int kMonths = 24;
inline constexpr int year_of(int month) { return 2024 + (month + 10) / 12; }
inline constexpr int month_of(int month) { return (month + 10) % 12 + 1; }
inline constexpr int month_index(int year, int month) { return (year - 2024) * 12 + month - 11; }
std::string label_of(int month);  ///< "2026-03"
static_assert(month_index(2024, 11) == 0 && month_index(2026, 10) == kMonths - 1);
static_assert(year_of(1) == 2024 && month_of(1) == 12 && year_of(2) == 2025 && month_of(2) == 1);

/// The fields of a report, in its order.
enum class Section { kEconomy, kSociety, kSecurity, kParty, kWorld };
inline constexpr int kSections = 5;
std::string_view heading_of(Section section);  ///< "Lĩnh vực kinh tế"

struct Topic {
  std::string_view id;
  std::uint64_t share;  ///< of the usual talk, in thousandths
  Section section;
};
std::span<const Topic> topics();
std::size_t topic_index(std::string_view id);

enum class Kind { kProvince, kCommune, kWard, kDepartment };

struct Place {
  std::string id, name;  ///< "an-tram", "xã An Trầm"
  Kind kind = Kind::kCommune;
};
/// Reads places.tsv; throws std::runtime_error naming file and line.
std::vector<Place> load_places(const std::filesystem::path& path);

enum class Channel { kReport, kHotline, kPetition };

/// A unit that reports, or a channel of the whole province.
struct Source {
  Channel channel = Channel::kReport;
  std::string unit;        ///< id of the reporting place; empty for the province's channels
  std::uint64_t rate = 0;  ///< opinions in ten usual months
  bool docx = false;
  std::vector<std::uint64_t> shares;  ///< by topic, summing to about 1000
};
std::vector<Source> sources();

// What is planted about reporting. Months are indices.
struct Irregular {
  std::string_view unit;
  int first, last;
};
struct Copied {
  std::string_view from, by;
  int month;
};
inline constexpr int kDoubledMonth = month_index(2026, 3);  ///< the trap: everybody writes twice as much
std::span<const Irregular> silences();
std::span<const Irregular> delays();  ///< delivered with the next month
std::span<const Copied> copies();
bool silent(std::string_view unit, int month);
bool late(std::string_view unit, int month);

}  // namespace sample
