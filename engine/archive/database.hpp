// SQLite behind two small owners: a connection and a prepared statement. SQLite's
// codes become Error here and nowhere else; the rest of the room speaks Result.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "duluan/result.hpp"

namespace duluan {

class Database {
 public:
  /// `flags` as for sqlite3_open_v2; `path` is what errors call the file.
  static Result<Database> open(const std::string& name, const std::string& path, int flags);

  [[nodiscard]] Result<void> run(const char* sql) const;
  /// The one integer that `sql` yields (a PRAGMA or a count).
  [[nodiscard]] Result<std::int64_t> number(const char* sql) const;
  [[nodiscard]] sqlite3* handle() const noexcept { return handle_.get(); }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// From now on every finished statement fails if the file is no longer the one it was: for
  /// connections that take no locks ("immutable"), whose rows would be of no one moment.
  void freeze();
  [[nodiscard]] Result<void> check_frozen() const;
  /// What SQLite says went wrong last, in our words.
  [[nodiscard]] Error error(int code) const;

 private:
  struct Close {
    void operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
  std::string path_;
  std::string frozen_;  // what tells the file's state, or empty
};

/// A prepared statement. A failed prepare, bind or step is kept and told by finish(),
/// so that a loop over rows reads as a loop over rows.
class Statement {
 public:
  Statement(const Database& database, const char* sql);

  Statement& bind(std::int64_t value);
  Statement& bind(double value);
  Statement& bind(std::string_view value);
  Statement& bind_null();

  /// The next row; false at the end and on failure.
  bool step();
  /// Leaves the rows that are left and makes the statement ready to be bound again.
  Result<void> reset();
  /// Runs to the end and makes the statement ready to be bound again.
  Result<void> finish();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const noexcept { sqlite3_finalize(handle); }
  };
  void keep(int code);
  const Database* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
  int bound_ = 0;
  int code_ = SQLITE_OK;
  Error error_;
};

/// BEGIN IMMEDIATE … COMMIT; rolled back unless committed.
class Transaction {
 public:
  explicit Transaction(const Database& database) : database_(&database), begun_(database.run("BEGIN IMMEDIATE")) {}
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  [[nodiscard]] const Result<void>& begun() const noexcept { return begun_; }
  Result<void> commit();

 private:
  const Database* database_;
  Result<void> begun_;
  bool open_ = true;
};

}  // namespace duluan
