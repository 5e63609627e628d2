// Decoding: tokens stream through a window; each n-gram that touches an undecided syllable is looked up
// once, its weights go to the scores of all its members; chains of syllables are summed by the lattice.
#include "duluan/restore.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "duluan/model_file.hpp"
#include "syllable/restore_lattice.hpp"
#include "syllable/restore_lexicon.hpp"
#include "syllable/restore_model.hpp"
#include "syllable/scanner.hpp"

namespace duluan {

using namespace diacritics;  // NOLINT(google-build-using-namespace): the decoder lives in the model's terms

struct Restorer::Model {
  ModelFile file;
  Lexicon lexicon;
  std::span<const float> bias;
  std::array<float, kLevels> levels{};
  std::array<float, kLevels> joint_factors{};  // e to the level
  std::span<const Bucket> buckets;
  std::span<const JointBucket> joint_buckets;
};

namespace {

// Tokens decided at a time; chains of syllables are cut there.
constexpr std::size_t kWindow = 2048;

struct Seen {
  Item item;
  Token token;
  bool open = false;  // to be decided
};

// Words met before, by their bytes.
struct MemoSlot {
  std::array<char, 24> bytes{};
  std::uint8_t size = 0;
  Item item;
};
constexpr std::size_t kMemoSlots = std::size_t{1} << 12;

// A word with a letter of another alphabet, or with an invisible character, is left as it is.
bool is_ascii(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

struct GramKey {
  std::uint64_t key;
  std::uint32_t place;  // where the n-gram ends
  Gram gram;
};

}  // namespace

struct Restoration::Scratch {
  const void* model = nullptr;  // whose items the memo holds
  std::vector<MemoSlot> memo = std::vector<MemoSlot>(kMemoSlots);
  std::vector<Seen> seen;
  std::vector<GramKey> keys;
  std::vector<float> scores;  // kMostReadings a token
  Lattice lattice;
  std::vector<std::uint32_t> chain;  // places in the lattice
};

Restoration::Restoration() : scratch_(std::make_unique<Scratch>()) {}
Restoration::~Restoration() = default;
Restoration::Restoration(Restoration&&) noexcept = default;
Restoration& Restoration::operator=(Restoration&&) noexcept = default;

Restorer::Restorer(std::shared_ptr<const Model> model) : model_(std::move(model)) {}
Restorer::~Restorer() = default;
Restorer::Restorer(Restorer&&) noexcept = default;
Restorer& Restorer::operator=(Restorer&&) noexcept = default;

Result<Restorer> Restorer::load(const std::string& path) {
  auto file = ModelFile::open(path, kKind, kVersion);
  if (!file) return file.error();
  auto model = std::make_shared<Model>();
  const auto readings = file->text("readings");
  if (!readings) return readings.error();
  auto lexicon = Lexicon::parse(*readings, path);
  if (!lexicon) return lexicon.error();
  model->lexicon = std::move(*lexicon);
  const auto bias = file->array<float>("bias");
  const auto levels = file->array<float>("levels");
  const auto joint_levels = file->array<float>("joint levels");
  const auto buckets = file->array<Bucket>("weights");
  const auto joint_buckets = file->array<JointBucket>("joint weights");
  if (!bias || !levels || !joint_levels || !buckets || !joint_buckets || bias->size() != model->lexicon.readings() ||
      levels->size() != kLevels || joint_levels->size() != kLevels || buckets->empty() || joint_buckets->empty())
    return Error{ErrorCode::kCorruptModel, "the tables of the diacritic model are missing or of a wrong size", path,
                 "retrain it with the command in models/README.md"};
  model->bias = *bias;
  std::copy(levels->begin(), levels->end(), model->levels.begin());
  std::transform(joint_levels->begin(), joint_levels->end(), model->joint_factors.begin(), exp_of);
  model->buckets = *buckets;
  model->joint_buckets = *joint_buckets;
  model->file = std::move(*file);
  return Restorer(std::move(model));
}

// One text on its way through the window.
class Restorer::Decoder {
 public:
  Decoder(const Model& model, std::string_view text, Restoration& found)
      : model_(model), text_(text), found_(found), s_(*found.scratch_) {
    if (s_.model != &model) {
      std::fill(s_.memo.begin(), s_.memo.end(), MemoSlot{});
      s_.model = &model;
    }
    found_.decided_.clear();
    found_.letters_.clear();
  }

  // `only` is null, or the tokens to decide.
  void run(const std::span<const std::size_t>* only) {
    auto& seen = s_.seen;
    seen.assign(kReach, {});
    Scanner scanner(text_);
    std::size_t number = 0;
    auto next = only != nullptr ? only->begin() : std::span<const std::size_t>::iterator{};
    for (Token token; scanner.next(token); ++number) {
      Seen one{item_of(token), token, false};
      one.open = one.item.bare != kNoBare && !one.item.marked && is_ascii(token.of(text_));
      if (only != nullptr) {
        while (next != only->end() && *next < number) ++next;
        one.open = one.open && next != only->end() && *next == number;
      }
      seen.push_back(one);
      if (seen.size() < kReach + kWindow + kReach) continue;
      decide();
      seen.erase(seen.begin(), seen.end() - 2 * static_cast<std::ptrdiff_t>(kReach));
    }
    seen.insert(seen.end(), kReach, {});
    decide();
  }

