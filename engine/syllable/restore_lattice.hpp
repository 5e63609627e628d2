// Posterior probabilities in a chain of positions with a few states each: forward and backward sums.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace duluan::diacritics {

class Lattice {
 public:
  void clear() noexcept;
  /// Adds a position with `states` states: scores 0, factors between it and the one before 1.
  void push(unsigned states);

  [[nodiscard]] std::size_t size() const noexcept { return places_.size(); }
  [[nodiscard]] unsigned states(std::size_t i) const { return places_[i].states; }
  /// Logarithmic scores of the states of position i, to be filled in.
  [[nodiscard]] float* scores(std::size_t i) { return scores_.data() + places_[i].at; }
  /// Factors of the pairs (state of i - 1, state of i), row by row, to be filled in; i > 0.
  [[nodiscard]] float* factors(std::size_t i) { return factors_.data() + places_[i].factors; }

  /// Sums; scores stay as they are, so that some may be changed and the sums taken again.
  void solve();
  [[nodiscard]] std::span<const float> posterior(std::size_t i) const {
    return {posterior_.data() + places_[i].at, places_[i].states};
  }
  /// Probability of state `left` at i - 1 and `right` at i.
  [[nodiscard]] float pair_posterior(std::size_t i, unsigned left, unsigned right) const;

 private:
  struct Place {
    std::size_t at;       // of its states in the arrays below
    std::size_t factors;  // of its factors
    unsigned states;
  };
  void forward(std::size_t i);
  void backward(std::size_t i);

  std::vector<Place> places_;
  std::vector<float> scores_, factors_;
  std::vector<float> emission_, alpha_, after_, posterior_;  // after_: emission times beta over the sum of i
};

}  // namespace duluan::diacritics
