/// \file
/// The archive: one SQLite file of opinions, their topics, and what was decided about them.
///
///     auto archive = Archive::open("lam-chau.duluan", Archive::Mode::kCreate);
///     archive->add(document, digest, labelled);            // one transaction a document
///     auto counts = archive->counts(Period::Unit::kMonth);
///
/// Errors: kUnwritable (read-only file), kVersionMismatch (written by a newer program),
/// kMalformed (not an archive). A failed call stores nothing. Thread-safety: one thread an Archive;
/// several processes may read while one writes (WAL).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "duluan/period.hpp"
#include "duluan/report.hpp"
#include "duluan/result.hpp"

namespace duluan {

/// An opinion as stored: redacted, with its topics by id, main first.
struct StoredOpinion {
  std::int64_t id = 0;
  Opinion opinion;
  std::vector<std::string> topics;    ///< empty: abstained
  std::vector<double> probabilities;  ///< parallel to topics
  std::int64_t copy_of = 0;           ///< id of the opinion it repeats, or 0; copies are not counted
};

/// Opinions of one topic (by any of its topics), place and period; copies left out.
struct Count {
  std::string topic;
  std::string place;
  Period period;
  int opinions = 0;
  int reports = 0;  ///< distinct sources
  int units = 0;    ///< distinct reporting units; those without a name are one
};

/// All opinions of a place and period: the exposure.
struct Coverage {
  std::string place;
  Period period;
  int opinions = 0;
  int reports = 0;
};

/// What one source brought of one reporter for one period.
struct Delivery {
  std::string reporter;          ///< the reporting unit; the place, where no unit is named; may be empty
  bool named = false;            ///< it is a unit
  std::optional<Period> period;  ///< none: the source holds no opinions at all (a zero report)
  std::string source;
  int opinions = 0;  ///< copies too: whoever copies has reported
  int arrived = 0;   ///< the day it was added, 1970-01-01 = 0
};

/// What to search for, and where.
struct Query {
  /// Each a word or several that follow one another; all have to occur. Accents, case, tone style and punctuation
  /// do not count.
  std::vector<std::string> phrases = {};
  std::string topic = {};             ///< id of one of its topics; empty: any
  std::string place = {};             ///< as stored; empty: any
  std::optional<Period> period = {};  ///< shorter periods in it included
  int limit = 20;                     ///< the newest so many; negative: all
};

/// What became of one document.
struct Added {
  bool duplicate_document = false;  ///< the same bytes are already stored; nothing changed
  int opinions = 0;
  int copies = 0;
};

class Archive {
 public:
  enum class Mode { kCreate, kReadWrite, kReadOnly };

  static Result<Archive> open(const std::string& path, Mode mode);
  ~Archive();
  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;

  /// Stores a document with its opinions (already redacted and labelled) in one transaction.
  /// `digest` identifies the document's bytes. An opinion is kept as the copy of an earlier one of another
  /// source if their folded texts are equal and their periods are the same; with eight syllables or more also if
  /// seven tenths of the longer one's syllables stand in the other in the same order (equal ones go
  /// first) and their periods begin no more than 92 days apart. Undated ones are copies of undated ones alone.
  Result<Added> add(const std::string& source, const std::string& digest, const std::vector<StoredOpinion>& opinions);
  /// Removes a source and everything derived from it; returns how many opinions went.
  Result<int> purge(const std::string& source);

  [[nodiscard]] Result<std::vector<Count>> counts(Period::Unit unit) const;
  /// The same over all places together (`place` is empty), by period and topic.
  [[nodiscard]] Result<std::vector<Count>> totals(Period::Unit unit) const;
  [[nodiscard]] Result<std::vector<Coverage>> coverage(Period::Unit unit) const;
  /// Opinions by topic and period of each reporter (in Count::place, as Delivery::reporter).
  [[nodiscard]] Result<std::vector<Count>> counts_by_reporter(Period::Unit unit) const;
  /// Who delivered what, in the order it was added. Undated opinions are left out.
  [[nodiscard]] Result<std::vector<Delivery>> deliveries(Period::Unit unit) const;
  /// Copies that were left out of a cell; arguments as for opinions().
  [[nodiscard]] Result<int> copies_in(const std::string& topic, const std::string& place, const Period& period) const;
  /// Hands over all opinions from one period to another of the same unit, by period and in the order they
  /// came, copies left out. Memory does not grow with their number.
  [[nodiscard]] Result<void> each(const Period& first, const Period& last,
                                  const std::function<void(StoredOpinion&&)>& use) const;
  /// Opinions of a cell, most probable first, copies left out; an empty topic or place stands for
  /// all, a negative limit for no limit. Like counts(), it takes in shorter periods than asked for
  /// (a week goes to the month of its Thursday) and leaves out longer ones.
  [[nodiscard]] Result<std::vector<StoredOpinion>> opinions(const std::string& topic, const std::string& place,
                                                            const Period& period, int limit) const;
  /// Opinions with these words, copies too, the last added first. Error kInvalidArgument without a word,
  /// kVersionMismatch for an archive of format 1 (opened for writing, it is brought up to date).
  [[nodiscard]] Result<std::vector<StoredOpinion>> search(const Query& query) const;
  /// The opinions that repeat this one, in the order they came.
  [[nodiscard]] Result<std::vector<StoredOpinion>> copies_of(std::int64_t id) const;
  /// What is wrong with the archive, a sentence each, twenty at most; empty if it is sound. Reads all of it; an Error
  /// if it cannot be read.
  [[nodiscard]] Result<std::vector<std::string>> verify() const;
  /// A setting of the archive (model and taxonomy versions …), empty if unset.
  [[nodiscard]] Result<std::string> setting(const std::string& key) const;
  Result<void> set_setting(const std::string& key, const std::string& value);

 private:
  struct Store;
  explicit Archive(std::unique_ptr<Store> store);
  std::unique_ptr<Store> store_;
};

}  // namespace duluan
