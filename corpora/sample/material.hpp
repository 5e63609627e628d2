/// \file
/// The hand-written sentences, and what each of them presupposes.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "province.hpp"

namespace sample {

/// Who can have said it: a sentence that speaks of "thôn" does not come from a ward.
enum class Setting { kAnywhere, kCommune, kWard };

struct Sentence {
  std::size_t topic = 0;
  std::string text;  ///< "{noi}" stands for the name of the place
  Setting setting = Setting::kAnywhere;
  bool slot = false;
  bool after_tet = false;             ///< tells of the days from Tết on (season_tet only)
  int first = 0, last = kMonths - 1;  ///< the months in which it makes sense
};

struct Material {
  std::vector<Sentence> base;  ///< base1 and base2
  std::vector<Sentence> sudden, creeping, local, season;
};

/// Reads the six files; throws std::runtime_error naming file and line.
Material load_material(const std::filesystem::path& folder);

bool suits(const Sentence& sentence, Kind kind);
bool suits(const Sentence& sentence, int month);

/// The text with its slot filled.
std::string said_in(const Sentence& sentence, std::string_view place);

}  // namespace sample
