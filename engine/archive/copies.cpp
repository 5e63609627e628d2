#include "archive/copies.hpp"

#include <xxhash.h>

#include <cstdlib>

#include "duluan/text.hpp"

namespace duluan {
namespace {

// Accent-free lower case with single spaces: what a copied paragraph keeps when retyped.
std::string folded(std::string_view text) {
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

bool within_reach(const Said& said, const std::optional<Period>& other) {
  if (said.is_short() || !said.period || !other) return said.period == other;
  return std::abs(said.period->days_since_epoch() - other->days_since_epoch()) <= kCopyDays;
}

}  // namespace

std::optional<Period> period_in(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return Period{static_cast<Period::Unit>(row.integer(column)), static_cast<int>(row.integer(column + 1))};
}

Said Said::of(std::string_view text, const std::optional<Period>& period) {
  Said said;
  said.plain = folded(text);
  said.key = static_cast<std::int64_t>(XXH3_64bits(said.plain.data(), said.plain.size()));
  said.syllables = report::syllables_of(text);
  said.period = period;
  return said;
}

Copies::Copies(const Database& database)
    : database_(&database),
      by_key_(database,
              "SELECT id, period_unit, period_index, text FROM opinion "
              "WHERE key = ? AND copy_of = 0 AND source <> ? AND id > ? AND id < ? ORDER BY id"),
      by_band_(database, "SELECT opinion FROM band WHERE hash = ? AND opinion > ? AND opinion < ?"),
      original_(database,
                "SELECT period_unit, period_index, text FROM opinion WHERE id = ? AND copy_of = 0 AND source <> ?"),
      insert_(database, "INSERT OR IGNORE INTO band (hash, opinion) VALUES (?,?)"),
      erase_(database, "DELETE FROM band WHERE hash = ? AND opinion = ?") {}

Result<std::vector<std::int64_t>> Copies::equal(const Said& said, std::int64_t source, std::int64_t after,
                                                std::int64_t before, bool all) {
  std::vector<std::int64_t> found;
  by_key_.bind(said.key).bind(source).bind(after).bind(before);
  while ((all || found.empty()) && by_key_.step())
    if (within_reach(said, period_in(by_key_, 1)) && folded(by_key_.text(3)) == said.plain)
      found.push_back(by_key_.integer(0));
  if (auto done = by_key_.reset(); !done) return done.error();
  return found;
}

Result<std::set<std::int64_t>> Copies::candidates(const Said& said, std::int64_t after, std::int64_t before) {
  std::set<std::int64_t> ids;
  for (const std::uint32_t band : report::bands_of(said.syllables)) {
    by_band_.bind(std::int64_t{band}).bind(after).bind(before);
    while (by_band_.step()) ids.insert(by_band_.integer(0));
    if (auto done = by_band_.reset(); !done) return done.error();
  }
  return ids;
}

Result<std::vector<std::int64_t>> Copies::near(const Said& said, std::int64_t source, std::int64_t after,
                                               std::int64_t before, bool all) {
  std::vector<std::int64_t> found;
  if (said.is_short()) return found;
  const auto ids = candidates(said, after, before);
  if (!ids) return ids.error();
  for (const std::int64_t id : *ids) {
    original_.bind(id).bind(source);
    const bool is_copy = original_.step() && within_reach(said, period_in(original_, 0)) &&
                         report::near_copies(said.syllables, report::syllables_of(original_.text(2)));
    if (auto done = original_.reset(); !done) return done.error();
    if (is_copy) found.push_back(id);
    if (is_copy && !all) break;
  }
  return found;
}

Result<std::int64_t> Copies::original_of(const Said& said, std::int64_t source, std::int64_t id) {
  auto found = equal(said, source, 0, id, false);
  if (found && found->empty()) found = near(said, source, 0, id, false);
  if (!found) return found.error();
  return found->empty() ? 0 : found->front();
}

Result<void> Copies::insert(std::int64_t id, const Said& said) {
  if (said.is_short()) return {};
  for (const std::uint32_t band : report::bands_of(said.syllables))
    if (auto done = insert_.bind(std::int64_t{band}).bind(id).finish(); !done) return done;
  return {};
}

Result<void> Copies::erase(std::int64_t id, const Said& said) {
  if (said.is_short()) return {};
  for (const std::uint32_t band : report::bands_of(said.syllables))
    if (auto done = erase_.bind(std::int64_t{band}).bind(id).finish(); !done) return done;
  return {};
}

Result<void> Copies::erase_source(std::int64_t source) {
  Statement find(*database_, "SELECT id, text FROM opinion WHERE source = ? AND copy_of = 0");
  find.bind(source);
  while (find.step())
    if (auto done = erase(find.integer(0), Said::of(find.text(1), std::nullopt)); !done) return done;
  return find.finish();
}

Result<void> Copies::judge_all() {
  Statement find(*database_,
                 "SELECT id, source, period_unit, period_index, text FROM opinion WHERE id > ? ORDER BY id");
  Statement point(*database_, "UPDATE opinion SET copy_of = ? WHERE id = ? AND copy_of <> ?");
  std::int64_t id = 0;
  for (;;) {  // the next by its id: rows are changed on the way
    find.bind(id);
    if (!find.step()) return find.finish();
    id = find.integer(0);
    const std::int64_t source = find.integer(1);
    const Said said = Said::of(find.text(4), period_in(find, 2));
    if (auto done = find.reset(); !done) return done;
    const auto original = original_of(said, source, id);
    if (!original) return original.error();
    if (auto done = point.bind(*original).bind(id).bind(*original).finish(); !done) return done;
    if (*original == 0)
      if (auto done = insert(id, said); !done) return done;
  }
}

// Ids only grow from here: an original is older than its copies, so the order of ids ends.
Result<void> Copies::settle(std::set<std::int64_t> doubtful) {
  while (!doubtful.empty()) {
    const std::int64_t id = *doubtful.begin();
    doubtful.erase(doubtful.begin());
    if (auto done = settle_one(id, doubtful); !done) return done;
  }
  return {};
}

Result<void> Copies::settle_one(std::int64_t id, std::set<std::int64_t>& doubtful) {
  Statement find(*database_, "SELECT source, copy_of, period_unit, period_index, text FROM opinion WHERE id = ?");
  find.bind(id);
  if (!find.step()) return find.finish();
  const std::int64_t source = find.integer(0), before = find.integer(1);
  const Said said = Said::of(find.text(4), period_in(find, 2));
  if (auto done = find.finish(); !done) return done;
  const auto original = original_of(said, source, id);
  if (!original) return original.error();
  if (*original == before) return {};
  Statement point(*database_, "UPDATE opinion SET copy_of = ? WHERE id = ?");
  if (auto done = point.bind(*original).bind(id).finish(); !done) return done;
  if (before == 0) {  // its copies lose it
    Statement copies(*database_, "SELECT id FROM opinion WHERE copy_of = ? AND copy_of <> 0");
    copies.bind(id);
    while (copies.step()) doubtful.insert(copies.integer(0));
    if (auto done = copies.finish(); !done) return done;
    return erase(id, said);
  }
  if (*original != 0) return {};
  // It counts now: what came later and says the same no longer does.
  for (const auto later : {&Copies::equal, &Copies::near}) {
    const auto ids = (this->*later)(said, source, id, kNewest, true);
    if (!ids) return ids.error();
    doubtful.insert(ids->begin(), ids->end());
  }
  return insert(id, said);
}

}  // namespace duluan
