// What an open archive holds, and the mapping of periods to columns.
#pragma once

#include <optional>

#include "archive/database.hpp"
#include "duluan/archive.hpp"

namespace duluan {

struct Archive::Store {
  Database database;
  bool writable = false;
};

/// The period of `unit` that `period` falls into; nothing if `period` is the longer one.
/// A week belongs to the month and quarter of its Thursday, as in ISO 8601.
std::optional<Period> widened(const Period& period, Period::Unit unit);

/// The column that holds the index in this unit.
const char* column_of(Period::Unit unit);

}  // namespace duluan
