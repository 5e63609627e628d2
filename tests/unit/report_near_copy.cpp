// Near-duplicates: the parts against slow references, then recall and precision on copies of our own opinions with
// every tenth word changed.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "duluan/text.hpp"
#include "duluan/word.hpp"
#include "report/near_copy.hpp"
#include "text/plain_syllables.hpp"

using namespace duluan;
using duluan::report::bands_of;
using duluan::report::common_share;
using duluan::report::near_copies;
using duluan::report::syllables_of;

namespace {

using Hashes = std::vector<std::uint32_t>;

// Texts of all authors; a line's last column.
std::vector<std::string> own_opinions() {
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(DULUAN_SOURCE_DIR) + "/corpora/opinions"))
    if (entry.path().extension() == ".tsv") files.insert(entry.path());
  std::vector<std::string> texts;
  for (const auto& file : files) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) texts.push_back(line.substr(line.rfind('\t') + 1));
  }
  return texts;
}

std::vector<std::string> words_of(const Segmenter& segmenter, Words& scratch, const std::string& text) {
  segmenter.segment(text, scratch);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < scratch.size(); ++i) words.emplace_back(scratch.span(i).of(text));
  return words;
}

// A tenth of the words, one at least: half replaced by other opinions' words, a quarter left out, a quarter put in.
std::string edited(std::vector<std::string> words, const std::vector<std::string>& others, std::mt19937& random) {
  const std::size_t changes = std::max<std::size_t>(1, (words.size() + 5) / 10);
  for (std::size_t i = 0; i < changes; ++i) {
    const std::size_t at = random() % words.size();
    const std::string& other = others[random() % others.size()];
    const auto place = words.begin() + static_cast<std::ptrdiff_t>(at);
    const auto kind = random() % 4;
    if (kind < 2) *place = other;
    else if (kind == 2 && words.size() > 1) words.erase(place);
    else words.insert(place, other);
  }
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

bool share_a_band(const Hashes& a, const Hashes& b) {
  const auto first = bands_of(a), second = bands_of(b);
  for (std::size_t i = 0; i < first.size(); ++i)
    if (first[i] == second[i]) return true;
  return false;
}

// The textbook table.
std::size_t common_reference(const Hashes& a, const Hashes& b) {
  std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j)
      table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1 : std::max(table[i - 1][j], table[i][j - 1]);
  return table[a.size()][b.size()];
}

std::string joined_syllables(const std::string& text) {
  std::string out;
  PlainSyllables syllables(text);
  while (syllables.next()) {
    CHECK(fold(syllables.span().of(text)) == syllables.plain());
    out += (out.empty() ? "" : " ") + syllables.plain();
  }
  return out;
}

}  // namespace

TEST_CASE("plain syllables: letters and digits, folded, and nothing else") {
  CHECK(joined_syllables("“Giá điện” tăng 4,8 %… “Hoà/hòa”") == "gia dien tang 4 8 hoa hoa");
  CHECK(joined_syllables("Đà Nẵng — TP.HCM (COVID-19)") == "da nang tp hcm covid 19");
  CHECK(joined_syllables("🇻🇳🇻🇳 ❤️ quê hương 🤣") == "que huong");
  CHECK(joined_syllables("").empty());
  CHECK(joined_syllables(" .,;… – ").empty());
  CHECK(joined_syllables("ĐIỆN lực") == joined_syllables("điện lực"));  // NFD
}

TEST_CASE("near copies: the common share is the textbook's, on random rows of every length") {
  std::mt19937 random(11);
  for (int round = 0; round < 2000; ++round) {
    Hashes a(random() % 200), b(random() % 200);
    const auto kinds = 1 + random() % 40;
    for (auto* row : {&a, &b})
      for (auto& value : *row) value = static_cast<std::uint32_t>(random() % kinds);
    const double share = a.empty() && b.empty() ? 1
                                                : static_cast<double>(common_reference(a, b)) /
                                                      static_cast<double>(std::max(a.size(), b.size()));
    REQUIRE(common_share(a, b) == doctest::Approx(share));
    REQUIRE(common_share(a, b) == common_share(b, a));
    REQUIRE(near_copies(a, b) == near_copies(b, a));
  }
}

