// The weights of the diacritic model while it is learned: floats, one block for each n-gram of the text.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "syllable/restore_corpus.hpp"
#include "syllable/restore_model.hpp"

namespace duluan::diacritics {

/// A weight and AdaGrad's sum of squared gradients, which is also its Fisher information.
struct Weight {
  float value = 0;
  float squares = 0;
};

/// The text as the model sees it, and where the weights of its n-grams lie.
///
/// The block of an n-gram holds, for each of its tokens in order, a weight for each reading of that token;
/// the block of a pair also one for each pair of readings. Tokens with fewer than two readings have none.
class Weights {
 public:
  /// `least[g]`: n-grams of kind g that occur less often have no weights.
  Weights(const Corpus& corpus, const Lexicon& lexicon, const std::array<unsigned, kGrams>& least);

  struct Place {  // one token
    std::uint32_t symbol;
    std::uint16_t bare;
    std::uint8_t reading;  // kNoReading: not to be learned
    std::uint8_t width;    // readings to choose from, 0 if there is no choice
    std::uint8_t shape;
    bool marked;
    std::array<std::uint32_t, kGrams> block;  // of the n-gram of each kind that ends here; 0: none
  };
  std::vector<Place> places;
  std::vector<Weight> weights;
  std::vector<std::uint32_t> bias;  // block of each bare form
  std::size_t first_gram = 0;       // weights before it are biases

  /// Whether place i has a reading to be learned.
  [[nodiscard]] bool open(std::size_t i) const { return places[i].width != 0 && places[i].reading != kNoReading; }
  /// The key of the n-gram of kind `gram` that ends at place i.
  [[nodiscard]] std::uint64_t key(Gram gram, std::size_t i) const;
  /// Index, within its block, of the weights of the k-th token of the n-gram that ends at i.
  [[nodiscard]] std::size_t part(Gram gram, std::size_t i, std::size_t k) const;
  [[nodiscard]] std::size_t block_size(Gram gram, std::size_t i) const;

  /// Calls `use(at)` with the start of each run of weights that speaks for place i.
  template <class Use>
  void each_run(std::size_t i, Use use) const {
    use(bias[places[i].bare]);
    for (unsigned g = 0; g < kGrams; ++g)
      for (std::size_t after = 0; after < kSpan[g]; ++after) {
        if (g == kSkip && after == 1) continue;
        const std::uint32_t block = places[i + after].block[g];
        if (block != 0) use(block + part(static_cast<Gram>(g), i + after, kSpan[g] - 1 - after));
      }
  }
  /// Calls `use(gram, place)` once for each n-gram that has weights, with a place where it ends.
  template <class Use>
  void each_gram(Use use) const {
    for (const Slot& slot : slots_)
      if (slot.key != 0) use(slot.gram, slot.place);
  }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t block = 0;
    std::uint32_t place = 0;
    Gram gram = kShape;
  };
  Slot& find(std::uint64_t key);
  void grow();
  void number(const std::array<unsigned, kGrams>& least);

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace duluan::diacritics
