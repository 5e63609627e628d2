// The feature template of the word model: what is summed for the gap before a token.
//
// Two layers. The teacher's layer is learnt from text that another segmenter cut (plentiful); its
// sum is the verdict. The people's layer is learnt from text that people cut (scarce); it sees the
// verdict, and says where people would differ. Trainer and decoder both walk this file.
//
// Tokens round the gap: L3 L2 L1 | R1 R2 R3.
#pragma once

#include <algorithm>
#include <cstdint>

#include "word/model.hpp"

namespace duluan::boundary {

enum class Feature : std::uint64_t {
  kBias,
  // The teacher's layer: forms,
  kL2,
  kL1,
  kR1,
  kR2,
  kL1R1,
  kL2L1R1,
  kL1R1R2,
  kL2R1,
  kL1R2,  // one form skipped
  kL1Shapes,
  kR1Shapes,  // a form and the two shapes at the gap
  kL1Habit,
  kR1Habit,  // a form and the habit of the gap
  // shapes and habits.
  kShapes6,
  kShapes4,
  kHabitShapes,
  kHabits2Left,
  kHabits2Right,
  kHabits3,
  kHabits3Shapes,
  // The people's layer: the verdict with what stands round the gap,
  kVerdict,
  kVerdictShapes,
  kVerdictShapes4,
  kVerdictHabit,
  kSideHabit,
  kPeopleL1R1,
  kPeopleL1,
  kPeopleR1,
  kPeopleL1Side,
  kPeopleR1Side,
  kPeopleL2L1R1,
  kPeopleL1R1R2,
  // and the words that the verdicts make left and right of it.
  kWordLengths,
  kWordLengthsShapes,
  kLeftLength,
  kRightLength,
  kLeftWord,
  kRightWord,
  kBothWords,
};

inline constexpr std::size_t kMostFeatures = 24;
inline constexpr std::uint64_t kTeacherMix = 0xD6E8FEB86659FD93ULL;

inline std::uint64_t feature_hash(Feature feature, std::uint64_t a, std::uint64_t b = 0) {
  return mix(a * 0x9E3779B97F4A7C15ULL + b * kTeacherMix + static_cast<std::uint64_t>(feature) * 0xC2B2AE3D27D4EB4FULL);
}

inline std::uint64_t both(std::uint32_t a, std::uint32_t b) { return (std::uint64_t{a} << 32) | b; }

inline unsigned shapes_of_four(const Unit* r1) {
  unsigned shapes = 0;
  for (int i = -2; i < 2; ++i) shapes = (shapes << kShapeBits) | r1[i].shape;
  return shapes;
}

/// Calls use(hash) for every feature of the teacher's layer at the gap before `r1`.
/// Three units on each side must be readable.
template <class Use>
void each_teacher_feature(const Unit* r1, Use use) {
  const Unit& l2 = r1[-2];
  const Unit& l1 = r1[-1];
  const Unit& r2 = r1[1];
  const unsigned shapes2 = (unsigned{l1.shape} << kShapeBits) | r1->shape;
  const unsigned shapes4 = shapes_of_four(r1);
  const unsigned shapes6 =
      (((static_cast<unsigned>(r1[-3].shape) << 4 * kShapeBits) | shapes4) << kShapeBits) | r1[2].shape;
  const std::uint64_t pair = both(l1.id, r1->id);
  const unsigned habit = r1->habit;
  const unsigned left = (unsigned{l1.habit} << 5) | habit;
  const unsigned all = (left << 5) | r2.habit;
  use(feature_hash(Feature::kBias, 0));
  use(feature_hash(Feature::kL2, l2.id));
  use(feature_hash(Feature::kL1, l1.id));
  use(feature_hash(Feature::kR1, r1->id));
  use(feature_hash(Feature::kR2, r2.id));
  use(feature_hash(Feature::kL1R1, pair));
  use(feature_hash(Feature::kL2L1R1, pair, l2.id));
  use(feature_hash(Feature::kL1R1R2, pair, r2.id));
  use(feature_hash(Feature::kL2R1, both(l2.id, r1->id)));
  use(feature_hash(Feature::kL1R2, both(l1.id, r2.id)));
  use(feature_hash(Feature::kL1Shapes, l1.id, shapes2));
  use(feature_hash(Feature::kR1Shapes, r1->id, shapes2));
  use(feature_hash(Feature::kL1Habit, l1.id, habit));
  use(feature_hash(Feature::kR1Habit, r1->id, habit));
  use(feature_hash(Feature::kShapes6, shapes6));
  use(feature_hash(Feature::kShapes4, shapes4));
  use(feature_hash(Feature::kHabitShapes, habit, shapes2));
  use(feature_hash(Feature::kHabits2Left, left));
  use(feature_hash(Feature::kHabits2Right, habit, r2.habit));
  use(feature_hash(Feature::kHabits3, all));
  use(feature_hash(Feature::kHabits3Shapes, all, shapes2));
}

/// The teacher's verdict on a gap, in the steps the people's layer knows.
struct Verdict {
  std::uint64_t step;  ///< of log-odds, three a step
  std::uint64_t side;  ///< 1: a word starts
};
inline Verdict verdict_of(std::int32_t score) {
  constexpr auto kStep = static_cast<std::int32_t>(3 * kScale);
  const std::int32_t bounded = std::clamp(score, -3 * kStep, 3 * kStep) + 4 * kStep;
  return {static_cast<std::uint64_t>(bounded / kStep), score >= 0 ? 1U : 0U};
}

/// Calls use(hash) for every feature of the people's layer at the gap before r1.
/// `joined(i)` says whether the gap before r1[i] is one the verdict closes.
template <class Joined, class Use>
void each_people_feature(const Unit* r1, std::int32_t score, Joined joined, Use use) {
  constexpr int kLongest = 5;
  const auto [step, side] = verdict_of(score);
  const Unit& l1 = r1[-1];
  const unsigned shapes2 = (unsigned{l1.shape} << kShapeBits) | r1->shape;
  const std::uint64_t pair = both(l1.id, r1->id);
  int left = 1;
  std::uint64_t left_word = l1.id;
  for (; left < kLongest && joined(-left); ++left) left_word = mix(left_word * 31 + r1[-left - 1].id);
  int right = 1;
  std::uint64_t right_word = r1->id;
  for (; right < kLongest && joined(right); ++right) right_word = mix(right_word * 37 + r1[right].id);
  const auto lengths = static_cast<std::uint64_t>(left * 8 + right);
  use(feature_hash(Feature::kVerdict, step));
  use(feature_hash(Feature::kVerdictShapes, step, shapes2));
  use(feature_hash(Feature::kVerdictShapes4, step, shapes_of_four(r1)));
  use(feature_hash(Feature::kVerdictHabit, step, r1->habit));
  use(feature_hash(Feature::kSideHabit, side, r1->habit));
  use(feature_hash(Feature::kPeopleL1R1, pair));
  use(feature_hash(Feature::kPeopleL1, l1.id));
  use(feature_hash(Feature::kPeopleR1, r1->id));
  use(feature_hash(Feature::kPeopleL1Side, l1.id, side));
  use(feature_hash(Feature::kPeopleR1Side, r1->id, side));
  use(feature_hash(Feature::kPeopleL2L1R1, pair, r1[-2].id));
  use(feature_hash(Feature::kPeopleL1R1R2, pair, r1[1].id));
  use(feature_hash(Feature::kWordLengths, lengths, step));
  use(feature_hash(Feature::kWordLengthsShapes, lengths, shapes2 * 2 + side));
  use(feature_hash(Feature::kLeftLength, static_cast<std::uint64_t>(left), step));
  use(feature_hash(Feature::kRightLength, static_cast<std::uint64_t>(right), step));
  use(feature_hash(Feature::kLeftWord, left_word, side));
  use(feature_hash(Feature::kRightWord, right_word, side));
  use(feature_hash(Feature::kBothWords, left_word, right_word));
}

}  // namespace duluan::boundary
