// The features of one text: distinct keys and how often each occurs.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "topic/reading.hpp"

namespace duluan::topics {

/// One distinct feature of a text.
struct BagEntry {
  std::uint32_t key = 0;
  std::uint32_t count = 0;
  std::uint32_t at = 0;  ///< the syllable where it first stands; of a pair the first of the two
  Family family = kSyllable;
};

/// Collects the features of text after text; a small hash table that is emptied by raising its mark.
class Bag {
 public:
  /// Single syllables, neighbours that no punctuation parts, and the first and the last syllable as such, each written
  /// and folded; of plain text folded alone.
  void collect(const Reading& text);
  /// In the order of their first place.
  [[nodiscard]] const std::vector<BagEntry>& entries() const noexcept { return entries_; }

 private:
  struct Slot {
    std::uint32_t mark = 0;
    std::uint32_t entry = 0;
  };
  void add(std::uint32_t key, std::size_t at, Family family);

  std::vector<BagEntry> entries_;
  std::vector<Slot> slots_;
  std::uint32_t mark_ = 0;
};

/// What an occurrence counts: the second of a word tells less than the first.
inline float damped(std::uint32_t count) noexcept {
  return count == 1 ? 1.0F : 1.0F + std::log(static_cast<float>(count));
}

/// Calls `use(key, family, first syllable)` for each feature of a text, place by place.
template <class Use>
void each_feature(const Reading& text, Use use) {
  for (std::size_t i = 0; i < text.folded.size(); ++i) {
    const bool pair = i + 1 < text.folded.size() && text.breaks[i + 1] == 0;
    if (!text.plain) {
      use(feature_key(kSyllable, text.written[i]), kSyllable, i);
      if (pair) use(feature_key(kPair, text.written[i], text.written[i + 1]), kPair, i);
    }
    use(feature_key(kFolded, text.folded[i]), kFolded, i);
    if (pair) use(feature_key(kFoldedPair, text.folded[i], text.folded[i + 1]), kFoldedPair, i);
  }
  if (text.folded.empty()) return;
  const std::size_t last = text.folded.size() - 1;
  for (const std::uint32_t end : {0U, 1U}) {
    const std::size_t at = end == 0 ? 0 : last;
    if (!text.plain) use(feature_key(kEdge, text.written[at], end), kEdge, at);
    use(feature_key(kFoldedEdge, text.folded[at], end), kFoldedEdge, at);
  }
}

}  // namespace duluan::topics
