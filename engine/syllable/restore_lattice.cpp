#include "syllable/restore_lattice.hpp"

#include <algorithm>

#include "syllable/restore_model.hpp"

namespace duluan::diacritics {

void Lattice::clear() noexcept {
  places_.clear();
  scores_.clear();
  factors_.clear();
}

void Lattice::push(unsigned states) {
  const unsigned before = places_.empty() ? 0 : places_.back().states;
  places_.push_back({scores_.size(), factors_.size(), states});
  scores_.resize(scores_.size() + states, 0.0F);
  factors_.resize(factors_.size() + std::size_t{before} * states, 1.0F);
}

void Lattice::forward(std::size_t i) {
  const Place& here = places_[i];
  float* const emission = emission_.data() + here.at;
  float* const alpha = alpha_.data() + here.at;
  const float* const scores = scores_.data() + here.at;
  const float best = *std::max_element(scores, scores + here.states);
  for (unsigned c = 0; c < here.states; ++c) emission[c] = exp_of(scores[c] - best);
  std::fill_n(alpha, here.states, i == 0 ? 1.0F : 0.0F);
  if (i > 0) {
    const Place& before = places_[i - 1];
    const float* factor = factors_.data() + here.factors;
    for (unsigned l = 0; l < before.states; ++l, factor += here.states) {
      const float mass = alpha_[before.at + l];
      for (unsigned c = 0; c < here.states; ++c) alpha[c] += mass * factor[c];
    }
  }
  float sum = 0;
  for (unsigned c = 0; c < here.states; ++c) sum += alpha[c] *= emission[c];
  const float scale = 1.0F / sum;
  for (unsigned c = 0; c < here.states; ++c) {
    alpha[c] *= scale;
    after_[here.at + c] = emission[c] * scale;
  }
}

void Lattice::backward(std::size_t i) {
  const Place& here = places_[i];
  const bool last = i + 1 == places_.size();
  float sum = 0;
  for (unsigned c = 0; c < here.states; ++c) {
    float beta = last ? 1.0F : 0.0F;
    if (!last) {
      const Place& next = places_[i + 1];
      const float* factor = factors_.data() + next.factors + std::size_t{c} * next.states;
      for (unsigned r = 0; r < next.states; ++r) beta += factor[r] * after_[next.at + r];
    }
    after_[here.at + c] *= beta;
    sum += posterior_[here.at + c] = alpha_[here.at + c] * beta;
  }
  for (unsigned c = 0; c < here.states; ++c) posterior_[here.at + c] /= sum;
}

void Lattice::solve() {
  for (auto* const array : {&emission_, &alpha_, &after_, &posterior_}) array->resize(scores_.size());
  for (std::size_t i = 0; i < places_.size(); ++i) forward(i);
  for (std::size_t i = places_.size(); i-- > 0;) backward(i);
}

float Lattice::pair_posterior(std::size_t i, unsigned left, unsigned right) const {
  const Place& here = places_[i];
  return alpha_[places_[i - 1].at + left] * factors_[here.factors + std::size_t{left} * here.states + right] *
         after_[here.at + right];
}

}  // namespace duluan::diacritics
