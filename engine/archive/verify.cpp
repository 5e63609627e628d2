// Checking an archive against itself: what is kept twice has to agree, what is derived has to follow.
#include <map>
#include <set>
#include <string>

#include "archive/copies.hpp"
#include "archive/schema.hpp"
#include "archive/store.hpp"
#include "duluan/text.hpp"
#include "text/plain_syllables.hpp"

namespace duluan {
namespace {

// In how many opinions a word occurs, and how often.
using Vocabulary = std::map<std::string, std::pair<std::int64_t, std::int64_t>>;

class Inspection {
 public:
  explicit Inspection(const Database& database) : database_(database) {}

  Result<std::vector<std::string>> run() {
    const auto version = database_.number("PRAGMA user_version");
    if (!version) return version.error();
    indexed_ = *version >= kSearchVersion;
    for (const auto check : {&Inspection::check_file, &Inspection::check_references, &Inspection::check_audit,
                             &Inspection::check_opinions, &Inspection::check_bands, &Inspection::check_words})
      if (auto done = (this->*check)(); !done) return done.error();
    return std::move(findings_);
  }

 private:
  void find(std::string finding) {
    constexpr std::size_t kMost = 20;
    if (findings_.size() < kMost) findings_.push_back(std::move(finding));
    else if (findings_.size() == kMost) findings_.emplace_back("and more of the kind");
  }

  Result<void> check_file() {
    Statement rows(database_, "PRAGMA integrity_check");
    while (rows.step())
      if (const std::string said = rows.text(0); said != "ok") find("the file is damaged: " + said);
    return rows.finish();
  }

  Result<void> check_references() {
    Statement rows(database_, "PRAGMA foreign_key_check");
    while (rows.step()) find("a row of " + rows.text(0) + " belongs to nothing");
    if (auto done = rows.finish(); !done) return done;
    const auto improbable = database_.number("SELECT count(*) FROM topic WHERE NOT probability BETWEEN 0 AND 1");
    if (!improbable) return improbable.error();
    if (*improbable > 0) find(std::to_string(*improbable) + " probabilities are not between 0 and 1");
    return {};
  }

  // The trail says how many opinions came with each document and went with each purge.
  Result<void> check_audit() {
    const auto told = database_.number("SELECT sum(CASE deed WHEN 'add' THEN opinions ELSE -opinions END) FROM audit");
    const auto stored = database_.number("SELECT count(*) FROM opinion");
    if (!told) return told.error();
    if (!stored) return stored.error();
    if (*told != *stored)
      find("the audit trail tells of " + std::to_string(*told) + " opinions, there are " + std::to_string(*stored));
    return {};
  }

  Result<void> check_opinions() {
    Statement rows(database_,
                   "SELECT o.id, o.key, o.period_unit, o.period_index, o.day, o.week, o.month, o.quarter, o.text, "
                   "o.copy_of, p.id, p.copy_of, p.source = o.source, p.text FROM opinion o "
                   "LEFT JOIN opinion p ON p.id = o.copy_of AND o.copy_of <> 0 ORDER BY o.id");
    while (rows.step()) {
      const std::string name = "opinion " + std::to_string(rows.integer(0));
      const std::string text = rows.text(8);
      if (find_bad_utf8(text) != std::string_view::npos) find(name + " is not UTF-8");
      const Said said = Said::of(text, period_in(rows, 2));
      if (said.key != rows.integer(1)) find(name + " has the key of another text");
      check_periods(rows, said.period, name);
      if (rows.integer(9) != 0) check_copy(rows, said, name);
      else if (!said.is_short()) expect_bands(rows.integer(0), said);
      learn(text);
    }
    return rows.finish();
  }

  void check_periods(const Statement& rows, const std::optional<Period>& period, const std::string& name) {
    int column = 4;
    for (const auto unit : {Period::Unit::kDay, Period::Unit::kWeek, Period::Unit::kMonth, Period::Unit::kQuarter}) {
      const auto wide = period ? widened(*period, unit) : std::nullopt;
      const bool right = wide ? !rows.is_null(column) && rows.integer(column) == wide->index : rows.is_null(column);
      if (!right) find(name + " counts in another " + column_of(unit) + " than its own");
      ++column;
    }
  }

  void check_copy(const Statement& rows, const Said& said, const std::string& name) {
    if (rows.is_null(10)) find(name + " is the copy of one that is not there");
    else if (rows.integer(11) != 0) find(name + " is the copy of a copy");
    else if (rows.integer(12) != 0) find(name + " is the copy of one in the same document");
    else if (rows.integer(10) > rows.integer(0)) find(name + " is the copy of a later one");
    else if (const Said original = Said::of(rows.text(13), std::nullopt);
             original.plain != said.plain && !report::near_copies(original.syllables, said.syllables))
      find(name + " is the copy of one that says something else");
  }

  void expect_bands(std::int64_t id, const Said& said) {
    const auto bands = report::bands_of(said.syllables);
    for (const std::uint32_t band : std::set<std::uint32_t>(bands.begin(), bands.end())) {
      bands_sum_ += mark(band, id);
      ++bands_;
    }
  }

  // Of a set in any order: equal sums stand for equal sets.
  static std::uint64_t mark(std::uint64_t band, std::int64_t id) {
    return (band + 1) * 0x9E3779B97F4A7C15ULL ^ (static_cast<std::uint64_t>(id) * 0xBF58476D1CE4E5B9ULL);
  }

  Result<void> check_bands() {
    if (!indexed_) return {};
    Statement rows(database_, "SELECT hash, opinion FROM band");
    std::uint64_t sum = 0, count = 0;
    while (rows.step()) {
      sum += mark(static_cast<std::uint64_t>(rows.integer(0)), rows.integer(1));
      ++count;
    }
    if (count != bands_ || sum != bands_sum_) find("the index of copies is not that of the opinions");
    return rows.finish();
  }

  void learn(const std::string& text) {
    PlainSyllables syllables(text);
    std::set<std::string> seen;
    while (syllables.next()) {
      auto& [opinions, times] = words_[syllables.plain()];
      ++times;
      opinions += seen.insert(syllables.plain()).second ? 1 : 0;
    }
  }

  Result<void> check_words() {
    if (!indexed_) return {};
    // A table of this connection alone; one that may only read the archive has to be let make it.
    const auto refusing = database_.number("PRAGMA query_only");
    if (!refusing) return refusing.error();
    if (auto made = database_.run("PRAGMA query_only = OFF; DROP TABLE IF EXISTS temp.word;"
                                  "CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, search, row)");
        !made)
      return made;
    Statement rows(database_, "SELECT term, doc, cnt FROM temp.word");
    while (rows.step()) {
      const auto known = words_.find(rows.text(0));
      if (known == words_.end() || known->second != std::pair(rows.integer(1), rows.integer(2)))
        find("search finds a word where it does not stand");
      else words_.erase(known);
    }
    if (auto done = rows.finish(); !done) return done;
    if (!words_.empty()) find("search does not find " + std::to_string(words_.size()) + " words");
    return *refusing != 0 ? database_.run("PRAGMA query_only = ON") : Result<void>{};
  }

  const Database& database_;
  bool indexed_ = false;
  std::vector<std::string> findings_;
  std::uint64_t bands_sum_ = 0, bands_ = 0;
  Vocabulary words_;
};

}  // namespace

Result<std::vector<std::string>> Archive::verify() const { return Inspection(store_->database).run(); }

}  // namespace duluan
