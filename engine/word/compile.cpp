#include "word/compile.hpp"

#include <algorithm>

namespace duluan::boundary {
namespace {

// A slot and where it wants to lie; the heavier come first.
struct Entry {
  float importance;
  std::uint64_t hash;
  std::uint32_t slot;
};

// Lines filled in order of importance; what finds its line full, or its check taken, is left out.
std::vector<Line> filled(std::vector<Entry>& entries, std::size_t most, std::uint32_t mask) {
  constexpr std::size_t kFill = 13;  // of sixteen slots, on average
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return a.importance != b.importance ? a.importance > b.importance : a.hash < b.hash;
  });
  if (entries.size() > most) entries.resize(most);
  std::vector<Line> lines(entries.size() / kFill + 1);
  for (const Entry& entry : entries) {
    Line& line = lines[line_of(entry.hash, lines.size())];
    for (std::uint32_t& slot : line.slot) {
      if (slot == 0) slot = entry.slot;
      if ((slot & mask) == (entry.slot & mask)) break;
    }
  }
  return lines;
}

// Whether the layers treat a pair with one combination of capitals alike wherever it stands.
Settled settled_by(const PairCounts::Slot& slot, unsigned place, const WordTraining& training) {
  const std::uint32_t split = slot.split[place];
  const std::uint32_t closed = slot.closed[place];
  const std::uint32_t times = split + closed;
  if (times < training.settled_least || std::min(split, closed) * training.settled_against > times)
    return Settled::kNot;
  return split > closed ? Settled::kSplit : Settled::kJoined;
}

class Compiler {
 public:
  Compiler(const WordTraining& training, const Corpus& corpus, PairCounts& pairs, const Layers& layers)
      : training_(training), corpus_(corpus), pairs_(pairs), layers_(layers), verdicts_(layers.verdicts(corpus)) {}

  void settle() {
    for (std::size_t i = corpus_.begin(); i < corpus_.end(); ++i) {
      const unsigned place = settled_place(corpus_.units[i - 1].shape, corpus_.units[i].shape);
      if (!corpus_.open(i) || place > 3) continue;
      PairCounts::Slot& slot = pairs_.at(pair(i));
      ++(layers_.score(corpus_, i, verdicts_) >= 0 ? slot.split : slot.closed)[place];
    }
  }

  std::vector<Line> pair_lines() const {
    std::vector<Entry> entries;
    for (const PairCounts::Slot& slot : pairs_.slots()) {
      if (slot.key == 0) continue;
      const Habit habit = habit_of(slot.seen, slot.joined);
      std::uint32_t said = 0;
      for (unsigned place = 0; place < 4; ++place)
        said |= static_cast<std::uint32_t>(settled_by(slot, place, training_)) << (2 * place);
      if (habit == kUnseen && said == 0) continue;
      const std::uint64_t hash = mix(slot.key);
      // A joined pair tells more than a split one, which an unknown pair mostly is too.
      const float importance = static_cast<float>(slot.seen) + 4.0F * static_cast<float>(slot.joined);
      entries.push_back({importance, hash, pair_check(hash) | (std::uint32_t{habit} << kHabitShift) | said});
    }
    return filled(entries, training_.most_pairs, kPairMask);
  }

  std::vector<Line> weight_lines() const {
    std::vector<Entry> entries;
    collect(layers_.teacher, entries,
            [&](std::size_t gap, auto use) { each_teacher_feature(&corpus_.units[gap], use); });
    collect(layers_.people, entries, [&](std::size_t gap, auto use) { people_features(corpus_, gap, verdicts_, use); });
    return filled(entries, training_.most_weights, kWeightMask);
  }

 private:
  [[nodiscard]] std::uint64_t pair(std::size_t i) const { return both(corpus_.units[i - 1].id, corpus_.units[i].id); }

  template <class Use>
  void each_unsettled(Use use) const {
    for (std::size_t i = corpus_.begin(); i < corpus_.end(); ++i) {
      if (!corpus_.open(i)) continue;
      const unsigned place = settled_place(corpus_.units[i - 1].shape, corpus_.units[i].shape);
      if (place > 3 || settled_by(pairs_.at(pair(i)), place, training_) == Settled::kNot) use(i);
    }
  }

  // The weights of features that unsettled gaps have, by size and by how many gaps have them.
  template <class Features>
  void collect(const Weights& weights, std::vector<Entry>& entries, Features features) const {
    std::vector<std::uint32_t> uses(weights.size());
    each_unsettled([&](std::size_t gap) { features(gap, [&](std::uint64_t hash) { ++uses[weights.index(hash)]; }); });
    each_unsettled([&](std::size_t gap) {
      features(gap, [&](std::uint64_t hash) {
        std::uint32_t& count = uses[weights.index(hash)];
        const long rounded = std::clamp(std::lround(weights.value(hash) * kScale), -32767L, 32767L);
        if (count > 0 && rounded != 0) {
          const float importance = std::fabs(weights.value(hash)) * std::sqrt(static_cast<float>(count));
          entries.push_back({importance, hash, weight_check(hash) | static_cast<std::uint16_t>(rounded)});
        }
        count = 0;
      });
    });
  }

  const WordTraining& training_;
  const Corpus& corpus_;
  PairCounts& pairs_;
  const Layers& layers_;
  std::vector<float> verdicts_;
};

}  // namespace

Result<void> compile_model(const WordTraining& training, const Corpus& corpus, PairCounts& pairs, const Layers& layers,
                           const std::string& path) {
  Compiler compiler(training, corpus, pairs, layers);
  compiler.settle();
  const std::vector<Line> pair_lines = compiler.pair_lines();
  const std::vector<Line> weight_lines = compiler.weight_lines();
  const auto trust = static_cast<std::int32_t>(std::lround(layers.trust * 256.0F));
  ModelWriter writer{std::string(kKind), kVersion};
  writer.add("recipe", "settled pairs and a boundary model of two layers; teacher epochs " +
                           std::to_string(training.teacher_epochs) + ", people epochs " +
                           std::to_string(training.people_epochs));
  writer.add_array("pairs", std::span(pair_lines));
  writer.add_array("weights", std::span(weight_lines));
  writer.add_array("trust", std::span(&trust, 1));
  return writer.write(path);
}

}  // namespace duluan::boundary
