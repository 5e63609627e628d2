// The fast reader and decoder against slow ones that share nothing with them but the feature template
// and the model file: tokens from tokenize(), every form normalized anew, every table searched slot by
// slot, and all features summed whatever they can change.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "duluan/word.hpp"
#include "text_material.hpp"
#include "word/features.hpp"
#include "word_check.hpp"

using namespace duluan;
using namespace duluan::boundary;

namespace {

const std::string kModel = std::string(DULUAN_SOURCE_DIR) + "/models/words.model";

class Reference {
 public:
  explicit Reference(const ModelFile& file)
      : pairs_(*file.array<Line>("pairs")),
        weights_(*file.array<Line>("weights")),
        dense_(*file.array<std::int16_t>("dense")),
        forms_(*file.array<std::uint32_t>("forms")),
        rows_(*file.array<Row>("rows")),
        trust_(file.array<std::int32_t>("trust")->front()) {
    for (std::size_t i = 0; i < forms_.size(); ++i)
      if (forms_[i] != 0) row_by_form_[forms_[i]] = static_cast<std::uint32_t>(i) + kFirstRow;
  }

  struct Gap {
    bool open = false;
    bool joined = false;
  };
  // The gap before each token.
  std::vector<Gap> gaps(std::string_view text) {
    std::vector<Token> tokens;
    tokenize(text, tokens);
    units_.assign(tokens.size() + 2 * kEdges, {});
    std::vector<Gap> gaps(units_.size());
    std::vector<bool> unsettled(units_.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      Unit& unit = units_[i + kEdges];
      const Form form = form_of(tokens[i].of(text), tokens[i].kind);
      unit = {.id = form.id, .row = row(form.id), .shape = form.shape};
      Gap& gap = gaps[i + kEdges];
      gap.open = i > 0 && tokens[i].kind == TokenKind::kWord && tokens[i - 1].kind == TokenKind::kWord &&
                 tokens[i].begin > tokens[i - 1].end;
      if (!gap.open) continue;
      const std::uint32_t pair = pair_value(pair_hash(units_[i + kEdges - 1].id, unit.id));
      unit.habit = habit_in(pair);
      const unsigned place = settled_place(units_[i + kEdges - 1].shape, unit.shape);
      const auto settled = place > 3 ? Settled::kNot : static_cast<Settled>((pair >> (2 * place)) & 3U);
      gap.joined = settled == Settled::kJoined;
      unsettled[i + kEdges] = settled == Settled::kNot;
    }
    decide(gaps, unsettled);
    return {gaps.begin() + kEdges, gaps.end() - kEdges};
  }

  // Sinks of the feature template.
  void dense(Dense table, std::uint64_t key) { sum_ += dense_[kDenseBegin[static_cast<std::size_t>(table)] + key]; }
  void column(std::size_t column, const Unit& unit) { sum_ += rows_[unit.row][column]; }
  void hashed(Feature feature, std::uint64_t a, std::uint64_t b = 0) {
    sum_ += static_cast<std::int16_t>(value(weights_, feature_hash(feature, a, b)));
  }

 private:
  static constexpr std::size_t kEdges = 6;

  void decide(std::vector<Gap>& gaps, const std::vector<bool>& unsettled) {
    std::vector<std::int32_t> scores(gaps.size());
    for (std::size_t i = 0; i < gaps.size(); ++i) {
      if (!unsettled[i]) continue;
      sum_ = 0;
      teacher_features(&units_[i], *this);
      scores[i] = sum_;
    }
    for (std::size_t i = 0; i < gaps.size(); ++i)
      if (unsettled[i]) gaps[i].joined = scores[i] < 0;
    std::vector<bool> joined(gaps.size());
    for (std::size_t i = 0; i < gaps.size(); ++i) joined[i] = gaps[i].joined;
    for (std::size_t i = 0; i < gaps.size(); ++i) {
      if (!unsettled[i]) continue;
      Verdicts verdicts{step_of(scores[i]), 1, 1};
      while (verdicts.left < kLongestWord && joined[i - verdicts.left]) ++verdicts.left;
      while (verdicts.right < kLongestWord && joined[i + verdicts.right]) ++verdicts.right;
      sum_ = 0;
      people_plain_features(&units_[i], verdicts, *this);
      people_hashed_features(&units_[i], verdicts, *this);
      gaps[i].joined = static_cast<std::int32_t>((std::int64_t{scores[i]} * trust_) >> 8) + sum_ < 0;
    }
  }
  [[nodiscard]] static std::uint16_t value(Table table, std::uint64_t hash) {
    const Line& line = table[line_of(hash, table.size())];
    for (std::size_t i = 0; i < line.check.size(); ++i)
      if (line.check[i] == check_of(hash)) return line.value[i];
    return 0;
  }
  [[nodiscard]] std::uint32_t pair_value(std::uint64_t hash) const {
    const std::uint32_t found = value(pairs_, hash);
    return (found & 0xE000U) == pair_seal(hash) ? found & 0x1FFFU : 0;
  }
  [[nodiscard]] std::uint32_t row(std::uint32_t id) const {
    const auto found = row_by_form_.find(id);
    return found == row_by_form_.end() ? kStrangerRow : found->second;
  }

