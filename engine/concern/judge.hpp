// From counts to concerns; the archive is not needed but for the quotations.
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "concern/areas.hpp"
#include "concern/cells.hpp"
#include "concern/control.hpp"
#include "duluan/backtest.hpp"
#include "duluan/concern.hpp"
#include "duluan/scan.hpp"
#include "duluan/trend.hpp"

namespace duluan::concern {

inline constexpr std::size_t kChartPeriods = 36;
inline constexpr double kUnusual = 0.1;  // p-value of a period that belongs to a run

/// What the archive holds of periods of a length.
Result<Material> load(const Archive& archive, Period::Unit unit);

/// The names under which the archive holds a place's opinions of the period.
std::vector<std::string> names_held(const ConcernReport& report, const std::string& place);

/// All that find_concerns gives but evidence and models.
Result<ConcernReport> judge(const Material& material, const Taxonomy& taxonomy, const ConcernOptions& options);

/// Opinions of a topic (first), place (second, empty: all) and period, most probable first, at most so many.
using OpinionSource =
    std::function<Result<std::vector<StoredOpinion>>(const std::string&, const std::string&, const Period&, int)>;

/// The report a source belongs to: itself without its record.
std::string report_of(const std::string& source);

/// Quotes up to `most` opinions for each concern, and counts what it rests on.
Result<void> attach_evidence(ConcernReport& report, int most, const OpinionSource& source);

/// p-values of the judged period. A cell without a verdict has kUntested.
inline constexpr double kUntested = std::numeric_limits<double>::infinity();
struct Surprises {
  std::vector<double> nodes;      ///< [topic][node of Areas]
  std::vector<double> cells;      ///< [topic][place]
  std::vector<Cluster> clusters;  ///< [topic], units are places; none where nobody has neighbours
};

/// Levels of LevelTests: those of Area, then these.
inline constexpr std::size_t kPlaceLevel = Areas::kLevels;
inline constexpr std::size_t kClusterLevel = kPlaceLevel + 1;
inline constexpr std::size_t kAllLevels = kClusterLevel + 1;
inline constexpr int kScanReplicates = 199;

/// Where a topic rises.
struct Home {
  std::size_t node = 0;
  bool broad = true;                ///< in the whole node; otherwise only in `places`
  std::vector<std::size_t> places;  ///< that stand out
  double p_value = 1;
  FlaggedBy flagged_by = FlaggedBy::kWhole;
  double threshold = 0;
  std::optional<Cluster> cluster = std::nullopt;  ///< if `places` hold one
};

/// What the history of the archive is judged with.
struct Judge {
  const Cells* cells;
  Areas areas;
  double fdr;
  Pool pool;  ///< of single places
  Pool sums;  ///< of areas and the whole, beside the places: they show waves and slopes that places cannot
  DetectorOptions detector;
  Control flags;

  /// The judged period of every topic in every node and place.
  [[nodiscard]] Result<Surprises> surprises() const;
  /// The most likely cluster of neighbouring places.
  [[nodiscard]] Result<Cluster> cluster(std::size_t topic) const;
  /// Whether clusters can be looked for at all.
  [[nodiscard]] bool has_neighbours() const;
  /// What is flagged of them.
  [[nodiscard]] Control controlled(const Surprises& all) const;
  /// The last `most` periods of a series, each judged by what came before it.
  [[nodiscard]] Result<std::vector<SeriesPoint>> points(const Series& series, const Pool& of, std::size_t most) const;
  /// Where a topic rises: a surge that shows at several levels once, at the one where it lives.
  [[nodiscard]] Result<std::vector<Home>> homes(std::size_t topic, const Surprises& all) const;
  [[nodiscard]] Result<Concern> join(std::size_t topic, const Home& home) const;
};

/// Learns what the archive's series have in common; nothing is judged yet.
Result<Judge> learn(const Cells& cells, const ConcernOptions& options);

/// backtest() without the archive.
Result<Backtest> replay(const Material& material, const Taxonomy& taxonomy, ConcernOptions options,
                        const BacktestRange& asked, std::span<const KnownEvent> events);

/// False alarms of the archive's own past in random order: how many topics are flagged in a period that is as good as
/// any other. Topics flagged now are left out; surges that are over still count, so it is rather too high.
Result<double> null_rate(const Judge& judge, int periods);

}  // namespace duluan::concern
