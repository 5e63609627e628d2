#include "topic/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace duluan::topics {
namespace {

// Weight of each family, in the order of Family; chosen on unseen authors.
constexpr std::array<float, kFamilies> kFamilyWeight{1.0F, 1.0F, 0.6F, 0.6F, 0.3F, 1.0F, 0.6F};
// Texts a feature must occur in to be learnt.
constexpr std::array<std::uint32_t, kFamilies> kFewestTexts{2, 2, 2, 2, 4, 2, 2};
constexpr double kRarest = 9.0;

}  // namespace

std::uint32_t KeyIndex::find(std::uint32_t key) const noexcept {
  if (slots_.empty()) return kNone;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = (key * 0x9E3779B1U) & mask;; i = (i + 1) & mask) {
    if (slots_[i] == 0) return kNone;
    if (keys_[slots_[i] - 1] == key) return slots_[i] - 1;
  }
}

std::uint32_t KeyIndex::add(std::uint32_t key) {
  if (const std::uint32_t found = find(key); found != kNone) return found;
  if (keys_.size() * 2 >= slots_.size()) grow();
  keys_.push_back(key);
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = (key * 0x9E3779B1U) & mask;
  while (slots_[i] != 0) i = (i + 1) & mask;
  slots_[i] = static_cast<std::uint32_t>(keys_.size());
  return slots_[i] - 1;
}

void KeyIndex::grow() {
  slots_.assign(std::max<std::size_t>(1024, slots_.size() * 2), 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t number = 0; number < keys_.size(); ++number) {
    std::size_t i = (keys_[number] * 0x9E3779B1U) & mask;
    while (slots_[i] != 0) i = (i + 1) & mask;
    slots_[i] = static_cast<std::uint32_t>(number + 1);
  }
}

RawText raw_text_of(std::string_view utf8, bool pieces, Reading& reading, Bag& bag) {
  read_text(utf8, reading);
  bag.collect(reading);
  RawText text;
  KeyIndex numbers;
  std::vector<RawText::Feature> sums;
  for (const BagEntry& entry : bag.entries()) {
    const float times = damped(entry.count);
    text.features.push_back({entry.key, times, times * times, entry.family});
    if (entry.family != kFolded || !pieces) continue;
    const std::string_view letters = reading.folded_letters(entry.at);
    text.folded.emplace_back(entry.key, letters);
    each_piece(letters, [&](std::uint32_t key) {
      const std::uint32_t number = numbers.add(key);
      if (number == sums.size()) sums.push_back({key, 0, 0, kPiece});
      sums[number].times += times;
      sums[number].squares += times * times;
    });
  }
  text.features.insert(text.features.end(), sums.begin(), sums.end());
  return text;
}

void Vocabulary::count(const RawText& text) {
  for (const RawText::Feature& feature : text.features) {
    const std::uint32_t number = index.add(feature.key);
    if (number == features.size()) features.push_back({feature.family, 0, false, -1});
    ++features[number].texts;
  }
  for (const auto& [key, letters] : text.folded) add_pieces(key, letters);
}

void Vocabulary::add_pieces(std::uint32_t key, std::string_view letters) {
  auto& keys = pieces[index.find(key)];
  if (keys.empty()) each_piece(letters, [&](std::uint32_t piece) { keys.push_back(piece); });
}

void Vocabulary::finish(std::size_t texts, bool edges) {
  gain.resize(features.size());
  for (std::size_t i = 0; i < features.size(); ++i) {
    FeatureInfo& feature = features[i];
    const bool edge = feature.family == kEdge || feature.family == kFoldedEdge;
    feature.learnt = feature.texts >= kFewestTexts[feature.family] && (edges || !edge);
    const double seen = double(feature.texts) + 0.5;
    gain[i] =
        kFamilyWeight[feature.family] * static_cast<float>(std::min(std::log(1.0 + double(texts) / seen), kRarest));
  }
}

SparseText sparse_text_of(const RawText& text, const Vocabulary& vocabulary) {
  SparseText sparse;
  float squares = 0;
  std::vector<std::pair<std::uint32_t, float>> found;
  for (const RawText::Feature& feature : text.features) {
    const std::uint32_t number = vocabulary.index.find(feature.key);
    if (number == KeyIndex::kNone || !vocabulary.kept(number)) continue;
    const float gain = vocabulary.gain[number];
    squares += gain * gain * feature.squares;
    found.emplace_back(number, gain * feature.times);
  }
  std::sort(found.begin(), found.end());
  const float length = std::sqrt(std::max(squares, 1e-12F));
  for (const auto& [number, value] : found) {
    sparse.features.push_back(number);
    sparse.values.push_back(value / length);
  }
  return sparse;
}

}  // namespace duluan::topics
