// Control of false discoveries over topics, levels of places, and places.
//
// What a reader acts on is a topic's concern, so the topics are what is counted: each is a family of tests (the whole
// archive, provinces, districts, single places, a cluster of neighbours), whose p-values are combined by Simes' rule
// with equal weight for each level. Benjamini and Hochberg's procedure chooses among the topics; in a chosen one it
// chooses again, at fdr x chosen / topics (Benjamini and Bogomolov 2014, J. R. Stat. Soc. B 76:297): then the average
// share of false ones among a chosen topic's places is held too. Both hold for the positive dependence that nested
// sums have. Pooling all tests instead would let one great surge, flagged at every level, pay for false ones elsewhere.
#pragma once

#include <cstddef>
#include <vector>

namespace duluan::concern {

/// p-values of one topic that were tested: [level][test].
using LevelTests = std::vector<std::vector<double>>;

struct Control {
  std::vector<std::vector<double>> thresholds;  ///< [topic][level]: p-values up to this one are flagged
  std::size_t tests = 0;
  std::size_t flagged = 0;  ///< tests
};

/// Largest p-value that Benjamini and Hochberg's procedure lets pass, 0 if none.
double control_false_discoveries(std::vector<double> p_values, double fdr);

/// Nothing above alpha is flagged. `groups` names a group for each level: groups have equal shares of the false alarms,
/// and so have the levels of a group; empty: each level is a group.
Control control(const std::vector<LevelTests>& topics, double alpha, double fdr, const std::vector<int>& groups = {});

}  // namespace duluan::concern
