// The quick reading of a text against the long one, and the table of rows against a map.
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "duluan/text.hpp"
#include "text/letters.hpp"
#include "topic/bag.hpp"
#include "topic/rows.hpp"
#include "topic/terms.hpp"

using namespace duluan;
using namespace duluan::topics;

namespace {

std::vector<std::string> opinions() {
  std::vector<std::string> texts;
  for (const char* name : {"b", "g", "i"}) {
    std::ifstream in(std::string(DULUAN_SOURCE_DIR) + "/corpora/opinions/" + name + ".tsv");
    for (std::string line; std::getline(in, line);) texts.push_back(line.substr(line.rfind('\t') + 1));
  }
  return texts;
}

void check_same(const std::string& text) {
  CAPTURE(text);
  static Reading reading;  // reused, as the classifier does
  read_text(text, reading);
  const Terms terms = terms_of(text);
  REQUIRE(reading.written.size() == terms.syllables.size());
  REQUIRE(reading.plain == terms.plain);
  REQUIRE(reading.breaks == terms.breaks);
  REQUIRE(reading.spans == terms.spans);
  for (std::size_t i = 0; i < terms.syllables.size(); ++i) {
    REQUIRE(reading.written[i] == syllable_key(terms.syllables[i]));
    REQUIRE(reading.folded[i] == syllable_key(terms.folded[i]));
    REQUIRE(reading.folded_letters(i) == terms.folded[i]);
  }
}

}  // namespace

TEST_CASE("topics: the quick reading gives the syllables of the long one") {
  const std::vector<std::string> texts = opinions();
  REQUIRE(texts.size() > 1500);
  std::mt19937 random(5);
  for (const std::string& text : texts) {
    check_same(text);
    check_same(fold(text));
    check_same(normalize(text, ToneStyle::kNew).str());
    std::string broken = text;
    for (int n = 0; n < 4 && !broken.empty(); ++n) broken[random() % broken.size()] = static_cast<char>(random());
    check_same(broken);
  }
  for (const char* text : {"HOÀ Hoà thuý QUÝ quý Quỳ xoè khỏe KHOẺ", "đẹppppp ĐẸPPP aAa uuu", "ko dc BHYT bv K r",
                           "y Y ý ly", "H5N1 TP.HCM COVID-19 a1", "straße œuvre ﬁ İstanbul",
                           "Ho\xCC\x80"
                           "a",
                           "f j w z Đắk Kạn"})
    check_same(text);
}

TEST_CASE("topics: a tone on any letter of any group of vowels is read as the long way reads it") {
  constexpr std::u32string_view kVowels = U"aăâeêioôơuưy";
  const auto spell_out = [](const char* onset, const std::u32string& vowels, const char* coda) {
    std::string text = onset;
    for (const char32_t vowel : vowels) append_code(text, vowel);
    check_same(text + coda);
  };
  for (const char* onset : {"", "t", "q", "g", "gi", "qu"})
    for (const char32_t a : kVowels)
      for (const char32_t b : kVowels)
        for (const char* coda : {"", "n", "ch"}) {
          spell_out(onset, {compose(a, Tone::kGrave, false), b}, coda);
          spell_out(onset, {a, compose(b, Tone::kAcute, false)}, coda);
        }
  for (const char* onset : {"t", "q", "g"})
    for (const char32_t a : kVowels)
      for (const char32_t b : kVowels)
        for (const char32_t c : kVowels)
          for (std::size_t place = 0; place < 3; ++place) {
            std::u32string vowels{a, b, c};
            vowels[place] = compose(vowels[place], Tone::kDot, false);
            spell_out(onset, vowels, "");
          }
}

TEST_CASE("topics: a bag counts what each_feature tells") {
  Bag bag;
  Reading reading;
  for (const std::string& text : opinions()) {
    const std::string twice = text + " " + text;
    read_text(twice, reading);
    bag.collect(reading);
    std::map<std::uint32_t, std::uint32_t> counts;
    each_feature(reading, [&](std::uint32_t key, Family, std::size_t) { ++counts[key]; });
    REQUIRE(bag.entries().size() == counts.size());
    for (const BagEntry& entry : bag.entries()) REQUIRE(counts.at(entry.key) == entry.count);
  }
}

TEST_CASE("topics: the table of rows finds what was put in, and nothing else") {
  std::mt19937 random(9);
  for (const std::size_t topics : {2, 8, 24, 33}) {
    std::map<std::uint32_t, FeatureRow> rows;
    for (int i = 0; i < 3000; ++i) {
      FeatureRow row{static_cast<std::uint32_t>(random() | 1U), float(random() % 1000) / 100, {}};
      for (std::size_t t = 0; t < topics; ++t) row.weights.push_back((float(random() % 2001) - 1000.0F) / 250.0F);
      rows[row.key] = row;
    }
    std::vector<FeatureRow> list;
    for (const auto& [key, row] : rows) list.push_back(row);
    const auto bytes = pack_rows(list, topics);
    RowView view;
    REQUIRE(view.open(bytes, topics));
    for (const FeatureRow& row : list) {
      const std::byte* bucket = view.find(row.key);
      REQUIRE(bucket != nullptr);
      CHECK(RowView::gain(bucket) == doctest::Approx(double(row.gain)).epsilon(0.005));
      std::vector<float> sums(view.width());
      view.add(bucket, 2.0F, sums.data());
      for (std::size_t t = 0; t < topics; ++t) {
        REQUIRE(std::abs(double(RowView::weight(bucket, t) - row.weights[t])) < 0.04);
        REQUIRE(sums[t] == doctest::Approx(2.0 * double(RowView::weight(bucket, t))));
      }
    }
    for (int i = 0; i < 3000; ++i) {
      const auto key = static_cast<std::uint32_t>(random()) & ~1U;
      if (key != 0) REQUIRE(view.find(key) == nullptr);
    }
  }
  RowView none;
  CHECK(none.open({}, 24));
  CHECK(none.find(7) == nullptr);
  std::vector<std::byte> full(32, std::byte{1});  // no empty bucket: a search would not end
  CHECK_FALSE(none.open(full, 24));
  CHECK_FALSE(none.open(std::span(full).first(31), 24));
}
