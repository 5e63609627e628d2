// Adding and purging. What is a copy stands in copies.hpp; purge leaves what would be there had the source never come.
#include "duluan/archive.hpp"

#include <cmath>
#include <set>
#include <utility>

#include "archive/copies.hpp"
#include "archive/store.hpp"
#include "duluan/text.hpp"

namespace duluan {

Archive::Archive(std::unique_ptr<Store> store) : store_(std::move(store)) {}
Archive::~Archive() = default;
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;

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
        copies_(database),
        opinion_(database,
                 "INSERT INTO opinion (source, reference, offset, section, place, unit, period_unit, period_index, "
                 "day, week, month, quarter, copy_of, key, text) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING id"),
        words_(database, "INSERT INTO search (rowid, text) VALUES (?,?)"),
        topic_(database, "INSERT INTO topic (opinion, rank, name, probability) VALUES (?,?,?,?)") {}

  /// Originals are looked up first: those of this document are not among them, however often it repeats itself.
  Result<void> write(const std::vector<StoredOpinion>& opinions, Added& added) {
    std::vector<std::int64_t> originals;
    for (const StoredOpinion& stored : opinions) {
      const auto original = copies_.original_of(Said::of(stored.opinion.text, stored.opinion.period), source_);
      if (!original) return original.error();
      originals.push_back(*original);
    }
    for (std::size_t i = 0; i < opinions.size(); ++i) {
      if (auto done = write(opinions[i], originals[i]); !done) return done;
      ++added.opinions;
      added.copies += originals[i] != 0 ? 1 : 0;
    }
    return {};
  }

 private:
  Result<void> write(const StoredOpinion& stored, std::int64_t original) {
    const Opinion& o = stored.opinion;
    const Said said = Said::of(o.text, o.period);
    opinion_.bind(source_).bind(o.source).bind(static_cast<std::int64_t>(o.offset));
    opinion_.bind(o.section).bind(o.place).bind(o.unit);
    bind_period(opinion_, o.period);
    opinion_.bind(original).bind(said.key).bind(o.text);
    const std::int64_t id = opinion_.step() ? opinion_.integer(0) : 0;
    if (auto done = opinion_.finish(); !done) return done;
    if (auto done = words_.bind(id).bind(o.text).finish(); !done) return done;
    if (original == 0)
      if (auto done = copies_.insert(id, said); !done) return done;
    for (std::size_t i = 0; i < stored.topics.size(); ++i) {
      topic_.bind(id).bind(static_cast<std::int64_t>(i)).bind(stored.topics[i]).bind(stored.probabilities[i]);
      if (auto done = topic_.finish(); !done) return done;
    }
    return {};
  }

  std::int64_t source_;
  Copies copies_;
  Statement opinion_, words_, topic_;
};

Result<void> record(const Database& database, const char* deed, const std::string& digest, std::int64_t opinions) {
  Statement audit(database, "INSERT INTO audit (deed, digest, opinions) VALUES (?,?,?)");
  return audit.bind(std::string_view(deed)).bind(digest).bind(opinions).finish();
}

// The opinions of a source out of the indices and the tables; their copies become doubtful.
Result<void> drop(const Database& database, std::int64_t source, std::set<std::int64_t>& doubtful) {
  if (auto done = Copies(database).erase_source(source); !done) return done;
  Statement words(database,
                  "INSERT INTO search (search, rowid, text) SELECT 'delete', id, text FROM opinion WHERE source = ?");
  if (auto done = words.bind(source).finish(); !done) return done;
  Statement copies(database,
                   "SELECT c.id FROM opinion o JOIN opinion c ON c.copy_of = o.id AND c.copy_of <> 0 "
                   "WHERE o.source = ?");
  copies.bind(source);
  while (copies.step()) doubtful.insert(copies.integer(0));
  if (auto done = copies.finish(); !done) return done;
  Statement drop(database, "DELETE FROM source WHERE id = ?");
  return drop.bind(source).finish();
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
  if (auto done = Writer(database, id).write(opinions, added); !done) return done.error();
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
                 "SELECT s.id, s.digest, count(o.id) FROM source s LEFT JOIN opinion o ON o.source = s.id "
                 "WHERE s.name = ? GROUP BY s.id");
  find.bind(source);
  int gone = 0;
  std::vector<std::int64_t> sources;
  while (find.step()) {
    sources.push_back(find.integer(0));
    gone += static_cast<int>(find.integer(2));
    if (auto done = record(database, "purge", find.text(1), find.integer(2)); !done) return done.error();
  }
  if (auto done = find.finish(); !done) return done.error();
  if (sources.empty())
    return Error{ErrorCode::kNotFound, "the archive has no source '" + source + "'", database.path(),
                 "name it as it was when it was added"};
  std::set<std::int64_t> doubtful;
  for (const std::int64_t id : sources)
    if (auto done = drop(database, id, doubtful); !done) return done.error();
  if (auto done = Copies(database).settle(std::move(doubtful)); !done) return done.error();
  // FTS5 only marks words as gone until it merges.
  if (auto done = database.run("INSERT INTO search (search) VALUES ('optimize')"); !done) return done.error();
  if (auto done = transaction.commit(); !done) return done.error();
  // The write-ahead log still has the old pages; readers may hold it back, then the next one does it.
  (void)database.run("PRAGMA wal_checkpoint(TRUNCATE)");
  return gone;
}

}  // namespace duluan
