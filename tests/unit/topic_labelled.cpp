#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <string>

#include "duluan/evaluation.hpp"
#include "topic/table.hpp"
#include "unit/folder.hpp"

using namespace duluan;

namespace {

std::string joined(const LabelledText& text) {
  std::string out = text.id + "|" + text.reg + "|";
  for (const std::string& topic : text.topics) out += topic + ";";
  return out + "|" + text.text;
}

// A small corpus of two topics that differ by their words; `label` writes a topic's label.
template <class Label>
std::string corpus(Label label) {
  const char* const texts[2][4] = {
      {"Bệnh viện hết thuốc", "Bác sĩ khám bệnh ở trạm y tế", "Bệnh nhân nằm chờ ở bệnh viện", "Trạm y tế thiếu thuốc"},
      {"Đường làng nhiều ổ gà", "Cầu hẹp xe buýt không qua được", "Ngã tư kẹt xe giờ tan tầm",
       "Xe tải chạy quá tốc độ"}};
  std::string out;
  for (int i = 0; i < 48; ++i)
    out += std::string(label(i % 2)) + "\t" + texts[i % 2][(i / 2) % 4] + (i % 3 == 0 ? " ạ" : " nhé") + "\n";
  return out;
}

}  // namespace

TEST_CASE("labelled texts are read in every form, with the same result") {
  const Folder folder("duluan-test-labelled");
  struct Case {
    const char *columns, *tsv, *first;
  };
  const Case cases[] = {
      {"", "id\tregister\ttopics\ttext\na1\treport\thealth,prices\tMột\\nhai\n", "a1|report|health;prices;|Một\nhai"},
      {"", "\xEF\xBB\xBFtext\tnote\tlabel\tid\r\nMột\tx\thealth\ta1\r\n\r\n", "a1||health;|Một"},
      {"", "health, Giá cả\tMột\n", "1||health;Giá cả;|Một"},
      {"", "health\ta1\tMột\nhealth\ta2\tHai\n", "a1||health;|Một"},
      {"label,-,text,id", "health\tx\tMột\ta1\n", "a1||health;|Một"},
      {"label,id,text", "label\tid\ttext\nhealth\ta1\tMột\n", "a1||health;|Một"},  // a header all the same
  };
  for (const Case& c : cases) {
    CAPTURE(c.tsv);
    const auto texts = read_labelled(folder.write("a.tsv", c.tsv), c.columns);
    REQUIRE(texts);
    CHECK(joined(texts->front()) == c.first);
  }
  const std::string path = folder.write("a.tsv", "health\ta1\tMột\nprices\ta2\tHai\n");
  if (std::system(("zstd -q '" + path + "'").c_str()) == 0) {
    const auto packed = read_labelled(path + ".zst");
    REQUIRE(packed);
    CHECK(packed->size() == 2);
    CHECK((*packed)[1].where == path + ".zst:2");
  }
}

TEST_CASE("bad labelled texts are refused by file and line") {
  const Folder folder("duluan-test-labelled-bad");
  const auto error_of = [&](const std::string& tsv, const std::string& columns = "") {
    const auto texts = read_labelled(folder.write("bad.tsv", tsv), columns);
    REQUIRE_FALSE(texts);
    return texts.error();
  };
  CHECK(error_of("").code == ErrorCode::kEmpty);
  CHECK(error_of("chỉ một cột\n").where.ends_with("bad.tsv:1"));
  CHECK(error_of("a\tb\tc\td\n").where.ends_with("bad.tsv:1"));
  CHECK(error_of("health\tMột\nhealth\n").where.ends_with("bad.tsv:2"));
  CHECK(error_of("health\tMột\n\n\tHai\n").where.ends_with("bad.tsv:3"));
  CHECK(error_of("health,\tMột\n").what == "an empty label");
  CHECK(error_of("health\tMột \xFF\n").what == "the line is not UTF-8");
  CHECK(error_of("health\tMột\n", "id,text").code == ErrorCode::kInvalidArgument);
  CHECK(error_of("health\tMột\n", "label,id,text").where.ends_with("bad.tsv:1"));
  CHECK(read_labelled(folder.file("none.tsv")).error().code == ErrorCode::kNotFound);
  CHECK(read_labelled(folder.write("cut.tsv.zst", "\x28\xB5\x2F\xFD kaputt")).error().code == ErrorCode::kMalformed);
}

TEST_CASE("ids to leave out: the first column, or the one named id") {
  const Folder folder("duluan-test-ids");
  CHECK(*read_ids(folder.write("a", "x 1\r\ny\n\n")) == std::set<std::string>{"x 1", "y"});
  CHECK(*read_ids(folder.write("b", "label\tid\treason\nA\tx\tr\nB\ty\tr\n")) == std::set<std::string>{"x", "y"});
  CHECK(read_ids(folder.file("none")).error().code == ErrorCode::kNotFound);
}

