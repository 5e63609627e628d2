// The trainer's parts: corpora as units with labels, pair counts, and AdaGrad over hashed features.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "duluan/result.hpp"
#include "word/features.hpp"

namespace duluan::boundary {

/// Sentences as units, apart by edges so that windows never cross.
struct Corpus {
  static constexpr std::size_t kEdges = 3;
  static constexpr std::uint8_t kOpen = 1;    ///< the model decides the gap before the unit
  static constexpr std::uint8_t kStarts = 2;  ///< a word starts there
  std::vector<Unit> units;
  std::vector<std::uint8_t> label;

  [[nodiscard]] std::size_t begin() const { return kEdges; }
  [[nodiscard]] std::size_t end() const { return units.size() - kEdges; }
  [[nodiscard]] bool open(std::size_t i) const { return (label[i] & kOpen) != 0; }
  [[nodiscard]] bool starts(std::size_t i) const { return (label[i] & kStarts) != 0; }
};

/// Reads segmented files. Some sentences are set in capitals and some in small letters throughout,
/// so that the model knows headlines and chat.
Result<void> read_corpus(const std::vector<std::string>& paths, Corpus& corpus);

/// How often each pair of neighbours with an open gap was seen and joined; open addressing.
class PairCounts {
 public:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t seen = 0;
    std::uint32_t joined = 0;
    /// By settled_place, how often the finished layers split and joined it (compile.cpp).
    std::array<std::uint32_t, 4> split{};
    std::array<std::uint32_t, 4> closed{};
  };
  void count(const Corpus& corpus);
  /// Sets the habit of every open gap; `own` leaves the gap's own label out of the counts.
  void give_habits(Corpus& corpus, bool own) const;
  [[nodiscard]] const Slot& at(std::uint64_t key) const { return slots_[place(key)]; }
  [[nodiscard]] Slot& at(std::uint64_t key) { return slots_[place(key)]; }
  [[nodiscard]] const std::vector<Slot>& slots() const { return slots_; }

 private:
  [[nodiscard]] std::size_t place(std::uint64_t key) const {
    std::size_t at = mix(key) & (slots_.size() - 1);
    while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  void grow();
  std::vector<Slot> slots_ = std::vector<Slot>(1U << 16);
  std::size_t used_ = 0;
};

/// Weights by feature hash, each with AdaGrad's sum of squared gradients.
class Weights {
 public:
  explicit Weights(unsigned bits) : bits_(bits), weights_(std::size_t{1} << bits) {}
  [[nodiscard]] std::size_t index(std::uint64_t hash) const { return static_cast<std::size_t>(hash >> (64 - bits_)); }
  [[nodiscard]] float value(std::uint64_t hash) const { return weights_[index(hash)].value; }
  [[nodiscard]] std::size_t size() const { return weights_.size(); }
  void step(std::uint64_t hash, float gradient, float rate, float start) {
    Weight& weight = weights_[index(hash)];
    weight.squares += gradient * gradient;
    weight.value -= rate * gradient / std::sqrt(weight.squares + start);
  }

 private:
  struct Weight {
    float value = 0;
    float squares = 0;
  };
  unsigned bits_;
  std::vector<Weight> weights_;
};

/// The two layers as they are learnt; features.hpp has the template.
struct Layers {
  Weights teacher{25};
  Weights people{20};
  float trust = 1.0F;

  [[nodiscard]] float teacher_score(const Corpus& corpus, std::size_t gap) const;
  void learn_teacher(const Corpus& corpus, float rate);
  /// `verdicts` are the teacher's scores by unit.
  [[nodiscard]] float score(const Corpus& corpus, std::size_t gap, const std::vector<float>& verdicts) const;
  void learn_people(const Corpus& corpus, float rate, const std::vector<float>& verdicts);
  [[nodiscard]] std::vector<float> verdicts(const Corpus& corpus) const;
};

/// Hands `sink` each feature of the people's layer at a gap.
template <class Sink>
void people_features(const Corpus& corpus, std::size_t gap, const std::vector<float>& verdicts, Sink& sink) {
  const auto joined = [&](std::size_t at) { return corpus.open(at) && verdicts[at] < 0; };
  Verdicts seen{step_of(static_cast<std::int32_t>(verdicts[gap] * kScale)), 1, 1};
  while (seen.left < kLongestWord && joined(gap - seen.left)) ++seen.left;
  while (seen.right < kLongestWord && joined(gap + seen.right)) ++seen.right;
  people_plain_features(&corpus.units[gap], seen, sink);
  people_hashed_features(&corpus.units[gap], seen, sink);
}

}  // namespace duluan::boundary
