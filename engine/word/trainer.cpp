// Logistic regression over the features of word/model.hpp, fitted by AdaGrad in a fixed order,
// then rounded to 16 bits and merged into tables. Everything is deterministic.
//
// Memory: 4 bytes a token for the form, 4 for its pair, 4 for its triple; a corpus of 20 million
// syllables takes about 300 MB.
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "duluan/word.hpp"
#include "word/corpus.hpp"

namespace duluan {
namespace {

using namespace boundary;  // NOLINT(google-build-using-namespace): the trainer lives in the model's terms

constexpr std::uint32_t kNone = 0;  // index of "no such feature"; its weights stay zero

struct Corpus {
  std::vector<std::uint32_t> form;    // index into singles
  std::vector<std::uint32_t> pair;    // of tokens i-1, i
  std::vector<std::uint32_t> triple;  // of tokens i-2, i-1, i
  std::vector<std::uint8_t> shape;
  std::vector<std::uint8_t> label;    // bit 0: open, bit 1: starts a word
  std::vector<std::uint32_t> ids;     // form id by token, until the features are numbered
};

// Sentences are apart by kPadding edge tokens, so windows never cross.
constexpr std::size_t kEdges = 3;

void append_edges(Corpus& corpus) {
  for (std::size_t i = 0; i < kEdges; ++i) {
    corpus.ids.push_back(0);
    corpus.shape.push_back(kEdge);
    corpus.label.push_back(0);
  }
}

Result<void> read_corpus(const std::vector<std::string>& paths, Corpus& corpus) {
  std::vector<Annotated> line;
  append_edges(corpus);
  for (const std::string& path : paths) {
    auto read = for_each_line(path, [&](std::string_view text) {
      annotate(text, line);
      for (const Annotated& token : line) {
        corpus.ids.push_back(token.form.id);
        corpus.shape.push_back(token.form.shape);
        corpus.label.push_back(static_cast<std::uint8_t>((token.open ? 1 : 0) | (token.starts ? 2 : 0)));
      }
      append_edges(corpus);
    });
    if (!read) return read;
  }
  return {};
}

// Open-addressed counter of 64-bit keys (0 is reserved), grown by doubling.
class Counter {
 public:
  void add(std::uint64_t key, unsigned count) {
    if (used_ * 10 >= slots_.size() * 7) grow();
    Slot& slot = find(key);
    if (slot.key == 0) {
      slot.key = key;
      ++used_;
    }
    slot.count += count;
  }
  // Numbers the keys seen at least `least` times from 1, in the order of the table.
  std::size_t number(unsigned least) {
    std::uint32_t next = 1;
    for (Slot& slot : slots_) slot.count = slot.key != 0 && slot.count >= least ? next++ : kNone;
    return next;
  }
  [[nodiscard]] std::uint32_t index(std::uint64_t key) { return find(key).count; }
  template <class Use>
  void each(Use use) const {
    for (const Slot& slot : slots_)
      if (slot.key != 0 && slot.count != kNone) use(slot.key, slot.count);
  }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t count = 0;
  };
  Slot& find(std::uint64_t key) {
    std::size_t at = (key * 0x9E3779B97F4A7C15ULL >> 20) & (slots_.size() - 1);
    while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old)
      if (slot.key != 0) find(slot.key) = slot;
  }
  std::vector<Slot> slots_ = std::vector<Slot>(1U << 16);
  std::size_t used_ = 0;
};

struct Features {
  Counter singles, pairs, triples;
  std::size_t single_count = 0, pair_count = 0, triple_count = 0;
};

std::uint64_t pair_key(const Corpus& c, std::size_t i) { return pair_hash(c.ids[i - 1], c.ids[i]); }
std::uint64_t triple_key(const Corpus& c, std::size_t i) {
  return triple_hash(pair_hash(c.ids[i - 2], c.ids[i - 1]), c.ids[i]);
}

