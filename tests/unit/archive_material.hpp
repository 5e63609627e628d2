// What the tests of the archive share.
#pragma once

#include <doctest/doctest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "duluan/archive.hpp"

namespace duluan {

// A directory of its own for every test case, gone at the end of it.
struct Desk {
  std::filesystem::path path;
  Desk() {
    std::string name = (std::filesystem::temp_directory_path() / "duluan-archive-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Desk() { std::filesystem::remove_all(path); }
  [[nodiscard]] std::string file(const std::string& name) const { return (path / name).string(); }
};

inline StoredOpinion opinion(const std::string& text, const std::string& place, const std::string& period,
                             std::vector<std::string> topics = {}, std::vector<double> probabilities = {}) {
  StoredOpinion stored;
  stored.opinion.text = text;
  stored.opinion.source = "test";
  stored.opinion.place = place;
  if (!period.empty()) stored.opinion.period = *Period::parse(period);
  stored.topics = std::move(topics);
  stored.probabilities = std::move(probabilities);
  return stored;
}

inline Archive made(const std::string& path) {
  auto archive = Archive::open(path, Archive::Mode::kCreate);
  REQUIRE_MESSAGE(archive.ok(), (archive.ok() ? "" : archive.error().message()));
  return std::move(archive).value();
}

inline void run_sql(const std::string& path, const char* sql) {
  sqlite3* raw = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &raw) == SQLITE_OK);
  char* message = nullptr;
  CHECK_MESSAGE(sqlite3_exec(raw, sql, nullptr, nullptr, &message) == SQLITE_OK, (message != nullptr ? message : ""));
  sqlite3_free(message);
  sqlite3_close(raw);
}

// All that can be asked of an archive about its opinions, ids aside.
inline std::string contents(const Archive& archive) {
  std::string out;
  const auto counts = archive.counts(Period::Unit::kMonth);
  for (const Count& c : *counts)
    out += c.topic + '|' + c.place + '|' + c.period.label() + '|' + std::to_string(c.opinions) + '|' +
           std::to_string(c.reports) + '\n';
  const auto coverage = archive.coverage(Period::Unit::kMonth);
  for (const Coverage& c : *coverage)
    out += c.place + '|' + c.period.label() + '|' + std::to_string(c.opinions) + '|' + std::to_string(c.reports) + '\n';
  return out;
}

}  // namespace duluan
