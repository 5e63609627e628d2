#include "province.hpp"

#include <array>
#include <fstream>
#include <map>
#include <stdexcept>
#include <utility>

namespace sample {
namespace {

constexpr std::array<Topic, 23> kTopics = {{
    {"economy", 40, Section::kEconomy},      {"prices", 64, Section::kEconomy},
    {"business", 42, Section::kEconomy},     {"agriculture", 52, Section::kEconomy},
    {"land", 60, Section::kEconomy},         {"transport", 46, Section::kEconomy},
    {"utilities", 42, Section::kEconomy},    {"livelihood", 58, Section::kSociety},
    {"employment", 50, Section::kSociety},   {"welfare", 52, Section::kSociety},
    {"health", 60, Section::kSociety},       {"education", 60, Section::kSociety},
    {"environment", 38, Section::kSociety},  {"disaster", 28, Section::kSociety},
    {"culture", 26, Section::kSociety},      {"technology", 28, Section::kSociety},
    {"morality", 28, Section::kSociety},     {"order", 40, Section::kSecurity},
    {"justice", 28, Section::kSecurity},     {"corruption", 30, Section::kParty},
    {"administration", 38, Section::kParty}, {"apparatus", 32, Section::kParty},
    {"international", 16, Section::kWorld},
}};

/// A topic talked of more (over 100) or less (under 100) here than elsewhere, in per cent.
struct Bend {
  std::string_view topic;
  std::uint64_t percent;
};

struct Habit {
  Channel channel;
  std::string_view unit;
  std::uint64_t rate;
  bool docx;
  std::vector<Bend> bends;
};

std::vector<Habit> habits() {
  constexpr auto kReport = Channel::kReport;
  return {
      {kReport, "dong-lam", 70, true, {{"employment", 220}, {"livelihood", 130}, {"agriculture", 20}, {"land", 130}}},
      {kReport, "trung-lam", 68, true, {{"administration", 140}, {"transport", 150}, {"agriculture", 10}}},
      {kReport, "tay-lam", 46, false, {{"utilities", 160}, {"business", 150}, {"agriculture", 30}}},
      {kReport, "cua-tram", 50, true, {{"business", 160}, {"international", 250}, {"prices", 130}}},
      {kReport, "an-tram", 44, true, {{"agriculture", 160}, {"land", 120}, {"international", 40}}},
      {kReport, "thuong-tram", 38, false, {{"agriculture", 150}, {"disaster", 150}, {"economy", 60}}},
      {kReport, "ha-lam", 46, true, {{"agriculture", 140}, {"education", 120}}},
      {kReport, "khe-lim", 34, false, {{"disaster", 200}, {"transport", 140}, {"welfare", 140}, {"economy", 50}}},
      {kReport, "doc-nua", 32, false, {{"transport", 160}, {"health", 130}, {"international", 30}}},
      {kReport, "dong-vac", 42, true, {{"agriculture", 170}, {"utilities", 120}}},
      {kReport, "go-man", 40, false, {{"culture", 150}, {"morality", 140}, {"land", 120}}},
      {kReport, "hai-tram", 40, true, {{"international", 300}, {"disaster", 170}, {"environment", 120}}},
      {kReport,
       "so-nong-nghiep-moi-truong",
       40,
       true,
       {{"agriculture", 400},
        {"environment", 300},
        {"disaster", 250},
        {"land", 200},
        {"culture", 0},
        {"order", 20},
        {"morality", 0},
        {"justice", 40},
        {"education", 20},
        {"health", 30},
        {"international", 0}}},
      {kReport,
       "lien-doan-lao-dong",
       46,
       true,
       {{"employment", 350},
        {"livelihood", 220},
        {"welfare", 220},
        {"business", 150},
        {"agriculture", 10},
        {"disaster", 20},
        {"land", 50}}},
      {kReport, "hoi-nong-dan", 46, false, {{"agriculture", 350}, {"prices", 180}, {"land", 180}, {"technology", 60}}},
      {kReport,
       "hoi-phu-nu",
       46,
       true,
       {{"education", 180}, {"health", 180}, {"morality", 250}, {"prices", 150}, {"livelihood", 150}, {"justice", 60}}},
      {kReport,
       "mat-tran",
       52,
       false,
       {{"apparatus", 220}, {"corruption", 220}, {"administration", 180}, {"justice", 160}, {"international", 200}}},
      {Channel::kHotline,
       "",
       80,
       false,
       {{"transport", 180},
        {"utilities", 220},
        {"environment", 180},
        {"order", 140},
        {"administration", 140},
        {"international", 0},
        {"apparatus", 20},
        {"corruption", 50},
        {"economy", 40},
        {"morality", 40}}},
      {Channel::kPetition,
       "",
       60,
       false,
       {{"land", 180},
        {"transport", 180},
        {"welfare", 140},
        {"utilities", 150},
        {"international", 0},
        {"morality", 30},
        {"culture", 40}}},
  };
}

constexpr std::array<Irregular, 2> kSilences = {{
    {"hoi-nong-dan", month_index(2025, 8), month_index(2025, 10)},
    {"doc-nua", month_index(2025, 11), month_index(2025, 12)},
}};

constexpr std::array<Irregular, 5> kDelays = {{
    {"khe-lim", month_index(2025, 3), month_index(2025, 3)},
    {"hoi-phu-nu", month_index(2025, 5), month_index(2025, 5)},
    {"cua-tram", month_index(2025, 9), month_index(2025, 9)},
    {"go-man", month_index(2025, 12), month_index(2025, 12)},
    {"khe-lim", month_index(2026, 3), month_index(2026, 3)},
}};

constexpr std::array<Copied, 2> kCopies = {{
    {"trung-lam", "tay-lam", month_index(2025, 6)},
    {"an-tram", "ha-lam", month_index(2026, 1)},
}};

bool within(std::span<const Irregular> list, std::string_view unit, int month) {
  for (const Irregular& entry : list)
    if (entry.unit == unit && entry.first <= month && month <= entry.last) return true;
  return false;
}

Kind kind_of(const std::string& word, const std::string& where) {
  static const std::map<std::string, Kind> kKinds = {{"province", Kind::kProvince},
                                                     {"commune", Kind::kCommune},
                                                     {"ward", Kind::kWard},
                                                     {"department", Kind::kDepartment}};
  const auto found = kKinds.find(word);
  if (found == kKinds.end()) throw std::runtime_error(where + ": unknown kind of place: " + word);
  return found->second;
}

std::vector<std::uint64_t> bent_shares(const std::vector<Bend>& bends) {
  std::vector<std::uint64_t> shares;
  shares.reserve(kTopics.size());
  for (const Topic& topic : kTopics) shares.push_back(topic.share * 100);
  for (const Bend& bend : bends)
    shares[topic_index(bend.topic)] = kTopics[topic_index(bend.topic)].share * bend.percent;
  std::uint64_t sum = 0;
  for (const std::uint64_t share : shares) sum += share;
  for (std::uint64_t& share : shares) share = share * 1000 / sum;  // NOLINT(clang-analyzer-core.DivideZero)
  return shares;
}

}  // namespace

std::string label_of(int month) {
  const std::string digits = std::to_string(month_of(month));
  return std::to_string(year_of(month)) + (digits.size() == 1 ? "-0" : "-") + digits;
}

std::string_view heading_of(Section section) {
  constexpr std::array<std::string_view, kSections> kHeadings = {
      "Lĩnh vực kinh tế", "Lĩnh vực văn hóa – xã hội", "Lĩnh vực an ninh – quốc phòng",
      "Công tác xây dựng Đảng, chính quyền", "Tình hình quốc tế"};
  return kHeadings[static_cast<std::size_t>(section)];
}

std::span<const Topic> topics() { return kTopics; }

std::size_t topic_index(std::string_view id) {
  for (std::size_t index = 0; index < kTopics.size(); ++index)
    if (kTopics[index].id == id) return index;
  throw std::runtime_error("unknown topic: " + std::string(id));
}

std::vector<Place> load_places(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot open " + path.string());
  std::vector<Place> places;
  std::string line;
  std::getline(file, line);  // the header
  for (int number = 2; std::getline(file, line); ++number) {
    const std::string where = path.string() + ":" + std::to_string(number);
    const std::size_t one = line.find('\t'), two = line.find('\t', one + 1), three = line.find('\t', two + 1);
    if (one == std::string::npos || two == std::string::npos || three == std::string::npos)
      throw std::runtime_error(where + ": expected four columns");
    places.push_back({line.substr(0, one), line.substr(one + 1, two - one - 1),
                      kind_of(line.substr(two + 1, three - two - 1), where)});
  }
  return places;
}

std::vector<Source> sources() {
  std::vector<Source> all;
  for (const Habit& habit : habits())
    all.push_back({habit.channel, std::string(habit.unit), habit.rate, habit.docx, bent_shares(habit.bends)});
  return all;
}

std::span<const Irregular> silences() { return kSilences; }
std::span<const Irregular> delays() { return kDelays; }
std::span<const Copied> copies() { return kCopies; }
bool silent(std::string_view unit, int month) { return within(kSilences, unit, month); }
bool late(std::string_view unit, int month) { return within(kDelays, unit, month); }

}  // namespace sample
