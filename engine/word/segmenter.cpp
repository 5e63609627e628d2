// Two passes over a text: the first cuts tokens, looks their forms up in the caller's
// memo and prefetches the table lines; the second adds the weights up.
#include <algorithm>
#include <cstring>

#include "duluan/word.hpp"
#include "syllable/scanner.hpp"
#include "word/model.hpp"

namespace duluan {

using boundary::Form;
using boundary::PairSlot;
using boundary::Shape;
using boundary::SingleSlot;
using boundary::TripleSlot;

struct Segmenter::Model {
  ModelFile file;
  std::span<const SingleSlot> singles;
  std::span<const PairSlot> pairs;
  std::span<const TripleSlot> triples;
  std::span<const std::int16_t> shapes;
  std::int32_t bias = 0;
};

namespace {

// What the decoder keeps of a token: its form, and its own weights in each place.
struct Seen {
  std::uint32_t id = 0;
  Shape shape = boundary::kEdge;
  std::array<std::int16_t, 4> weight{};
};

constexpr std::size_t kPadding = 3;  // edge tokens on each side

// Remembers tokens by their bytes: a token of up to 16 bytes has its place by hash.
struct MemoSlot {
  std::uint64_t head = 0;
  std::uint64_t tail = 0;
  Seen seen;
};
constexpr std::size_t kMemoSlots = std::size_t{1} << 13;

// The token's bytes as two words, zero-padded; `end` is the end of readable memory.
void load_key(const char* at, std::size_t size, const char* end, std::uint64_t& head, std::uint64_t& tail) {
  head = tail = 0;
  if (end - at >= 16) {
    std::memcpy(&head, at, 8);
    std::memcpy(&tail, at + 8, 8);
    if (size < 8) {
      head &= (std::uint64_t{1} << (size * 8)) - 1;
      tail = 0;
    } else if (size < 16) {
      tail &= (std::uint64_t{1} << ((size - 8) * 8)) - 1;
    }
    return;
  }
  std::memcpy(&head, at, std::min<std::size_t>(size, 8));
  if (size > 8) std::memcpy(&tail, at + 8, size - 8);
}

}  // namespace

struct Words::Scratch {
  const void* model = nullptr;  // whose weights the memo holds
  std::vector<MemoSlot> memo = std::vector<MemoSlot>(kMemoSlots);
  std::vector<Seen> seen;
  std::vector<std::uint64_t> pair_hashes;
  std::vector<std::uint64_t> triple_hashes;
  std::vector<std::int32_t> scores;
};

Words::Words() : scratch_(std::make_unique<Scratch>()) {}
Words::~Words() = default;
Words::Words(Words&&) noexcept = default;
Words& Words::operator=(Words&&) noexcept = default;

Span Words::span(std::size_t i) const {
  return {tokens_[first_token(i)].begin, tokens_[first_token(i + 1) - 1].end};
}

Segmenter::Segmenter(std::shared_ptr<const Model> model) : model_(std::move(model)) {}
Segmenter::~Segmenter() = default;
Segmenter::Segmenter(Segmenter&&) noexcept = default;
Segmenter& Segmenter::operator=(Segmenter&&) noexcept = default;

Result<Segmenter> Segmenter::load(const std::string& path) {
  auto file = ModelFile::open(path, boundary::kKind, boundary::kVersion);
  if (!file) return file.error();
  auto model = std::make_shared<Model>();
  const auto singles = file->array<SingleSlot>("singles");
  const auto pairs = file->array<PairSlot>("pairs");
  const auto triples = file->array<TripleSlot>("triples");
  const auto shapes = file->array<std::int16_t>("shapes");
  const auto bias = file->array<std::int32_t>("bias");
  const auto power_of_two = [](std::size_t n) { return n > 0 && (n & (n - 1)) == 0; };
  // A look-up ends at an empty slot, so every table must have one.
  const auto has_room = [](const auto& table) {
    return std::any_of(table.begin(), table.end(), [](const auto& slot) { return slot.check == 0; });
  };
  if (!singles || !pairs || !triples || !shapes || !bias || !power_of_two(singles->size()) ||
      !power_of_two(pairs->size()) || !power_of_two(triples->size()) || !has_room(*singles) || !has_room(*pairs) ||
      !has_room(*triples) || shapes->size() != boundary::kShapeSlots ||
      bias->size() != 1)
    return Error{ErrorCode::kCorruptModel, "the tables of the word model are missing or of a wrong size", path,
                 "retrain it with the command in models/README.md"};
  model->singles = *singles;
  model->pairs = *pairs;
  model->triples = *triples;
  model->shapes = *shapes;
  model->bias = bias->front();
  model->file = std::move(*file);
  return Segmenter(std::move(model));
}

namespace {

Seen look_up(std::span<const SingleSlot> singles, std::string_view token, TokenKind kind) {
  const Form form = boundary::form_of(token, kind);
  Seen seen{form.id, form.shape, {}};
  const SingleSlot& slot = boundary::find_slot(singles, mix(form.id), form.id);
  if (slot.check != 0) seen.weight = slot.weight;
  return seen;
}

}  // namespace

void Segmenter::segment(std::string_view utf8, Words& words) const {
  const Model& model = *model_;
  Words::Scratch& scratch = *words.scratch_;
  if (scratch.model != model_.get()) {
    scratch.memo.assign(kMemoSlots, {});
    scratch.model = model_.get();
  }
  words.tokens_.clear();
  words.starts_.clear();
  auto& seen = scratch.seen;
  seen.assign(kPadding, {});
  scratch.pair_hashes.clear();
  scratch.triple_hashes.clear();
  const char* const end = utf8.data() + utf8.size();
  const std::size_t pair_mask = model.pairs.size() - 1;
  const std::size_t triple_mask = model.triples.size() - 1;
  // Hashes of the pair and the triple that end in the newest token; table lines are on their way meanwhile.
  const auto push = [&](const Seen& token) {
    const std::size_t n = seen.size();
    const std::uint64_t pair = boundary::pair_hash(seen[n - 1].id, token.id);
    const std::uint64_t triple =
        boundary::triple_hash(boundary::pair_hash(seen[n - 2].id, seen[n - 1].id), token.id);
    seen.push_back(token);
    scratch.pair_hashes.push_back(pair);
    scratch.triple_hashes.push_back(triple);
    __builtin_prefetch(&model.pairs[(pair >> 1) & pair_mask]);
    __builtin_prefetch(&model.triples[(triple >> 1) & triple_mask]);
  };

  Scanner scanner(utf8);
  for (Token token; scanner.next(token);) {
    const std::size_t size = token.end - token.begin;
    words.tokens_.push_back(token);
    if (size > 16) {
      push(look_up(model.singles, token.of(utf8), token.kind));
      continue;
    }
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    load_key(utf8.data() + token.begin, size, end, head, tail);
    MemoSlot& slot = scratch.memo[mix(head ^ (tail * 0xD6E8FEB86659FD93ULL)) & (kMemoSlots - 1)];
    if (slot.head != head || slot.tail != tail || head == 0) {
      slot = {head, tail, look_up(model.singles, token.of(utf8), token.kind)};
    }
    push(slot.seen);
  }
  const std::size_t count = words.tokens_.size();
  for (std::size_t i = 0; i < kPadding; ++i) push({});

  // Gap i stands before token i; seen[i + kPadding] is token i.
  auto& scores = scratch.scores;
  scores.assign(count + 2 * kPadding, model.bias);
  for (std::size_t n = kPadding; n < count + kPadding + 2; ++n) {
    const std::size_t i = n;  // gap index shifted by kPadding, as seen
    const auto& own = seen[n].weight;
    scores[i + 2 < scores.size() ? i + 2 : 0] += own[0];
    scores[i + 1 < scores.size() ? i + 1 : 0] += own[1];
    scores[i] += own[2];
    scores[i - 1] += own[3];
    const std::uint64_t pair = scratch.pair_hashes[n - kPadding];
    const PairSlot& p = boundary::find_slot(model.pairs, pair, boundary::pair_check(pair));
    if (p.check != 0) {
      scores[i + 1 < scores.size() ? i + 1 : 0] += p.weight[0];
      scores[i] += p.weight[1];
      scores[i - 1] += p.weight[2];
    }
    const std::uint64_t triple = scratch.triple_hashes[n - kPadding];
    const TripleSlot& t = boundary::find_slot(model.triples, triple, boundary::triple_check(triple));
    if (t.check != 0) {
      scores[i] += t.weight[0];
      scores[i - 1] += t.weight[1];
    }
  }

  constexpr std::size_t kShapeMask = boundary::kShapeSlots - 1;
  std::size_t shapes = 0;
  for (std::size_t n = 1; n <= kPadding + 1; ++n)
    shapes = ((shapes << boundary::kShapeBits) | seen[n].shape) & kShapeMask;
  for (std::size_t i = 0; i < count; ++i) {
    // Before the shift the window ends at R2 of gap i; with it, at R3.
    shapes = ((shapes << boundary::kShapeBits) | seen[i + kPadding + 2].shape) & kShapeMask;
    const bool open = i > 0 && words.tokens_[i].kind == TokenKind::kWord &&
                      words.tokens_[i - 1].kind == TokenKind::kWord && words.tokens_[i].begin > words.tokens_[i - 1].end;
    if (!open || scores[i + kPadding] + model.shapes[shapes] >= 0) words.starts_.push_back(static_cast<std::uint32_t>(i));
  }
}

void write_segmented(std::string_view utf8, const Words& words, std::string& out) {
  const auto& tokens = words.tokens();
  std::size_t word = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool starts = words.first_token(word) == i;
    if (starts) ++word;
    if (i > 0) out += starts ? ' ' : '_';
    out.append(tokens[i].of(utf8));
  }
}

}  // namespace duluan