 private:
  Item item_of(const Token& token) {
    const std::string_view word = token.of(text_);
    Item item;
    if (token.kind == TokenKind::kWord && model_.lexicon.plain_item(word, item)) return item;
    if (token.kind != TokenKind::kWord || word.size() > MemoSlot{}.bytes.size())
      return model_.lexicon.item(form_of(word, token.kind));
    std::uint64_t hash = word.size();
    for (std::size_t at = 0; at < word.size(); at += 8) {
      std::uint64_t part = 0;
      std::memcpy(&part, word.data() + at, std::min<std::size_t>(8, word.size() - at));
      hash = mix(hash ^ part);
    }
    MemoSlot& slot = s_.memo[hash & (kMemoSlots - 1)];
    if (slot.size != word.size() || std::memcmp(slot.bytes.data(), word.data(), word.size()) != 0) {
      std::memcpy(slot.bytes.data(), word.data(), word.size());
      slot.size = static_cast<std::uint8_t>(word.size());
      slot.item = model_.lexicon.item(form_of(word, token.kind));
    }
    return slot.item;
  }

  // Decides the tokens of the window but kReach on each side.
  void decide() {
    const std::size_t end = s_.seen.size() - kReach;
    if (end <= kReach || std::none_of(s_.seen.begin() + kReach, s_.seen.begin() + static_cast<std::ptrdiff_t>(end),
                                      [](const Seen& one) { return one.open; }))
      return;
    score(end);
    solve(end);
    write();
  }

  void add_key(Gram gram, std::size_t place, std::uint64_t key) {
    s_.keys.push_back({key, static_cast<std::uint32_t>(place), gram});
    __builtin_prefetch(&model_.buckets[bucket_of(key, model_.buckets.size())]);
  }

  void score(std::size_t end) {
    const auto& seen = s_.seen;
    s_.scores.assign(seen.size() * kMostReadings, 0.0F);
    s_.keys.clear();
    std::size_t done = 0;
    unsigned open = 0;  // bit k: the token k before this one is open
    std::uint64_t pair = 0;
    std::uint64_t triple = 0;
    for (std::size_t i = 1; i < seen.size(); ++i) {
      const bool inside = i >= kReach && i < end;
      open = (open << 1 | (inside && seen[i].open ? 1U : 0U)) & 15U;
      const std::uint64_t before = pair;
      const std::uint64_t triple_before = triple;
      pair = pair_key(seen[i - 1].item.symbol, seen[i].item.symbol);
      triple = longer_key(before, seen[i].item.symbol);
      if (open == 0) continue;
      if ((open & 1U) != 0) {
        const Item& item = seen[i].item;
        const std::size_t first = model_.lexicon.first(item.bare);
        for (unsigned c = 0; c < model_.lexicon.count(item.bare); ++c)
          s_.scores[i * kMostReadings + c] += model_.bias[first + c];
        add_key(kShape, i,
                shape_key(item.symbol, static_cast<unsigned>(seen[i - 1].item.shape << 6 | item.shape << 3 |
                                                             seen[i + 1].item.shape)));
      }
      if ((open & 3U) != 0) add_key(kPair, i, pair);
      if ((open & 5U) != 0) add_key(kSkip, i, skip_key(seen[i - 2].item.symbol, seen[i].item.symbol));
      if ((open & 7U) != 0) add_key(kTriple, i, triple);
      add_key(kQuad, i, longer_key(triple_before, seen[i].item.symbol));
      if (s_.keys.size() - done > 32) done = add_weights(done);
    }
    while (done < s_.keys.size()) done = add_weights(done);
  }

  // Adds the weights of the keys but the newest few, whose buckets are still on their way.
  std::size_t add_weights(std::size_t from) {
    const std::size_t to = s_.keys.size() - from > 16 ? s_.keys.size() - 16 : s_.keys.size();
    for (std::size_t k = from; k < to; ++k) {
      const GramKey& gram = s_.keys[k];
      const Bucket& bucket = model_.buckets[bucket_of(gram.key, model_.buckets.size())];
      const unsigned bits = Bucket::key_bits(gram.key);
      float* const scores = s_.scores.data() + (gram.place + 1 - kSpan[gram.gram]) * kMostReadings;
      for (std::size_t e = 0; e < Bucket::kEntries; ++e) {
        const unsigned tag = bucket.tag[e];
        if (tag >> 4 != bits) continue;
        const std::size_t position = tag >> 2 & 3U;
        if (position >= kSpan[gram.gram]) continue;  // a stranger with the same bits
        scores[position * kMostReadings + ((tag & 3U) << 3 | bucket.value[e] >> 5)] +=
            model_.levels[bucket.value[e] & 31U];
      }
    }
    return to;
  }