TEST_CASE("near copies: bands depend on the set of syllables alone") {
  const Hashes one = syllables_of("Người dân lo giá điện tăng trong mùa nắng nóng");
  CHECK(bands_of(one) == bands_of(syllables_of("nóng nắng mùa trong tăng điện giá lo dân người, NGUOI DAN")));
  CHECK(bands_of(one) != bands_of(syllables_of("Người dân lo giá nước tăng")));
}

TEST_CASE("near copies: a place, a number, a few words changed, but not another opinion nor a short one") {
  const Hashes said =
      syllables_of("Người dân xã An Trầm lo giá điện tăng 4,8% giữa mùa nắng nóng, đề nghị xem lại biểu giá.");
  CHECK(near_copies(said, syllables_of("người dân xã Bình Hòa lo giá điện tăng 5,1% giữa mùa nắng nóng; đề nghị "
                                       "xem lại giá")));
  CHECK_FALSE(near_copies(said, syllables_of("Người dân xã An Trầm lo giá nước sạch thất thường, đề nghị công ty cấp "
                                             "nước trả lời dứt điểm.")));
  CHECK_FALSE(near_copies(syllables_of("Giá điện tăng cao"), syllables_of("Giá điện tăng cao")));
}

TEST_CASE("near copies: own opinions with a tenth of the words changed") {
  const auto segmenter = Segmenter::load(std::string(DULUAN_SOURCE_DIR) + "/models/words.model");
  REQUIRE(segmenter.ok());
  const auto texts = own_opinions();
  REQUIRE(texts.size() > 6000);
  std::vector<std::vector<std::string>> words;
  std::vector<std::string> all;
  Words scratch;
  for (const std::string& text : texts) {
    words.push_back(words_of(*segmenter, scratch, text));
    all.insert(all.end(), words.back().begin(), words.back().end());
  }
  std::mt19937 random(20260);
  std::vector<Hashes> originals, copies;
  std::size_t copied = 0, found = 0, copied_long = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    originals.push_back(syllables_of(texts[i]));
    copies.push_back(syllables_of(edited(words[i], all, random)));
    const bool hit = share_a_band(originals[i], copies[i]) && near_copies(originals[i], copies[i]);
    ++copied;
    copied_long += originals[i].size() >= report::kLeastSyllables ? 1 : 0;
    found += hit ? 1 : 0;
  }
  // Every copy against every other opinion, through the bands as the archive does it.
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> meeting;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto bands = bands_of(originals[i]);
    for (const std::uint32_t band : bands) meeting[band].push_back(i);
  }
  std::size_t wrong = 0, candidates = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::set<std::size_t> met;
    for (const std::uint32_t band : bands_of(copies[i]))
      if (const auto at = meeting.find(band); at != meeting.end()) met.insert(at->second.begin(), at->second.end());
    candidates += met.size();
    for (const std::size_t other : met) wrong += other != i && near_copies(originals[other], copies[i]) ? 1 : 0;
  }
  const double recall = static_cast<double>(found) / static_cast<double>(copied);
  const double recall_long = static_cast<double>(found) / static_cast<double>(copied_long);
  const double precision = static_cast<double>(found) / static_cast<double>(found + wrong);
  MESSAGE("copies " << copied << ", found " << found << ", recall " << recall
                    << " (of those of eight syllables or more " << recall_long << "), wrong " << wrong << ", precision "
                    << precision << ", candidates a text "
                    << static_cast<double>(candidates) / static_cast<double>(copied));
  CHECK(recall_long >= 0.98);
  CHECK(precision >= 0.99);
}
