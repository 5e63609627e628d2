// Finding opinions by their words.
#include <string>

#include "archive/queries.hpp"
#include "archive/schema.hpp"
#include "archive/store.hpp"
#include "text/plain_syllables.hpp"

namespace duluan {
namespace {

// The phrases as FTS5 reads them: "gia dien" "sinh hoat", all of them to be found.
std::string expression(const std::vector<std::string>& phrases) {
  std::string out;
  for (const std::string& phrase : phrases) {
    std::string words;
    PlainSyllables syllables(phrase);
    while (syllables.next()) words += (words.empty() ? "" : " ") + syllables.plain();
    if (!words.empty()) out += (out.empty() ? "\"" : " \"") + words + '"';
  }
  return out;
}

}  // namespace

Result<std::vector<StoredOpinion>> Archive::search(const Query& query) const {
  const Database& database = store_->database;
  const auto version = database.number("PRAGMA user_version");
  if (!version) return version.error();
  if (*version < kSearchVersion)
    return Error{ErrorCode::kVersionMismatch, "the archive has format " + std::to_string(*version) + ", without search",
                 database.path(), "open it for writing once, for instance with 'duluan ingest'"};
  const std::string words = expression(query.phrases);
  if (words.empty())
    return Error{ErrorCode::kInvalidArgument, "there is no word to search for", database.path(),
                 "give letters or digits"};
  std::string sql = std::string("SELECT ") + kOpinionColumns +
                    " FROM search s CROSS JOIN opinion o ON o.id = s.rowid WHERE search MATCH ?";
  if (query.period) sql += std::string(" AND o.") + column_of(query.period->unit) + " = ?";
  if (!query.place.empty()) sql += " AND o.place = ?";
  if (!query.topic.empty()) sql += " AND EXISTS (SELECT 1 FROM topic t WHERE t.opinion = o.id AND t.name = ?)";
  sql += " ORDER BY s.rowid DESC LIMIT ?";
  Statement find(database, sql.c_str());
  find.bind(words);
  if (query.period) find.bind(std::int64_t{query.period->index});
  if (!query.place.empty()) find.bind(query.place);
  if (!query.topic.empty()) find.bind(query.topic);
  find.bind(std::int64_t{query.limit < 0 ? -1 : query.limit});
  return collect_opinions(database, find);
}

}  // namespace duluan
