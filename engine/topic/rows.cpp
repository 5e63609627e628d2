#include "topic/rows.hpp"

#include <algorithm>
#include <cmath>

namespace duluan::topics {
namespace {

constexpr std::size_t kHead = 8;  // key, gain, scale

std::size_t stride_of(std::size_t topics) { return kHead + (topics + 7) / 8 * 8; }

std::uint32_t key_of(const std::byte* bucket) {
  std::uint32_t key = 0;
  std::memcpy(&key, bucket, sizeof key);
  return key;
}

void write_row(const FeatureRow& row, std::byte* bucket) {
  float most = 0;
  for (const float weight : row.weights) most = std::max(most, std::fabs(weight));
  const std::uint16_t scale = to_short_float(std::max(most, 1e-12F) / 127.0F);
  const std::uint16_t gain = to_short_float(row.gain);
  std::memcpy(bucket, &row.key, sizeof row.key);
  std::memcpy(bucket + 4, &gain, sizeof gain);
  std::memcpy(bucket + 6, &scale, sizeof scale);
  const float step = from_short_float(scale);
  for (std::size_t t = 0; t < row.weights.size(); ++t) {
    const float rounded = std::round(row.weights[t] / step);
    bucket[kHead + t] = static_cast<std::byte>(static_cast<std::int8_t>(std::clamp(rounded, -127.0F, 127.0F)));
  }
}

}  // namespace

bool RowView::open(std::span<const std::byte> bytes, std::size_t topics) {
  stride_ = stride_of(topics);
  if (bytes.size() % stride_ != 0 || bytes.size() / stride_ >= UINT32_MAX) return false;
  data_ = bytes.data();
  buckets_ = bytes.size() / stride_;
  for (std::size_t i = 0; i < buckets_; ++i)
    if (key_of(data_ + i * stride_) == 0) return true;
  return buckets_ == 0;
}

std::vector<std::byte> pack_rows(std::span<const FeatureRow> rows, std::size_t topics) {
  const std::size_t stride = stride_of(topics);
  const std::size_t buckets = rows.size() * 8 / 7 + 1;
  std::vector<std::byte> bytes(buckets * stride);
  for (const FeatureRow& row : rows) {
    std::size_t i = std::uint64_t(row.key) * buckets >> 32U;
    while (key_of(bytes.data() + i * stride) != 0) i = i + 1 == buckets ? 0 : i + 1;
    write_row(row, bytes.data() + i * stride);
  }
  return bytes;
}

std::size_t rows_within(std::size_t bytes, std::size_t topics) noexcept {
  const std::size_t buckets = bytes / stride_of(topics);
  return buckets < 2 ? 0 : (buckets - 1) * 7 / 8;
}

}  // namespace duluan::topics
