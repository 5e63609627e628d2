// Rows to opinions.
#pragma once

#include <vector>

#include "archive/database.hpp"
#include "duluan/archive.hpp"

namespace duluan {

/// The columns of opinion `o` that collect_opinions() reads, in its order.
inline constexpr const char* kOpinionColumns =
    "o.id, o.copy_of, o.reference, o.offset, o.section, o.place, o.unit, o.period_unit, o.period_index, o.text";

/// All rows of a bound statement as opinions with their topics.
Result<std::vector<StoredOpinion>> collect_opinions(const Database& database, Statement& find);

}  // namespace duluan