TEST_CASE("without a taxonomy the labels are the topics, and known ones keep their order and names") {
  const Folder folder("duluan-test-labels");
  TopicTraining training;
  training.opinions = {folder.write("a.tsv", "other\tChào\ntransport\tXe\nnước mặn,health\tMặn\n"),
                       folder.write("b.tsv", "Ánh sáng\tĐèn\n")};
  training.names = std::string(DULUAN_SOURCE_DIR) + "/corpora/taxonomy.tsv";
  const auto tsv = topics::taxonomy_of(training);
  REQUIRE(tsv);
  const auto taxonomy = Taxonomy::parse(*tsv, "labels");
  REQUIRE(taxonomy);
  std::string ids;
  for (const Topic& topic : taxonomy->topics()) ids += topic.id + "|";
  CHECK(ids == "transport|health|nước mặn|Ánh sáng|other|");
  CHECK(taxonomy->topics()[0].label_vi == "Giao thông");
  CHECK(taxonomy->topics()[2].label_vi == "nước mặn");
  CHECK(taxonomy->topics()[4].label_vi == "Khác");
  // All the labels of the default taxonomy give its file, byte for byte.
  std::string all;
  const auto known = Taxonomy::load(training.names);
  for (const Topic& topic : known->topics()) all = topic.id + "\tx\n" + all;
  training.opinions = {folder.write("all.tsv", all)};
  CHECK(*topics::taxonomy_of(training) == *topics::read_file(training.names));
  CHECK(known->tsv() == *topics::read_file(training.names));
}

TEST_CASE("training on any labels: none of them is other, then one is") {
  const Folder folder("duluan-test-any-taxonomy");
  TopicTraining training;
  training.opinions = {
      folder.write("a.tsv", corpus([](int topic) { return topic == 0 ? "Y tế" : "Giao thông & đường"; }))};
  REQUIRE(train_topics(training, folder.file("a.model"), {}));
  const auto own = Classifier::load(folder.file("a.model"));
  REQUIRE(own);
  REQUIRE(own->taxonomy().topics().size() == 2);
  CHECK(own->taxonomy().topics()[0].id == "Giao thông & đường");
  CHECK(own->classify("Bệnh nhân chờ thuốc ở bệnh viện").main == 1);
  CHECK(own->classify("Đường kẹt xe").main == 0);
  const auto gold = read_labelled(training.opinions[0]);
  CHECK(evaluate_topics(*own, *gold)->main_accuracy() > 0.95);

  training.opinions = {folder.write("b.tsv", corpus([](int topic) { return topic == 0 ? "health" : "other"; }))};
  REQUIRE(train_topics(training, folder.file("b.model"), {}));
  const auto other = Classifier::load(folder.file("b.model"));
  REQUIRE(other);
  CHECK(other->taxonomy().topics().back().id == "other");
  CHECK(other->classify("Đường kẹt xe").main == 1);
}

TEST_CASE("an evaluation counts what it should") {
  const Folder folder("duluan-test-evaluation");
  TopicTraining training;
  training.opinions = {folder.write("a.tsv", corpus([](int topic) { return topic == 0 ? "health" : "transport"; }))};
  REQUIRE(train_topics(training, folder.file("a.model"), {}));
  const auto classifier = Classifier::load(folder.file("a.model"));
  REQUIRE(classifier);
  const auto label = [&](const char* id) { return std::vector<std::string>{id}; };
  std::vector<LabelledText> gold;
  for (int i = 0; i < 30; ++i)
    gold.push_back({std::to_string(i), "report", label("health"), "Bệnh viện hết thuốc", ""});
  for (int i = 0; i < 10; ++i)
    gold.push_back({std::to_string(100 + i), "noisy", label("health"), "Đường làng kẹt xe", ""});
  gold.push_back({"none", "noisy", label("transport"), "???", ""});
  const auto e = evaluate_topics(*classifier, gold);
  REQUIRE(e);
  CHECK(e->texts == 41);
  CHECK(e->abstained == 1);
  CHECK(e->correct_main == 30);
  const std::size_t health = 0, transport = 1;  // by their bytes
  REQUIRE(classifier->taxonomy().topics()[health].id == "health");
  CHECK(e->topics[health].main.recall() == doctest::Approx(0.75));
  CHECK(e->topics[health].main.precision() == 1.0);
  CHECK(e->topics[transport].main.gold == 1);
  CHECK(e->topics[transport].main.predicted == 10);
  CHECK(e->confusion[health * 2 + transport] == 10);
  CHECK(e->main_macro_f1() == doctest::Approx((2 * 30.0 / 70 + 0) / 2));
  // Reliability: what is carried adds up, Wilson's interval holds the share. 30 of 30: from 0.8865.
  std::size_t count = 0;
  for (const ReliabilityBin& bin : e->reliability) {
    count += bin.count;
    if (bin.count == 0) continue;
    CHECK(bin.said >= bin.begin);
    CHECK(bin.said <= bin.end);
    CHECK(bin.lower <= bin.happened + 1e-12);
    CHECK(bin.upper >= bin.happened - 1e-12);
    if (bin.count == 30) CHECK(bin.lower == doctest::Approx(0.88649).epsilon(0.0001));
  }
  CHECK(count == 40);
  // Coverage: the abstention is the least sure of all and wrong.
  REQUIRE(e->coverage.size() == 7);
  CHECK(e->coverage[0].texts == 41);
  CHECK(e->coverage[0].accuracy == doctest::Approx(30.0 / 41));
  CHECK(e->coverage[0].least == 0);
  CHECK(e->coverage[6].texts == 21);
  for (std::size_t i = 1; i < e->coverage.size(); ++i) CHECK(e->coverage[i].least >= e->coverage[i - 1].least);

  CHECK(evaluate_topics(*classifier, gold, {.reg = "noisy", .exclude = {"none", "100"}})->texts == 9);
  CHECK(evaluate_topics(*classifier, gold, {.reg = "", .exclude = {"none", "100"}})->excluded == 2);
  const auto folded = evaluate_topics(*classifier, gold, {.reg = "", .exclude = {}, .folded = true, .threads = 3});
  CHECK(folded->correct_main == 30);
  gold.back().topics = {"sport"};
  gold.back().where = "g.tsv:41";
  CHECK(evaluate_topics(*classifier, gold).error().where == "g.tsv:41");
}
