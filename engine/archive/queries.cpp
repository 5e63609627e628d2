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

Result<void> add_topics(const Database& database, std::vector<StoredOpinion>& opinions) {
  Statement find(database, "SELECT name, probability FROM topic WHERE opinion = ? ORDER BY rank");
  for (StoredOpinion& stored : opinions) {
    find.bind(stored.id);
    while (find.step()) {
      stored.topics.push_back(find.text(0));
      stored.probabilities.push_back(find.real(1));
    }
    if (auto done = find.finish(); !done) return done;
  }
  return {};
}

}  // namespace

Result<std::vector<StoredOpinion>> collect_opinions(const Database& database, Statement& find) {
  std::vector<StoredOpinion> opinions;
  while (find.step()) opinions.push_back(opinion_at(find));
  if (auto done = find.finish(); !done) return done.error();
  if (auto done = add_topics(database, opinions); !done) return done.error();
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
