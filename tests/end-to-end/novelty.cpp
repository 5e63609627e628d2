// A subject nobody had a name for, planted among two years of other talk: which of its words the program tells, how
// many others, and how many in months without it. DULUAN_NOVELTY_SEEDS=40 gives the figures of tests/bench/RESULTS.md.
#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "../../corpora/sample/random.hpp"
#include "program.hpp"

namespace {

using Json = nlohmann::json;

constexpr int kMonths = 24, kAMonth = 120, kUnits = 15;
constexpr int kSizes[] = {8, 12, 16, 6};

struct Subject {
  std::vector<std::string> keys, texts;
};

std::vector<std::vector<std::string>> rows_of(const std::string& path) {
  std::vector<std::vector<std::string>> rows;
  std::ifstream in(std::string(DULUAN_SOURCE_DIR) + path);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    auto& row = rows.emplace_back();
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, '\t');) row.push_back(cell);
  }
  return rows;
}

std::map<std::string, Subject> subjects() {
  std::map<std::string, Subject> all;
  for (const auto& row : rows_of("/tests/golden/novelty/subjects.tsv"))
    (row[1] == "key" ? all[row[0]].keys : all[row[0]].texts).push_back(row[2]);
  return all;
}

std::vector<std::string> talk() {
  std::vector<std::string> texts;
  for (const char* author : {"a", "b", "c", "d", "f", "g", "h", "i", "k", "m", "o", "p"})
    for (const auto& row : rows_of(std::string("/corpora/opinions/") + author + ".tsv"))
      if (row[3].find('"') == std::string::npos) texts.push_back(row[3]);
  return texts;
}

std::string month(int m) {
  const int at = 2024 * 12 + 8 + m;
  const std::string number = std::to_string(at % 12 + 1);
  return std::to_string(at / 12) + (number.size() < 2 ? "-0" : "-") + number;
}

bool letter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

// As whole words; of capitals only those are made small that a planted sentence begins with.
bool holds(std::string text, const std::string& term) {
  for (auto [capital, small] : {std::pair{"Đ", "đ"}, {"Ổ", "ổ"}})
    if (text.starts_with(capital)) text.replace(0, std::string(capital).size(), small);
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
  for (char& c : text) c = c == 'G' ? 'g' : c;
  for (std::size_t at = text.find(term); at != std::string::npos; at = text.find(term, at + 1)) {
    const std::size_t end = at + term.size();
    if ((at == 0 || !letter(text[at - 1])) && (end == text.size() || !letter(text[end]))) return true;
  }
  return false;
}

std::ptrdiff_t times(const std::vector<std::string>& texts, const std::string& term) {
  return std::count_if(texts.begin(), texts.end(), [&](const auto& text) { return holds(text, term); });
}

struct Score {
  int planted = 0, found = 0;  // subjects
  int candidates = 0;          // told as topics nobody has a name for
  int told = 0, right = 0;     // terms of the month with the plant
  int keys = 0, recalled = 0;  // key terms that five planted opinions hold
  int null_months = 0, false_terms = 0, false_subjects = 0, months_with_false = 0;
};

struct World {
  std::vector<std::string> planted, others;  // of the last month
  std::string csv = "nội dung;kỳ;xã;đơn vị\n";
};

World make_world(std::uint64_t seed, const Subject& subject, int size, std::vector<std::string> texts) {
  sample::Random random(seed * 7919 + 1);
  random.shuffle(texts);
  World world;
  std::size_t next = 0;
  const auto add = [&](const std::string& text, int m) {
    const std::string unit = std::to_string(random.below(kUnits) + 1);
    world.csv += '"' + text + "\";" + month(m) + ";xã Số " + unit + ";Ban công tác " + unit + "\n";
  };
  for (int m = 0; m < kMonths; ++m)
    for (int i = random.poisson(kAMonth * 1'000'000ULL); i > 0 && next < texts.size(); --i, ++next) {
      add(texts[next], m);
      if (m + 1 == kMonths) world.others.push_back(texts[next]);
    }
  world.planted = subject.texts;
  random.shuffle(world.planted);
  world.planted.resize(static_cast<std::size_t>(size));
  for (const std::string& text : world.planted) add(text, kMonths - 1);
  return world;
}

