#include "syllable/restore_pack.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace duluan::diacritics {
namespace {

// Levels for values by Lloyd's method, each value counted by its information.
std::array<float, kLevels> levels_of(std::vector<std::pair<float, float>> values) {
  std::array<float, kLevels> levels{};
  if (values.empty()) return levels;
  std::sort(values.begin(), values.end());
  for (std::size_t k = 0; k < kLevels; ++k) levels[k] = values[(2 * k + 1) * values.size() / (2 * kLevels)].first;
  for (int round = 0; round < 40; ++round) {
    std::array<double, kLevels> sum{};
    std::array<double, kLevels> mass{};
    std::size_t k = 0;
    for (const auto& [value, information] : values) {
      while (k + 1 < kLevels && std::fabs(levels[k + 1] - value) <= std::fabs(levels[k] - value)) ++k;
      sum[k] += double(value) * double(information);
      mass[k] += double(information);
    }
    for (k = 0; k < kLevels; ++k)
      if (mass[k] > 0) levels[k] = static_cast<float>(sum[k] / mass[k]);
    std::sort(levels.begin(), levels.end());
  }
  return levels;
}

unsigned nearest(const std::array<float, kLevels>& levels, float value) {
  unsigned best = 0;
  for (unsigned k = 1; k < kLevels; ++k)
    if (std::fabs(levels[k] - value) < std::fabs(levels[best] - value)) best = k;
  return best;
}

}  // namespace

void Packer::collect(const Weights& w, std::vector<Entry>& entries) const {
  // Two passes: a histogram of worth finds the limit beyond which no bucket can have room.
  const auto worth_of = [](const Weight& weight) { return weight.value * weight.value * weight.squares; };
  std::array<std::size_t, 512> histogram{};
  const auto bin = [](float worth) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, &worth, sizeof bits);
    return bits >> 22 & 511U;  // sign is 0: exponent and one bit of the mantissa
  };
  for (const Weight& weight : w.weights) ++histogram[bin(worth_of(weight))];
  const std::size_t wanted = 2 * (buckets_ * Bucket::kEntries + joint_buckets_ * JointBucket::kEntries);
  std::size_t limit = 511;
  for (std::size_t sum = histogram[limit]; limit > 1 && sum < wanted;) sum += histogram[--limit];
  const auto take = [&](std::size_t at, std::uint64_t key, std::size_t position, unsigned first, unsigned second,
                        bool joint) {
    const float worth = worth_of(w.weights[at]);
    if (bin(worth) >= limit)
      entries.push_back({worth, static_cast<std::uint32_t>(at), key, static_cast<std::uint8_t>(position),
                         static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(second), joint});
  };
  w.each_gram([&](Gram gram, std::size_t i) {
    const std::uint64_t key = w.key(gram, i);
    const std::size_t block = w.places[i].block[gram];
    for (std::size_t k = 0; k < kSpan[gram]; ++k) {
      if (gram == kSkip && k == 1) continue;
      const std::size_t at = block + w.part(gram, i, k);
      for (unsigned c = 0; c < w.places[i + 1 - kSpan[gram] + k].width; ++c) take(at + c, key, k, c, 0, false);
    }
    if (gram != kPair) return;
    const std::size_t at = block + w.places[i - 1].width + w.places[i].width;
    const unsigned width = w.places[i].width;
    for (unsigned l = 0; l < w.places[i - 1].width; ++l)
      for (unsigned r = 0; r < width; ++r) take(at + l * width + r, key, 0, l, r, true);
  });
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return a.worth != b.worth ? a.worth > b.worth : a.weight < b.weight;
  });
}

Packer::Packer(const Weights& weights, std::size_t buckets, std::size_t joint_buckets)
    : buckets_(buckets), joint_buckets_(joint_buckets) {
  std::vector<Entry> entries;
  collect(weights, entries);
  std::vector<std::uint8_t> used(buckets_);
  std::vector<std::uint8_t> joint_used(joint_buckets_);
  for (const Entry& entry : entries) {
    const std::size_t room = entry.joint ? JointBucket::kEntries : Bucket::kEntries;
    std::uint8_t& count =
        entry.joint ? joint_used[bucket_of(entry.key, joint_buckets_)] : used[bucket_of(entry.key, buckets_)];
    if (count == room) continue;
    ++count;
    kept_.push_back(entry);
  }
}

void Packer::drop_others(Weights& w) const {
  std::vector<bool> stays(w.weights.size());
  for (const Entry& entry : kept_) stays[entry.weight] = true;
  for (std::size_t i = w.first_gram; i < w.weights.size(); ++i)
    if (!stays[i]) w.weights[i] = {0, std::numeric_limits<float>::infinity()};
}

Result<void> Packer::write(const Weights& w, const Lexicon& lexicon, const std::string& readings,
                           const std::string& recipe, const std::string& path) const {
  std::vector<std::pair<float, float>> singles;
  std::vector<std::pair<float, float>> joints;
  for (const Entry& entry : kept_) {
    const Weight& weight = w.weights[entry.weight];
    (entry.joint ? joints : singles).emplace_back(weight.value, weight.squares + 0.01F);
  }
  const auto levels = levels_of(std::move(singles));
  const auto joint_levels = levels_of(std::move(joints));
  std::vector<Bucket> buckets(buckets_);
  std::vector<JointBucket> joint_buckets(joint_buckets_);
  std::vector<std::uint8_t> used(buckets_);
  std::vector<std::uint8_t> joint_used(joint_buckets_);
  for (const Entry& entry : kept_) {
    const float value = w.weights[entry.weight].value;
    if (entry.joint) {
      const std::size_t b = bucket_of(entry.key, joint_buckets_);
      joint_buckets[b].entry[joint_used[b]++] = JointBucket::key_bits(entry.key) << 15 |
                                                static_cast<unsigned>(entry.first) << 10 |
                                                static_cast<unsigned>(entry.second) << 5 | nearest(joint_levels, value);
    } else {
      const std::size_t b = bucket_of(entry.key, buckets_);
      const std::size_t slot = used[b]++;
      buckets[b].tag[slot] =
          static_cast<std::uint16_t>(Bucket::key_bits(entry.key) << 4 | static_cast<unsigned>(entry.position) << 2 |
                                     static_cast<unsigned>(entry.first) >> 3);
      buckets[b].value[slot] = static_cast<std::uint8_t>((entry.first & 7U) << 5 | nearest(levels, value));
    }
  }
  std::vector<float> bias;
  for (std::size_t b = 0; b < lexicon.size(); ++b)
    for (unsigned c = 0; c < lexicon.count(static_cast<std::uint16_t>(b)); ++c)
      bias.push_back(w.weights[w.bias[b] + c].value);
  ModelWriter writer{std::string(kKind), kVersion};
  writer.add("recipe", recipe);
  writer.add("readings", std::string_view(readings));
  writer.add_array("bias", std::span<const float>(bias));
  writer.add_array("levels", std::span<const float>(levels));
  writer.add_array("joint levels", std::span<const float>(joint_levels));
  writer.add_array("weights", std::span<const Bucket>(buckets));
  writer.add_array("joint weights", std::span<const JointBucket>(joint_buckets));
  return writer.write(path);
}

}  // namespace duluan::diacritics
