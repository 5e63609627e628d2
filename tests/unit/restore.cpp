#include "duluan/restore.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "duluan/syllable.hpp"
#include "duluan/text.hpp"
#include "syllable/restore_lattice.hpp"
#include "syllable/restore_lexicon.hpp"
#include "syllable/restore_model.hpp"

using namespace duluan;

namespace {

const std::string kModel = std::string(DULUAN_SOURCE_DIR) + "/models/diacritics.model";

const Restorer& released() {
  static const Result<Restorer> loaded = Restorer::load(kModel);
  REQUIRE(loaded);
  return *loaded;
}

std::string restored(std::string_view text) {
  Restoration found;
  std::string out;
  released().restore_line(text, found, out);
  return out;
}

// Plain sentences of the field, with all their marks.
const std::vector<std::string> kSentences{
    "Nhân dân phấn khởi, tin tưởng vào sự lãnh đạo của Đảng và Nhà nước.",
    "Bà con đề nghị chính quyền sớm sửa đường liên thôn trước mùa mưa.",
    "Giá xăng dầu tăng liên tục khiến đời sống người lao động gặp nhiều khó khăn.",
    "Đa số cử tri đồng tình với chủ trương sáp nhập các đơn vị hành chính.",
    "Một số ý kiến băn khoăn về chất lượng dạy và học ở vùng sâu, vùng xa.",
    "Thành phố Hồ Chí Minh và Hà Nội đã có nhiều giải pháp chống ùn tắc giao thông.",
};

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

std::string bare(std::string_view text) {
  std::vector<Token> tokens;
  tokenize(text, tokens);
  std::string out;
  std::size_t reached = 0;
  for (const Token& token : tokens) {
    out.append(text, reached, token.begin - reached) += diacritics::without_marks(token.of(text));
    reached = token.end;
  }
  return out.append(text, reached);
}

struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / "duluan-test-restore";
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
};

}  // namespace

TEST_CASE("restore: plain sentences without marks get them back") {
  CHECK(bare(kSentences[0]) == "Nhan dan phan khoi, tin tuong vao su lanh dao cua Dang va Nha nuoc.");
  for (const std::string& sentence : kSentences) CHECK(restored(bare(sentence)) == sentence);
}

TEST_CASE("restore: what bears marks stays, and speaks for its neighbours") {
  for (const std::string& sentence : kSentences) {
    CHECK(restored(sentence) == sentence);
    const std::string decomposed = "Ba\xCC\x80 con pha\xCC\x82\xCC\x81n khoi";
    CHECK(restored(decomposed).starts_with("Ba\xCC\x80 con pha\xCC\x82\xCC\x81n "));
  }
  CHECK(restored("đuờng sá hư hong").starts_with("đuờng sá hư "));  // no syllable, but marked: kept
  CHECK(restored("hoà binh") == "hoà bình");
}

TEST_CASE("restore: capitals, numbers, links, foreign words and spacing are the caller's") {
  CHECK(restored("NHAN DAN PHAN KHOI") == "NHÂN DÂN PHẤN KHỞI");
  CHECK(restored("Uy ban nhan dan tinh") == "Ủy ban nhân dân tỉnh");
  CHECK(restored("uy ban  nhan dan\ttinh \r") == "ủy ban  nhân dân\ttỉnh \r");
  const std::string kept =
      "https://vnexpress.net/thoi-su nguoidan@example.vn H5N1 2/9/2024 COVID-19 Facebook 👍 \xFF\xE1\xBA";
  CHECK(restored(kept) == kept);
  CHECK(restored("\u041DA") == "\u041DA");  // its first letter is Cyrillic
  CHECK(restored("") == "");
  CHECK(restored(" \t ") == " \t ");
}

TEST_CASE("restore: spans, readings and confidence of what was decided") {
  Restoration found;
  released().restore("Bà con de nghi 2 lan, xin cam on", found);
  REQUIRE(found.size() == 7);
  CHECK(found.span(0) == Span{4, 7});
  CHECK(found.reading(0) == "con");
  CHECK(found.reading(1) == "đề");
  CHECK(found.reading(6) == "ơn");
  for (std::size_t i = 0; i < found.size(); ++i) {
    CHECK(found.confidence(i) > 0.0F);
    CHECK(found.confidence(i) <= 1.0F);
  }
}

TEST_CASE("restore: only the tokens asked for are decided") {
  const std::string text = "nguoi dan phan khoi";
  Restoration found;
  released().restore(text, std::vector<std::size_t>{1, 3}, found);
  REQUIRE(found.size() == 2);
  CHECK(found.span(0).of(text) == "dan");
  CHECK(found.span(1).of(text) == "khoi");
  released().restore(text, std::span<const std::size_t>{}, found);
  CHECK(found.size() == 0);
}

TEST_CASE("restore: any text folds to what it folded to before, and what was used changes nothing") {
  static const char* const kPieces[] = {
      "nguoi",  " ", " dan ", "\xFF", "kinh tế", "19", "\xE1\xBA", "@",
      "TP.HCM", ".", "DUONG", "\n",   "Ha Noi",  "dd", "Hoà",      "\xF0\x9F\x91\x8D"};
  unsigned state = 5;
  Restoration kept;
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
      state = state * 1664525U + 1013904223U;
      text += kPieces[(state >> 16) % std::size(kPieces)];
    }
    std::string out;
    released().restore_line(text, kept, out);
    REQUIRE(fold(out) == fold(text));
    REQUIRE(out == restored(text));
  }
}

