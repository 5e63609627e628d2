// Opening an archive: for writing, or for reading without a trace.
#include <unistd.h>

#include <filesystem>
#include <utility>

#include "archive/schema.hpp"
#include "archive/store.hpp"
#include "archive/tokenizer.hpp"

namespace duluan {
namespace {

// file: address of a path, for the immutable flag.
std::string file_uri(const std::string& path) {
  constexpr const char* kHex = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(path).string()) {
    if (c == '%' || c == '?' || c == '#') {
      uri += '%';
      uri += kHex[static_cast<unsigned char>(c) >> 4];
      uri += kHex[static_cast<unsigned char>(c) & 15];
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

Result<void> check_path(const std::string& path, Archive::Mode mode) {
  namespace fs = std::filesystem;
  std::error_code fault;
  if (fs::is_directory(path, fault))
    return Error{ErrorCode::kUnreadable, "it is a directory, not an archive", path, "name a file in it"};
  if (fs::exists(path, fault)) return {};
  if (mode != Archive::Mode::kCreate)
    return Error{ErrorCode::kNotFound, "the archive does not exist", path,
                 "check the path, or create it with 'duluan ingest'"};
  const fs::path parent = fs::path(path).parent_path();
  if (!parent.empty() && !fs::is_directory(parent, fault))
    return Error{ErrorCode::kNotFound, "the directory does not exist", parent.string(), "create it first"};
  return {};
}

// Reading leaves nothing behind. Where file and folder may be written, SQLite's side files (-wal, -shm) are made by a
// connection that may write, has its statements refused, and takes the files away at the end; one that may only read
// would leave them, with the mode of a file that nobody may write. Elsewhere the file is read as it lies there, unless
// side files tell of a writer or of a journal to be replayed.
Result<Database> open_read_only(const std::string& path) {
  namespace fs = std::filesystem;
  const auto readable = [](const Result<Database>& database) {
    return database.ok() && database->number("SELECT count(*) FROM sqlite_schema").ok();
  };
  const std::string parent = fs::absolute(path).parent_path().string();
  if (access(path.c_str(), W_OK) == 0 && access(parent.c_str(), W_OK) == 0) {
    auto writer = Database::open(path, path, SQLITE_OPEN_READWRITE);
    if (writer && writer->run("PRAGMA query_only = ON").ok() && readable(writer)) return writer;
  }
  std::error_code fault;
  if (!fs::exists(path + "-wal", fault) && !fs::exists(path + "-journal", fault)) {
    auto frozen = Database::open(file_uri(path), path, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    if (frozen) frozen->freeze();
    if (readable(frozen)) return frozen;
  }
  return Database::open(path, path, SQLITE_OPEN_READONLY);
}

// Side files that were made while the archive was read-only must not keep its owner out when it no longer is.
void share_side_files(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code fault;
  const fs::perms mode = fs::status(path, fault).permissions();
  if (fault || access(path.c_str(), W_OK) != 0) return;
  for (const char* side : {"-wal", "-shm"})
    if (access((path + side).c_str(), W_OK) != 0) fs::permissions(path + side, mode, fault);  // or SQLite says why not
}

Result<Database> open_writable(const std::string& path, Archive::Mode mode) {
  const int create = mode == Archive::Mode::kCreate ? SQLITE_OPEN_CREATE : 0;
  share_side_files(path);
  auto database = Database::open(path, path, SQLITE_OPEN_READWRITE | create);
  if (!database) return database;
  // SQLite falls back to reading without a word.
  if (sqlite3_db_readonly(database->handle(), "main") == 1) return database->error(SQLITE_READONLY);
  return database;
}

}  // namespace

Result<Archive> Archive::open(const std::string& path, Mode mode) {
  if (auto checked = check_path(path, mode); !checked) return checked.error();
  auto store = std::make_unique<Store>();
  store->writable = mode != Mode::kReadOnly;
  auto database = store->writable ? open_writable(path, mode) : open_read_only(path);
  if (!database) return database.error();
  store->database = std::move(*database);
  if (auto known = register_tokenizer(store->database); !known) return known.error();
  if (auto ready = prepare_schema(store->database, mode); !ready) return ready.error();
  if (store->writable) {
    // secure_delete: what is purged must not stay readable in free pages.
    if (auto set = store->database.run("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"); !set)
      return set.error();
    // The index of copies is written in no order: 64 MB keep its pages at hand for a large document.
    (void)store->database.run("PRAGMA cache_size = -65536;");
    // Some file systems cannot share memory; SQLite then keeps its rollback journal.
    (void)store->database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  }
  return Archive(std::move(store));
}

}  // namespace duluan
