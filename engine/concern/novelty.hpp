// What is new, from the texts of an archive: counting, comparing, grouping.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "concern/terms.hpp"
#include "duluan/archive.hpp"
#include "duluan/concern.hpp"

namespace duluan::concern {

inline constexpr double kTermFdr = 0.2;

/// An opinion of the judged period.
struct Spoken {
  StoredOpinion stored;
  std::vector<Term> terms;
  std::uint32_t reporter = 0;
};

/// A term of the judged period, and in how many opinions of each earlier one it was.
struct Tally {
  std::vector<std::uint32_t> now;       ///< indices of the opinions that hold it
  std::set<std::uint32_t> reporters{};  ///< no more than kLeastTermReporters are kept
  std::vector<int> before{};
};

/// Opinions that are compared with one another: all, those without a topic, those of one topic.
struct TermPool {
  std::string topic;  ///< of the third kind
  double now = 0;     ///< opinions of the period
  std::vector<double> before;
  std::unordered_map<Term, Tally> terms;
};
enum Family : std::size_t { kAllOpinions, kWithoutTopic, kInsideTopics, kTermFamilies };

/// The counts of a period and of what came before it.
struct TermCounts {
  Period first, judged;
  std::vector<Spoken> opinions;
  std::vector<TermPool> pools;                      ///< all, without topic, then topics in the order of their ids
  std::array<std::size_t, kTermFamilies> tested{};  ///< terms that kLeastTermOpinions opinions hold, now or before
  [[nodiscard]] static Family family(std::size_t pool) { return pool < 2 ? Family(pool) : kInsideTopics; }
};

/// Reads the archive; terms too rare to be shown keep no history.
Result<TermCounts> count_terms(const Archive& archive, const Period& first, const Period& judged, TermReader& reader);

/// A term against its past.
struct RisenTerm {
  Term term = 0;
  std::size_t pool = 0;
  const Tally* tally = nullptr;
  double expected = 0, z = 0, p_value = 1;
  bool significant = false;  ///< passes the control of its family
  Period since{};
};

/// Terms of each pool with p <= kCompanion, most significant first; the significant ones among them are the news.
inline constexpr double kCompanion = 0.01;
std::vector<std::vector<RisenTerm>> risen_terms(const TermCounts& counts);

/// The risen terms of a pool by the opinions that hold them (average linkage over Jaccard's index); groups without
/// a significant term are left out.
std::vector<std::vector<RisenTerm>> group_terms(const std::vector<RisenTerm>& risen);

/// What the renderers show of a term, and which of a group's need not be shown beside the others: a word whose
/// opinions nearly all hold the pair it is part of.
NewTerm shown_term(const RisenTerm& risen, const TermCounts& counts, const TermReader& reader);
std::vector<RisenTerm> telling_terms(std::vector<RisenTerm> group, std::size_t most);

/// Fills ConcernReport::novelty and the terms of its concerns.
Result<void> attach_novelty(ConcernReport& report, const Archive& archive, const ConcernOptions& options);

}  // namespace duluan::concern
