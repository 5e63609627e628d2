#include "archive/database.hpp"

#include <sys/stat.h>

#include <utility>

namespace duluan {
namespace {

// Primary codes that have a word of their own; extended codes share the low byte.
Error translate(int code, const std::string& detail, const std::string& path) {
  switch (code & 0xff) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return {ErrorCode::kMalformed, "the file is not an archive, or it is damaged (" + detail + ")", path,
              "name another file, or restore it from a copy"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {ErrorCode::kUnwritable, "the archive is read-only", path, "open it for writing, or work on a copy"};
    case SQLITE_FULL: return {ErrorCode::kUnwritable, "the disk is full", path, "free some space; nothing was stored"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::kUnwritable, "another program is writing to the archive", path, "try again when it is done"};
    case SQLITE_CANTOPEN:
      return {ErrorCode::kUnreadable, "the file cannot be opened as an archive", path,
              "check the path and its permissions"};
    case SQLITE_IOERR:
      return {ErrorCode::kUnreadable, "reading or writing the file failed (" + detail + ")", path, "check the disk"};
    default: return {ErrorCode::kInternal, "SQLite: " + detail, path, ""};
  }
}

// Changes with every write to the file, and while a writer has its log beside it.
std::string state_of(const std::string& path) {
  struct stat is {};
  if (stat(path.c_str(), &is) != 0) return "gone";
  const std::string state = std::to_string(is.st_ino) + ' ' + std::to_string(is.st_size) + ' ' +
                            std::to_string(is.st_mtim.tv_sec) + ' ' + std::to_string(is.st_mtim.tv_nsec);
  return stat((path + "-wal").c_str(), &is) == 0 ? state + " wal" : state;
}

}  // namespace

void Database::freeze() { frozen_ = state_of(path_); }

Result<void> Database::check_frozen() const {
  if (frozen_.empty() || frozen_ == state_of(path_)) return {};
  return Error{ErrorCode::kUnreadable, "the archive was changed while it was read", path_, "try again"};
}

Result<Database> Database::open(const std::string& name, const std::string& path, int flags) {
  Database database;
  database.path_ = path;
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &raw, flags | SQLITE_OPEN_EXRESCODE, nullptr);
  database.handle_.reset(raw);  // SQLite hands out a handle even when it fails
  if (code != SQLITE_OK) return database.error(code);
  sqlite3_busy_timeout(raw, 10'000);
  return database;
}

Error Database::error(int code) const {
  return translate(code, handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code), path_);
}

Result<void> Database::run(const char* sql) const {
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error(code);
  return {};
}

Result<std::int64_t> Database::number(const char* sql) const {
  Statement statement(*this, sql);
  const std::int64_t value = statement.step() ? statement.integer(0) : 0;
  if (auto done = statement.finish(); !done) return done.error();
  return value;
}

Statement::Statement(const Database& database, const char* sql) : database_(&database) {
  sqlite3_stmt* raw = nullptr;
  keep(sqlite3_prepare_v2(database.handle(), sql, -1, &raw, nullptr));
  handle_.reset(raw);
}

void Statement::keep(int code) {
  if (code == SQLITE_OK || code_ != SQLITE_OK) return;
  code_ = code;
  error_ = database_->error(code);
}

Statement& Statement::bind(std::int64_t value) {
  if (handle_) keep(sqlite3_bind_int64(handle_.get(), ++bound_, value));
  return *this;
}

Statement& Statement::bind(double value) {
  if (handle_) keep(sqlite3_bind_double(handle_.get(), ++bound_, value));
  return *this;
}

Statement& Statement::bind(std::string_view value) {
  // An empty view may have no address, and SQLite would bind NULL for that.
  const char* bytes = value.empty() ? "" : value.data();
  if (handle_) keep(sqlite3_bind_text64(handle_.get(), ++bound_, bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind_null() {
  if (handle_) keep(sqlite3_bind_null(handle_.get(), ++bound_));
  return *this;
}

bool Statement::step() {
  if (code_ != SQLITE_OK) return false;
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) keep(code);
  return false;
}

Result<void> Statement::finish() {
  while (step()) {
  }
  return reset();
}

Result<void> Statement::reset() {
  if (handle_) sqlite3_reset(handle_.get());
  bound_ = 0;
  if (code_ == SQLITE_OK) return database_->check_frozen();
  code_ = SQLITE_OK;
  return error_;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }
double Statement::real(int column) const { return sqlite3_column_double(handle_.get(), column); }
bool Statement::is_null(int column) const { return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL; }

std::string Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_.get(), column));
  return bytes == nullptr ? ""
                          : std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column)));
}

Transaction::~Transaction() {
  // A failed rollback leaves nothing to do: closing the connection rolls back as well.
  if (begun_ && open_) (void)database_->run("ROLLBACK");
}

Result<void> Transaction::commit() {
  auto done = database_->run("COMMIT");
  if (done) open_ = false;
  return done;
}

}  // namespace duluan
