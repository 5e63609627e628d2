// tests/golden/words: kind, text, the words it should be cut into. A kind marked weak is a known weak
// point: it must be wrong, so that a model that has learnt it moves it among the others.
#include <doctest/doctest.h>

#include <fstream>
#include <string>

#include "duluan/word.hpp"
#include "text_material.hpp"

using namespace duluan;

namespace {

std::string cut(const Segmenter& segmenter, std::string_view text, Words& words) {
  segmenter.segment(text, words);
  std::string out;
  write_segmented(text, words, out);
  return out;
}

}  // namespace

TEST_CASE("words: golden sentences, also in NFD and both tone styles") {
  const std::string folder(DULUAN_SOURCE_DIR);
  const auto segmenter = Segmenter::load(folder + "/models/words.model");
  REQUIRE(segmenter);
  std::ifstream in(folder + "/tests/golden/words/sentences.tsv");
  Words words;
  std::size_t lines = 0;
  for (std::string line; std::getline(in, line); ++lines) {
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    REQUIRE(second != std::string::npos);
    const std::string kind = line.substr(0, first);
    const std::string text = line.substr(first + 1, second - first - 1);
    const std::string wanted = line.substr(second + 1);
    CAPTURE(kind);
    const std::string found = cut(*segmenter, text, words);
    if (kind.ends_with("weak")) CHECK(found != wanted);
    else CHECK(found == wanted);
    const std::string canonical = normalize(found, ToneStyle::kOld).str();
    for (const std::string& other : {text_material::icu_form(text, false), normalize(text, ToneStyle::kNew).str()})
      CHECK(normalize(cut(*segmenter, other, words), ToneStyle::kOld).str() == canonical);
  }
  CHECK(lines >= 20);
}
