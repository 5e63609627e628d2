#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <random>
#include <string>

#include "duluan/evaluation.hpp"
#include "duluan/few_shot.hpp"
#include "topic/few_shot.hpp"
#include "unit/folder.hpp"

using namespace duluan;
using namespace duluan::topics;

namespace {

const std::string kModel = std::string(DULUAN_SOURCE_DIR) + "/models/topics.model";

// Texts of four dimensions and of terms below 1000; those that carry the topic lean to one side and have term 2000 or
// 2001.
View made(std::mt19937& random, bool carries) {
  std::normal_distribution<float> noise(0.0F, 1.0F);
  View view;
  for (int d = 0; d < 4; ++d) view.meaning.push_back(noise(random) + (carries && d == 0 ? 3.0F : 0.0F));
  for (std::uint32_t key = 1; key < 1000; ++key)
    if (random() % 50 == 0) view.terms.emplace_back(key, 1.0F);
  if (carries) view.terms.emplace_back(2000 + random() % 2, 1.0F);
  return view;
}

std::vector<View> many(std::mt19937& random, bool carries, int count) {
  std::vector<View> views;
  for (int i = 0; i < count; ++i) views.push_back(made(random, carries));
  return views;
}

double probability(const FittedTopic& topic, const View& view) {
  const double score = score_of(topic.parts(), topic.ground().of(view));
  return 1 / (1 + std::exp(-(double(topic.slope) * score + double(topic.shift))));
}

}  // namespace

TEST_CASE("a few-shot topic tells its texts from the background, and sets aside what hides there") {
  std::mt19937 random(7);
  const auto examples = many(random, true, 12);
  auto background = many(random, false, 1500);
  const auto hidden = many(random, true, 6);
  background.insert(background.begin() + 100, hidden.begin(), hidden.end());
  const FittedTopic topic = fit_few_shot(examples, {}, background, 0.02);
  CHECK(topic.report.recognised >= 9);
  CHECK(topic.report.recognised + topic.report.odd.size() == 12);
  CHECK(topic.report.alarms < 15);
  // Looking more like the topic than half of its examples: some of the hidden, hardly another.
  CHECK(topic.report.set_aside.size() >= 1);
  for (const std::size_t i : topic.report.set_aside) CHECK((i >= 100 && i < 106));
  int found = 0, alarms = 0;
  for (int i = 0; i < 200; ++i) {
    found += probability(topic, made(random, true)) >= 0.5 ? 1 : 0;
    alarms += probability(topic, made(random, false)) >= 0.5 ? 1 : 0;
  }
  CHECK(found > 150);
  CHECK(alarms < 4);
  // A topic that is expected more often is seen more often.
  const FittedTopic common = fit_few_shot(examples, {}, background, 0.2);
  const View doubtful = made(random, true);
  CHECK(probability(common, doubtful) > probability(topic, doubtful));
}

TEST_CASE("the score of an example left out is that of a fit without it") {
  // The closed form decides who is recognised; here it is compared with fitting anew. Nothing must be set aside, so the
  // background is far away.
  std::mt19937 random(3);
  auto examples = many(random, true, 6);
  for (View& view : examples) view.meaning[0] += 20.0F, view.terms = {{2000, 1.0F}, {2001, 1.0F}};
  const auto background = many(random, false, 300);
  const FittedTopic whole = fit_few_shot(examples, {}, background, 0.5);
  REQUIRE(whole.report.set_aside.empty());
  std::size_t recognised = 0;
  for (std::size_t left = 0; left < examples.size(); ++left) {
    std::vector<View> others = examples;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(left));
    FittedTopic without = fit_few_shot(others, {}, background, 0.5);
    // The terms known differ by those of the text left out alone, which weigh nothing in a fit without it.
    const double score = score_of(without.parts(), without.ground().of(examples[left]));
    recognised += double(whole.slope) * score + double(whole.shift) >= 0 ? 1U : 0U;
  }
  CHECK(std::abs(static_cast<int>(recognised) - static_cast<int>(whole.report.recognised)) <= 1);
}

TEST_CASE("views without words or terms are no trouble") {
  std::mt19937 random(9);
  const auto background = many(random, false, 300);
  const FittedTopic topic = fit_few_shot(many(random, true, 5), {}, background, 0.02);
  CHECK(probability(topic, {{0, 0, 0, 0}, {}}) < 0.5);
  CHECK(probability(topic, {{}, {{5, 1.0F}, {4'000'000, 1.0F}}}) < 0.5);
  // A base without word vectors.
  auto bare = [](std::vector<View> views) {
    for (View& view : views) view.meaning.clear();
    return views;
  };
  const FittedTopic terms = fit_few_shot(bare(many(random, true, 10)), {}, bare(background), 0.02);
  CHECK(probability(terms, {{}, {{2000, 1.0F}}}) > probability(terms, {{}, {{7, 1.0F}}}));
}

