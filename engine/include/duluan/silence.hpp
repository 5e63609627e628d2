/// \file
/// Silence: who has not reported, reported late, or has nothing to say; and whether a topic fell because it is
/// spoken of less or because those who spoke of it sent no report.
///
///     auto report = find_concerns(*archive, taxonomy, {});
///     for (const Silence& s : report->silences) …     // s.reporter, s.kind, s.missed
///     for (const Fall& f : report->falls) …           // f.cause == Fall::Cause::kReports: no good news
///
/// A reporter is a reporting unit; an archive that names none is judged by places. A unit has stopped if a run of
/// misses as long as the present one would be a surprise (kSilenceLevel) after its own record of reporting, with
/// Jeffreys' prior: a monthly unit after one miss or two, an occasional one after many. A report is late if it is
/// filed in a folder of a later period's reports, or was added later than the median of its period's reports by more
/// than a fifth of the period. Fewer opinions than usual: lower negative-binomial tail of the unit's own counts.
///
/// A topic falls if its count is below what the twelve periods before lead one to expect (kFallLevel). The expectation
/// is made again from the opinions that were received, reporter by reporter: if the count is usual for those, the cause
/// is in the reports.
///
/// Thread-safety: value types.
#pragma once

#include <string>
#include <vector>

#include "duluan/period.hpp"

namespace duluan {

inline constexpr double kSilenceLevel = 0.05;
inline constexpr double kFallLevel = 0.01;

struct Silence {
  enum class Kind {
    kStopped,  ///< a run of misses that is no longer usual for the unit
    kMissing,  ///< no report, which happens with this unit
    kFew,      ///< reported, far fewer opinions than usual
    kZero,     ///< a report without any opinion
    kLate,     ///< a report that came with those of a later period
  };
  std::string reporter{};  ///< for kZero the source, which names no unit
  Kind kind = Kind::kMissing;
  Period period{};       ///< of the report; of a run of misses its first
  int missed = 0;        ///< periods without a report, up to the judged one
  double usual = 0;      ///< opinions a report, mean of the twelve periods before
  int opinions = 0;      ///< of the judged period
  double p_value = 1;    ///< of kStopped, kMissing and kFew
  std::string source{};  ///< of a late or empty report
};

/// A topic of the whole archive with fewer opinions than usual.
struct Fall {
  enum class Cause {
    kOpinion,  ///< it is spoken of less by those who reported
    kReports,  ///< as much as usual by those who reported; fewer reported, or less
  };
  std::string topic{};
  Cause cause = Cause::kOpinion;
  int observed = 0;
  double usual = 0;                    ///< mean of the twelve periods before
  double received = 0;                 ///< expected of the opinions that were received
  double p_value = 1;                  ///< of the count against `usual`
  double received_p_value = 1;         ///< of the count against `received`
  std::vector<std::string> missing{};  ///< reporters without a report that had spoken of it most, at most five
};

}  // namespace duluan
