#include "duluan/word.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace duluan;

namespace {

const std::string kModel = std::string(DULUAN_SOURCE_DIR) + "/models/words.model";

std::string segmented(const Segmenter& segmenter, std::string_view text) {
  Words words;
  segmenter.segment(text, words);
  std::string out;
  write_segmented(text, words, out);
  return out;
}

std::filesystem::path scratch_folder(const char* name) {
  const auto folder = std::filesystem::temp_directory_path() / name;
  std::filesystem::create_directories(folder);
  return folder;
}

}  // namespace

TEST_CASE("the released model cuts plain sentences into words") {
  const auto segmenter = Segmenter::load(kModel);
  REQUIRE(segmenter);
  CHECK(segmented(*segmenter, "Nhân dân phấn khởi, tin tưởng vào sự lãnh đạo.") ==
        "Nhân_dân phấn_khởi , tin_tưởng vào sự lãnh_đạo .");
  CHECK(segmented(*segmenter, "Học sinh học sinh học.").starts_with("Học_sinh học"));
  CHECK(segmented(*segmenter, "") == "");
}

TEST_CASE("tone style, NFD and repetition do not change the words") {
  const auto segmenter = Segmenter::load(kModel);
  REQUIRE(segmenter);
  const std::string old_style = segmented(*segmenter, "Ủy ban hòa giải thủy lợi");
  std::string new_style = segmented(*segmenter, "Uỷ ban hoà giải thuỷ lợi");
  CHECK(normalize(new_style, ToneStyle::kOld).str() == old_style);
  const std::string nfd =
      "U\xCC\x89y ban ho\xCC\x80"
      "a gia\xCC\x89i thu\xCC\x89y l\xC6\xA1\xCC\xA3i";
  CHECK(normalize(segmented(*segmenter, nfd), ToneStyle::kOld).str() == old_style);
  Words words;  // the memo of the second run must give what the first gave
  segmenter->segment("Ủy ban hòa giải", words);
  const std::size_t first = words.size();
  segmenter->segment("Ủy ban hòa giải", words);
  CHECK(words.size() == first);
}

TEST_CASE("no character is lost or changed, whatever the bytes") {
  const auto segmenter = Segmenter::load(kModel);
  REQUIRE(segmenter);
  unsigned state = 11;
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 30; ++i) {
      state = state * 1664525U + 1013904223U;
      static const char* const kPieces[] = {"nhân",
                                            " ",
                                            " dân ",
                                            "\xFF",
                                            "kinh tế",
                                            "19",
                                            "\xE1\xBA",
                                            "@",
                                            "TP.HCM",
                                            ".",
                                            "nghiêng-ngả-dài-hơn-mười-sáu",
                                            "\xF0\x9F\x91\x8D"};
      text += kPieces[(state >> 16) % 12];
    }
    std::string out = segmented(*segmenter, text);
    const auto bare = [](std::string s) {
      s.erase(std::remove_if(s.begin(), s.end(), [](char c) { return c == ' ' || c == '_'; }), s.end());
      return s;
    };
    REQUIRE(bare(out) == bare(text));
  }
}

