// A small chart of a series, drawn as inline SVG.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "duluan/concern.hpp"

namespace duluan::concern {

struct ChartSize {
  int width, height;
  bool large;
};
inline constexpr ChartSize kCardChart{460, 210, true};
inline constexpr ChartSize kTopicChart{320, 130, false};

/// Counts with what was expected of them; the last is marked if it is flagged. Counts below
/// kSmallestShown are all drawn at one height, hollow. `about` names the topic, unescaped.
std::string chart(const std::vector<SeriesPoint>& points, std::string_view about, bool flagged, const ChartSize& size,
                  Language language);

}  // namespace duluan::concern
