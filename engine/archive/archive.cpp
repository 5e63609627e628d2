// Opening, adding and purging. The rule for copies: among the opinions of one folded text
// and period, those of the first source count and all others are copies of the first. Purge
// applies the same rule to what is left, so an archive never remembers a purged source.
#include "duluan/archive.hpp"

#include <unistd.h>
#include <xxhash.h>

#include <cmath>
#include <filesystem>
#include <set>
#include <utility>

#include "archive/schema.hpp"
#include "archive/store.hpp"
#include "duluan/text.hpp"

namespace duluan {
namespace {

// Accent-free lower case with single spaces: what a copied paragraph keeps when retyped.
std::string folded(const std::string& text) {
  const std::string plain = fold(text);
  std::string out;
  out.reserve(plain.size());
  for (const char c : plain) {
    const bool space = static_cast<unsigned char>(c) <= ' ';
    if (!space) out.push_back(c);
    else if (!out.empty() && out.back() != ' ') out.push_back(' ');
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::int64_t key_of(const std::string& folded_text) {
  return static_cast<std::int64_t>(XXH3_64bits(folded_text.data(), folded_text.size()));
}

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

Archive::Archive(std::unique_ptr<Store> store) : store_(std::move(store)) {}
Archive::~Archive() = default;
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;

Result<Archive> Archive::open(const std::string& path, Mode mode) {
  if (auto checked = check_path(path, mode); !checked) return checked.error();
  auto store = std::make_unique<Store>();
  store->writable = mode != Mode::kReadOnly;
  auto database = store->writable ? open_writable(path, mode) : open_read_only(path);
  if (!database) return database.error();
  store->database = std::move(*database);
  if (auto ready = prepare_schema(store->database, mode == Mode::kCreate); !ready) return ready.error();
  if (store->writable) {
    // secure_delete: what is purged must not stay readable in free pages.
    if (auto set = store->database.run("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"); !set)
      return set.error();
    // Some file systems cannot share memory; SQLite then keeps its rollback journal.
    (void)store->database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  }
  return Archive(std::move(store));
}

namespace {

Result<void> check_opinions(const std::string& source, const std::vector<StoredOpinion>& opinions) {
  for (std::size_t i = 0; i < opinions.size(); ++i) {
    const StoredOpinion& o = opinions[i];
    const std::string where = source + ", opinion " + std::to_string(i + 1);
    if (o.topics.size() != o.probabilities.size())
      return Error{ErrorCode::kInvalidArgument,
                   "it has " + std::to_string(o.topics.size()) + " topics but " +
                       std::to_string(o.probabilities.size()) + " probabilities",
                   where, "give one for each"};
    if (std::set<std::string>(o.topics.begin(), o.topics.end()).size() != o.topics.size())
      return Error{ErrorCode::kInvalidArgument, "it names a topic twice", where, "name each topic once"};
    for (const double p : o.probabilities)
      if (!(p >= 0 && p <= 1))
        return Error{ErrorCode::kInvalidArgument, "a probability is not between 0 and 1", where, "correct it"};
    if (find_bad_utf8(o.opinion.text) != std::string_view::npos)
      return Error{ErrorCode::kBadEncoding, "its text is not UTF-8", where, "decode it first"};
  }
  return {};
}

void bind_period(Statement& statement, const std::optional<Period>& period) {
  if (period) statement.bind(static_cast<std::int64_t>(period->unit)).bind(std::int64_t{period->index});
  else statement.bind_null().bind_null();
  for (const auto unit : {Period::Unit::kDay, Period::Unit::kWeek, Period::Unit::kMonth, Period::Unit::kQuarter}) {
    const auto wide = period ? widened(*period, unit) : std::nullopt;
    if (wide) statement.bind(std::int64_t{wide->index});
    else statement.bind_null();
  }
}

// One document's writer: the statements it repeats for every opinion.
class Writer {
 public:
  Writer(const Database& database, std::int64_t source)
      : source_(source),
        find_(database,
              "SELECT id, text FROM opinion WHERE key = ? AND period_unit IS ? AND period_index IS ? "
              "AND copy_of = 0 AND source <> ? ORDER BY id"),
        opinion_(database,
                 "INSERT INTO opinion (source, reference, offset, section, place, unit, period_unit, period_index, "
                 "day, week, month, quarter, copy_of, key, text) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING id"),
        topic_(database, "INSERT INTO topic (opinion, rank, name, probability) VALUES (?,?,?,?)") {}

  Result<void> write(const StoredOpinion& stored, Added& added) {
    const Opinion& o = stored.opinion;
    const std::string plain = folded(o.text);
    const auto original = original_of(plain, o.period);
    if (!original) return original.error();
    opinion_.bind(source_).bind(o.source).bind(static_cast<std::int64_t>(o.offset));
    opinion_.bind(o.section).bind(o.place).bind(o.unit);
    bind_period(opinion_, o.period);
    opinion_.bind(*original).bind(key_of(plain)).bind(o.text);
    const std::int64_t id = opinion_.step() ? opinion_.integer(0) : 0;
    if (auto done = opinion_.finish(); !done) return done;
    for (std::size_t i = 0; i < stored.topics.size(); ++i) {
      topic_.bind(id).bind(static_cast<std::int64_t>(i)).bind(stored.topics[i]).bind(stored.probabilities[i]);
      if (auto done = topic_.finish(); !done) return done;
    }
    ++added.opinions;
    added.copies += *original != 0 ? 1 : 0;
    return {};
  }

 private:
  Result<std::int64_t> original_of(const std::string& plain, const std::optional<Period>& period) {
    find_.bind(key_of(plain));
    if (period) find_.bind(static_cast<std::int64_t>(period->unit)).bind(std::int64_t{period->index});
    else find_.bind_null().bind_null();
    find_.bind(source_);
    std::int64_t original = 0;
    while (original == 0 && find_.step())
      if (folded(find_.text(1)) == plain) original = find_.integer(0);
    if (auto done = find_.finish(); !done) return done.error();
    return original;
  }

  std::int64_t source_;
  Statement find_, opinion_, topic_;
};

Result<void> record(const Database& database, const char* deed, const std::string& digest, std::int64_t opinions) {
  Statement audit(database, "INSERT INTO audit (deed, digest, opinions) VALUES (?,?,?)");
  return audit.bind(std::string_view(deed)).bind(digest).bind(opinions).finish();
}

// After a purge: a group that lost its originals gets its first remaining source's.
Result<void> promote_orphans(const Database& database) {
  struct Orphan {
    std::int64_t id, source, lost;
  };
  std::vector<Orphan> orphans;
  Statement find(database,
                 "SELECT c.id, c.source, c.copy_of FROM opinion c LEFT JOIN opinion o ON o.id = c.copy_of "
                 "WHERE c.copy_of <> 0 AND o.id IS NULL ORDER BY c.copy_of, c.id");
  while (find.step()) orphans.push_back({find.integer(0), find.integer(1), find.integer(2)});
  if (auto done = find.finish(); !done) return done;
  Statement point(database, "UPDATE opinion SET copy_of = ? WHERE id = ?");
  Orphan first{0, 0, 0};
  for (const Orphan& o : orphans) {
    if (o.lost != first.lost) first = o;
    point.bind(o.source == first.source ? std::int64_t{0} : first.id).bind(o.id);
    if (auto done = point.finish(); !done) return done;
  }
  return {};
}

}  // namespace

Result<Added> Archive::add(const std::string& source, const std::string& digest,
                           const std::vector<StoredOpinion>& opinions) {
  const Database& database = store_->database;
  if (!store_->writable) return database.error(SQLITE_READONLY);
  if (digest.empty())
    return Error{ErrorCode::kInvalidArgument, "the document has no digest", source, "give the hash of its bytes"};
  if (auto sound = check_opinions(source, opinions); !sound) return sound.error();
  Transaction transaction(database);
  if (!transaction.begun()) return transaction.begun().error();
  Added added;
  Statement insert(database,
                   "INSERT INTO source (name, digest) VALUES (?,?) ON CONFLICT (digest) DO NOTHING RETURNING id");
  insert.bind(source).bind(digest);
  const bool fresh = insert.step();
  const std::int64_t id = fresh ? insert.integer(0) : 0;
  if (auto done = insert.finish(); !done) return done.error();
  if (!fresh) {
    added.duplicate_document = true;
    return added;
  }
  Writer writer(database, id);
  for (const StoredOpinion& opinion : opinions)
    if (auto done = writer.write(opinion, added); !done) return done.error();
  if (auto done = record(database, "add", digest, added.opinions); !done) return done.error();
  if (auto done = transaction.commit(); !done) return done.error();
  return added;
}

Result<int> Archive::purge(const std::string& source) {
  const Database& database = store_->database;
  if (!store_->writable) return database.error(SQLITE_READONLY);
  Transaction transaction(database);
  if (!transaction.begun()) return transaction.begun().error();
  Statement find(database,
                 "SELECT s.digest, count(o.id) FROM source s LEFT JOIN opinion o ON o.source = s.id "
                 "WHERE s.name = ? GROUP BY s.id");
  find.bind(source);
  int gone = 0;
  bool known = false;
  while (find.step()) {
    known = true;
    gone += static_cast<int>(find.integer(1));
    if (auto done = record(database, "purge", find.text(0), find.integer(1)); !done) return done.error();
  }
  if (auto done = find.finish(); !done) return done.error();
  if (!known)
    return Error{ErrorCode::kNotFound, "the archive has no source '" + source + "'", database.path(),
                 "name it as it was when it was added"};
  Statement drop(database, "DELETE FROM source WHERE name = ?");
  if (auto done = drop.bind(source).finish(); !done) return done.error();
  if (auto done = promote_orphans(database); !done) return done.error();
  if (auto done = transaction.commit(); !done) return done.error();
  // The write-ahead log still has the old pages; readers may hold it back, then the next one does it.
  (void)database.run("PRAGMA wal_checkpoint(TRUNCATE)");
  return gone;
}

}  // namespace duluan
