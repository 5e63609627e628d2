// Text's map against a plain list of pieces, for random producers and for two maps in a row.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "duluan/text.hpp"
#include "unit/text_material.hpp"

using namespace duluan;
using text_material::Dice;

namespace {

// What the map must say, one source for each byte.
struct Sample {
  Text text;
  std::vector<Span> sources;
};

// Characters of one to four bytes, `unit` input bytes each.
void add_characters(Sample& sample, Dice& dice, std::size_t& at, std::size_t end, bool equal) {
  static const std::vector<std::string> kCharacters{"a", "đ", "ế", "😀"};
  std::string bytes;
  std::vector<std::uint8_t> lengths;
  const std::size_t unit = 1 + dice.below(3);
  const std::size_t from = at;
  for (std::size_t i = dice.below(200); i > 0 && at + 200 < end; --i) {
    const std::string& character = kCharacters[dice.below(kCharacters.size())];
    const std::size_t length = equal ? unit : 1 + dice.below(dice.below(50) == 0 ? 200 : 4);
    bytes += character;
    lengths.push_back(static_cast<std::uint8_t>(length));
    sample.sources.insert(sample.sources.end(), character.size(), Span{at, at + length});
    at += length;
  }
  if (equal) sample.text.append_characters(bytes, from, unit);
  else sample.text.append_characters(bytes, from, lengths);
}

bool is_border(const std::vector<Span>* earlier, std::size_t at) {
  return earlier == nullptr || at == 0 || at >= earlier->size() || (*earlier)[at] != (*earlier)[at - 1];
}

// Passes over input; only whole pieces of the map before, as normalize does.
void pass_over(const std::vector<Span>* earlier, std::size_t& at, std::size_t length) {
  if (!is_border(earlier, at)) return;
  at += length;
  while (!is_border(earlier, at)) ++at;
}

Sample make(Dice& dice, std::size_t input_size, const std::vector<Span>* earlier = nullptr) {
  Sample sample;
  std::size_t at = 0;
  if (dice.below(3) == 0) pass_over(earlier, at, dice.below(200));
  const bool quiet = dice.below(4) == 0;
  while (at < input_size) {
    const std::size_t length = std::min(1 + dice.below(dice.below(10) == 0 ? 600 : 12), input_size - at);
    switch (quiet ? 0 : dice.below(8)) {
      case 0:
      case 1:
      case 2:
        sample.text.copy(std::string(length, 'c'), at);
        for (std::size_t i = 0; i < length; ++i) sample.sources.push_back({at + i, at + i + 1});
        at += length;
        break;
      case 3:
      case 4: {
        const std::size_t size = 1 + dice.below(6);
        sample.text.rewrite(std::string(size, 'r'), at, length);
        sample.sources.insert(sample.sources.end(), size, Span{at, at + length});
        at += length;
        break;
      }
      case 5: pass_over(earlier, at, length); break;
      default:
        if (input_size - at > 1000) add_characters(sample, dice, at, input_size, dice.below(2) == 0);
        else pass_over(earlier, at, length);
    }
  }
  return sample;
}

Span expected(const std::vector<Span>& sources, Span span) {
  return {sources[span.begin].begin, sources[span.end - 1].end};
}

}  // namespace

TEST_CASE("the map says what a list of pieces says") {
  Dice dice(1);
  for (int round = 0; round < 400; ++round) {
    const Sample sample = make(dice, dice.below(4000));
    REQUIRE(sample.text.str().size() == sample.sources.size());
    for (std::size_t i = 0; i < sample.sources.size(); ++i) {
      const std::size_t end = i + 1 + dice.below(sample.sources.size() - i);
      REQUIRE(sample.text.source({i, i + 1}) == sample.sources[i]);
      REQUIRE(sample.text.source({i, end}) == expected(sample.sources, {i, end}));
    }
  }
}

TEST_CASE("a map through another leads to the smallest range of whole pieces of both") {
  Dice dice(2);
  for (int round = 0; round < 600; ++round) {
    const Sample first = make(dice, dice.below(3000));
    Sample second = make(dice, first.text.str().size(), &first.sources);
    const Text alone = second.text;
    second.text.map_through(first.text);
    for (std::size_t i = 0; i < second.sources.size(); ++i) {
      // Pieces of the second map that share a piece of the first have become one.
      Span between = second.sources[i];
      std::size_t begin = i;
      std::size_t end = i + 1;
      for (bool grew = true; grew;) {
        grew = false;
        while (begin > 0 && (second.sources[begin - 1] == between || second.sources[begin - 1].end > between.begin ||
                             first.sources[second.sources[begin - 1].end - 1] == first.sources[between.begin])) {
          between.begin = std::min(between.begin, second.sources[--begin].begin);
          grew = true;
        }
        while (end < second.sources.size() &&
               (second.sources[end].begin < between.end ||
                first.sources[second.sources[end].begin] == first.sources[between.end - 1])) {
          between.end = std::max(between.end, second.sources[end++].end);
          grew = true;
        }
      }
      REQUIRE(second.text.source({i, i + 1}) == expected(first.sources, between));
    }
    REQUIRE(second.text.str() == alone.str());
  }
}

TEST_CASE("text that is a stretch of its input says so") {
  Text text;
  text.copy("abc", 3);
  text.copy("de", 6);
  CHECK(text.verbatim());
  CHECK(text.source({1, 4}) == Span{4, 7});
  text.copy("f", 9);
  CHECK_FALSE(text.verbatim());
  CHECK(text.source({4, 5}) == Span{7, 8});
  CHECK(text.source({5, 6}) == Span{9, 10});
  CHECK(text.source({0, 6}) == Span{3, 10});
}
