/// \file
/// What was planted, counted over what was really written. For tests and for readers; the engine never sees it.
#pragma once

#include <string>
#include <vector>

#include "plan.hpp"

namespace sample {

/// TSV with a header: kind, topic, places, units, first, last, counts, note.
std::string truth_table(const Plan& plan, const std::vector<Place>& places);

/// TSV: opinions by topic and month, copies left out; a last row with all of them.
std::string count_table(const Plan& plan);

}  // namespace sample
