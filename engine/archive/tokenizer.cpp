#include "archive/tokenizer.hpp"

#include "text/plain_syllables.hpp"

namespace duluan {
namespace {

// It has no state; FTS5 wants an address that is not null.
int create(void*, const char**, int, Fts5Tokenizer** out) {
  static int nothing = 0;
  *out = reinterpret_cast<Fts5Tokenizer*>(&nothing);
  return SQLITE_OK;
}

void destroy(Fts5Tokenizer*) {}

int tokenize(Fts5Tokenizer*, void* context, int, const char* text, int size,
             int (*token)(void*, int, const char*, int, int, int)) {
  PlainSyllables syllables({text, static_cast<std::size_t>(size)});
  while (syllables.next()) {
    const std::string& plain = syllables.plain();
    const int code = token(context, 0, plain.data(), static_cast<int>(plain.size()),
                           static_cast<int>(syllables.span().begin), static_cast<int>(syllables.span().end));
    if (code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

}  // namespace

Result<void> register_tokenizer(const Database& database) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database.handle(), "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  if (api == nullptr)
    return Error{ErrorCode::kUnsupported, "this SQLite has no full-text search (FTS5)", database.path(),
                 "install Debian's libsqlite3-0"};
  fts5_tokenizer tokenizer{create, destroy, tokenize};
  if (const int code = api->xCreateTokenizer(api, "duluan", nullptr, &tokenizer, nullptr); code != SQLITE_OK)
    return database.error(code);
  return {};
}

}  // namespace duluan
