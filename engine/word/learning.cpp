#include "word/learning.hpp"

#include "word/corpus.hpp"

namespace duluan::boundary {
namespace {

// Every how many sentences one is set in capitals, and one in small letters.
constexpr std::size_t kRecased = 12;

Shape in_capitals(Shape shape) { return shape >= kLower && shape <= kForeignTitle ? kUpper : shape; }
Shape in_small_letters(Shape shape) {
  return shape == kTitle || shape == kUpper ? kLower : shape == kForeignTitle ? kForeign : shape;
}

void append_edges(Corpus& corpus) {
  corpus.units.resize(corpus.units.size() + Corpus::kEdges);
  corpus.label.resize(corpus.units.size());
}

float logistic(float score) { return 1.0F / (1.0F + std::exp(-score)); }

}  // namespace

Result<void> read_corpus(const std::vector<std::string>& paths, Corpus& corpus) {
  std::vector<Annotated> line;
  std::size_t number = 0;
  append_edges(corpus);
  for (const std::string& path : paths) {
    auto read = for_each_line(path, [&](std::string_view text) {
      annotate(text, line);
      ++number;
      for (const Annotated& token : line) {
        Unit unit{.id = token.form.id, .shape = token.form.shape};
        if (number % kRecased == kRecased / 2) unit.shape = in_capitals(unit.shape);
        if (number % kRecased == 0) unit.shape = in_small_letters(unit.shape);
        corpus.units.push_back(unit);
        corpus.label.push_back(
            static_cast<std::uint8_t>((token.open ? Corpus::kOpen : 0) | (token.starts ? Corpus::kStarts : 0)));
      }
      append_edges(corpus);
    });
    if (!read) return read;
  }
  return {};
}

void PairCounts::count(const Corpus& corpus) {
  for (std::size_t i = corpus.begin(); i < corpus.end(); ++i) {
    if (!corpus.open(i)) continue;
    if (used_ * 10 >= slots_.size() * 7) grow();
    const std::uint64_t key = both(corpus.units[i - 1].id, corpus.units[i].id);
    Slot& slot = at(key);
    if (slot.key == 0) {
      slot.key = key;
      ++used_;
    }
    ++slot.seen;
    slot.joined += corpus.starts(i) ? 0U : 1U;
  }
}

void PairCounts::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old)
    if (slot.key != 0) at(slot.key) = slot;
}

void PairCounts::give_habits(Corpus& corpus, bool own) const {
  for (std::size_t i = corpus.begin(); i < corpus.end(); ++i) {
    if (!corpus.open(i)) continue;
    const Slot& slot = at(both(corpus.units[i - 1].id, corpus.units[i].id));
    const bool leave_out = own && slot.seen > 0;
    corpus.units[i].habit =
        habit_of(slot.seen - (leave_out ? 1U : 0U), slot.joined - (leave_out && !corpus.starts(i) ? 1U : 0U));
  }
}

float Layers::teacher_score(const Corpus& corpus, std::size_t gap) const {
  float score = 0;
  EachHash sum([&](std::uint64_t hash) { score += teacher.value(hash); });
  teacher_features(&corpus.units[gap], sum);
  return score;
}

void Layers::learn_teacher(const Corpus& corpus, float rate) {
  constexpr float kLeastGradient = 2e-3F;  // smaller ones change nothing but time
  constexpr float kStart = 1.0F;           // a rare feature takes no full step at once
  std::array<std::uint64_t, kMostFeatures> hashes;
  for (std::size_t i = corpus.begin(); i < corpus.end(); ++i) {
    if (!corpus.open(i)) continue;
    std::size_t count = 0;
    float score = 0;
    EachHash sum([&](std::uint64_t hash) {
      hashes[count++] = hash;
      score += teacher.value(hash);
    });
    teacher_features(&corpus.units[i], sum);
    const float gradient = logistic(score) - (corpus.starts(i) ? 1.0F : 0.0F);
    if (std::fabs(gradient) < kLeastGradient) continue;
    for (std::size_t k = 0; k < count; ++k) teacher.step(hashes[k], gradient, rate, kStart);
  }
}

std::vector<float> Layers::verdicts(const Corpus& corpus) const {
  std::vector<float> scores(corpus.units.size(), 0.0F);
  for (std::size_t i = corpus.begin(); i < corpus.end(); ++i)
    if (corpus.open(i)) scores[i] = teacher_score(corpus, i);
  return scores;
}

float Layers::score(const Corpus& corpus, std::size_t gap, const std::vector<float>& verdicts) const {
  float score = trust * verdicts[gap];
  EachHash sum([&](std::uint64_t hash) { score += people.value(hash); });
  people_features(corpus, gap, verdicts, sum);
  return score;
}

void Layers::learn_people(const Corpus& corpus, float rate, const std::vector<float>& verdicts) {
  constexpr float kShrink = 1e-2F;  // towards no correction
  constexpr float kStart = 1e-2F;
  constexpr float kTrustRate = 1e-4F;
  constexpr float kLeastTrust = 0.1F;
  for (std::size_t i = corpus.begin(); i < corpus.end(); ++i) {
    if (!corpus.open(i)) continue;
    const float gradient = logistic(score(corpus, i, verdicts)) - (corpus.starts(i) ? 1.0F : 0.0F);
    EachHash step(
        [&](std::uint64_t hash) { people.step(hash, gradient + kShrink * people.value(hash), rate, kStart); });
    people_features(corpus, i, verdicts, step);
    trust = std::max(kLeastTrust, trust - kTrustRate * gradient * verdicts[i]);
  }
}

}  // namespace duluan::boundary
