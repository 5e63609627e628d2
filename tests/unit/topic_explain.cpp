// What is told of the words adds up to the score, whatever the text.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "duluan/text.hpp"
#include "duluan/topic.hpp"

using namespace duluan;

namespace {

std::vector<std::string> own_opinions() {
  std::vector<std::string> texts;
  for (const char* name : {"a", "d", "f"}) {
    std::ifstream in(std::string(DULUAN_SOURCE_DIR) + "/corpora/opinions/" + name + ".tsv");
    for (std::string line; std::getline(in, line);) texts.push_back(line.substr(line.rfind('\t') + 1));
  }
  return texts;
}

// Every topic of the text is explained by its words, each a part of the text, in order, none twice.
void check_explained(const Classifier& classifier, const std::string& text) {
  CAPTURE(text);
  const TopicResult result = classifier.classify(text);
  const auto explained = classifier.explain(text, result);
  REQUIRE(explained.size() == result.topics.size());
  for (std::size_t i = 0; i < explained.size(); ++i) {
    REQUIRE(explained[i].topic == result.topics[i].topic);
    double sum = explained[i].bias;
    std::size_t reached = 0;
    for (const WordShare& word : explained[i].words) {
      REQUIRE(word.span.begin >= reached);
      REQUIRE(word.span.end > word.span.begin);
      reached = word.span.end;
      sum += word.weight;
    }
    REQUIRE(reached <= text.size());
    REQUIRE(std::fabs(sum - explained[i].score) <= 1e-4 * std::max(1.0, std::fabs(explained[i].score)));
  }
}

}  // namespace

TEST_CASE("explain: the weights of the words and the bias add up to the score") {
  const auto classifier = Classifier::load(std::string(DULUAN_SOURCE_DIR) + "/models/topics.model");
  REQUIRE(classifier);
  const std::vector<std::string> texts = own_opinions();
  REQUIRE(texts.size() > 1000);
  std::mt19937 random(11);
  for (std::size_t i = 0; i < texts.size(); i += 3) {
    const std::string& text = texts[i];
    check_explained(*classifier, text);
    check_explained(*classifier, fold(text));  // as written without diacritics
    std::string broken = text;
    for (int n = 0; n < 3 && !broken.empty(); ++n) broken[random() % broken.size()] = static_cast<char>(random());
    check_explained(*classifier, broken);
    check_explained(*classifier, text + " " + texts[random() % texts.size()] + " bhyt, ttđt ko dc " + text);
  }
  for (const char* text : {"", "…", "k", "bv bv bv", "日本語 テキスト", "a\xCC\x81\xCC\xA3 x", "\xCC\x81 bệnh viện"})
    check_explained(*classifier, text);
}

TEST_CASE("explain: the word that decides has the largest share") {
  const auto classifier = Classifier::load(std::string(DULUAN_SOURCE_DIR) + "/models/topics.model");
  REQUIRE(classifier);
  const std::string text = "Hôm qua bệnh viện huyện lại thiếu thuốc";
  const auto explained = classifier->explain(text, classifier->classify(text));
  REQUIRE_FALSE(explained.empty());
  CHECK(classifier->taxonomy().topics()[static_cast<std::size_t>(explained[0].topic)].id == "health");
  const auto& words = explained[0].words;
  const auto most = std::max_element(words.begin(), words.end(),
                                     [](const WordShare& a, const WordShare& b) { return a.weight < b.weight; });
  CHECK(most->span.of(text) == "bệnh viện");
}
