#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "duluan/evaluation.hpp"
#include "topic/decide.hpp"
#include "unit/folder.hpp"

using namespace duluan;

namespace {

constexpr const char* kTaxonomy =
    "id\tlabel_vi\tlabel_en\tdescription\n"
    "health\tY tế\tHealth\thospitals\n"
    "transport\tGiao thông\tTransport\troads\n"
    "other\tKhác\tOther\tnothing else\n";

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Two small authors: enough for a model to tell a hospital from a road.
std::string opinions(int author) {
  static const char* const kLines[][2] = {
      {"health", "Bệnh viện thiếu thuốc, bệnh nhân phải chờ"},
      {"health", "Bác sĩ trạm y tế khám bệnh tận tình"},
      {"health", "Thuốc ở bệnh viện huyện đã hết"},
      {"transport", "Đường liên xã nhiều ổ gà, xe máy hay ngã"},
      {"transport", "Xe tải chạy quá tốc độ trên đường làng"},
      {"transport", "Cầu hẹp, xe buýt không qua được"},
      {"other", "Chúc cả nhà buổi sáng vui vẻ"},
      {"other", "Hay quá bạn ơi"},
      {"health,transport", "Đường vào bệnh viện kẹt xe, bệnh nhân cấp cứu phải chờ"},
  };
  std::string tsv = "id\tregister\ttopics\ttext\n";
  int number = 0;
  for (int round = 0; round < 4; ++round)
    for (const auto& line : kLines)
      tsv += std::to_string(++number) + "\tcomment\t" + line[0] + "\t" + line[1] + (author == 0 ? " ạ" : " nhé") + "\n";
  return tsv;
}

TopicTraining small_training(const Folder& folder) {
  TopicTraining training;
  training.taxonomy = folder.write("taxonomy.tsv", kTaxonomy);
  training.opinions = {folder.write("a.tsv", opinions(0)), folder.write("b.tsv", opinions(1))};
  return training;
}

}  // namespace

TEST_CASE("a small training run learns, twice to the same bytes") {
  const Folder folder("duluan-test-topics");
  const TopicTraining training = small_training(folder);
  REQUIRE(train_topics(training, folder.file("1.model"), {}));
  REQUIRE(train_topics(training, folder.file("2.model"), {}));
  CHECK(bytes_of(folder.file("1.model")) == bytes_of(folder.file("2.model")));

  const auto classifier = Classifier::load(folder.file("1.model"));
  REQUIRE(classifier);
  CHECK(classifier->taxonomy().topics().size() == 3);
  const auto main_of = [&](const char* text) { return classifier->classify(text).main; };
  CHECK(main_of("Bệnh viện hết thuốc cho bệnh nhân") == 0);
  CHECK(main_of("Xe máy ngã vì đường nhiều ổ gà") == 1);
  CHECK(main_of("benh vien het thuoc cho benh nhan") == 0);  // without diacritics
  CHECK(main_of("BỆNH VIỆN HẾT THUỐC CHO BỆNH NHÂN") == 0);

  const auto gold = read_labelled(training.opinions[0]);
  REQUIRE(gold);
  const auto score = evaluate_topics(*classifier, *gold);
  REQUIRE(score);
  CHECK(score->texts == 36);
  CHECK(score->main_accuracy() > 0.9);
  CHECK(score->sets.f1() > 0.85);
  CHECK(score->topics[2].sets.gold == 8);
  CHECK(evaluate_topics(*classifier, *gold, {.reg = "petition", .exclude = {}})->texts == 0);
}