TEST_CASE("restore: a line longer than the window reads the same all along") {
  const std::string sentence = bare(kSentences[2]) + ' ';
  const auto repeated = [&](int times) {
    std::string line;
    for (int i = 0; i < times; ++i) line += sentence;
    return restored(line);
  };
  const std::string three = repeated(3);
  const std::string four = repeated(4);
  const std::size_t length = four.size() - three.size();
  const std::string line = repeated(2000);
  const bool grew_evenly = line.size() == three.size() + 1997 * length;
  CHECK(grew_evenly);
  const std::string letters(1U << 20, 'a');
  const bool same = restored(letters) == letters;
  CHECK(same);
}

TEST_CASE("restore: the lattice's sums are those of all paths") {
  unsigned state = 9;
  const auto draw = [&state] {
    state = state * 1664525U + 1013904223U;
    return static_cast<float>(state >> 8) / 16777216.0F * 4.0F - 2.0F;
  };
  const std::vector<unsigned> states{3, 2, 4, 1, 3};
  diacritics::Lattice lattice;
  for (const unsigned count : states) {
    lattice.push(count);
    const std::size_t i = lattice.size() - 1;
    for (unsigned c = 0; c < count; ++c) lattice.scores(i)[c] = draw();
    for (unsigned k = 0; i > 0 && k < count * states[i - 1]; ++k) lattice.factors(i)[k] = std::exp(draw());
  }
  lattice.solve();
  std::vector<std::vector<double>> mass(states.size());
  std::vector<std::vector<double>> pair_mass(states.size());
  for (std::size_t i = 0; i < states.size(); ++i) {
    mass[i].assign(states[i], 0);
    pair_mass[i].assign(i == 0 ? 0 : std::size_t{states[i]} * states[i - 1], 0);
  }
  double total = 0;
  for (unsigned path = 0; path < 72; ++path) {
    std::vector<unsigned> at;
    for (unsigned rest = path, i = 0; i < states.size(); rest /= states[i++]) at.push_back(rest % states[i]);
    double weight = 1;
    for (std::size_t i = 0; i < states.size(); ++i) {
      weight *= std::exp(double(lattice.scores(i)[at[i]]));
      if (i > 0) weight *= double(lattice.factors(i)[at[i - 1] * states[i] + at[i]]);
    }
    total += weight;
    for (std::size_t i = 0; i < states.size(); ++i) {
      mass[i][at[i]] += weight;
      if (i > 0) pair_mass[i][at[i - 1] * states[i] + at[i]] += weight;
    }
  }
  for (std::size_t i = 0; i < states.size(); ++i)
    for (unsigned c = 0; c < states[i]; ++c) {
      CHECK(double(lattice.posterior(i)[c]) == doctest::Approx(mass[i][c] / total).epsilon(1e-4));
      for (unsigned l = 0; i > 0 && l < states[i - 1]; ++l)
        CHECK(double(lattice.pair_posterior(i, l, c)) ==
              doctest::Approx(pair_mass[i][l * states[i] + c] / total).epsilon(1e-4));
    }
}

TEST_CASE("restore: exp_of is exp to four digits") {
  for (float x = -70.0F; x < 70.0F; x += 0.37F)
    CHECK(double(diacritics::exp_of(x)) == doctest::Approx(std::exp(double(x))).epsilon(1.2e-4));
}

TEST_CASE("restore: capitals go letter by letter, marks off and on") {
  std::string out;
  diacritics::append_cased("đường", "DuoNG", out);
  CHECK(out == "ĐườNG");
  CHECK(diacritics::without_marks("ĐườNG") == "DuoNG");
  CHECK(diacritics::without_marks("Straße") == "Straße");
}

TEST_CASE("restore: training learns a toy language, twice the same, a truncated model is refused") {
  const Folder folder;
  const std::string text = (folder.path / "text.txt").string();
  {
    std::ofstream out(text);
    for (int i = 0; i < 60; ++i) out << "con bò ăn cỏ non\nngười bố bỏ có mười đồng\nmột mùi cô đơn\n";
  }
  DiacriticTraining training;
  training.text = {text};
  training.buckets = training.joint_buckets = 64;
  const std::string first = (folder.path / "first.model").string();
  const std::string second = (folder.path / "second.model").string();
  REQUIRE(train_diacritics(training, first, {}));
  REQUIRE(train_diacritics(training, second, {}));
  CHECK(bytes_of(first) == bytes_of(second));
  const auto restorer = Restorer::load(first);
  REQUIRE(restorer);
  Restoration found;
  std::string out;
  restorer->restore_line("nguoi bo bo co muoi dong", found, out);
  CHECK(out == "người bố bỏ có mười đồng");
  const auto score = evaluate_diacritics(*restorer, text, 1.0, 1);
  REQUIRE(score);
  CHECK(score->accuracy() == doctest::Approx(1.0));
  CHECK(score->stripped == 60 * 13);
  const auto half = evaluate_diacritics(*restorer, text, 0.5, 1);
  REQUIRE(half);
  CHECK(half->stripped > 330);
  CHECK(half->stripped < 450);

  training.text = {(folder.path / "none.txt").string()};
  CHECK(train_diacritics(training, second, {}).error().code == ErrorCode::kNotFound);
  training.text = {text};
  CHECK(train_diacritics(training, second, [](std::uint64_t, std::uint64_t) { return false; }).error().code ==
        ErrorCode::kInvalidArgument);
  std::filesystem::resize_file(first, std::filesystem::file_size(first) / 2);
  CHECK(Restorer::load(first).error().code == ErrorCode::kCorruptModel);
}
