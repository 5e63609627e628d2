// Paragraphs copied with small changes: who pastes another unit's paragraph changes a place, a number, a few words.
//
// A text is the row of its folded syllables (accents, case, punctuation and line breaks do not count). Candidates are
// found by MinHash over the set of them (Broder 1997) with locality-sensitive banding: texts that share s of their
// syllables agree in at least one of kBands bands with probability 1 - (1 - s^kRows)^kBands. A candidate is a copy if
// the longest common subsequence covers kLeastCommon of the longer text. Both tests are symmetric. Pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace duluan::report {

inline constexpr std::size_t kBands = 16;
inline constexpr std::size_t kRows = 5;
/// Shorter texts say much the same by chance, and one word makes them say another thing: only equal ones are copies.
inline constexpr std::size_t kLeastSyllables = 8;
inline constexpr double kLeastCommon = 0.70;

/// A hash for each folded syllable or number, in the order of the text.
std::vector<std::uint32_t> syllables_of(std::string_view utf8);

/// Texts alike share a band with all but certainty, others hardly ever. Cost: 80 hashes a syllable.
std::array<std::uint32_t, kBands> bands_of(const std::vector<std::uint32_t>& syllables);

/// Length of the longest common subsequence over that of the longer text; 1 for two empty ones.
/// Cost: one operation for 64 pairs (Hyyrö 2004).
double common_share(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b);

/// Whether one is a copy of the other with small changes.
bool near_copies(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b);

}  // namespace duluan::report
