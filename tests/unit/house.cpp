// Each room may include the headers of the rooms the design gives it, and no other.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

const std::map<std::string, std::set<std::string>> kMayUse{
    {"base", {"base"}},
    {"text", {"base", "text"}},
    {"syllable", {"base", "text", "syllable"}},
    {"word", {"base", "text", "syllable", "word"}},
    {"topic", {"base", "text", "syllable", "word", "topic"}},
    {"place", {"base", "text", "syllable", "place"}},
    {"privacy", {"base", "text", "syllable", "privacy"}},
    {"report", {"base", "text", "syllable", "word", "place", "privacy", "report"}},
    {"trend", {"base", "trend"}},
    {"archive", {"base", "text", "topic", "place", "report", "archive"}},
    {"concern", {"base", "topic", "place", "archive", "trend", "concern"}},
    {"review", {"base", "concern", "archive", "topic", "review"}},
};

// Public headers of base that do not bear its name.
const std::set<std::string> kBaseHeaders{"result", "span", "period", "progress", "model_file", "version"};
// The same for the other rooms.
const std::map<std::string, std::string> kHeaderRooms{
    {"chat", "syllable"},   {"evaluation", "topic"}, {"few_shot", "topic"},
    {"scan", "trend"},      {"backtest", "concern"}, {"novelty", "concern"},
    {"silence", "concern"}, {"encoding", "text"},    {"restore", "syllable"}};

std::string room_of(const std::string& include) {
  const std::size_t slash = include.find('/');
  if (slash == std::string::npos) return "";
  const std::string folder = include.substr(0, slash);
  if (folder != "duluan") return kMayUse.contains(folder) ? folder : "";
  const std::string stem = include.substr(slash + 1, include.find('.') - slash - 1);
  if (const auto room = kHeaderRooms.find(stem); room != kHeaderRooms.end()) return room->second;
  return kBaseHeaders.contains(stem) ? "base" : stem;
}

// "FILE includes HEADER" for every include the table does not allow.
std::vector<std::string> trespasses(const std::string& room, const std::filesystem::path& file) {
  std::vector<std::string> found;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("#include \"")) continue;
    const std::string header = line.substr(10, line.rfind('"') - 10);
    const std::string used = room_of(header);
    if (!used.empty() && !kMayUse.at(room).contains(used)) found.push_back(file.string() + " includes " + header);
  }
  return found;
}

}  // namespace

TEST_CASE("rooms include only what the table allows") {
  const std::filesystem::path engine = std::string(DULUAN_SOURCE_DIR) + "/engine";
  std::size_t files = 0;
  for (const auto& [room, allowed] : kMayUse) {
    if (!std::filesystem::exists(engine / room)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(engine / room)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
      ++files;
      for (const std::string& trespass : trespasses(room, entry.path())) FAIL_CHECK(trespass);
    }
  }
  CHECK(files > 10);
}

TEST_CASE("public headers keep to their room's neighbours") {
  const std::filesystem::path headers = std::string(DULUAN_SOURCE_DIR) + "/engine/include/duluan";
  for (const auto& entry : std::filesystem::directory_iterator(headers)) {
    const std::string room = room_of("duluan/" + entry.path().filename().string());
    REQUIRE_MESSAGE(kMayUse.contains(room), entry.path().string() << " belongs to no room");
    for (const std::string& trespass : trespasses(room, entry.path())) FAIL_CHECK(trespass);
  }
}
