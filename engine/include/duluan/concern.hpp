/// \file
/// Concerns: what people have begun to speak of more than the past leads one to expect.
///
///     auto archive = Archive::open("lam-chau.duluan", Archive::Mode::kReadOnly);
///     auto report = find_concerns(*archive, classifier->taxonomy(), {});
///     std::cout << render_text(*report, Language::kVietnamese);
///     file << render_brief(*report, Language::kVietnamese);       // one HTML page
///
/// Every topic is judged in every place and in the archive as a whole against its own
/// history (trend.hpp), out of all opinions received there, with Tết taken into account.
/// With a gazetteer the districts and provinces in between are judged too. The p-values of the period are controlled
/// together, topic by topic: a topic's are combined, each level having an equal share, then Benjamini and Hochberg's
/// procedure chooses among the topics and again within those chosen (Benjamini and Bogomolov 2014). A surge is one
/// concern, however many of its sums are flagged: of the whole archive, a province or a district if that still
/// rises without the places that stand out, otherwise of those places. Where places have neighbours, clusters of them
/// are looked for too (scan.hpp), which find rises too small in each place. The topic `other`
/// is left out. Nothing later than the period is read.
///
/// Counts below kSmallestShown are never written by the renderers: they print "<5", and
/// hide a further cell of a row where one hidden cell could be computed from the total.
///
/// What is new beside the topics stands in novelty.hpp, who has not reported in silence.hpp. Quotations are chosen to
/// be probable, unlike one another and from different reports.
///
/// Errors: kInvalidArgument (options), kEmpty (no opinions), kNotFound (none in the period
/// asked for), and those of Archive. Cost: about 0.3 ms a cell with opinions.
/// Thread-safety: pure but for reading the archive; renderers are pure and deterministic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "duluan/archive.hpp"
#include "duluan/novelty.hpp"
#include "duluan/period.hpp"
#include "duluan/place.hpp"
#include "duluan/result.hpp"
#include "duluan/silence.hpp"
#include "duluan/topic.hpp"

