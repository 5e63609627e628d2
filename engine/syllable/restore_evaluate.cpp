#include <algorithm>
#include <array>
#include <cmath>

#include "base/lines.hpp"
#include "base/mix.hpp"
#include "duluan/restore.hpp"
#include "syllable/restore_lexicon.hpp"

namespace duluan {
namespace {

// Takes marks away from a line's words; the same choice for the same seed and place.
class Stripper {
 public:
  Stripper(double removed, std::uint64_t seed) : removed_(removed), seed_(seed) {}

  // `bare` becomes the line without the marks chosen; `lost[i]` whether token i lost any.
  void strip(std::string_view line, const std::vector<Token>& tokens, std::string& bare, std::vector<bool>& lost) {
    bare.clear();
    lost.assign(tokens.size(), false);
    std::size_t reached = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].kind != TokenKind::kWord) continue;
      const std::string plain = diacritics::without_marks(tokens[i].of(line));
      if (plain == tokens[i].of(line)) continue;
      const double draw = double(mix(seed_ + 0x9E3779B97F4A7C15ULL * ++drawn_) >> 11) * 0x1.0p-53;
      if (draw >= removed_) continue;
      lost[i] = true;
      bare.append(line, reached, tokens[i].begin - reached);
      bare += plain;
      reached = tokens[i].end;
    }
    bare.append(line, reached);
  }

 private:
  double removed_;
  std::uint64_t seed_;
  std::uint64_t drawn_ = 0;
};

// Expected calibration error: how far confidence and accuracy lie apart, by ten bins of confidence.
class Calibration {
 public:
  void add(float confidence, bool right) {
    Bin& bin = bins_[std::min<std::size_t>(static_cast<std::size_t>(confidence * 10), 9)];
    ++bin.count;
    bin.confidence += double(confidence);
    bin.right += right ? 1 : 0;
  }
  [[nodiscard]] double error() const {
    double sum = 0;
    std::size_t count = 0;
    for (const Bin& bin : bins_) {
      sum += std::fabs(bin.confidence - bin.right);
      count += bin.count;
    }
    return count == 0 ? 0 : sum / double(count);
  }

 private:
  struct Bin {
    std::size_t count = 0;
    double confidence = 0, right = 0;
  };
  std::array<Bin, 10> bins_;
};

}  // namespace

Result<DiacriticScore> evaluate_diacritics(const Restorer& restorer, const std::string& gold_path, double removed,
                                           std::uint64_t seed) {
  DiacriticScore score;
  Calibration calibration;
  Stripper stripper(removed, seed);
  Restoration found;
  std::vector<Token> gold;
  std::vector<Token> tokens;
  std::vector<bool> lost;
  std::string bare;
  auto read = for_each_line(gold_path, [&](std::string_view raw) {
    const std::string line = normalize(raw, ToneStyle::kOld).str();
    tokenize(line, gold);
    stripper.strip(line, gold, bare, lost);
    restorer.restore(bare, found);
    tokenize(bare, tokens);
    std::size_t next = 0;
    for (std::size_t i = 0; i < gold.size() && i < tokens.size(); ++i) {
      if (gold[i].kind != TokenKind::kWord) continue;
      while (next < found.size() && found.span(next).begin < tokens[i].begin) ++next;
      const bool decided = next < found.size() && found.span(next).begin == tokens[i].begin;
      const bool right = (decided ? found.reading(next) : tokens[i].of(bare)) == gold[i].of(line);
      if (decided) calibration.add(found.confidence(next), right);
      ++score.syllables;
      score.correct += right ? 1U : 0U;
      score.stripped += lost[i] ? 1U : 0U;
      score.stripped_correct += lost[i] && right ? 1U : 0U;
    }
  });
  if (!read) return read.error();
  score.calibration_error = calibration.error();
  return score;
}

}  // namespace duluan
