// What is read from an archive: counts, coverage, the opinions of a cell, settings.
#include "archive/queries.hpp"

#include <chrono>
#include <string>

#include "archive/copies.hpp"
#include "archive/store.hpp"

namespace duluan {
namespace {

Period period_at(const Statement& row, int column, Period::Unit unit) {
  return {unit, static_cast<int>(row.integer(column))};
}

StoredOpinion opinion_at(const Statement& row) {
  StoredOpinion stored;
  stored.id = row.integer(0);
  stored.copy_of = row.integer(1);
  Opinion& o = stored.opinion;
  o.source = row.text(2);
  o.offset = static_cast<std::size_t>(row.integer(3));
  o.section = row.text(4);
  o.place = row.text(5);
  o.unit = row.text(6);
  o.period = period_in(row, 7);
  o.text = row.text(9);
  return stored;
}

constexpr const char* kTopicsOfOne = "SELECT name, probability FROM topic WHERE opinion = ? ORDER BY rank";

Result<void> add_topics(Statement& find, StoredOpinion& stored) {
  find.bind(stored.id);
  while (find.step()) {
    stored.topics.push_back(find.text(0));
    stored.probabilities.push_back(find.real(1));
  }
  return find.finish();
}

}  // namespace

Result<std::vector<StoredOpinion>> collect_opinions(const Database& database, Statement& find) {
  std::vector<StoredOpinion> opinions;
  while (find.step()) opinions.push_back(opinion_at(find));
  if (auto done = find.finish(); !done) return done.error();
  Statement topics(database, kTopicsOfOne);
  for (StoredOpinion& stored : opinions)
    if (auto done = add_topics(topics, stored); !done) return done.error();
  return opinions;
}

std::optional<Period> widened(const Period& period, Period::Unit unit) {
  if (period.unit == unit) return period;
  if (static_cast<int>(period.unit) > static_cast<int>(unit)) return std::nullopt;
  const int day = period.days_since_epoch() + (period.unit == Period::Unit::kWeek ? 3 : 0);
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return Period::containing(unit, static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
                            static_cast<int>(static_cast<unsigned>(date.day())));
}

const char* column_of(Period::Unit unit) {
  switch (unit) {
    case Period::Unit::kDay: return "day";
    case Period::Unit::kWeek: return "week";
    case Period::Unit::kMonth: return "month";
    case Period::Unit::kQuarter: return "quarter";
  }
  return "month";
}

namespace {

// `place`: the column to tell places apart by, or one value for all of them. Ordered by `order`.
Result<std::vector<Count>> counted(const Database& database, Period::Unit unit, const char* place, const char* order) {
  const std::string column = std::string("o.") + column_of(unit);
  const std::string sql = "SELECT t.name, " + std::string(place) + ", " + column +
                          ", count(*), count(DISTINCT o.source), count(DISTINCT o.unit) "
                          "FROM topic t JOIN opinion o ON o.id = t.opinion WHERE o.copy_of = 0 AND " +
                          column + " IS NOT NULL GROUP BY 1, 2, 3 ORDER BY " + order;
  std::vector<Count> counts;
  Statement find(database, sql.c_str());
  while (find.step())
    counts.push_back({find.text(0), find.text(1), period_at(find, 2, unit), static_cast<int>(find.integer(3)),
                      static_cast<int>(find.integer(4)), static_cast<int>(find.integer(5))});
  if (auto done = find.finish(); !done) return done.error();
  return counts;
}

}  // namespace

Result<std::vector<Count>> Archive::counts(Period::Unit unit) const {
  return counted(store_->database, unit, "o.place", "1, 2, 3");
}

Result<std::vector<Count>> Archive::counts_by_reporter(Period::Unit unit) const {
  return counted(store_->database, unit, "CASE o.unit WHEN '' THEN o.place ELSE o.unit END", "1, 2, 3");
}

Result<std::vector<Count>> Archive::totals(Period::Unit unit) const {
  return counted(store_->database, unit, "''", "3, 1");
}

Result<std::vector<Coverage>> Archive::coverage(Period::Unit unit) const {
  const std::string column = column_of(unit);
  const std::string sql = "SELECT place, " + column +
                          ", count(*), count(DISTINCT source) FROM opinion WHERE copy_of = 0 AND " + column +
                          " IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2";
  std::vector<Coverage> coverage;
  Statement find(store_->database, sql.c_str());
  while (find.step())
    coverage.push_back(
        {find.text(0), period_at(find, 1, unit), static_cast<int>(find.integer(2)), static_cast<int>(find.integer(3))});
  if (auto done = find.finish(); !done) return done.error();
  return coverage;
}

Result<std::vector<Delivery>> Archive::deliveries(Period::Unit unit) const {
  const std::string column = std::string("o.") + column_of(unit);
  const std::string sql =
      "SELECT CASE o.unit WHEN '' THEN o.place ELSE o.unit END, o.unit <> '', " + column +
      ", s.name, count(o.id), CAST(coalesce(max(julianday(a.at)) - 2440587.5, 0) AS INTEGER), o.id IS NULL "
      "FROM source s LEFT JOIN opinion o ON o.source = s.id "
      "LEFT JOIN (SELECT digest, max(at) AS at FROM audit WHERE deed = 'add' GROUP BY digest) a ON a.digest = s.digest "
      "WHERE o.id IS NULL OR " +
      column + " IS NOT NULL GROUP BY s.id, 1, 2, 3 ORDER BY s.id, 1, 3";
  std::vector<Delivery> deliveries;
  Statement find(store_->database, sql.c_str());
  while (find.step())
    deliveries.push_back({find.text(0), find.integer(1) != 0,
                          find.integer(6) != 0 ? std::nullopt : std::optional(period_at(find, 2, unit)), find.text(3),
                          static_cast<int>(find.integer(4)), static_cast<int>(find.integer(5))});
  if (auto done = find.finish(); !done) return done.error();
  return deliveries;
}

Result<int> Archive::copies_in(const std::string& topic, const std::string& place, const Period& period) const {
  std::string sql =
      std::string("SELECT count(*) FROM opinion o WHERE o.copy_of <> 0 AND o.") + column_of(period.unit) + " = ?";
  if (!topic.empty()) sql += " AND EXISTS (SELECT 1 FROM topic t WHERE t.opinion = o.id AND t.name = ?)";
  if (!place.empty()) sql += " AND o.place = ?";
  Statement find(store_->database, sql.c_str());
  find.bind(std::int64_t{period.index});
  if (!topic.empty()) find.bind(topic);
  if (!place.empty()) find.bind(place);
  const int copies = find.step() ? static_cast<int>(find.integer(0)) : 0;
  if (auto done = find.finish(); !done) return done.error();
  return copies;
}

Result<void> Archive::each(const Period& first, const Period& last,
                           const std::function<void(StoredOpinion&&)>& use) const {
  if (first.unit != last.unit)
    return Error{ErrorCode::kInvalidArgument, "the two periods are of different lengths", "", "give both as months"};
  const std::string column = std::string("o.") + column_of(first.unit);
  const std::string sql = std::string("SELECT ") + kOpinionColumns + " FROM opinion o WHERE o.copy_of = 0 AND " +
                          column + " BETWEEN ? AND ? ORDER BY " + column + ", o.id";
  Statement find(store_->database, sql.c_str());
  Statement topics(store_->database, kTopicsOfOne);
  find.bind(std::int64_t{first.index}).bind(std::int64_t{last.index});
  while (find.step()) {
    StoredOpinion stored = opinion_at(find);
    if (auto done = add_topics(topics, stored); !done) return done;
    use(std::move(stored));
  }
  return find.finish();
}

Result<std::vector<StoredOpinion>> Archive::opinions(const std::string& topic, const std::string& place,
                                                     const Period& period, int limit) const {
  const bool all_topics = topic.empty();
  std::string sql =
      std::string("SELECT ") + kOpinionColumns + " FROM opinion o LEFT JOIN topic t ON t.opinion = o.id AND " +
      (all_topics ? "t.rank = 0" : "t.name = ?") + " WHERE o.copy_of = 0 AND o." + column_of(period.unit) + " = ?";
  if (!all_topics) sql += " AND t.name IS NOT NULL";
  if (!place.empty()) sql += " AND o.place = ?";
  sql += " ORDER BY t.probability DESC, o.id LIMIT ?";
  Statement find(store_->database, sql.c_str());
  if (!all_topics) find.bind(topic);
  find.bind(std::int64_t{period.index});
  if (!place.empty()) find.bind(place);
  find.bind(std::int64_t{limit < 0 ? -1 : limit});
  return collect_opinions(store_->database, find);
}

Result<std::vector<StoredOpinion>> Archive::copies_of(std::int64_t id) const {
  const std::string sql =
      std::string("SELECT ") + kOpinionColumns + " FROM opinion o WHERE o.copy_of = ? AND o.copy_of <> 0 ORDER BY o.id";
  Statement find(store_->database, sql.c_str());
  find.bind(id);
  return collect_opinions(store_->database, find);
}

Result<std::string> Archive::setting(const std::string& key) const {
  Statement find(store_->database, "SELECT value FROM setting WHERE name = ?");
  find.bind(key);
  const std::string value = find.step() ? find.text(0) : "";
  if (auto done = find.finish(); !done) return done.error();
  return value;
}

Result<void> Archive::set_setting(const std::string& key, const std::string& value) {
  if (!store_->writable) return store_->database.error(SQLITE_READONLY);
  Statement set(
      store_->database,
      "INSERT INTO setting (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
  return set.bind(key).bind(value).finish();
}

}  // namespace duluan