TEST_CASE("an added topic finds its place in a released model, and the base's topics keep theirs") {
  const Folder folder("duluan-test-few-shot");
  FewShot wish;
  wish.topic = {"Chó mèo", "", "", "thú nuôi, chó thả rông, mèo, tiêm phòng dại"};
  wish.examples = {
      "Chó thả rông không rọ mõm chạy đầy đường.",         "Con chó nhà hàng xóm sủa suốt đêm không ai ngủ được.",
      "Mèo hoang vào bếp lục đồ ăn cả tháng nay.",         "Đề nghị phường bắt chó thả rông, chó cắn trẻ con rồi.",
      "Chủ nuôi chó không tiêm phòng dại, bà con rất sợ.", "Khu chung cư cấm nuôi chó mèo là quá đáng."};
  for (const char* author : {"a", "b"}) {
    const auto texts = read_labelled(std::string(DULUAN_SOURCE_DIR) + "/corpora/opinions/" + author + ".tsv");
    REQUIRE(texts);
    for (const LabelledText& text : *texts) wish.background.push_back(text.text);
  }
  const auto report = add_topic(wish, kModel, folder.file("1.model"));
  REQUIRE(report);
  REQUIRE(add_topic(wish, kModel, folder.file("2.model")));
  const auto bytes = [](const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(in), {}};
  };
  CHECK((bytes(folder.file("1.model")) == bytes(folder.file("2.model"))));

  const auto base = Classifier::load(kModel);
  const auto mine = Classifier::load(folder.file("1.model"));
  REQUIRE(base);
  REQUIRE(mine);
  const auto& topics = mine->taxonomy().topics();
  const std::size_t n = base->taxonomy().topics().size();
  REQUIRE(topics.size() == n + 1);
  CHECK(topics[n - 1].id == "Chó mèo");
  CHECK(topics[n - 1].label_vi == "Chó mèo");
  CHECK(topics[n].id == "other");
  const TopicResult dog = mine->classify("Đàn chó thả rông cắn người đi đường, chủ nuôi làm ngơ.");
  REQUIRE(!dog.topics.empty());
  CHECK(std::any_of(dog.topics.begin(), dog.topics.end(), [&](const TopicScore& s) { return s.topic == int(n - 1); }));
  for (const char* text :
       {"Bệnh viện huyện thiếu thuốc, bệnh nhân phải ra ngoài mua.", "Chúc cả nhà ngủ ngon nhé", "???"}) {
    const TopicResult before = base->classify(text), after = mine->classify(text);
    REQUIRE(after.probabilities.size() == n + 1);
    for (std::size_t k = 0; k + 1 < n; ++k) CHECK(after.probabilities[k] == before.probabilities[k]);
    CHECK(after.probabilities[n] == before.probabilities[n - 1]);
    CHECK(after.topics.size() == before.topics.size());
    CHECK(after.main == (before.main == int(n - 1) ? int(n) : before.main));
  }
  // Words' shares and bias add up to the score.
  const std::string text = "Đàn chó thả rông cắn người.";
  for (const TopicExplanation& topic : mine->explain(text, mine->classify(text))) {
    double sum = topic.bias;
    for (const WordShare& word : topic.words) sum += word.weight;
    CHECK(sum == doctest::Approx(topic.score).epsilon(1e-4));
    if (topic.topic == int(n - 1)) CHECK(topic.words.size() == 6);
  }
  // A second topic on top of the first.
  wish.topic.id = "Thú cưng";
  REQUIRE(add_topic(wish, folder.file("1.model"), folder.file("3.model")));
  CHECK(Classifier::load(folder.file("3.model"))->taxonomy().topics().size() == n + 2);

  const auto code_of = [&](const FewShot& bad) {
    const auto added = add_topic(bad, folder.file("1.model"), folder.file("4.model"));
    REQUIRE_FALSE(added);
    return added.error().code;
  };
  FewShot bad = wish;
  bad.topic.id = "Chó mèo";  // is there
  CHECK(code_of(bad) == ErrorCode::kInvalidArgument);
  bad.topic.id = "chó, mèo";
  CHECK(code_of(bad) == ErrorCode::kInvalidArgument);
  bad = wish;
  bad.topic.id = "x";
  bad.examples.resize(kFewestExamples - 1);
  CHECK(code_of(bad) == ErrorCode::kInvalidArgument);
  bad = wish;
  bad.topic.id = "x";
  bad.background.resize(kFewestBackground - 1);
  CHECK(code_of(bad) == ErrorCode::kInvalidArgument);
  CHECK(add_topic(wish, folder.file("none.model"), folder.file("4.model")).error().code == ErrorCode::kNotFound);
  CHECK_FALSE(std::filesystem::exists(folder.file("4.model")));
}
