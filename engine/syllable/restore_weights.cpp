#include "syllable/restore_weights.hpp"

#include <limits>

namespace duluan::diacritics {
namespace {

// Sixteen for each token, a power of two, at most 256 million (bytes).
std::size_t counters_for(std::size_t tokens) {
  std::size_t counters = 1024;
  while (counters < 16 * tokens && counters < std::size_t{1} << 28) counters *= 2;
  return counters;
}

}  // namespace

Weights::Weights(const Corpus& corpus, const Lexicon& lexicon, const std::array<unsigned, kGrams>& least) {
  std::vector<Place> by_type;
  by_type.reserve(corpus.types.size());
  for (const Form& form : corpus.types) {
    const Item item = lexicon.item(form);
    const unsigned count = item.bare == kNoBare ? 0 : lexicon.count(item.bare);
    by_type.push_back({item.symbol,
                       item.bare,
                       item.reading,
                       static_cast<std::uint8_t>(count > 1 ? count : 0),
                       static_cast<std::uint8_t>(item.shape),
                       item.marked,
                       {}});
  }
  if (!by_type.empty()) by_type[0] = {0, kNoBare, kNoReading, 0, kEdge, false, {}};
  places.reserve(corpus.tokens.size());
  for (const std::uint32_t type : corpus.tokens) places.push_back(by_type[type]);
  weights.resize(1);
  for (std::size_t b = 0; b < lexicon.size(); ++b) {
    bias.push_back(static_cast<std::uint32_t>(weights.size()));
    weights.resize(weights.size() + lexicon.count(static_cast<std::uint16_t>(b)));
  }
  first_gram = weights.size();
  number(least);
}

std::uint64_t Weights::key(Gram gram, std::size_t i) const {
  const auto symbol = [&](std::size_t at) { return places[at].symbol; };
  switch (gram) {
    case kShape:
      return shape_key(symbol(i),
                       static_cast<unsigned>(places[i - 1].shape << 6 | places[i].shape << 3 | places[i + 1].shape));
    case kPair: return pair_key(symbol(i - 1), symbol(i));
    case kSkip: return skip_key(symbol(i - 2), symbol(i));
    case kTriple: return longer_key(pair_key(symbol(i - 2), symbol(i - 1)), symbol(i));
    default: return longer_key(longer_key(pair_key(symbol(i - 3), symbol(i - 2)), symbol(i - 1)), symbol(i));
  }
}

std::size_t Weights::part(Gram gram, std::size_t i, std::size_t k) const {
  std::size_t at = 0;
  for (std::size_t t = 0; t < k; ++t)
    if (gram != kSkip || t == 0) at += places[i + 1 - kSpan[gram] + t].width;
  return at;
}

std::size_t Weights::block_size(Gram gram, std::size_t i) const {
  const std::size_t single = part(gram, i, kSpan[gram] - 1) + places[i].width;
  return gram == kPair ? single + std::size_t{places[i - 1].width} * places[i].width : single;
}

Weights::Slot& Weights::find(std::uint64_t key) {
  std::size_t at = key & (slots_.size() - 1);
  while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
  return slots_[at];
}

void Weights::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old)
    if (slot.key != 0) find(slot.key) = slot;
}

// Counts by hash first, so that the many n-grams seen once need no slot; a clash lets a few of them in.
// Keys are taken some at a time, their counters on the way to the cache meanwhile.
void Weights::number(const std::array<unsigned, kGrams>& least) {
  struct Pending {
    std::uint64_t key;
    std::uint32_t place;
    Gram gram;
  };
  std::vector<std::uint8_t> counts(counters_for(places.size()));
  const auto counter = [&](std::uint64_t key) -> std::uint8_t& { return counts[(key >> 20) & (counts.size() - 1)]; };
  const auto each_place = [&](auto use) {
    std::vector<Pending> pending;
    for (std::size_t i = kReach; i + 1 < places.size(); ++i) {
      for (unsigned g = 0; g < kGrams; ++g) {
        const auto gram = static_cast<Gram>(g);
        if (least[g] == 0 || block_size(gram, i) == 0) continue;
        pending.push_back({key(gram, i), static_cast<std::uint32_t>(i), gram});
        __builtin_prefetch(&counter(pending.back().key));
        if (!slots_.empty()) __builtin_prefetch(&slots_[pending.back().key & (slots_.size() - 1)]);
      }
      if (pending.size() < 64 && i + 2 < places.size()) continue;
      for (const Pending& one : pending) use(one);
      pending.clear();
    }
  };
  each_place([&](const Pending& one) {
    if (counter(one.key) != std::numeric_limits<std::uint8_t>::max()) ++counter(one.key);
  });
  slots_.resize(1024);
  each_place([&](const Pending& one) {
    if (counter(one.key) < least[one.gram]) return;
    if (used_ * 10 >= slots_.size() * 7) grow();
    Slot& slot = find(one.key);
    if (slot.key == 0) {
      slot = {one.key, static_cast<std::uint32_t>(weights.size()), one.place, one.gram};
      weights.resize(weights.size() + block_size(one.gram, one.place));
      ++used_;
    }
    places[one.place].block[one.gram] = slot.block;
  });
}

}  // namespace duluan::diacritics
