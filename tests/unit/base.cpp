#include <doctest/doctest.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "duluan/model_file.hpp"
#include "duluan/period.hpp"

using namespace duluan;

namespace {

std::vector<std::byte> sample_model() {
  ModelWriter writer("sample", 3);
  writer.add("greeting", "Chào buổi sáng");
  const std::vector<std::int32_t> numbers{1, -2, 3};
  writer.add_array("numbers", std::span(numbers));
  return writer.bytes();
}

}  // namespace

TEST_CASE("model file gives back what was written") {
  const auto bytes = sample_model();
  auto file = ModelFile::from_memory(bytes, "sample", 3);
  REQUIRE(file);
  CHECK(*file->text("greeting") == "Chào buổi sáng");
  const auto numbers = file->array<std::int32_t>("numbers");
  REQUIRE(numbers);
  CHECK(std::vector<std::int32_t>(numbers->begin(), numbers->end()) == std::vector<std::int32_t>{1, -2, 3});
  CHECK(file->section("missing").error().code == ErrorCode::kCorruptModel);
}

TEST_CASE("a model cut short anywhere is refused") {
  const auto bytes = sample_model();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    auto file = ModelFile::from_memory(std::span(bytes).first(size), "sample", 3);
    REQUIRE_FALSE(file);
    CHECK(file.error().code == ErrorCode::kCorruptModel);
  }
}

TEST_CASE("a model with any byte changed is refused") {
  const auto original = sample_model();
  for (std::size_t i = 0; i < original.size(); ++i) {
    auto bytes = original;
    bytes[i] ^= std::byte{0x10};
    CHECK_FALSE(ModelFile::from_memory(bytes, "sample", 3));
  }
}

TEST_CASE("another kind or version is named in the error") {
  const auto bytes = sample_model();
  const auto file = ModelFile::from_memory(bytes, "words", 3);
  REQUIRE_FALSE(file);
  CHECK(file.error().code == ErrorCode::kVersionMismatch);
  CHECK(file.error().what.find("'sample' version 3") != std::string::npos);
  CHECK_FALSE(ModelFile::from_memory(bytes, "sample", 2));
}

TEST_CASE("model files on disk: written whole, missing and empty ones named") {
  const auto folder = std::filesystem::temp_directory_path() / "duluan-test-models";
  std::filesystem::create_directories(folder);
  const std::string path = (folder / "sample.model").string();
  ModelWriter writer("sample", 1);
  writer.add("x", "y");
  REQUIRE(writer.write(path));
  CHECK_FALSE(std::filesystem::exists(path + ".unfinished"));
  CHECK(ModelFile::open(path, "sample", 1));
  CHECK(ModelFile::open((folder / "none.model").string(), "sample", 1).error().code == ErrorCode::kNotFound);
  std::ofstream(path, std::ios::trunc).flush();
  CHECK(ModelFile::open(path, "sample", 1).error().code == ErrorCode::kCorruptModel);
  CHECK(writer.write("/proc/no/such/folder.model").error().code == ErrorCode::kUnwritable);
  std::filesystem::remove_all(folder);
}

TEST_CASE("period labels read back as they were written") {
  for (const char* label :
       {"1969-12-31", "1970-01", "2026-03", "2026-Q1", "2026-W12", "2020-W53", "2024-02-29", "1999-Q4"}) {
    const auto period = Period::parse(label);
    REQUIRE_MESSAGE(period.ok(), label);
    CHECK(period->label() == label);
  }
  for (const char* label : {"", "2026", "2026-13", "2026-00", "-000-01", "2025-02-29", "2026-Q5", "2021-W53",
                            "2026-W00", "26-03", "2026-3"})
    CHECK_MESSAGE(!Period::parse(label).ok(), label);
}

TEST_CASE("ten thousand weeks follow each other by seven days and have distinct labels") {
  Period week = *Period::parse("1950-W01");
  for (int i = 0; i < 10000; ++i, week = week.next()) {
    REQUIRE(week.next().days_since_epoch() - week.days_since_epoch() == 7);
    REQUIRE(Period::parse(week.label())->index == week.index);
  }
}

TEST_CASE("a period contains its days") {
  CHECK(Period::containing(Period::Unit::kWeek, 2026, 1, 1).label() == "2026-W01");
  CHECK(Period::containing(Period::Unit::kWeek, 2027, 1, 3).label() == "2026-W53");
  CHECK(Period::containing(Period::Unit::kQuarter, 2026, 11, 23).label() == "2026-Q4");
  CHECK(Period::containing(Period::Unit::kMonth, 1969, 12, 31).label() == "1969-12");
  CHECK(Period::containing(Period::Unit::kMonth, 2026, 2, 17).first_day() == "2026-02-01");
}
