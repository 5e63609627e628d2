#include "word/compile.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace duluan::boundary {
namespace {

// A value and where it wants to lie; the heavier come first.
struct Entry {
  float importance;
  std::uint64_t hash;
  std::uint16_t value;
};

bool heavier(const Entry& a, const Entry& b) {
  return a.importance != b.importance ? a.importance > b.importance : a.hash < b.hash;
}

// Lines filled in order of importance; what finds its line full, or its check taken, is left out.
std::vector<Line> filled(std::vector<Entry>& entries, std::size_t most) {
  constexpr std::size_t kFill = 13;  // of sixteen places, on average
  std::sort(entries.begin(), entries.end(), heavier);
  if (entries.size() > most) entries.resize(most);
  std::vector<Line> lines(entries.size() / kFill + 1);
  std::vector<std::uint8_t> taken(lines.size());
  for (const Entry& entry : entries) {
    const std::size_t at = line_of(entry.hash, lines.size());
    Line& line = lines[at];
    const std::uint16_t check = check_of(entry.hash);
    const auto end = line.check.begin() + taken[at];
    if (end == line.check.end() || std::find(line.check.begin(), end, check) != end) continue;
    *end = check;
    line.value[taken[at]++] = entry.value;
  }
  return lines;
}

std::int16_t rounded(float weight) {
  return static_cast<std::int16_t>(std::clamp(std::lround(weight * kScale), -32767L, 32767L));
}

// Sinks that gather what one kind of feature needs and pass over the others.
struct Kind {
  void dense(Dense, std::uint64_t) {}
  void column(std::size_t, const Unit&) {}
  void hashed(Feature, std::uint64_t, std::uint64_t = 0) {}
};
template <class Use>
struct HashedOnly : Kind {
  explicit HashedOnly(Use given) : use(std::move(given)) {}
  void hashed(Feature feature, std::uint64_t a, std::uint64_t b = 0) { use(feature, feature_hash(feature, a, b)); }
  Use use;
};
template <class Use>
struct DenseOnly : Kind {
  explicit DenseOnly(Use given) : use(std::move(given)) {}
  void dense(Dense table, std::uint64_t key) { each_dense_feature(table, key, use); }
  Use use;
};
template <class Use>
struct ColumnsOnly : Kind {
  explicit ColumnsOnly(Use given) : use(std::move(given)) {}
  void column(std::size_t column, const Unit& unit) { use(column, unit.id); }
  Use use;
};

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
      const std::uint64_t hash =
          pair_hash(static_cast<std::uint32_t>(slot.key >> 32), static_cast<std::uint32_t>(slot.key));
      // A joined pair tells more than a split one, which an unknown pair mostly is too.
      const float importance = static_cast<float>(slot.seen) + 4.0F * static_cast<float>(slot.joined);
      entries.push_back({importance, hash,
                         static_cast<std::uint16_t>(pair_seal(hash) | (std::uint32_t{habit} << kHabitShift) | said)});
    }
    return filled(entries, training_.most_pairs);
  }

  std::vector<Line> weight_lines() const {
    std::vector<Entry> entries;
    collect(layers_.teacher, entries,
            [&](std::size_t gap, auto& sink) { teacher_features(&corpus_.units[gap], sink); });
    collect(layers_.people, entries,
            [&](std::size_t gap, auto& sink) { people_features(corpus_, gap, verdicts_, sink); });
    return filled(entries, training_.most_weights);
  }

  Reach reach() const {
    std::map<Feature, Reach> by_feature;
    HashedOnly meet([&](Feature feature, std::uint64_t hash) {
      auto& [least, most] = by_feature[feature];
      const std::int32_t weight = rounded(layers_.people.value(hash));
      least = std::min(least, weight);
      most = std::max(most, weight);
    });
    each_unsettled([&](std::size_t gap) { people_features(corpus_, gap, verdicts_, meet); });
    Reach all{};
    for (const auto& [feature, reach] : by_feature) {
      all[0] += reach[0];
      all[1] += reach[1];
    }
    return all;
  }

  // Only features that were met: the weight of another is that of whatever shares its hash.
  std::vector<std::int16_t> dense_weights() const {
    std::unordered_set<std::uint64_t> met;
    DenseOnly meet([&](std::uint64_t hash) { met.insert(hash); });
    each_unsettled([&](std::size_t gap) { all_features(gap, meet); });
    std::vector<std::int16_t> weights(kDenseSize);
    for (std::size_t table = 0; table < kDenseBits.size(); ++table) {
      const Weights& layer = table < static_cast<std::size_t>(kFirstPeopleDense) ? layers_.teacher : layers_.people;
      for (std::size_t key = 0; key < (std::size_t{1} << kDenseBits[table]); ++key) {
        float sum = 0;
        each_dense_feature(static_cast<Dense>(table), key,
                           [&](std::uint64_t hash) { sum += met.contains(hash) ? layer.value(hash) : 0.0F; });
        weights[kDenseBegin[table] + key] = rounded(sum);
      }
    }
    return weights;
  }

  struct Rows {
    std::vector<std::uint32_t> forms;
    std::vector<Row> rows;
  };
  // The rows of the weightiest forms.
  Rows rows() const {
    struct Met {
      std::array<std::uint32_t, kColumns> uses{};
    };
    std::unordered_map<std::uint32_t, Met> met;
    ColumnsOnly meet([&](std::size_t column, std::uint32_t id) { ++met[id].uses[column]; });
    each_unsettled([&](std::size_t gap) { all_features(gap, meet); });
    const auto weight = [&](std::size_t column, std::uint32_t id) {
      float sum = 0;
      const Weights& layer = column < kColumnPeopleL1 ? layers_.teacher : layers_.people;
      each_column_feature(column, id, [&](std::uint64_t hash) { sum += layer.value(hash); });
      return sum;
    };
    const auto row = [&](std::uint32_t id) {
      Row row{};
      const auto found = met.find(id);
      for (std::size_t column = 0; column < kColumns; ++column)
        if (found != met.end() && found->second.uses[column] > 0) row[column] = rounded(weight(column, id));
      return row;
    };
    std::vector<Entry> entries;
    for (const auto& [id, seen] : met) {
      float importance = 0;
      for (std::size_t column = 0; column < kColumns; ++column)
        if (seen.uses[column] > 0)
          importance += std::fabs(weight(column, id)) * std::sqrt(static_cast<float>(seen.uses[column]));
      if (id != 0) entries.push_back({importance, id, 0});
    }
    std::sort(entries.begin(), entries.end(), heavier);
    if (entries.size() > training_.most_rows) entries.resize(training_.most_rows);
    Rows made;
    made.forms.resize(entries.size() + entries.size() / 4);
    made.rows.resize(made.forms.size() + kFirstRow);
    made.rows[kEdgeRow] = row(0);
    for (const Entry& entry : entries) {
      const auto id = static_cast<std::uint32_t>(entry.hash);
      std::size_t place = form_place(id, made.forms.size());
      while (made.forms[place] != 0) place = place + 1 < made.forms.size() ? place + 1 : 0;
      made.forms[place] = id;
      made.rows[place + kFirstRow] = row(id);
    }
    return made;
  }

 private:
  template <class Sink>
  void all_features(std::size_t gap, Sink& sink) const {
    teacher_features(&corpus_.units[gap], sink);
    people_features(corpus_, gap, verdicts_, sink);
  }
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
    HashedOnly count([&](Feature, std::uint64_t hash) { ++uses[weights.index(hash)]; });
    each_unsettled([&](std::size_t gap) { features(gap, count); });
    HashedOnly take([&](Feature, std::uint64_t hash) {
      std::uint32_t& used = uses[weights.index(hash)];
      const float weight = weights.value(hash);
      if (used > 0 && rounded(weight) != 0) {
        const float importance = std::fabs(weight) * std::sqrt(static_cast<float>(used));
        entries.push_back({importance, hash, static_cast<std::uint16_t>(rounded(weight))});
      }
      used = 0;
    });
    each_unsettled([&](std::size_t gap) { features(gap, take); });
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
  const std::vector<std::int16_t> dense = compiler.dense_weights();
  const auto rows = compiler.rows();
  const Reach reach = compiler.reach();
  const auto trust = static_cast<std::int32_t>(std::lround(layers.trust * 256.0F));
  ModelWriter writer{std::string(kKind), kVersion};
  writer.add("recipe", "settled pairs and a boundary model of two layers; teacher epochs " +
                           std::to_string(training.teacher_epochs) + ", people epochs " +
                           std::to_string(training.people_epochs));
  writer.add_array("pairs", std::span(pair_lines));
  writer.add_array("weights", std::span(weight_lines));
  writer.add_array("dense", std::span(dense));
  writer.add_array("forms", std::span(rows.forms));
  writer.add_array("rows", std::span(rows.rows));
  writer.add_array("reach", std::span<const std::int32_t>(reach));
  writer.add_array("trust", std::span(&trust, 1));
  return writer.write(path);
}

}  // namespace duluan::boundary