namespace duluan {

inline constexpr int kSmallestShown = 5;  ///< smaller counts could single someone out

/// On which administrative map places are told; the other's are converted by what became of each unit.
enum class PlaceMap {
  kOfPeriod,  ///< in force in the judged period
  kBefore,    ///< until 30 June 2025
  kAfter,
};

struct ConcernOptions {
  /// Default: the last complete one, i.e. the latest with at least half the usual number of
  /// reports (median of the twelve before). Its unit must be `unit`.
  std::optional<Period> period = std::nullopt;
  Period::Unit unit = Period::Unit::kMonth;
  double alpha = 0.01;  ///< no cell with a larger p-value is flagged; in (0, 0.5)
  /// Share of false ones among the flagged, on average; in (0, 1). The default lets a rise of a few
  /// opinions a month through at its first period; 0.1 is for archives of thousands of opinions a month.
  double fdr = 0.3;
  int evidence = 5;  ///< quoted opinions per concern, at most
  /// Tells which places lie in which district and province. Not owned; null: no levels between places and whole.
  const Gazetteer* gazetteer = nullptr;
  PlaceMap map = PlaceMap::kOfPeriod;  ///< without a gazetteer places stay as they are
  /// Places that border on each other, by name. Empty: those of one (former) district, if the gazetteer knows them.
  std::vector<std::pair<std::string, std::string>> neighbours = {};
  /// Periods of the past, taken in random order, in which false alarms are counted, at most: no more than 20,000 series
  /// are judged again. 0: not measured. Seeded: the same archive gives the same figure.
  int null_periods = 0;
  WordCutter cut{};  ///< how texts are cut into words; without it novelty is not looked for
};

/// One period of a series and what was expected of it from the periods before.
struct SeriesPoint {
  Period period;
  int observed = 0;
  bool reported = false;  ///< anything at all was received
  bool judged = false;    ///< history long enough; only then do the following mean anything
  double expected = 0;
  double lower = 0, upper = 0;  ///< 95 % predictive interval, both inclusive
  double p_value = 1;
  bool breaks = false;  ///< first on the administrative map of July 2025, of a series that was converted
};

/// An opinion quoted for a concern.
struct Evidence {
  std::int64_t id = 0;  ///< in the archive
  std::string text;     ///< redacted
  std::string source, place, unit;
  double probability = 0;  ///< that it carries the topic
};

/// What of a concern passed the control of false discoveries.
enum class FlaggedBy { kWhole, kArea, kPlace, kCluster };

struct Concern {
  std::string topic;                   ///< id
  std::vector<std::string> places;     ///< where it lives; empty: the whole archive
  std::string area = {};               ///< district or province that `places` make up, if it lives in all of it
  std::vector<std::string> strongest;  ///< of a concern of the whole archive: places that stand out all the same
  Period since;                        ///< first period of the present run of unusual ones (p < 0.1)
  int observed = 0;
  double expected = 0, lower = 0, upper = 0;  ///< as in SeriesPoint
  double ratio = 0;                           ///< observed / expected
  double p_value = 1;  ///< the smallest that was flagged, of the whole, an area, a place or a cluster
  FlaggedBy flagged_by = FlaggedBy::kWhole;  ///< whose p-value that is
  double threshold = 0;                      ///< that it passed
  double cluster_p_value = 1;  ///< of neighbouring places counted together (scan.hpp), if `places` hold a cluster
  int cluster_periods = 0;     ///< it lasts; 0: no cluster
  int reports = 0, units = 0;  ///< distinct sources and reporting units it rests on
  std::vector<Evidence> evidence;
  std::vector<NewTerm> terms;        ///< risen inside the topic (p <= 0.01 each); none without ConcernOptions::cut
  int copies = 0;                    ///< opinions of the period left out as copies of others
  std::vector<std::string> missing;  ///< reporters without a report that usually speak of it, most first, at most five
  double missing_share = 0;          ///< of its usual opinions that they account for: so much may be unseen
  std::vector<SeriesPoint> series;   ///< of its places together; the last is the period
};

/// Whether a place has reported.
struct PlaceCoverage {
  std::string place;  ///< empty: opinions of no known place
  int opinions = 0, reports = 0;
  double usual_reports = 0;                            ///< mean of the twelve periods before
  std::optional<Period> last_reported = std::nullopt;  ///< up to the period
  bool silent = false;                                 ///< nothing now, something in the twelve periods before
};

struct FalseAlarmLevel {
  double alpha = 0, fdr = 0;
  std::size_t tests = 0;       ///< series judged together
  double whole_threshold = 0;  ///< p-values up to this one are flagged, of the whole archive; 0: none
  double place_threshold = 0;  ///< … of single places; both: of the topic where it is highest
  std::size_t flagged = 0;     ///< series, before they are joined to concerns
  int null_periods = 0;        ///< in random order that were judged; 0: the following was not measured
  double null_flags = 0;       ///< topics flagged, on average, in a period of this archive's past in random order
};

/// Names of one administrative map that were told as units of the other.
struct Reform {
  bool after = true;       ///< on the map of since 1 July 2025
  std::size_t places = 0;  ///< converted names; 0: nothing was
  std::size_t split =
      0;  ///< of them shared out among several units, each opinion to the unit furthest behind its weight
  std::size_t estimated = 0;         ///< of them by weights that the decrees do not give
  std::set<std::string> names = {};  ///< that were converted
};

struct ConcernReport {
  Period period;
  std::vector<Concern> concerns;                 ///< most surprising first
  std::vector<Topic> topics;                     ///< the taxonomy without `other`
  std::vector<PlaceCoverage> coverage;           ///< by place name
  std::vector<std::vector<int>> table;           ///< [topic][place], parallel to topics and coverage
  std::vector<std::vector<SeriesPoint>> series;  ///< [topic], of the whole archive, at most 36 periods
  FalseAlarmLevel false_alarms;
  Reform reform = {};
  /// Of a converted place the names under which the archive holds its opinions of the period.
  std::map<std::string, std::vector<std::string>> origins = {};
  Novelty novelty;
  std::vector<Silence> silences;                            ///< by kind, then by name
  std::vector<Fall> falls;                                  ///< most surprising first
  std::vector<std::pair<std::string, std::string>> models;  ///< (setting of the archive, version)
};

Result<ConcernReport> find_concerns(const Archive& archive, const Taxonomy& taxonomy, const ConcernOptions& options);

enum class Language { kVietnamese, kEnglish };

/// One HTML page that needs nothing from the network.
std::string render_brief(const ConcernReport& report, Language language);
/// For a terminal.
std::string render_text(const ConcernReport& report, Language language);
/// A line {"kind":"concern",…} for each concern, lines of kind "new", "silence" and "fall", then one
/// {"kind":"period",…}. A count too small to be shown is null. engine/concern/concerns.schema.json has the fields.
std::string render_jsonl(const ConcernReport& report);

}  // namespace duluan
