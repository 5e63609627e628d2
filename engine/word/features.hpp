// The feature template of the word model: what is summed for the gap before a token.
//
// Two layers. The teacher's layer is learnt from text that another segmenter cut (plentiful); its
// sum is the verdict. The people's layer is learnt from text that people cut (scarce); it sees the
// verdict, and says where people would differ. Trainer and decoder both walk this file.
//
// Tokens round the gap: L3 L2 L1 | R1 R2 R3.
//
// Every feature belongs to one of three kinds, by what the decoder pays for it:
//   dense   its key has few bits (shapes, habits, lengths); all features over one key are one table
//   column  its key is one form; a form's row has a column for each place the form can take
//   hashed  all others: a look-up in the table of weights
// The trainer knows no kinds (EachHash).
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/mix.hpp"
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

/// Dense tables and the bits of their keys.
enum class Dense : std::size_t {
  kHabits,          ///< habits left of, at and right of the gap
  kHabitShapes,     ///< habit, two shapes
  kShapes,          ///< four shapes
  kVerdictHabit,    ///< step of the verdict, habit
  kVerdictShapes,   ///< step, four shapes
  kVerdictLengths,  ///< step, lengths of the words left and right
  kSideLengths,     ///< side, lengths, two shapes
};
inline constexpr unsigned kHabitBits = 5;
inline constexpr unsigned kStepBits = 3;
inline constexpr unsigned kLengthBits = 3;
inline constexpr std::array<unsigned, 7> kDenseBits{3 * kHabitBits,
                                                    kHabitBits + 2 * kShapeBits,
                                                    4 * kShapeBits,
                                                    kStepBits + kHabitBits,
                                                    kStepBits + 4 * kShapeBits,
                                                    kStepBits + 2 * kLengthBits,
                                                    1 + 2 * kLengthBits + 2 * kShapeBits};
/// The tables lie one after the other.
inline constexpr std::array<std::size_t, kDenseBits.size() + 1> kDenseBegin = [] {
  std::array<std::size_t, kDenseBits.size() + 1> begin{};
  for (std::size_t i = 0; i < kDenseBits.size(); ++i) begin[i + 1] = begin[i] + (std::size_t{1} << kDenseBits[i]);
  return begin;
}();
inline constexpr std::size_t kDenseSize = kDenseBegin.back();
inline constexpr Dense kFirstPeopleDense = Dense::kVerdictHabit;

inline constexpr std::size_t kMostFeatures = 32;

inline std::uint64_t feature_hash(Feature feature, std::uint64_t a, std::uint64_t b = 0) {
  return spread(a * 0x9E3779B97F4A7C15ULL + b * 0xD6E8FEB86659FD93ULL +
                static_cast<std::uint64_t>(feature) * 0xC2B2AE3D27D4EB4FULL);
}

/// 1 if the verdict starts a word; steps below four join.
inline constexpr std::uint64_t side_of(std::uint64_t step) { return step >= 4 ? 1 : 0; }