TEST_CASE("text without letters abstains, odd bytes are no trouble") {
  const Folder folder("duluan-test-topics-empty");
  REQUIRE(train_topics(small_training(folder), folder.file("t.model"), {}));
  const auto classifier = Classifier::load(folder.file("t.model"));
  REQUIRE(classifier);
  for (const char* text : {"", "   ", "123 456", "?!… 👍", "\xFF\xC3"}) {
    const TopicResult result = classifier->classify(text);
    CHECK(result.abstained);
    CHECK(result.main == -1);
    CHECK(result.topics.empty());
    CHECK(result.probabilities.size() == 3);
  }
  const TopicResult long_text = classifier->classify(std::string(100'000, 'a') + "\xE1\xBA bệnh viện");
  CHECK(long_text.probabilities.size() == 3);
  const TopicResult result = classifier->classify("Bệnh viện hết thuốc");
  REQUIRE(!result.topics.empty());
  CHECK(result.topics.size() <= 3);
  for (std::size_t i = 1; i < result.topics.size(); ++i)
    CHECK(result.topics[i - 1].probability >= result.topics[i].probability);
  CHECK(result.topics[0].probability == result.probabilities[static_cast<std::size_t>(result.main)]);
}

TEST_CASE("a truncated or changed topic model is refused") {
  const Folder folder("duluan-test-topics-broken");
  const std::string path = folder.file("t.model");
  REQUIRE(train_topics(small_training(folder), path, {}));
  const std::string whole = bytes_of(path);
  for (const std::size_t keep : {whole.size() - 1, whole.size() / 2, std::size_t{10}, std::size_t{0}})
    CHECK_FALSE(Classifier::load(folder.write("cut.model", whole.substr(0, keep))));
  std::string changed = whole;
  changed[whole.size() / 2] = static_cast<char>(changed[whole.size() / 2] ^ 1);
  CHECK(Classifier::load(folder.write("changed.model", changed)).error().code == ErrorCode::kCorruptModel);
  CHECK(Classifier::load(folder.file("none.model")).error().code == ErrorCode::kNotFound);
}

TEST_CASE("word vectors learnt from plain text come out the same twice, a stop leaves nothing behind") {
  const Folder folder("duluan-test-topics-vectors");
  TopicTraining training = small_training(folder);
  std::string plain;
  for (int i = 0; i < 300; ++i)
    plain += "1\tBác sĩ bệnh viện huyện khám cho bệnh nhân nghèo.\\nXe tải chạy trên đường làng vào mùa gặt lúa.\n";
  training.plain_text = {folder.write("plain.tsv", plain)};
  training.words_model = std::string(DULUAN_SOURCE_DIR) + "/models/words.model";
  training.dimension = 8;
  REQUIRE(train_topics(training, folder.file("1.model"), {}));
  REQUIRE(train_topics(training, folder.file("2.model"), {}));
  CHECK(bytes_of(folder.file("1.model")) == bytes_of(folder.file("2.model")));
  const auto classifier = Classifier::load(folder.file("1.model"));
  REQUIRE(classifier);
  CHECK(classifier->classify("Bệnh nhân chờ bác sĩ").main == 0);
  CHECK_FALSE(std::filesystem::exists(folder.file("1.model.segmented")));

  CHECK_FALSE(train_topics(training, folder.file("3.model"), [](auto, auto) { return false; }));
  CHECK_FALSE(std::filesystem::exists(folder.file("3.model")));
  CHECK_FALSE(std::filesystem::exists(folder.file("3.model.segmented")));
  training.words_model = folder.file("none.model");
  CHECK(train_topics(training, folder.file("3.model"), {}).error().code == ErrorCode::kNotFound);
}

TEST_CASE("training says what is wrong with its data") {
  const Folder folder("duluan-test-topics-data");
  TopicTraining training = small_training(folder);
  const std::string header = "id\tregister\ttopics\ttext\n";
  const auto error_of = [&](const std::string& tsv) {
    training.opinions = {folder.write("bad.tsv", tsv)};
    const auto trained = train_topics(training, folder.file("t.model"), {});
    REQUIRE_FALSE(trained);
    return trained.error();
  };
  CHECK(error_of("text\n").where.ends_with("bad.tsv:1"));
  CHECK(error_of(header + "1\tnoisy\tsport\tBóng đá\n").where.ends_with("bad.tsv:2"));
  CHECK(error_of(header + "1\tnoisy\thealth,health\tThuốc\n").code == ErrorCode::kMalformed);
  CHECK(error_of(header + "1\tnoisy\thealth\n").code == ErrorCode::kMalformed);
  CHECK(error_of(header).code == ErrorCode::kEmpty);
  training.opinions = {folder.file("none.tsv")};
  CHECK(train_topics(training, folder.file("t.model"), {}).error().code == ErrorCode::kNotFound);
  training.opinions.clear();
  CHECK(train_topics(training, folder.file("t.model"), {}).error().code == ErrorCode::kInvalidArgument);
  training = small_training(folder);
  training.dimension = 0;
  CHECK(train_topics(training, folder.file("t.model"), {}).error().code == ErrorCode::kInvalidArgument);
  training = small_training(folder);
  CHECK_FALSE(train_topics(training, folder.file("t.model"), [](auto, auto) { return false; }));
}

TEST_CASE("phrases teach words that no opinion holds") {
  const Folder folder("duluan-test-topics-phrases");
  TopicTraining training = small_training(folder);
  const char* const topics[] = {"health", "transport"};
  for (int topic = 0; topic < 2; ++topic) {
    const std::string phrase = std::string(topics[topic]) + "\tbánh răng\n" + topics[topic] + "\tthay bánh răng\n";
    training.phrases = {folder.write("phrases.tsv", phrase)};
    REQUIRE(train_topics(training, folder.file("t.model"), {}));
    const auto classifier = Classifier::load(folder.file("t.model"));
    REQUIRE(classifier);
    CHECK(classifier->classify("bánh răng").main == topic);
  }
  training.phrases = {folder.write("phrases.tsv", "sport\tbóng đá\n")};
  CHECK(train_topics(training, folder.file("t.model"), {}).error().where.ends_with("phrases.tsv:1"));
}

TEST_CASE("where only the first word tells the topic, training finds out") {
  const Folder folder("duluan-test-topics-edges");
  static const char* const kFiller[] = {"cỏ", "lúa", "mưa", "nắng", "trâu", "bò", "đê", "ao", "vườn", "ngõ"};
  std::uint32_t state = 7;
  const auto filler = [&] {
    std::string words;
    for (int i = 0; i < 4; ++i) {
      state = state * 1664525U + 1013904223U;
      words += std::string(" ") + kFiller[(state >> 16U) % std::size(kFiller)];
    }
    return words + " ";
  };
  const auto texts = [&](int number) {
    std::string tsv = "topics\ttext\n";
    for (int i = 0; i < number; ++i) {
      const bool first = i % 2 == 0;
      tsv += (first ? "đỏ\tđỏ" : "xanh\txanh") + filler() + "và" + filler() + (first ? "xanh\n" : "đỏ\n");
    }
    return tsv;
  };
  TopicTraining training;
  training.opinions = {folder.write("a.tsv", texts(400))};
  REQUIRE(train_topics(training, folder.file("t.model"), {}));
  REQUIRE(train_topics(training, folder.file("u.model"), {}));
  CHECK(bytes_of(folder.file("t.model")) == bytes_of(folder.file("u.model")));
  const auto classifier = Classifier::load(folder.file("t.model"));
  REQUIRE(classifier);
  const auto gold = read_labelled(folder.write("b.tsv", texts(200)));
  REQUIRE(gold);
  const auto score = evaluate_topics(*classifier, *gold);
  REQUIRE(score);
  CHECK(score->main_accuracy() > 0.95);
}

TEST_CASE("what is held out for calibration is not learnt from, and makes the probabilities right for its kind") {
  const Folder folder("duluan-test-topics-calibration");
  // Learnt: đỏ and xanh tell the topic eleven times in twelve; held out: only two times in three.
  const auto texts = [&](int number, int turned_in) {
    std::string tsv = "topics\ttext\n";
    for (int i = 0; i < number; ++i) {
      const bool red = i % 2 == 0;
      const bool turned = (i / 2) % turned_in == 0;
      tsv += (red != turned ? std::string("đỏ\t") : std::string("xanh\t")) + (red ? "đỏ" : "xanh") + " số " +
             std::to_string(i) + "\n";
    }
    return tsv;
  };
  TopicTraining training;
  training.opinions = {folder.write("a.tsv", texts(480, 12))};
  const auto probability = [&] {
    REQUIRE(train_topics(training, folder.file("t.model"), {}));
    const auto classifier = Classifier::load(folder.file("t.model"));
    REQUIRE(classifier);
    const TopicResult result = classifier->classify("đỏ số");
    return result.probabilities[static_cast<std::size_t>(result.main)];
  };
  CHECK(probability() > 0.85);
  training.calibration = {folder.write("held.tsv", texts(300, 3))};
  const double held = probability();
  CHECK(held > 0.6);
  CHECK(held < 0.73);
}

TEST_CASE("setting probabilities right for other texts leaves what is told as it is") {
  topics::Calibration calibration;
  calibration.shift = {0.3F, -0.2F, 0.1F};
  calibration.thresholds = {0.2F, 0.3F, 0.4F};
  calibration.least = 0.25F;
  std::uint32_t state = 3;
  std::vector<topics::Judged> judged;
  for (int i = 0; i < 300; ++i) {
    std::vector<float> scores;
    for (int k = 0; k < 3; ++k) {
      state = state * 1664525U + 1013904223U;
      scores.push_back(static_cast<float>(state >> 16U) / 16384.0F);
    }
    judged.push_back({topics::evidence_of(scores), {static_cast<std::uint8_t>((state >> 9U) % 3)}});
  }
  topics::Calibration moved = calibration;
  topics::recalibrate(moved, judged);
  std::size_t sure = 0;
  for (const topics::Judged& text : judged) {
    const TopicResult before = topics::decide(calibration, text.evidence), after = topics::decide(moved, text.evidence);
    CHECK(after.main == before.main);
    CHECK(after.abstained == before.abstained);
    CHECK(after.topics.size() == before.topics.size());
    sure += !after.topics.empty() && after.topics[0].probability > 0.6 ? 1U : 0U;
  }
  CHECK(sure < 30);  // the topics were drawn by lot
}