std::vector<Json> news_of(const std::string& jsonl) {
  std::vector<Json> news;
  std::istringstream lines(jsonl);
  for (std::string line; std::getline(lines, line);)
    if (Json json = Json::parse(line); json["kind"] == "new") news.push_back(std::move(json));
  return news;
}

void score_plant(const std::vector<Json>& news, const Subject& subject, const World& world, Score& score) {
  std::set<std::string> told;
  bool found = false;
  for (const Json& line : news) {
    score.candidates += line["candidate_topic"] ? 1 : 0;
    for (const Json& entry : line["terms"]) {
      const std::string term = entry["term"];
      if (!told.insert(term).second) continue;
      ++score.told;
      const bool right = times(world.planted, term) > times(world.others, term);
      score.right += right ? 1 : 0;
      found = found || right;
      if (!right) MESSAGE("another term: " << term);
    }
  }
  ++score.planted;
  score.found += found ? 1 : 0;
  for (const std::string& key : subject.keys) {
    if (times(world.planted, key) < 5) continue;
    ++score.keys;
    const bool recalled = std::any_of(told.begin(), told.end(), [&](const std::string& term) {
      return term.find(key) != std::string::npos || key.find(term) != std::string::npos;
    });
    score.recalled += recalled ? 1 : 0;
  }
}

void score_null(const std::vector<Json>& news, Score& score) {
  std::set<std::string> months;
  for (const Json& line : news) {
    ++score.false_subjects;
    score.false_terms += static_cast<int>(line["terms"].size());
    months.insert(line["period"].get<std::string>());
    MESSAGE("false: " << line["period"] << " " << line["topic"] << " " << line["terms"][0]["term"]);
  }
  score.months_with_false += static_cast<int>(months.size());
}

void run(std::uint64_t seed, int size, int null_months, const Subject& subject, const std::vector<std::string>& texts,
         Score& score) {
  const Workplace work("novelty");
  const World world = make_world(seed, subject, size, texts);
  work.write("r.csv", world.csv);
  REQUIRE(duluan("ingest a.duluan r.csv", work.path()).exit == 0);
  const Outcome judged =
      duluan("concerns a.duluan --format jsonl --from " + month(kMonths - 1 - null_months), work.path());
  REQUIRE(judged.exit == 0);
  std::vector<Json> now, before;
  for (Json& line : news_of(judged.out)) (line["period"] == month(kMonths - 1) ? now : before).push_back(line);
  score_plant(now, subject, world, score);
  score.null_months += null_months;
  score_null(before, score);
}

}  // namespace

TEST_CASE("a new subject is told by its words, and little else is") {
  const char* wanted = std::getenv("DULUAN_NOVELTY_SEEDS");
  const int seeds = wanted == nullptr ? 2 : std::atoi(wanted);
  const int null_months = wanted == nullptr ? 3 : 10;
  const auto all = subjects();
  REQUIRE(all.size() == 5);
  const auto texts = talk();
  std::map<int, Score> by_size;
  for (int seed = 0; seed < seeds; ++seed) {
    const int size = kSizes[seed / 5 % 4];
    const auto& subject = std::next(all.begin(), seed % 5)->second;
    run(static_cast<std::uint64_t>(seed), size, null_months, subject, texts, by_size[size]);
  }
  for (const auto& [size, s] : by_size) {
    std::printf(
        "planted %2d opinions: subjects %d of %d (%d as candidate topics); terms told %d, right %d; key terms %d of "
        "%d; "
        "%d months without: %d false terms in %d subjects, %d months\n",
        size, s.found, s.planted, s.candidates, s.told, s.right, s.recalled, s.keys, s.null_months, s.false_terms,
        s.false_subjects, s.months_with_false);
    if (size >= 8) {
      CHECK(s.found * 10 >= s.planted * 9);
      CHECK(s.right * 10 >= s.told * 8);
      CHECK(s.recalled * 10 >= s.keys * 8);
    }
    CHECK(s.months_with_false * 5 <= s.null_months);
  }
}
