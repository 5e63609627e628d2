// The main job on the sample archive, held against its truth.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "program.hpp"

namespace {

struct Flag {
  std::string period, topic, places;
};

std::string field(const std::string& line, const std::string& name, char open, char close) {
  const std::string key = "\"" + name + "\":" + open;
  const std::size_t at = line.find(key);
  if (at == std::string::npos) return "";
  const std::size_t begin = at + key.size();
  return line.substr(begin, line.find(close, begin) - begin);
}

std::vector<Flag> flags_of(const std::string& jsonl) {
  std::vector<Flag> flags;
  std::istringstream lines(jsonl);
  for (std::string line; std::getline(lines, line);)
    if (line.find("\"kind\":\"concern\"") != std::string::npos)
      flags.push_back(
          {field(line, "period", '"', '"'), field(line, "topic", '"', '"'), field(line, "places", '[', ']')});
  return flags;
}

bool flagged(const std::vector<Flag>& flags, const std::string& topic, const std::set<std::string>& periods) {
  for (const Flag& flag : flags)
    if (flag.topic == topic && periods.contains(flag.period)) return true;
  return false;
}

}  // namespace

TEST_CASE("the sample archive: planted concerns are found in time, the trap is not flagged") {
  const Workplace work("sample");
  const std::string sample = std::string(DULUAN_SOURCE_DIR) + "/corpora/sample", material = sample + "/material";
  REQUIRE(std::system((std::string(DULUAN_SAMPLE) + " '" + material + "' '" + (work.path() / "reports").string() +
                       "' >/dev/null 2>&1")
                          .c_str()) == 0);
  const Outcome ingested = duluan("ingest a.duluan reports", work.path());
  REQUIRE(ingested.exit == 0);
  CHECK(ingested.out.find("refused: 0\n") != std::string::npos);

  const Outcome judged = duluan("concerns a.duluan --from 2025-11 --format jsonl", work.path());
  REQUIRE(judged.exit == 0);
  const auto flags = flags_of(judged.out);
  CHECK(flagged(flags, "order", {"2026-06", "2026-07"}));
  CHECK(flagged(flags, "employment", {"2026-04", "2026-05", "2026-06"}));
  CHECK(flagged(flags, "environment", {"2026-08", "2026-09"}));
  std::size_t other = 0;
  for (const Flag& flag : flags) {
    const bool planted = (flag.topic == "order" && flag.period >= "2026-06") ||
                         (flag.topic == "employment" && flag.period >= "2026-04") ||
                         (flag.topic == "environment" && flag.period >= "2026-08");
    if (planted) continue;
    ++other;
    MESSAGE("other flag: " << flag.period << " " << flag.topic << " " << flag.places);
    CHECK_MESSAGE(flag.period != "2026-03", "the trap was flagged: twice the reports, the same concerns");
  }
  CHECK(other <= 1);

  // Two neighbours on the river, the second too quiet by itself in the second month.
  work.write("pairs.tsv", "xã An Trầm\txã Thượng Trầm\nxã An Trầm\txã Đồng Vạc\nxã Thượng Trầm\txã Khe Lim\n");
  const Outcome together =
      duluan("concerns a.duluan --period 2026-09 --neighbours pairs.tsv --format jsonl", work.path());
  REQUIRE(together.exit == 0);
  const auto in_september = flags_of(together.out);
  CHECK(std::any_of(in_september.begin(), in_september.end(), [](const Flag& flag) {
    return flag.topic == "environment" && flag.places == "\"xã An Trầm\",\"xã Thượng Trầm\"";
  }));
  CHECK(together.out.find("\"cluster\":{\"p_value\":") != std::string::npos);
  CHECK(together.out.find("\"null_periods\":40,\"null_flags\":0.") != std::string::npos);

  const Outcome replayed = duluan("backtest a.duluan --json --truth " + sample + "/truth.tsv", work.path());
  REQUIRE(replayed.exit == 0);
  CHECK(replayed.out.find("\"replayed\":3,\"found\":3,") != std::string::npos);
  CHECK(replayed.out.find(
            "\"topic\":\"environment\",\"places\":[\"xã An Trầm\",\"xã Thượng Trầm\"],\"first\":\"2026-08\"") !=
        std::string::npos);
  // What is flagged is what is flagged period by period.
  std::size_t replayed_flags = 0;
  for (std::size_t at = 0; (at = replayed.out.find("\"expected\":", at)) != std::string::npos; ++at) ++replayed_flags;
  CHECK(replayed_flags >= flags.size());
  CHECK(duluan("backtest a.duluan --truth reports", work.path()).exit == 1);

  for (const char* language : {"vi", "en"}) {
    const Outcome brief =
        duluan(std::string("brief a.duluan --period 2026-08 -o page.html --lang ") + language, work.path());
    REQUIRE(brief.exit == 0);
    const std::string page = work.read("page.html");
    CHECK(page.find("<!DOCTYPE html>") == 0);
    CHECK(page.find("An Trầm") != std::string::npos);
    CHECK(page.find("<svg") != std::string::npos);
    CHECK(page.find("src=\"http") == std::string::npos);
  }
  CHECK(duluan("brief a.duluan --period 1999-01 -o page.html", work.path()).exit == 1);
}

TEST_CASE("the committed truth is what the generator writes") {
  const Workplace work("truth");
  const std::string folder = std::string(DULUAN_SOURCE_DIR) + "/corpora/sample";
  REQUIRE(std::system((std::string(DULUAN_SAMPLE) + " '" + folder + "/material' '" + (work.path() / "r").string() +
                       "' '" + (work.path() / "truth.tsv").string() + "' >/dev/null 2>&1")
                          .c_str()) == 0);
  std::ifstream committed(folder + "/truth.tsv");
  std::stringstream expected;
  expected << committed.rdbuf();
  CHECK(work.read("truth.tsv") == expected.str());
}