  Table pairs_;
  Table weights_;
  std::span<const std::int16_t> dense_;
  std::span<const std::uint32_t> forms_;
  std::span<const Row> rows_;
  std::int32_t trust_;
  std::unordered_map<std::uint32_t, std::uint32_t> row_by_form_;
  std::vector<Unit> units_;
  std::int32_t sum_ = 0;
};

// Lines of the project's own texts.
std::vector<std::string> own_lines() {
  std::vector<std::string> lines;
  const auto take = [&](const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
  };
  take(std::string(DULUAN_SOURCE_DIR) + "/tests/golden/chat.tsv");
  for (const char name : std::string_view("abc"))
    take(std::string(DULUAN_SOURCE_DIR) + "/corpora/opinions/" + name + ".tsv");
  return lines;
}

std::string in_capitals(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    UChar32 code = 0;
    U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), at, text.size(), code);
    char buffer[4];
    std::size_t length = 0;
    U8_APPEND_UNSAFE(buffer, length, u_toupper(code));
    out.append(buffer, length);
  }
  return out;
}

// Every form in which the line may come: as it is, NFD, in capitals, cut inside a character, with strange bytes.
std::vector<std::string> variants(const std::string& line) {
  std::string strange = line;
  for (std::size_t at = 7; at < strange.size(); at += 23) strange[at] = "\xFF\xC3\xE2\xF0\x80 -._"[(at / 23) % 9];
  return {line,    text_material::icu_form(line, false),         in_capitals(line), line.substr(0, line.size() / 2 + 1),
          strange, line + "\xF0\x9F\x98\x80" + line + "-" + line};
}

}  // namespace

TEST_CASE("fast and slow segmenting agree on every open gap") {
  const auto segmenter = Segmenter::load(kModel);
  const auto file = ModelFile::open(kModel, kKind, kVersion);
  REQUIRE(segmenter);
  REQUIRE(file);
  Reference reference(*file);
  Words words;
  std::size_t open = 0;
  const auto lines = own_lines();
  REQUIRE(lines.size() > 1000);
  for (std::size_t i = 0; i < lines.size(); i += 3)
    for (const std::string& text : variants(lines[i])) {
      segmenter->segment(text, words);
      const auto gaps = reference.gaps(text);
      REQUIRE(words.tokens().size() == gaps.size());
      std::size_t word = 0;
      for (std::size_t token = 0; token < gaps.size(); ++token) {
        const bool starts = word < words.size() && words.first_token(word) == token;
        word += starts ? 1 : 0;
        if (!gaps[token].open) continue;
        ++open;
        REQUIRE_MESSAGE(starts != gaps[token].joined, text);
      }
    }
  CHECK(open > 100'000);
}

TEST_CASE("no character is changed and every span is exact, in any form of the text") {
  const auto segmenter = Segmenter::load(kModel);
  REQUIRE(segmenter);
  Words words;
  std::string out;
  for (const std::string& line : own_lines())
    for (const std::string& text : variants(line)) {
      const char* const wrong = word_check::wrong_line(*segmenter, text, words, out);
      REQUIRE_MESSAGE(wrong == nullptr, wrong << ": " << text);
    }
}

TEST_CASE("the check of segmented lines sees what it is for") {
  CHECK(word_check::wrong_output("tin tưởng, vào", "tin_tưởng , vào") == nullptr);
  CHECK(word_check::wrong_output("  a\u00A0b_c ", "a b_c") == nullptr);
  CHECK(word_check::wrong_output("tin tưởng", "tintưởng") != nullptr);
  CHECK(word_check::wrong_output("tin tưởng", "tin tương") != nullptr);
  CHECK(word_check::wrong_output("tin tưởng", "tin_tưởng_") != nullptr);
  CHECK(word_check::wrong_output("tin, tưởng", "tin_, tưởng") != nullptr);
  CHECK(word_check::wrong_output("tin tưởng vào", "tin_tưởng") != nullptr);
}