TEST_CASE("training learns a toy language, twice the same") {
  const auto folder = scratch_folder("duluan-test-words");
  const std::string gold = (folder / "gold.txt").string();
  {
    std::ofstream out(gold);
    for (int i = 0; i < 40; ++i) out << "nông_dân trồng lúa\nlúa của nông_dân tốt\n";
  }
  WordTraining training;
  training.gold = {gold};
  const std::string first = (folder / "first.model").string();
  const std::string second = (folder / "second.model").string();
  REQUIRE(train_words(training, first, {}));
  REQUIRE(train_words(training, second, {}));
  const auto bytes = [](const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  CHECK(bytes(first) == bytes(second));
  const auto segmenter = Segmenter::load(first);
  REQUIRE(segmenter);
  CHECK(segmented(*segmenter, "lúa nông dân trồng") == "lúa nông_dân trồng");
  const auto score = evaluate_words(*segmenter, gold, "", "");
  REQUIRE(score);
  CHECK(score->all.f1() == doctest::Approx(1.0));
  training.gold = {(folder / "none.txt").string()};
  CHECK(train_words(training, second, {}).error().code == ErrorCode::kNotFound);

  std::filesystem::resize_file(first, std::filesystem::file_size(first) / 2);
  CHECK(Segmenter::load(first).error().code == ErrorCode::kCorruptModel);
  std::filesystem::remove_all(folder);
}

TEST_CASE("words of several tokens: hyphens, abbreviations, initials") {
  const auto segmenter = Segmenter::load(kModel);
  REQUIRE(segmenter);
  CHECK(segmented(*segmenter, "đòn knock-out của võ sĩ").find("knock-out") != std::string::npos);
  CHECK(segmented(*segmenter, "sở GD-ĐT TP. HCM").ends_with("GD-ĐT TP. HCM"));
  CHECK(segmented(*segmenter, "ông H. nói").ends_with("H. nói"));
  CHECK(segmented(*segmenter, "đi qua cầu K.").ends_with("K ."));
  CHECK(segmented(*segmenter, "tuyến Hà Nội-Sài Gòn") == "tuyến Hà_Nội - Sài_Gòn");
}

TEST_CASE("a user's lexicon takes effect, in any case and tone style, fixed gaps outrank it") {
  const auto segmenter = Segmenter::load(kModel);
  REQUIRE(segmenter);
  Lexicon lexicon;
  CHECK(lexicon.add("ban_tuyên_giáo tỉnh uỷ"));
  CHECK_FALSE(lexicon.add("ban_tuyên_giáo tỉnh ủy , mới"));
  CHECK_FALSE(lexicon.add("một-hai"));
  CHECK_FALSE(lexicon.add("đơn"));
  CHECK(lexicon.size() == 1);
  const std::string text = "Hôm qua Ban Tuyên giáo Tỉnh ủy họp.";
  Words words;
  segmenter->segment(text, words, {.lexicon = &lexicon});
  std::string out;
  write_segmented(text, words, out);
  CHECK(out == "Hôm_qua Ban_Tuyên_giáo_Tỉnh_ủy họp .");
  const std::size_t inside = text.find(" Tỉnh");
  const FixedGap cut{inside, true};
  segmenter->segment(text, words, {.lexicon = &lexicon, .gaps = {&cut, 1}});
  out.clear();
  write_segmented(text, words, out);
  CHECK(out == "Hôm_qua Ban_Tuyên_giáo Tỉnh_ủy họp .");
}

TEST_CASE("every gap can be fixed either way, and its neighbours keep their probability") {
  const auto segmenter = Segmenter::load(kModel);
  REQUIRE(segmenter);
  const std::string text = "Nhân dân phấn khởi, tin tưởng vào sự lãnh đạo của Đảng.";
  Words plain;
  segmenter->segment(text, plain, {.probabilities = true});
  REQUIRE(plain.start_probabilities().size() == plain.tokens().size());
  for (std::size_t token = 1; token < plain.tokens().size(); ++token)
    for (const bool cut : {false, true}) {
      const FixedGap gap{plain.tokens()[token].begin, cut};
      Words words;
      segmenter->segment(text, words, {.gaps = {&gap, 1}});
      bool starts = false;
      for (std::size_t i = 0; i < words.size(); ++i) starts = starts || words.first_token(i) == token;
      CHECK(starts == cut);
    }
  for (std::size_t i = 0, word = 0; i < plain.tokens().size(); ++i) {
    const bool starts = word < plain.size() && plain.first_token(word) == i;
    if (starts) ++word;
    CHECK((plain.start_probabilities()[i] >= 0.5F) == starts);
  }
}

TEST_CASE("the fast reader finds the tokens of tokenize") {
  const auto segmenter = Segmenter::load(kModel);
  REQUIRE(segmenter);
  const char* const pieces[] = {"nhân",     "Đảng",     " ",    ".",        "..",
                                ",",        "-",        ":",    "@",        "_",
                                "7",        "a@b.vn",   "www.", "v.v",      "TP",
                                "HCM",      "“",        "”",    "\xC2\xA0", "\xE2\x81\xB1",
                                "\xC2\xBA", "\xCC\x81", "\xFF", "👍",        "nghiêngngảdàilắm",
                                "/",        "http://x", "\t"};
  unsigned state = 5;
  Words words;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) {
      state = state * 1664525U + 1013904223U;
      text += pieces[(state >> 16) % std::size(pieces)];
    }
    std::vector<Token> expected;
    tokenize(text, expected);
    segmenter->segment(text, words);
    REQUIRE(words.tokens().size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      REQUIRE(words.tokens()[i].begin == expected[i].begin);
      REQUIRE(words.tokens()[i].end == expected[i].end);
      REQUIRE(words.tokens()[i].kind == expected[i].kind);
    }
    REQUIRE(words.well_formed() == (find_bad_utf8(text) == std::string_view::npos));
  }
}
