#include "material.hpp"

#include <array>
#include <fstream>
#include <stdexcept>

namespace sample {
namespace {

constexpr std::string_view kSlot = "{noi}";
constexpr int kMerger = month_index(2025, 7);

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
  for (const std::string_view end : ends)
    if (text.ends_with(end)) return true;
  return false;
}

/// `word` as a whole word, not as part of a compound that means something else.
bool says(std::string_view text, std::string_view word, std::initializer_list<std::string_view> not_after = {},
          std::string_view not_before = {}) {
  const auto bounds = [](char c) { return std::string_view(" ,.;:!?\"()").find(c) != std::string_view::npos; };
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::string_view before = text.substr(0, at), after = text.substr(at + word.size());
    if ((!before.empty() && !bounds(before.back())) || (!after.empty() && !bounds(after.front()))) continue;
    if (ends_with_any(before, not_after) || (!not_before.empty() && after.starts_with(not_before))) continue;
    return true;
  }
  return false;
}

Setting setting_of(std::string_view text) {
  const bool commune = says(text, "xã", {"tác ", "thị ", "hợp tác "}, " hội") || says(text, "thôn", {"nông "}) ||
                       says(text, "Xã") || says(text, "Thôn");
  const bool ward = says(text, "phường") || says(text, "tổ dân phố") || says(text, "Tổ dân phố");
  if (commune == ward) return Setting::kAnywhere;
  return commune ? Setting::kCommune : Setting::kWard;
}

struct Era {
  std::string_view says;
  int first, last;
};

/// What only makes sense from the merger of July 2025 on, or around the local elections of March 2026.
void set_era(Sentence& sentence) {
  constexpr std::array<std::string_view, 8> kMerged = {"sáp nhập",  "hai cấp",    "hợp nhất", "từ huyện",
                                                       "cấp huyện", "nhập ba xã", "xã cũ",    "hành chính cũ"};
  for (const std::string_view word : kMerged)
    if (says(sentence.text, word)) sentence.first = kMerger;
  if (says(sentence.text, "mới") || says(sentence.text, "trụ sở cũ")) sentence.first = kMerger;
  constexpr std::array<Era, 4> kElections = {{
      {"hội nghị cử tri nơi cư trú", month_index(2026, 1), month_index(2026, 4)},
      {"Danh sách ứng cử viên", month_index(2026, 2), month_index(2026, 4)},
      {"Ngày bầu cử", month_index(2026, 3), month_index(2026, 5)},
      {"sau bầu cử", month_index(2026, 3), month_index(2026, 7)},
  }};
  for (const Era& era : kElections) {
    if (!says(sentence.text, era.says)) continue;
    sentence.first = era.first;
    sentence.last = era.last;
  }
}

bool told_after_tet(std::string_view text) {
  constexpr std::array<std::string_view, 11> kMarks = {"Sau Tết",  "sau Tết",  "đầu năm",  "Đầu năm",
                                                       "mồng",     "đầu xuân", "hội xuân", "vui xuân",
                                                       "khai hội", "Tết này",  "xuyên Tết"};
  for (const std::string_view mark : kMarks)
    if (text.find(mark) != std::string_view::npos) return true;
  return false;
}

std::vector<Sentence> load(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot open " + path.string());
  std::vector<Sentence> sentences;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos || tab + 1 == line.size())
      throw std::runtime_error(path.string() + ":" + std::to_string(number) + ": expected topic TAB text");
    Sentence sentence;
    sentence.topic = topic_index(std::string_view(line).substr(0, tab));
    sentence.text = line.substr(tab + 1);
    sentence.setting = setting_of(sentence.text);
    sentence.slot = sentence.text.find(kSlot) != std::string::npos;
    sentence.after_tet = told_after_tet(sentence.text);
    sentences.push_back(std::move(sentence));
  }
  return sentences;
}

}  // namespace

Material load_material(const std::filesystem::path& folder) {
  Material material;
  material.base = load(folder / "base1.tsv");
  std::vector<Sentence> second = load(folder / "base2.tsv");
  for (Sentence& sentence : second) {
    set_era(sentence);
    material.base.push_back(std::move(sentence));
  }
  material.sudden = load(folder / "event_sudden.tsv");
  material.creeping = load(folder / "event_creeping.tsv");
  material.local = load(folder / "event_local.tsv");
  material.season = load(folder / "season_tet.tsv");
  return material;
}

bool suits(const Sentence& sentence, Kind kind) {
  if (sentence.setting == Setting::kAnywhere) return true;
  // A department passes on what it heard in some commune; whether of a commune or a ward is all the same to it.
  if (kind == Kind::kDepartment) return !sentence.slot;
  return sentence.setting == (kind == Kind::kWard ? Setting::kWard : Setting::kCommune);
}

bool suits(const Sentence& sentence, int month) { return sentence.first <= month && month <= sentence.last; }

std::string said_in(const Sentence& sentence, std::string_view place) {
  std::string text = sentence.text;
  for (std::size_t at = text.find(kSlot); at != std::string::npos; at = text.find(kSlot, at + place.size()))
    text.replace(at, kSlot.size(), place);
  return text;
}

}  // namespace sample
