// The tables of an archive, and the check that a file is one.
#pragma once

#include "archive/database.hpp"
#include "duluan/archive.hpp"

namespace duluan {

/// In the SQLite header, so that `file` and others can tell an archive: "DuLu".
inline constexpr std::int64_t kApplicationId = 0x44754c75;
/// Raised with every change of the tables; a newer file is refused, never guessed at.
inline constexpr std::int64_t kSchemaVersion = 2;
/// From here on there is an index to search by; older archives can be read, and get it when opened for writing.
inline constexpr std::int64_t kSearchVersion = 2;

/// Makes the tables if the file is empty and may be made, brings older ones up to date if it may be written. Error
/// kMalformed for a foreign database, kVersionMismatch for a newer archive, kEmpty for nothing.
Result<void> prepare_schema(const Database& database, Archive::Mode mode);

}  // namespace duluan
