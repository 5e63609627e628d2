#include "topic/bag.hpp"

#include <algorithm>
#include <bit>

namespace duluan::topics {

void Bag::add(std::uint32_t key, std::size_t at, Family family) {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = key & mask;; i = (i + 1) & mask) {
    Slot& slot = slots_[i];
    if (slot.mark != mark_) {
      slot = {mark_, static_cast<std::uint32_t>(entries_.size())};
      entries_.push_back({key, 1, static_cast<std::uint32_t>(at), family});
      return;
    }
    if (BagEntry& entry = entries_[slot.entry]; entry.key == key) {
      ++entry.count;
      return;
    }
  }
}

void Bag::collect(const Reading& text) {
  entries_.clear();
  constexpr std::size_t kFewest = 256;
  const std::size_t wanted = std::bit_ceil(std::max(kFewest, (text.folded.size() + 1) * 4 * 2));
  if (slots_.size() < wanted || mark_ == UINT32_MAX) {
    slots_.assign(std::max(wanted, slots_.size()), {});
    mark_ = 0;
  }
  ++mark_;
  each_feature(text, [this](std::uint32_t key, Family family, std::size_t at) { add(key, at, family); });
}

}  // namespace duluan::topics
