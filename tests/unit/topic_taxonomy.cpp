#include <doctest/doctest.h>

#include <string>

#include "duluan/topic.hpp"

using namespace duluan;

namespace {

const std::string kHeader = "id\tlabel_vi\tlabel_en\tdescription\n";

}  // namespace

TEST_CASE("the default taxonomy has 23 topics and other, in their order") {
  const auto taxonomy = Taxonomy::load(std::string(DULUAN_SOURCE_DIR) + "/corpora/taxonomy.tsv");
  REQUIRE(taxonomy);
  REQUIRE(taxonomy->topics().size() == 24);
  CHECK(taxonomy->topics().front().id == "economy");
  CHECK(taxonomy->topics()[10].id == "health");
  CHECK(taxonomy->topics()[10].label_vi == "Y tế – sức khỏe");
  CHECK(taxonomy->topics().back().id == "other");
  CHECK(taxonomy->find("international") == 22);
  CHECK(taxonomy->find("sport") == -1);
}

TEST_CASE("a broken taxonomy is refused by line") {
  const auto error_of = [](const std::string& tsv) {
    const auto taxonomy = Taxonomy::parse(tsv, "t.tsv");
    REQUIRE_FALSE(taxonomy);
    return taxonomy.error();
  };
  CHECK(error_of("").code == ErrorCode::kEmpty);
  CHECK(error_of(kHeader).code == ErrorCode::kEmpty);
  CHECK(error_of("id,label\n").where == "t.tsv:1");
  CHECK(error_of(kHeader + "a\tA\tA\n").where == "t.tsv:2");
  CHECK(error_of(kHeader + "a\tA\tA\t\nb,c\tB\tB\t\n").where == "t.tsv:3");
  CHECK(error_of(kHeader + "a\t\tA\t\n").code == ErrorCode::kMalformed);
  CHECK(error_of(kHeader + "a\tA\tA\t\na\tB\tB\t\nother\tK\tO\t\n").where == "t.tsv:3");
  CHECK(error_of(kHeader + "other\tK\tO\t\na\tA\tA\t\n").code == ErrorCode::kMalformed);  // other must be last
  std::string many = kHeader;
  for (int i = 0; i < 300; ++i) many += "t" + std::to_string(i) + "\tT\tT\t\n";
  CHECK(error_of(many + "other\tK\tO\t\n").code == ErrorCode::kTooLarge);
  CHECK(Taxonomy::load("/nonexistent/t.tsv").error().code == ErrorCode::kNotFound);
}

TEST_CASE("line ends, a byte-order mark and empty lines do not matter") {
  const auto taxonomy =
      Taxonomy::parse("\xEF\xBB\xBFid\tlabel_vi\tlabel_en\tdescription\r\na\tA\tA\tx\r\n\r\nother\tK\tO\t\r\n", "t");
  REQUIRE(taxonomy);
  CHECK(taxonomy->topics().size() == 2);
  CHECK(taxonomy->topics()[0].description == "x");
}
