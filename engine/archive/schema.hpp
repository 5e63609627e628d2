// The tables of an archive, and the check that a file is one.
#pragma once

#include "archive/database.hpp"

namespace duluan {

/// In the SQLite header, so that `file` and others can tell an archive: "DuLu".
inline constexpr std::int64_t kApplicationId = 0x44754c75;
/// Raised with every change of the tables; a newer file is refused, never guessed at.
inline constexpr std::int64_t kSchemaVersion = 1;

/// Makes the tables if the file is empty and may be written. Error kMalformed for a
/// foreign database, kVersionMismatch for a newer archive, kEmpty for nothing.
Result<void> prepare_schema(const Database& database, bool may_create);

}  // namespace duluan
