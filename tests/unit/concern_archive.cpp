#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "duluan/concern.hpp"

using namespace duluan;

TEST_CASE("from an archive to a brief") {
  const std::filesystem::path path = std::filesystem::temp_directory_path() / "duluan_concern_test.duluan";
  for (const char* tail : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + tail);
  {
    auto archive = Archive::open(path.string(), Archive::Mode::kCreate);
    REQUIRE(archive);
    // Twelve quiet months of two places, then pupils everywhere in one.
    for (int m = 0; m < 12; ++m) {
      for (const char* place : {"xã An Trầm", "phường Lam Sơn"}) {
        std::vector<StoredOpinion> opinions;
        const bool event = m == 11 && place[0] == 'x';
        for (int i = 0; i < (event ? 18 : 8); ++i) {
          StoredOpinion& o = opinions.emplace_back();
          const std::string topic = i >= 8 || i == 0 ? "education" : i % 2 ? "land" : "health";
          // Short, or they would be copies of one another with another number.
          o.opinion.text = "Ý kiến " + std::to_string(i) + " về " + topic + " " + place[0] + std::to_string(m);
          o.opinion.place = o.opinion.unit = place;
          o.opinion.source = std::string(place) + std::to_string(m) + ".csv#" + std::to_string(i);
          o.opinion.period = Period::parse("2025-11")->next(m);
          o.topics = {topic};
          o.probabilities = {0.5 + 0.02 * i};
        }
        const std::string source = std::string(place) + std::to_string(m) + ".csv";
        REQUIRE(archive->add(source, source, opinions));
      }
    }
    REQUIRE(archive->set_setting("model.topics", "7").ok());
    const auto taxonomy = Taxonomy::parse(
        "id\tlabel_vi\tlabel_en\tdescription\neducation\tGiáo dục\tEducation\tx\nland\tĐất đai\tLand\tx\n"
        "health\tY tế\tHealth\tx\nother\tKhác\tOther\tx\n",
        "test");
    REQUIRE(taxonomy);
    const auto report = find_concerns(*archive, *taxonomy, {.evidence = 3});
    REQUIRE_MESSAGE(report, report.error().message());
    CHECK(report->period.label() == "2026-10");
    REQUIRE(report->concerns.size() == 1);
    const Concern& c = report->concerns[0];
    CHECK(c.topic == "education");
    CHECK(c.observed >= 11);
    CHECK(c.evidence.size() == 3);
    CHECK(c.evidence[0].text.find("Ý kiến 17 ") == 0);  // the most probable
    CHECK(report->models == std::vector<std::pair<std::string, std::string>>{{"model.topics", "7"}});
    CHECK(render_brief(*report, Language::kVietnamese).find("Ý kiến 17 về education") != std::string::npos);
    CHECK(find_concerns(*archive, *taxonomy, {.period = *Period::parse("2024-01")}).error().code ==
          ErrorCode::kNotFound);
  }
  for (const char* tail : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + tail);
}
