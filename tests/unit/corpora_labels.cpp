// The committed labels keep to their form: known topics, one to three, `other` alone, each text once.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "duluan/topic.hpp"

namespace {

const std::string kCorpora = std::string(DULUAN_SOURCE_DIR) + "/corpora/";

std::vector<std::string> split(const std::string& line, char separator) {
  std::vector<std::string> fields;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, separator);) fields.push_back(field);
  return fields;
}

// Checks every row of a table whose columns of id and topics are given; returns how many there are.
std::size_t check_labels(const std::string& path, std::size_t topics_column, const duluan::Taxonomy& taxonomy) {
  std::ifstream in(path);
  std::string line;
  REQUIRE_MESSAGE(std::getline(in, line), path);
  std::set<std::string> ids;
  while (std::getline(in, line)) {
    const auto fields = split(line, '\t');
    REQUIRE_MESSAGE(fields.size() > topics_column, path << ": " << line);
    CHECK_MESSAGE(ids.insert(fields[0]).second, path << ": " << fields[0] << " is there twice");
    const auto topics = split(fields[topics_column], ',');
    const std::set<std::string> distinct(topics.begin(), topics.end());
    bool good = topics.size() <= 3 && distinct.size() == topics.size();
    for (const std::string& topic : topics)
      good = good && taxonomy.find(topic) >= 0 && (topic != "other" || topics.size() == 1);
    CHECK_MESSAGE(good, path << ": " << fields[0] << ": " << fields[topics_column]);
  }
  return ids.size();
}

}  // namespace

TEST_CASE("labels of the corpora keep to the taxonomy") {
  const auto taxonomy = duluan::Taxonomy::load(kCorpora + "taxonomy.tsv");
  REQUIRE(taxonomy.ok());
  CHECK(check_labels(kCorpora + "labels/vntc.tsv", 1, *taxonomy) == 6400);
  CHECK(check_labels(kCorpora + "labels/danes.tsv", 1, *taxonomy) == 2032);
  CHECK(check_labels(kCorpora + "labels/comments.tsv", 1, *taxonomy) == 2000);
  std::size_t opinions = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kCorpora + "opinions"))
    if (entry.path().extension() == ".tsv") opinions += check_labels(entry.path().string(), 2, *taxonomy);
  CHECK(opinions >= 6000);
}