  // Factors between the readings at i - 1 and i of the window.
  void join(std::size_t i, std::size_t at) {
    const Seen& left = s_.seen[i - 1];
    const Seen& right = s_.seen[i];
    const std::uint64_t key = pair_key(left.item.symbol, right.item.symbol);
    const JointBucket& bucket = model_.joint_buckets[bucket_of(key, model_.joint_buckets.size())];
    const unsigned bits = JointBucket::key_bits(key);
    const unsigned rows = s_.lattice.states(at - 1);
    const unsigned columns = s_.lattice.states(at);
    const unsigned left_first = left.open ? 0 : left.item.reading;
    const unsigned right_first = right.open ? 0 : right.item.reading;
    float* const factors = s_.lattice.factors(at);
    for (const std::uint32_t entry : bucket.entry) {
      if (entry >> 15 != bits) continue;
      const unsigned l = (entry >> 10 & 31U) - left_first;
      const unsigned r = (entry >> 5 & 31U) - right_first;
      if (l < rows && r < columns) factors[l * columns + r] *= model_.joint_factors[entry & 31U];
    }
  }

  [[nodiscard]] bool in_chain(const Seen& one) const {
    return one.open || (one.item.bare != kNoBare && one.item.reading != kNoReading);
  }

  // Builds and solves the chains of the window; s_.chain[k] is the token at lattice position k. The lattice
  // is one: between chains the factors are 1.
  void build(std::size_t end, float log_stripped) {
    s_.lattice.clear();
    s_.chain.clear();
    for (std::size_t i = kReach; i < end; ++i) {
      const Seen& one = s_.seen[i];
      if (!in_chain(one)) continue;
      const std::size_t at = s_.lattice.size();
      s_.lattice.push(one.open ? model_.lexicon.count(one.item.bare) : 1);
      if (one.open) {
        float* const scores = s_.lattice.scores(at);
        const std::size_t first = model_.lexicon.first(one.item.bare);
        for (unsigned c = 0; c < s_.lattice.states(at); ++c)
          scores[c] = s_.scores[i * kMostReadings + c] + (model_.lexicon.bears_mark(first + c) ? log_stripped : 0.0F);
      }
      if (!s_.chain.empty() && s_.chain.back() + 1 == i && (one.open || s_.seen[i - 1].open)) join(i, at);
      s_.chain.push_back(static_cast<std::uint32_t>(i));
    }
    s_.lattice.solve();
  }

  // A bare syllable among marked ones is likely bare by nature: the share of the marked syllables of this
  // window that lost their marks is found by expectation maximisation, and weighs the readings with marks.
  void solve(std::size_t end) {
    std::size_t marked = 0;
    for (std::size_t i = kReach; i < end; ++i) marked += s_.seen[i].item.marked ? 1U : 0U;
    build(end, 0.0F);
    for (int round = 0; marked > 0 && round < 3; ++round) {
      const float lost = expected_marked() + 0.1F;
      build(end, std::log(std::max(lost / (lost + static_cast<float>(marked)), 1e-4F)));
    }
  }

  // How many of the open syllables bear marks in truth, by the last sums.
  float expected_marked() {
    float expected = 0;
    for (std::size_t k = 0; k < s_.chain.size(); ++k) {
      const Seen& one = s_.seen[s_.chain[k]];
      if (!one.open) continue;
      const std::size_t first = model_.lexicon.first(one.item.bare);
      const auto posterior = s_.lattice.posterior(k);
      for (unsigned c = 0; c < posterior.size(); ++c)
        if (model_.lexicon.bears_mark(first + c)) expected += posterior[c];
    }
    return expected;
  }

  void write() {
    for (std::size_t k = 0; k < s_.chain.size(); ++k) {
      const Seen& one = s_.seen[s_.chain[k]];
      if (!one.open) continue;
      const auto posterior = s_.lattice.posterior(k);
      const auto best =
          static_cast<std::size_t>(std::max_element(posterior.begin(), posterior.end()) - posterior.begin());
      found_.decided_.push_back({{one.token.begin, one.token.end}, found_.letters_.size(), posterior[best]});
      append_cased(model_.lexicon.reading(model_.lexicon.first(one.item.bare) + best), one.token.of(text_),
                   found_.letters_);
    }
  }

  const Model& model_;
  std::string_view text_;
  Restoration& found_;
  Restoration::Scratch& s_;
};

void Restorer::restore(std::string_view utf8, Restoration& found) const { Decoder(*model_, utf8, found).run(nullptr); }

void Restorer::restore(std::string_view utf8, std::span<const std::size_t> only, Restoration& found) const {
  Decoder(*model_, utf8, found).run(&only);
}

void Restorer::restore_line(std::string_view utf8, Restoration& found, std::string& out) const {
  restore(utf8, found);
  std::size_t reached = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Span span = found.span(i);
    out.append(utf8, reached, span.begin - reached);
    out.append(found.reading(i));
    reached = span.end;
  }
  out.append(utf8, reached);
}

}  // namespace duluan
