#include <doctest/doctest.h>

#include "trend/series_csv.hpp"

using namespace duluan;
using namespace duluan::trend;

namespace {
const std::string kHeader = "series_id,suite,freq,n,eval_from,counts,exposure\n";
}

TEST_CASE("rows are read as written, with mark, carriage returns and quotes") {
  const auto file = *parse_series(
      "\xEF\xBB\xBF" + kHeader + "a,monthly,12,3,2,1;2;3,10;20;30\r\n\"b, \"\"x\"\"\",s,4,2,1,5;6,\r\n", "t.csv");
  CHECK(file.problems.empty());
  REQUIRE(file.records.size() == 2);
  CHECK(file.records[0].id == "a");
  CHECK(file.records[0].series.counts == std::vector<double>{1, 2, 3});
  CHECK(file.records[0].series.exposure == std::vector<double>{10, 20, 30});
  CHECK(file.records[0].first == 1);
  CHECK(file.records[0].series.periods_per_year == 12);
  CHECK(file.records[1].id == "b, \"x\"");
  CHECK(file.records[1].series.exposure.empty());
  CHECK(file.records[1].line == 3);
}

TEST_CASE("columns go by name, and optional ones may be missing") {
  const auto file = *parse_series("counts,eval_from,freq,series_id\n1;2;3,3,52,w\n", "t.csv");
  REQUIRE(file.records.size() == 1);
  CHECK(file.records[0].id == "w");
  CHECK(file.records[0].first == 2);
}

TEST_CASE("bad rows are reported by line and skipped, good ones kept") {
  const auto file = *parse_series(kHeader +
                                      "ok,s,12,2,2,1;2,\n"     // 2
                                      "x,s,twelve,2,2,1;2,\n"  // 3: freq
                                      "x,s,12,3,2,1;2,\n"      // 4: n
                                      "x,s,12,2,3,1;2,\n"      // 5: eval_from beyond the end
                                      "x,s,12,2,0,1;2,\n"      // 6: eval_from from 1
                                      "x,s,12,2,2,1;N,\n"      // 7
                                      "x,s,12,2,2,1;-2,\n"     // 8
                                      "x,s,12,2,2,1;2,5\n"     // 9: exposure length
                                      "\n"                     // blank lines are none
                                      "\"x,s,12,2,2,1;2,\n"    // 11: open quote
                                      "x,s,12\n"               // 12: too few fields
                                      "x,s,12,2,2,1;2;,\n"     // 13: a number is missing
                                      "ok2,s,12,2,2,1;2,1;1",  // 14: no line end
                                  "t.csv");
  REQUIRE(file.records.size() == 2);
  CHECK(file.records[1].id == "ok2");
  REQUIRE(file.problems.size() == 10);
  const std::vector<int> lines = {3, 4, 5, 6, 7, 8, 9, 11, 12, 13};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    CHECK(file.problems[i].where == "t.csv:" + std::to_string(lines[i]));
    CHECK_FALSE(file.problems[i].remedy.empty());
  }
}

TEST_CASE("a file without usable header is an error") {
  CHECK(parse_series("", "t.csv").error().code == ErrorCode::kEmpty);
  const auto result = parse_series("series_id,freq,counts\na,12,1;2\n", "t.csv");
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().message().find("eval_from") != std::string::npos);
}

TEST_CASE("findings are written in the order of the periods") {
  std::vector<Finding> f(3);
  f[0].verdict = Verdict::kNormal, f[0].p_value = 1;
  f[1].verdict = Verdict::kAlarm, f[1].p_value = 0.001;
  CHECK(format_findings("a,b", "duluan", f) == "\"a,b\",duluan,0;1;NA,0;3;NA\n");
  CHECK(format_findings("a", "duluan", {}) == "a,duluan,,\n");
}

TEST_CASE("a count that is NA is a period that was not observed") {
  const auto file = *parse_series(kHeader + "a,s,12,4,3,1;NA;2;3,\nb,s,12,3,2,1;2;NA,5;6;7\n", "t.csv");
  REQUIRE(file.records.size() == 2);
  CHECK(file.records[0].series.counts == std::vector<double>{1, 0, 2, 3});
  CHECK(file.records[0].series.exposure == std::vector<double>{1, 0, 1, 1});
  CHECK(file.records[1].series.exposure == std::vector<double>{5, 6, 0});
}

TEST_CASE("of a row that cannot be read, its name and how many periods were asked for stay") {
  const auto file = *parse_series(kHeader + "a,s,12,4,3,1;-2;2;3,\nb,s,12,4,9,1;2;3;4,\n,s,12,1,1,x,\nd\n", "t.csv");
  REQUIRE(file.skipped.size() == 3);
  CHECK(file.skipped[0].id == "a");
  CHECK(file.skipped[0].periods == 2);
  CHECK(file.skipped[1].periods == 1);
  CHECK(file.skipped[2].id == "d");
  CHECK(format_unjudged("a", "m", 2) == "a,m,NA;NA,NA;NA\n");
}

TEST_CASE("a series that stands there twice is read once") {
  const auto file = *parse_series(kHeader + "a,s,12,2,2,1;2,\na,s,12,2,2,3;4,\n", "t.csv");
  REQUIRE(file.records.size() == 1);
  CHECK(file.records[0].series.counts == std::vector<double>{1, 2});
  REQUIRE(file.problems.size() == 1);
  CHECK(file.problems[0].where == "t.csv:3");
  CHECK(file.skipped.empty());
}
