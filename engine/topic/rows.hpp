// The weights of a model, one row a feature, found by the feature's key.
//
// A feature's word vector, its weights, its rarity and its letters' weights are all linear in the score, so training
// adds them up once into one row of bytes. A row is one bucket of a hash table: key, what the feature adds to the
// length of the text, the row's scale, and a byte for each topic; with 24 topics 32 bytes, half a cache line.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace duluan::topics {

/// The upper half of a float: eight bits of fraction.
inline std::uint16_t to_short_float(float value) noexcept {
  return static_cast<std::uint16_t>((std::bit_cast<std::uint32_t>(value) + 0x8000U) >> 16U);
}
inline float from_short_float(std::uint16_t bits) noexcept {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16U);
}

/// What training found out about one feature.
struct FeatureRow {
  std::uint32_t key = 0;
  float gain = 0;              ///< its part of the text's length
  std::vector<float> weights;  ///< of each topic, for one occurrence
};

class RowView {
 public:
  RowView() = default;
  /// False when the bytes are no table of so many topics, or one without an empty bucket to end a search.
  bool open(std::span<const std::byte> bytes, std::size_t topics);

  /// The bucket of a feature, or null.
  [[nodiscard]] const std::byte* find(std::uint32_t key) const noexcept {
    if (buckets_ == 0) return nullptr;
    for (std::size_t i = home(key);; i = i + 1 == buckets_ ? 0 : i + 1) {
      const std::byte* bucket = data_ + i * stride_;
      std::uint32_t held = 0;
      std::memcpy(&held, bucket, sizeof held);
      if (held == key) return bucket;
      if (held == 0) return nullptr;
    }
    return nullptr;
  }
  void prefetch(std::uint32_t key) const noexcept { __builtin_prefetch(data_ + home(key) * stride_); }

  [[nodiscard]] static float gain(const std::byte* bucket) noexcept { return short_float(bucket + 4); }
  /// The weight of one topic.
  [[nodiscard]] static float weight(const std::byte* bucket, std::size_t topic) noexcept {
    return short_float(bucket + 6) * static_cast<float>(static_cast<std::int8_t>(bucket[8 + topic]));
  }
  /// Adds factor x weights to `sums`, one float a topic and up to 7 more.
  void add(const std::byte* bucket, float factor, float* sums) const noexcept {
    const float scale = factor * short_float(bucket + 6);
    const auto* row = reinterpret_cast<const std::int8_t*>(bucket + 8);
    for (std::size_t block = 0; block < stride_ - 8; block += 8)
      for (std::size_t t = block; t < block + 8; ++t) sums[t] += scale * static_cast<float>(row[t]);
  }
  /// Floats that add() touches.
  [[nodiscard]] std::size_t width() const noexcept { return stride_ - 8; }

 private:
  [[nodiscard]] std::size_t home(std::uint32_t key) const noexcept { return std::uint64_t(key) * buckets_ >> 32U; }
  static float short_float(const std::byte* at) noexcept {
    std::uint16_t bits = 0;
    std::memcpy(&bits, at, sizeof bits);
    return from_short_float(bits);
  }

  const std::byte* data_ = nullptr;
  std::size_t stride_ = 8;
  std::size_t buckets_ = 0;
};

/// Lays the rows out as RowView reads them; the keys must differ. No more than 7 buckets of 8 are used.
std::vector<std::byte> pack_rows(std::span<const FeatureRow> rows, std::size_t topics);

/// How many rows fit a table of at most `bytes`.
std::size_t rows_within(std::size_t bytes, std::size_t topics) noexcept;

}  // namespace duluan::topics