void count_features(const Corpus& corpus, unsigned weight, Features& features) {
  for (std::size_t i = kEdges; i + 2 < corpus.ids.size(); ++i) {
    features.singles.add(corpus.ids[i] | (std::uint64_t{1} << 40), weight);
    features.pairs.add(pair_key(corpus, i), weight);
    features.triples.add(triple_key(corpus, i), weight);
  }
}

void number_tokens(Corpus& corpus, Features& features) {
  const std::size_t n = corpus.ids.size();
  corpus.form.assign(n, kNone);
  corpus.pair.assign(n, kNone);
  corpus.triple.assign(n, kNone);
  for (std::size_t i = kEdges; i + 2 < n; ++i) {
    corpus.form[i] = features.singles.index(corpus.ids[i] | (std::uint64_t{1} << 40));
    corpus.pair[i] = features.pairs.index(pair_key(corpus, i));
    corpus.triple[i] = features.triples.index(triple_key(corpus, i));
  }
}

// A weight and AdaGrad's sum of squared gradients.
struct Weight {
  float value = 0;
  float squares = 0;
};

struct Weights {
  std::vector<std::array<Weight, 4>> single;
  std::vector<std::array<Weight, 3>> pair;
  std::vector<std::array<Weight, 2>> triple;
  std::vector<Weight> shape = std::vector<Weight>(kShapeSlots);
  Weight bias;
};

std::size_t shape_index(const Corpus& corpus, std::size_t gap) {
  std::size_t index = 0;
  for (std::size_t i = gap - 3; i < gap + 3; ++i) index = (index << kShapeBits) | corpus.shape[i];
  return index;
}

// The weights that speak for the gap before token i; the template of word/model.hpp.
std::array<Weight*, 11> active(Weights& w, const Corpus& c, std::size_t i) {
  return {&w.single[c.form[i - 2]][0], &w.single[c.form[i - 1]][1], &w.single[c.form[i]][2],
          &w.single[c.form[i + 1]][3], &w.pair[c.pair[i - 1]][0],   &w.pair[c.pair[i]][1],
          &w.pair[c.pair[i + 1]][2],   &w.triple[c.triple[i]][0],   &w.triple[c.triple[i + 1]][1],
          &w.shape[shape_index(c, i)], &w.bias};
}

void learn(Weights& weights, const Corpus& corpus, float importance, float rate) {
  for (std::size_t i = kEdges; i + kEdges < corpus.ids.size(); ++i) {
    if ((corpus.label[i] & 1U) == 0) continue;
    const auto on = active(weights, corpus, i);
    float score = 0;
    for (const Weight* weight : on) score += weight->value;
    const float target = (corpus.label[i] & 2U) != 0 ? 1.0F : 0.0F;
    const float gradient = importance * (1.0F / (1.0F + std::exp(-score)) - target);
    if (std::fabs(gradient) < 1e-4F) continue;
    for (Weight* weight : on) {
      weight->squares += gradient * gradient;
      weight->value -= rate * gradient / std::sqrt(weight->squares + 1e-6F);
    }
  }
  weights.single[kNone] = {};
  weights.pair[kNone] = {};
  weights.triple[kNone] = {};
}

constexpr float kScale = 400.0F;  // 16-bit weights reach from -80 to 80

std::int16_t rounded(float value) {
  return static_cast<std::int16_t>(std::clamp(std::lround(value * kScale), -32000L, 32000L));
}

template <class Slot>
void place(std::vector<Slot>& table, std::uint64_t hash, Slot slot) {
  const std::size_t mask = table.size() - 1;
  std::size_t at = (hash >> 1) & mask;
  while (table[at].check != 0 && table[at].check != slot.check) at = (at + 1) & mask;
  if (table[at].check == 0) table[at] = slot;  // a clash of checks keeps the weightier, placed first
}

