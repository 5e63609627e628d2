// From learned weights to the buckets of the model file.
#pragma once

#include <string>
#include <vector>

#include "duluan/model_file.hpp"
#include "syllable/restore_weights.hpp"

namespace duluan::diacritics {

class Packer {
 public:
  /// Gives the buckets' places to the weights worth most: half the weight's square times its Fisher
  /// information is about what the likelihood loses without it (LeCun et al., Optimal Brain Damage, 1989).
  Packer(const Weights& weights, std::size_t buckets, std::size_t joint_buckets);
  /// Sets every other weight to zero for good.
  void drop_others(Weights& weights) const;
  /// Rounds what stayed to levels and writes the model.
  Result<void> write(const Weights& weights, const Lexicon& lexicon, const std::string& readings,
                     const std::string& recipe, const std::string& path) const;

 private:
  struct Entry {
    float worth;
    std::uint32_t weight;
    std::uint64_t key;
    std::uint8_t position, first, second;  // second: the right reading of a joint weight
    bool joint;
  };
  void collect(const Weights& weights, std::vector<Entry>& entries) const;

  std::size_t buckets_, joint_buckets_;
  std::vector<Entry> kept_;
};

}  // namespace duluan::diacritics
