// What an added topic sees of a text; it needs nothing of the base model but the word vectors.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "topic/vectors.hpp"

namespace duluan::topics {

struct View {
  std::vector<float> meaning;                          ///< mean word vector; all 0, or none, if no word is known
  std::vector<std::pair<std::uint32_t, float>> terms;  ///< key and weight of its family; ascending, each once
};

/// How a base model lets a text be seen. The same function must serve training and use.
using Look = std::function<View(std::string_view text)>;

/// Terms: words as the vectors' vocabulary reads them and pairs of neighbours, both with and without diacritics, and
/// runs of four and five letters of the folded text, spaces included.
View view_of(std::string_view text, const VectorView& vectors);

}  // namespace duluan::topics