/// Calls use(hash) for every feature that a dense table sums up at `key`.
template <class Use>
void each_dense_feature(Dense table, std::uint64_t key, Use use) {
  constexpr std::uint64_t kHabit = (1U << kHabitBits) - 1;
  constexpr std::uint64_t kTwoShapes = (1U << 2 * kShapeBits) - 1;
  switch (table) {
    case Dense::kHabits:
      use(feature_hash(Feature::kBias, 0));
      use(feature_hash(Feature::kHabits2Left, key >> kHabitBits));
      use(feature_hash(Feature::kHabits2Right, key & (kHabit << kHabitBits | kHabit)));
      use(feature_hash(Feature::kHabits3, key));
      return;
    case Dense::kHabitShapes: use(feature_hash(Feature::kHabitShapes, key)); return;
    case Dense::kShapes: use(feature_hash(Feature::kShapes4, key)); return;
    case Dense::kVerdictHabit: {
      const std::uint64_t step = key >> kHabitBits;
      use(feature_hash(Feature::kVerdict, step));
      use(feature_hash(Feature::kVerdictHabit, key));
      use(feature_hash(Feature::kSideHabit, key & kHabit, side_of(step)));
      return;
    }
    case Dense::kVerdictShapes: {
      const std::uint64_t step = key >> 4 * kShapeBits;
      use(feature_hash(Feature::kVerdictShapes, step, (key >> kShapeBits) & kTwoShapes));
      use(feature_hash(Feature::kVerdictShapes4, key));
      return;
    }
    case Dense::kVerdictLengths: {
      const std::uint64_t step = key >> 2 * kLengthBits;
      constexpr std::uint64_t kLength = (1U << kLengthBits) - 1;
      use(feature_hash(Feature::kWordLengths, key));
      use(feature_hash(Feature::kLeftLength, (key >> kLengthBits) & kLength, step));
      use(feature_hash(Feature::kRightLength, key & kLength, step));
      return;
    }
    case Dense::kSideLengths: use(feature_hash(Feature::kWordLengthsShapes, key)); return;
  }
}

/// Calls use(hash) for every feature that a form's weight in a column sums up.
template <class Use>
void each_column_feature(std::size_t column, std::uint32_t id, Use use) {
  switch (column) {
    case kColumnL2: use(feature_hash(Feature::kL2, id)); return;
    case kColumnL1: use(feature_hash(Feature::kL1, id)); return;
    case kColumnR1: use(feature_hash(Feature::kR1, id)); return;
    case kColumnR2: use(feature_hash(Feature::kR2, id)); return;
    case kColumnPeopleL1:
    case kColumnPeopleL1 + 1:
      use(feature_hash(Feature::kPeopleL1, id));
      use(feature_hash(Feature::kPeopleL1Side, id, column - kColumnPeopleL1));
      return;
    default:
      use(feature_hash(Feature::kPeopleR1, id));
      use(feature_hash(Feature::kPeopleR1Side, id, column - kColumnPeopleR1));
  }
}

/// A sink that hands on the hash of every feature, whatever its kind.
template <class Use>
class EachHash {
 public:
  explicit EachHash(Use use) : use_(std::move(use)) {}
  void dense(Dense table, std::uint64_t key) { each_dense_feature(table, key, use_); }
  void column(std::size_t column, const Unit& unit) { each_column_feature(column, unit.id, use_); }
  void hashed(Feature feature, std::uint64_t a, std::uint64_t b = 0) { use_(feature_hash(feature, a, b)); }

 private:
  Use use_;
};

inline unsigned two_shapes(const Unit* r1) { return (unsigned{r1[-1].shape} << kShapeBits) | r1->shape; }
inline unsigned four_shapes(const Unit* r1) {
  return (((unsigned{r1[-2].shape} << 2 * kShapeBits) | two_shapes(r1)) << kShapeBits) | r1[1].shape;
}

/// Hands `sink` every feature of the teacher's layer at the gap before `r1`.
/// Three units on each side must be readable.
template <class Sink>
[[gnu::always_inline]] inline void teacher_features(const Unit* r1, Sink& sink) {
  const Unit& l2 = r1[-2];
  const Unit& l1 = r1[-1];
  const Unit& r2 = r1[1];
  const unsigned shapes2 = two_shapes(r1);
  const unsigned shapes4 = four_shapes(r1);
  const unsigned shapes6 = (((unsigned{r1[-3].shape} << 4 * kShapeBits) | shapes4) << kShapeBits) | r1[2].shape;
  const std::uint64_t pair = both(l1.id, r1->id);
  const unsigned habit = r1->habit;
  const unsigned habits = (((unsigned{l1.habit} << kHabitBits) | habit) << kHabitBits) | r2.habit;
  sink.hashed(Feature::kL1R1, pair);
  sink.hashed(Feature::kL2L1R1, pair, l2.id);
  sink.hashed(Feature::kL1R1R2, pair, r2.id);
  sink.hashed(Feature::kL2R1, l2.id, r1->id);
  sink.hashed(Feature::kL1R2, l1.id, r2.id);
  sink.hashed(Feature::kL1Shapes, l1.id, shapes2);
  sink.hashed(Feature::kR1Shapes, r1->id, shapes2);
  sink.hashed(Feature::kL1Habit, l1.id, habit);
  sink.hashed(Feature::kR1Habit, r1->id, habit);
  sink.hashed(Feature::kShapes6, shapes6);
  sink.hashed(Feature::kHabits3Shapes, habits, shapes2);
  sink.dense(Dense::kHabits, habits);
  sink.dense(Dense::kHabitShapes, (std::uint64_t{habit} << 2 * kShapeBits) | shapes2);
  sink.dense(Dense::kShapes, shapes4);
  sink.column(kColumnL2, l2);
  sink.column(kColumnL1, l1);
  sink.column(kColumnR1, *r1);
  sink.column(kColumnR2, r2);
}

