#include "archive/alike.hpp"

#include <utility>

namespace duluan {

bool Sayings::known(const std::vector<std::uint32_t>& syllables,
                    const std::array<std::uint32_t, report::kBands>& bands) const {
  for (const std::uint32_t band : bands) {
    const auto found = band_.find(band);
    if (found == band_.end()) continue;
    for (const std::size_t i : found->second)
      if (seen_[i] == syllables || report::near_copies(seen_[i], syllables)) return true;
  }
  return false;
}

bool Sayings::add(std::string_view utf8) {
  std::vector<std::uint32_t> syllables = report::syllables_of(utf8);
  if (syllables.empty()) return false;
  const auto bands = report::bands_of(syllables);
  if (known(syllables, bands)) return false;
  for (const std::uint32_t band : bands) {
    auto& there = band_[band];
    if (there.empty() || there.back() != seen_.size()) there.push_back(seen_.size());
  }
  seen_.push_back(std::move(syllables));
  return true;
}

void Sayings::clear() {
  seen_.clear();
  band_.clear();
}

}  // namespace duluan
