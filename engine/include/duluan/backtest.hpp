/// \file
/// The past replayed: what would have been flagged, when, and how much of it rightly.
///
///     std::vector<KnownEvent> events = …;                              // what really happened
///     auto past = backtest(*archive, taxonomy, {}, {.from = *Period::parse("2025-11")}, events);
///     for (const EventOutcome& o : past->outcomes) if (o.found) … *o.delay …
///
/// Every period is judged as find_concerns judges it, with what its own end had brought and nothing later, so adding
/// later periods to an archive changes nothing here. Reports that came late count in the period they speak of: an
/// archive does not know when they came.
///
/// Errors: those of find_concerns; kEmpty when no period lies in the range. Cost: that of find_concerns, each period.
/// Thread-safety: pure but for reading the archive.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "duluan/concern.hpp"

namespace duluan {

/// Something that should have been flagged.
struct KnownEvent {
  std::string topic;
  std::vector<std::string> places = {};  ///< as the archive names them; empty: everywhere
  Period first, last;                    ///< both inclusive
  std::string note = {};
};

struct BacktestRange {
  std::optional<Period> from = std::nullopt;  ///< default: the sixth period of the archive
  std::optional<Period> to = std::nullopt;    ///< default: the last complete one
};

/// A replayed period. Concerns carry no evidence.
struct BacktestPeriod {
  ConcernReport report;
  std::vector<std::optional<std::size_t>> events;  ///< of each concern: the event it belongs to; none: a false alarm
};

/// What became of an event. A concern belongs to it if it has its topic, lies in its time, and is of the whole
/// archive or shares a place with it.
struct EventOutcome {
  std::optional<Period> found = std::nullopt;  ///< first period in which it was flagged
  std::optional<int> delay = std::nullopt;     ///< periods from its first
  std::size_t periods = 0;                     ///< in which it was flagged
  bool replayed = false;                       ///< its time lies in the range; otherwise nothing can be said
  bool located = false;                        ///< when first flagged, just its places were named
};

struct Backtest {
  std::vector<BacktestPeriod> periods;
  std::vector<EventOutcome> outcomes;  ///< parallel to the events
  std::size_t judged = 0;              ///< periods with a history long enough
  std::size_t flags = 0, false_flags = 0;
};

Result<Backtest> backtest(const Archive& archive, const Taxonomy& taxonomy, const ConcernOptions& options,
                          const BacktestRange& range, std::span<const KnownEvent> events);

}  // namespace duluan