/// The teacher's verdict on a gap in the steps the people's layer knows: of log-odds, three a step.
inline std::uint64_t step_of(std::int32_t score) {
  constexpr auto kStep = static_cast<std::int32_t>(3 * kScale);
  return static_cast<std::uint64_t>((std::clamp(score, -3 * kStep, 3 * kStep) + 4 * kStep) / kStep);
}

/// What the people's layer sees of the verdicts: the step of the gap's own, and how many tokens long
/// the words left and right of the gap are by the others, from 1 to kLongestWord.
struct Verdicts {
  std::uint64_t step;
  std::uint64_t left;
  std::uint64_t right;
};
inline constexpr std::uint64_t kLongestWord = 5;

/// Hands `sink` the features of the people's layer that need no look-up: dense tables and columns.
template <class Sink>
[[gnu::always_inline]] inline void people_plain_features(const Unit* r1, const Verdicts& verdicts, Sink& sink) {
  const auto [step, left, right] = verdicts;
  const std::uint64_t side = side_of(step);
  const std::uint64_t lengths = (left << kLengthBits) | right;
  sink.dense(Dense::kVerdictHabit, (step << kHabitBits) | r1->habit);
  sink.dense(Dense::kVerdictShapes, (step << 4 * kShapeBits) | four_shapes(r1));
  sink.dense(Dense::kVerdictLengths, (step << 2 * kLengthBits) | lengths);
  sink.dense(Dense::kSideLengths, (((side << 2 * kLengthBits) | lengths) << 2 * kShapeBits) | two_shapes(r1));
  sink.column(kColumnPeopleL1 + side, r1[-1]);
  sink.column(kColumnPeopleR1 + side, *r1);
}

/// The others. The model keeps how far they can move a score (its reach): where the rest is clear
/// beyond that, the decoder does not look.
template <class Sink>
[[gnu::always_inline]] inline void people_hashed_features(const Unit* r1, const Verdicts& verdicts, Sink& sink) {
  const auto [step, left, right] = verdicts;
  const std::uint64_t side = side_of(step);
  const std::uint64_t pair = both(r1[-1].id, r1->id);
  std::uint64_t left_word = r1[-1].id;
  for (const Unit* l = r1 - 2; l >= r1 - left; --l) left_word = mix(left_word * 31 + l->id);
  std::uint64_t right_word = r1->id;
  for (const Unit* r = r1 + 1; r < r1 + right; ++r) right_word = mix(right_word * 37 + r->id);
  sink.hashed(Feature::kPeopleL1R1, pair);
  sink.hashed(Feature::kPeopleL2L1R1, pair, r1[-2].id);
  sink.hashed(Feature::kPeopleL1R1R2, pair, r1[1].id);
  sink.hashed(Feature::kLeftWord, left_word, side);
  sink.hashed(Feature::kRightWord, right_word, side);
  sink.hashed(Feature::kBothWords, left_word, right_word);
}

}  // namespace duluan::boundary
