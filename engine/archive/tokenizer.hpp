// FTS5's view of Vietnamese: SQLite's own tokenizers do not find "Đà Nẵng" by "da nang".
#pragma once

#include "archive/database.hpp"

namespace duluan {

/// Makes the tokenizer "duluan" (plain syllables) known to a connection. Has to come before any
/// statement that touches the search index.
Result<void> register_tokenizer(const Database& database);

}  // namespace duluan