// Fills a table with the weightiest features, at most 80 % of its slots.
template <class Slot, class Values, class Make>
std::vector<Slot> merged(const Counter& counter, const Values& values, std::size_t slots, Make make) {
  struct Entry {
    float size;
    std::uint64_t key;
    std::uint32_t index;
  };
  std::vector<Entry> entries;
  counter.each([&](std::uint64_t key, std::uint32_t index) {
    float size = 0;
    for (const Weight& weight : values[index]) size += std::fabs(weight.value);
    if (size * kScale >= 1.0F) entries.push_back({size, key, index});
  });
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.size != b.size ? a.size > b.size : a.key < b.key; });
  entries.resize(std::min(entries.size(), slots / 10 * 8));
  std::vector<Slot> table(slots);
  for (const Entry& entry : entries) {
    const auto [hash, slot] = make(entry.key, values[entry.index]);
    place(table, hash, slot);
  }
  return table;
}

Result<void> write_model(const WordTraining& training, const Features& features, const Weights& w,
                         const std::string& path) {
  std::size_t single_slots = 1024;
  while (single_slots < features.single_count * 5 / 4) single_slots *= 2;
  const auto singles = merged<SingleSlot>(features.singles, w.single, single_slots, [](std::uint64_t key, const auto& v) {
    const auto id = static_cast<std::uint32_t>(key);
    return std::pair(mix(id), SingleSlot{id, 0, {rounded(v[0].value), rounded(v[1].value), rounded(v[2].value), rounded(v[3].value)}});
  });
  const auto pairs = merged<PairSlot>(features.pairs, w.pair, training.pair_slots, [](std::uint64_t key, const auto& v) {
    return std::pair(key, PairSlot{pair_check(key), {rounded(v[0].value), rounded(v[1].value), rounded(v[2].value)}});
  });
  const auto triples = merged<TripleSlot>(features.triples, w.triple, training.triple_slots, [](std::uint64_t key, const auto& v) {
    return std::pair(key, TripleSlot{triple_check(key), {rounded(v[0].value), rounded(v[1].value)}});
  });
  std::vector<std::int16_t> shapes(kShapeSlots);
  std::transform(w.shape.begin(), w.shape.end(), shapes.begin(), [](const Weight& weight) { return rounded(weight.value); });
  const std::int32_t bias = rounded(w.bias.value);
  ModelWriter writer{std::string(kKind), kVersion};
  writer.add("recipe", "pointwise logistic boundary model; epochs " + std::to_string(training.epochs) +
                           ", gold weight " + std::to_string(training.gold_weight));
  writer.add_array("singles", std::span(singles));
  writer.add_array("pairs", std::span(pairs));
  writer.add_array("triples", std::span(triples));
  writer.add_array("shapes", std::span<const std::int16_t>(shapes));
  writer.add_array("bias", std::span(&bias, 1));
  return writer.write(path);
}

}  // namespace

Result<void> train_words(const WordTraining& training, const std::string& path, const Progress& progress) {
  Corpus gold;
  Corpus silver;
  if (auto read = read_corpus(training.gold, gold); !read) return read;
  if (auto read = read_corpus(training.silver, silver); !read) return read;
  Features features;
  count_features(gold, training.min_pair, features);  // what people annotated always counts
  count_features(silver, 1, features);
  features.single_count = features.singles.number(2);
  features.pair_count = features.pairs.number(training.min_pair);
  features.triple_count = features.triples.number(training.min_triple);
  number_tokens(gold, features);
  number_tokens(silver, features);

  Weights weights;
  weights.single.resize(features.single_count);
  weights.pair.resize(features.pair_count);
  weights.triple.resize(features.triple_count);
  const std::size_t step = gold.ids.size() + silver.ids.size();
  for (int epoch = 0; epoch < training.epochs; ++epoch) {
    const float rate = training.learning_rate / (1.0F + 0.5F * static_cast<float>(epoch));
    learn(weights, silver, 1.0F, rate);
    learn(weights, gold, training.gold_weight, rate);
    if (progress && !progress(step * static_cast<std::size_t>(epoch + 1), step * static_cast<std::size_t>(training.epochs)))
      return Error{ErrorCode::kInvalidArgument, "training was stopped", path, ""};
  }
  return write_model(training, features, weights, path);
}

}  // namespace duluan
