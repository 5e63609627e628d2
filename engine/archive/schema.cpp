#include "archive/schema.hpp"

#include <string>

#include "archive/copies.hpp"

namespace duluan {
namespace {

// day, week, month, quarter: the period as an index in each unit it fits into, NULL in
// finer ones (a quarterly report belongs to no month). So every count is a plain GROUP BY.
// key: XXH3 of the folded text; copies are found by it and confirmed by the text.
constexpr const char* kTables = R"sql(
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  digest TEXT NOT NULL UNIQUE);
CREATE INDEX source_name ON source (name);
CREATE TABLE opinion (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
  reference TEXT NOT NULL,
  offset INTEGER NOT NULL,
  section TEXT NOT NULL,
  place TEXT NOT NULL,
  unit TEXT NOT NULL,
  period_unit INTEGER, period_index INTEGER,
  day INTEGER, week INTEGER, month INTEGER, quarter INTEGER,
  copy_of INTEGER NOT NULL DEFAULT 0,
  key INTEGER NOT NULL,
  text TEXT NOT NULL);
CREATE INDEX opinion_source ON opinion (source);
-- Originals only: boilerplate that every report repeats must not slow the next one down.
CREATE INDEX opinion_key ON opinion (key, period_unit, period_index) WHERE copy_of = 0;
CREATE INDEX opinion_copy ON opinion (copy_of) WHERE copy_of <> 0;
CREATE INDEX opinion_month ON opinion (month, place);
CREATE TABLE topic (
  opinion INTEGER NOT NULL REFERENCES opinion ON DELETE CASCADE,
  rank INTEGER NOT NULL,
  name TEXT NOT NULL,
  probability REAL NOT NULL,
  PRIMARY KEY (opinion, rank)) WITHOUT ROWID;
CREATE INDEX topic_name ON topic (name);
-- What was done to the archive, without content: it may grow, never change.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  deed TEXT NOT NULL,
  digest TEXT NOT NULL,
  opinions INTEGER NOT NULL);
CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END;
)sql";

// search: the words of all opinions, as the tokenizer "duluan" sees them. Its rows are written and removed with the
// opinion, not by triggers, which would bind other programs to that tokenizer.
// band: where originals that say nearly the same meet (report/near_copy.hpp).
constexpr const char* kIndices = R"sql(
CREATE VIRTUAL TABLE search USING fts5
  (text, content = 'opinion', content_rowid = 'id', columnsize = 0, tokenize = 'duluan');
CREATE TABLE band (hash INTEGER, opinion INTEGER, PRIMARY KEY (hash, opinion)) WITHOUT ROWID;
)sql";

Error not_an_archive(const Database& database) {
  return {ErrorCode::kMalformed, "the file is an SQLite database, but not an archive of opinions", database.path(),
          "name another file"};
}

Result<void> stamp(const Database& database) {
  const std::string stamp = "PRAGMA application_id = " + std::to_string(kApplicationId) +
                            "; PRAGMA user_version = " + std::to_string(kSchemaVersion);
  return database.run(stamp.c_str());
}

Result<void> create(const Database& database) {
  Transaction transaction(database);
  if (!transaction.begun()) return transaction.begun().error();
  // Another process may have made the tables while we waited for the lock.
  const auto version = database.number("PRAGMA user_version");
  if (!version) return version.error();
  if (*version == kSchemaVersion) return {};
  if (auto made = database.run(kTables); !made) return made;
  if (auto made = database.run(kIndices); !made) return made;
  if (auto stamped = stamp(database); !stamped) return stamped;
  return transaction.commit();
}

// Version 1 knew equal copies of one period alone: all opinions are judged again, in the order they came.
Result<void> upgrade(const Database& database) {
  Transaction transaction(database);
  if (!transaction.begun()) return transaction.begun().error();
  const auto version = database.number("PRAGMA user_version");
  if (!version) return version.error();
  if (*version == kSchemaVersion) return {};  // another process has done it
  if (auto made = database.run(kIndices); !made) return made;
  if (auto filled = database.run("INSERT INTO search (rowid, text) SELECT id, text FROM opinion"); !filled)
    return filled;
  if (auto judged = Copies(database).judge_all(); !judged) return judged;
  if (auto stamped = stamp(database); !stamped) return stamped;
  return transaction.commit();
}

}  // namespace

Result<void> prepare_schema(const Database& database, Archive::Mode mode) {
  const auto tables = database.number("SELECT count(*) FROM sqlite_schema");
  if (!tables) return tables.error();
  const auto application = database.number("PRAGMA application_id");
  if (!application) return application.error();
  const auto version = database.number("PRAGMA user_version");
  if (!version) return version.error();
  if (*tables == 0 && *application == 0 && *version == 0) {
    if (mode == Archive::Mode::kCreate) return create(database);
    return Error{ErrorCode::kEmpty, "the file is empty, not an archive", database.path(),
                 "create an archive with 'duluan ingest'"};
  }
  if (*application != kApplicationId) return not_an_archive(database);
  if (*version > kSchemaVersion)
    return Error{ErrorCode::kVersionMismatch,
                 "the archive has format " + std::to_string(*version) + ", this program knows up to " +
                     std::to_string(kSchemaVersion),
                 database.path(), "update duluan"};
  if (*version < 1) return not_an_archive(database);
  if (*version < kSchemaVersion && mode != Archive::Mode::kReadOnly) return upgrade(database);
  return {};
}

}  // namespace duluan
