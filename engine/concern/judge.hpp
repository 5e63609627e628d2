// From counts to concerns; the archive is not needed but for the quotations.
#pragma once

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "concern/cells.hpp"
#include "duluan/concern.hpp"
#include "duluan/trend.hpp"

namespace duluan::concern {

inline constexpr std::size_t kChartPeriods = 36;
inline constexpr double kUnusual = 0.1;  // p-value of a period that belongs to a run

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
  std::vector<double> whole;  ///< [topic]
  std::vector<double> cells;  ///< [topic][place]
};

/// Largest p-value that Benjamini and Hochberg's procedure lets pass, 0 if none.
double control_false_discoveries(std::vector<double> p_values, double fdr);

/// Thresholds of the two levels. Each gets half the weight (Genovese, Roeder and Wasserman 2006):
/// else the many single places, each with few opinions, would deafen us to the whole.
FalseAlarmLevel control(const Surprises& surprises, double alpha, double fdr);

/// What the history of the archive is judged with.
struct Judge {
  const Cells* cells;
  Pool pool;
  DetectorOptions detector;
  FalseAlarmLevel level;

  /// The last `most` periods of a series, each judged by what came before it.
  [[nodiscard]] Result<std::vector<SeriesPoint>> points(const Series& series, std::size_t most) const;
  /// One topic's flagged cells as one concern. `p` is Surprises::cells of the topic, by place.
  [[nodiscard]] Result<Concern> join(std::size_t topic, double whole, const double* p) const;
};

}  // namespace duluan::concern
