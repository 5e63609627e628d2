// A text is read into units (reader.cpp); every open gap's pair is looked up; gaps the pair does
// not settle get the linear model, teacher's layer first, since the people's layer looks at the
// verdicts round the gap. Look-ups are issued some gaps ahead of the sums.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "duluan/word.hpp"
#include "syllable/scanner.hpp"
#include "word/features.hpp"
#include "word/reader.hpp"

namespace duluan {

using boundary::kPadding;
using boundary::Line;
using boundary::Row;
using boundary::Settled;
using boundary::Table;
using boundary::Unit;

struct Segmenter::Model {
  ModelFile file;
  boundary::Lexis lexis;
  Table weights;
  std::span<const Row> rows;
  std::span<const std::int16_t> dense;
  boundary::Reach reach{};
  std::int32_t trust = 0;  // of the teacher's verdict, in 256ths
};

namespace {

// Lines of one gap's hashed features, under way from memory, and the sum of the others.
struct Sum {
  std::array<const Line*, boundary::kMostFeatures> line;
  std::array<std::uint16_t, boundary::kMostFeatures> check;
  std::size_t count = 0;
  std::int32_t rest = 0;
};

// The sink of the features (features.hpp); finish() gives what was gathered to `sum`.
template <class Model>
class Summing {
 public:
  Summing(const Model& model, Sum& sum)
      : weights_(model.weights), rows_(model.rows.data()), dense_(model.dense.data()), sum_(sum) {}
  void dense(boundary::Dense table, std::uint64_t key) {
    rest_ += dense_[boundary::kDenseBegin[static_cast<std::size_t>(table)] + key];
  }
  void column(std::size_t column, const Unit& unit) { rest_ += rows_[unit.row][column]; }
  void hashed(boundary::Feature feature, std::uint64_t a, std::uint64_t b = 0) {
    const std::uint64_t hash = boundary::feature_hash(feature, a, b);
    const Line* const line = &weights_[boundary::line_of(hash, weights_.size())];
    __builtin_prefetch(line);
    sum_.line[count_] = line;
    sum_.check[count_++] = boundary::check_of(hash);
  }
  void finish() {
    sum_.count = count_;
    sum_.rest = rest_;
  }

 private:
  Table weights_;
  const Row* rows_;
  const std::int16_t* dense_;
  Sum& sum_;
  std::size_t count_ = 0;
  std::int32_t rest_ = 0;
};

// The whole sum. A check stands once in a line at most, so whatever it selects can be added up blindly.
std::int32_t total(const Sum& sum) {
#ifdef __SSE2__
  const __m128i ones = _mm_set1_epi16(1);
  __m128i sums = _mm_cvtsi32_si128(sum.rest);
  for (std::size_t i = 0; i < sum.count; ++i) {
    const Line& line = *sum.line[i];
    const auto* const checks = reinterpret_cast<const __m128i*>(line.check.data());
    const auto* const values = reinterpret_cast<const __m128i*>(line.value.data());
    const __m128i wanted = _mm_set1_epi16(static_cast<short>(sum.check[i]));
    const __m128i low = _mm_and_si128(_mm_cmpeq_epi16(_mm_load_si128(checks), wanted), _mm_load_si128(values));
    const __m128i high = _mm_and_si128(_mm_cmpeq_epi16(_mm_load_si128(checks + 1), wanted), _mm_load_si128(values + 1));
    sums = _mm_add_epi32(sums, _mm_madd_epi16(_mm_or_si128(low, high), ones));
  }
  sums = _mm_add_epi32(sums, _mm_shuffle_epi32(sums, _MM_SHUFFLE(1, 0, 3, 2)));
  sums = _mm_add_epi32(sums, _mm_shuffle_epi32(sums, _MM_SHUFFLE(2, 3, 0, 1)));
  return _mm_cvtsi128_si32(sums);
#else
  std::int32_t total = sum.rest;
  for (std::size_t i = 0; i < sum.count; ++i)
    total += static_cast<std::int16_t>(boundary::find_value(*sum.line[i], sum.check[i]));
  return total;
#endif
}

}  // namespace

// The arrays are by unit and, like those of the reading, have room to spare. Scores are of the gap before a unit.
struct Words::Scratch {
  boundary::Memo memo;
  boundary::Reading reading;
  std::vector<std::int32_t> scores;
  std::vector<std::uint32_t> doubtful;  // unsettled gaps that the last look-ups may turn
  std::vector<std::uint32_t> unsettled;
  std::size_t unsettled_count = 0;
  std::vector<std::uint8_t> joined;
  std::vector<std::uint8_t> settled;
  std::vector<std::uint8_t> steps;  // of the teacher's verdicts
};

Words::Words() : scratch_(std::make_unique<Scratch>()) {}
Words::~Words() = default;
Words::Words(Words&&) noexcept = default;
Words& Words::operator=(Words&&) noexcept = default;

Span Words::span(std::size_t i) const { return {tokens_[first_token(i)].begin, tokens_[first_token(i + 1) - 1].end}; }
bool Words::well_formed() const noexcept { return scratch_->reading.well_formed; }

Segmenter::Segmenter(std::shared_ptr<const Model> model) : model_(std::move(model)) {}
Segmenter::~Segmenter() = default;
Segmenter::Segmenter(Segmenter&&) noexcept = default;
Segmenter& Segmenter::operator=(Segmenter&&) noexcept = default;

Result<Segmenter> Segmenter::load(const std::string& path) {
  auto file = ModelFile::open(path, boundary::kKind, boundary::kVersion);
  if (!file) return file.error();
  auto model = std::make_shared<Model>();
  const auto pairs = file->array<Line>("pairs");
  const auto weights = file->array<Line>("weights");
  const auto dense = file->array<std::int16_t>("dense");
  const auto forms = file->array<std::uint32_t>("forms");
  const auto rows = file->array<Row>("rows");
  const auto reach = file->array<std::int32_t>("reach");
  const auto trust = file->array<std::int32_t>("trust");
  if (!pairs || !weights || !dense || !forms || !rows || !reach || !trust || pairs->empty() || weights->empty() ||
      dense->size() != boundary::kDenseSize || rows->size() != forms->size() + boundary::kFirstRow ||
      reach->size() != 2 || trust->size() != 1)
    return Error{ErrorCode::kCorruptModel, "the tables of the word model are missing or of a wrong size", path,
                 "retrain it with the command in models/README.md"};
  model->lexis = boundary::make_lexis(*pairs, *forms);
  model->weights = *weights;
  model->dense = *dense;
  model->rows = *rows;
  model->reach = {(*reach)[0], (*reach)[1]};
  model->trust = trust->front();
  model->file = std::move(*file);
  return Segmenter(std::move(model));
}

namespace {

// What is settled without the model: fills habits, `joined`, and the list of the other gaps (with kAll, of all).
template <bool kAll, class Scratch>
void settle(Table pairs, Scratch& scratch) {
  auto& reading = scratch.reading;
  const std::size_t size = reading.units.size();
  if (scratch.joined.size() < size) {
    scratch.joined.resize(size + boundary::kLongestWord);
    scratch.unsettled.resize(size);
    scratch.scores.resize(size);
    scratch.doubtful.resize(size);
    scratch.steps.resize(size);
  }
  if (kAll) scratch.settled.resize(size);
  std::fill_n(scratch.joined.begin(), reading.tokens + 2 * kPadding + boundary::kLongestWord, std::uint8_t{0});
  Unit* const units = reading.units.data();
  std::uint8_t* const joined = scratch.joined.data();
  std::uint32_t* const unsettled = scratch.unsettled.data();
  std::size_t count = 0;
  // Without branches: what a pair says cannot be foretold.
  for (std::size_t k = 0; k < reading.opens; ++k) {
    const std::uint32_t gap = reading.open[k];
    const std::uint32_t pair = boundary::find_pair(pairs, reading.pairs[k]);
    units[gap].habit = boundary::habit_in(pair);
    const Settled known = boundary::settled_of(pair, units[gap - 1].shape, units[gap].shape);
    joined[gap] = known == Settled::kJoined ? 1 : 0;
    if (kAll) scratch.settled[gap] = static_cast<std::uint8_t>(known);
    unsettled[count] = gap;
    count += kAll || known == Settled::kNot ? 1U : 0U;
  }
  scratch.unsettled_count = count;
}

// Runs `list(gap, sum)` and `take(gap, total)` for each gap; the look-ups of the next three are under way
// while one is summed.
template <class Model, class List, class Take>
void in_turns(const Model& model, std::span<const std::uint32_t> gaps, List list, Take take) {
  constexpr std::size_t kAhead = 3;
  std::array<Sum, kAhead + 1> sums;
  for (std::size_t k = 0; k < gaps.size() + kAhead; ++k) {
    if (k < gaps.size()) {
      Summing sum(model, sums[k % sums.size()]);
      list(gaps[k], sum);
      sum.finish();
    }
    if (k >= kAhead) take(gaps[k - kAhead], total(sums[(k - kAhead) % sums.size()]));
  }
}

// How many gaps in a row are joined before `end`, and from `begin` on.
inline std::uint64_t joined_before(const std::uint8_t* end) {
  std::uint64_t ones = 0;
  while (ones < boundary::kLongestWord - 1 && end[-1 - static_cast<std::ptrdiff_t>(ones)] != 0) ++ones;
  return ones;
}
inline std::uint64_t joined_after(const std::uint8_t* begin) {
  std::uint64_t ones = 0;
  while (ones < boundary::kLongestWord - 1 && begin[ones] != 0) ++ones;
  return ones;
}

// The model's scores of the unsettled gaps.
template <bool kAll, class Model, class Scratch>
void score(const Model& model, Scratch& scratch) {
  const std::span<const std::uint32_t> gaps(scratch.unsettled.data(), scratch.unsettled_count);
  const Unit* const units = scratch.reading.units.data();
  std::int32_t* const scores = scratch.scores.data();
  std::uint8_t* const joined = scratch.joined.data();
  const auto decide = [&] {
    for (const std::uint32_t gap : gaps)
      if (!kAll || scratch.settled[gap] == 0) joined[gap] = scores[gap] < 0 ? std::uint8_t{1} : std::uint8_t{0};
  };
  in_turns(
      model, gaps, [&](std::size_t gap, auto& sum) { boundary::teacher_features(units + gap, sum); },
      [&](std::size_t gap, std::int32_t total) { scores[gap] = total; });
  decide();
  // The people's layer reads verdicts of the teacher's, so its own wait until all are there.
  const auto verdicts = [&](std::size_t gap, std::uint64_t step) {
    return boundary::Verdicts{step, 1 + joined_before(joined + gap), 1 + joined_after(joined + gap + 1)};
  };
  std::uint32_t* const doubtful = scratch.doubtful.data();
  std::size_t count = 0;
  for (const std::uint32_t gap : gaps) {
    Sum sum;
    Summing plain(model, sum);
    const std::uint64_t step = boundary::step_of(scores[gap]);
    boundary::people_plain_features(units + gap, verdicts(gap, step), plain);
    plain.finish();
    scratch.steps[gap] = static_cast<std::uint8_t>(step);
    scores[gap] = static_cast<std::int32_t>((std::int64_t{scores[gap]} * model.trust) >> 8) + sum.rest;
    doubtful[count] = gap;
    const bool clear = scores[gap] + model.reach[0] >= 0 || scores[gap] + model.reach[1] < 0;
    count += kAll || !clear ? 1U : 0U;
  }
  in_turns(
      model, std::span<const std::uint32_t>(doubtful, count),
      [&](std::size_t gap, auto& sum) {
        boundary::people_hashed_features(units + gap, verdicts(gap, scratch.steps[gap]), sum);
      },
      [&](std::size_t gap, std::int32_t total) { scores[gap] += total; });
  decide();
}

}  // namespace

void Segmenter::segment(std::string_view utf8, Words& words) const { segment(utf8, words, {}); }

void Segmenter::segment(std::string_view utf8, Words& words, const Guidance& guidance) const {
  Words::Scratch& scratch = *words.scratch_;
  const auto& reading = scratch.reading;
  boundary::read_units(utf8, scratch.memo, model_->lexis, words.tokens_, scratch.reading);
  words.token_count_ = reading.tokens;
  words.probabilities_.clear();
  if (guidance.probabilities) {
    settle<true>(model_->lexis.pairs, scratch);
    score<true>(*model_, scratch);
    fill_probabilities(words);
  } else {
    settle<false>(model_->lexis.pairs, scratch);
    score<false>(*model_, scratch);
  }
  for (const std::uint32_t joint : reading.joints) attach(utf8, joint, words);
  if (guidance.lexicon != nullptr) follow(*guidance.lexicon, words);
  for (const FixedGap& gap : guidance.gaps) fix(gap, words);
  if (words.starts_.size() <= reading.tokens) words.starts_.resize(words.tokens_.size() + 1);
  std::uint32_t* const starts = words.starts_.data();
  const std::uint8_t* const joined = scratch.joined.data() + kPadding;
  std::size_t count = 0;
  for (std::size_t i = 0; i < reading.tokens; ++i) {
    starts[count] = static_cast<std::uint32_t>(i);
    count += joined[i] == 0 ? 1U : 0U;
  }
  starts[count] = static_cast<std::uint32_t>(reading.tokens);
  words.word_count_ = count;
}

void Segmenter::fill_probabilities(Words& words) {
  const Words::Scratch& scratch = *words.scratch_;
  words.probabilities_.assign(words.token_count_, 1.0F);
  for (std::size_t k = 0; k < scratch.unsettled_count; ++k) {
    const std::uint32_t gap = scratch.unsettled[k];
    float score = static_cast<float>(scratch.scores[gap]) / boundary::kScale;
    // What is settled stays so, however the sum of its context turns out.
    if (scratch.settled[gap] == static_cast<std::uint8_t>(Settled::kSplit)) score = std::max(score, 0.0F);
    if (scratch.settled[gap] == static_cast<std::uint8_t>(Settled::kJoined)) score = std::min(score, -0.01F);
    words.probabilities_[gap - kPadding] = 1.0F / (1.0F + std::exp(-score));
  }
}

// A hyphen or dot inside a word of several tokens: knock-out, GD-ĐT, 20-Dec; TP. (HCM), ông H. (nói).
void Segmenter::attach(std::string_view utf8, std::size_t mark, Words& words) {
  const auto tokens = words.tokens();
  auto& joined = words.scratch_->joined;
  const Unit* const units = words.scratch_->reading.units.data() + kPadding;
  const Token& token = tokens[mark];
  const Token& before = tokens[mark - 1];
  if (token.end - token.begin != 1 || mark + 1 >= tokens.size()) return;
  const Token& after = tokens[mark + 1];
  const bool touches = after.begin == token.end;
  if (utf8[token.begin] == '-') {
    const bool sides =
        (before.kind == TokenKind::kWord || before.kind == TokenKind::kNumber) && after.kind == TokenKind::kWord;
    // Hà Nội-Sài Gòn is a way between two places.
    if (!touches || !sides || units[mark + 1].shape == boundary::kTitle) return;
    joined[mark + kPadding] = joined[mark + 1 + kPadding] = 1;
    return;
  }
  if (touches || before.kind != TokenKind::kWord) return;
  const auto word = before.of(utf8);
  const bool initial = word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z';
  const bool title = word.size() > 1 && is_title_abbreviation(word);
  // A sentence may end in an initial; what follows tells.
  const bool goes_on = units[mark + 1].shape == boundary::kLower || utf8[after.begin] == '(';
  if ((title && after.kind == TokenKind::kWord) || (initial && goes_on)) joined[mark + kPadding] = 1;
}

// The longest word of the lexicon at each place, from left to right.
void Segmenter::follow(const Lexicon& lexicon, Words& words) {
  const auto units = std::span(words.scratch_->reading.units).first(words.token_count_ + 2 * kPadding);
  auto& joined = words.scratch_->joined;
  for (std::size_t i = kPadding; i < units.size() - kPadding;) {
    std::size_t end = i;
    std::uint64_t hash = mix(units[i].id);
    for (std::size_t next = i + 1; next < units.size() - kPadding && units[next].habit != boundary::kClosed; ++next) {
      hash = mix(hash * 31 + units[next].id);
      const auto step = lexicon.steps_.find(hash);
      if (step == lexicon.steps_.end()) break;
      if (step->second) end = next;
    }
    if (end == i) {
      ++i;
      continue;
    }
    joined[i] = 0;
    for (std::size_t k = i + 1; k <= end; ++k) joined[k] = 1;
    i = end + 1;
    if (i < units.size() - kPadding) joined[i] = 0;
  }
}

void Segmenter::fix(const FixedGap& gap, Words& words) {
  const auto tokens = words.tokens();
  const auto next =
      std::partition_point(tokens.begin(), tokens.end(), [&](const Token& t) { return t.begin < gap.at; });
  if (next == tokens.begin() || next == tokens.end() || (next - 1)->end > gap.at) return;
  const auto index = static_cast<std::size_t>(next - tokens.begin());
  words.scratch_->joined[index + kPadding] = gap.cut ? 0 : 1;
  if (!words.probabilities_.empty()) words.probabilities_[index] = gap.cut ? 1.0F : 0.0F;
}

void write_segmented(std::string_view utf8, const Words& words, std::string& out) {
  constexpr std::size_t kWide = 16;  // bytes copied at once where both sides have them
  const auto tokens = words.tokens();
  const std::size_t before = out.size();
  // At most one separator before a token.
  out.resize(before + utf8.size() + tokens.size() + kWide);
  char* to = out.data() + before;
  const std::uint32_t* start = words.starts_.data();
  std::size_t reached = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto [begin, end, kind] = tokens[i];
    const bool starts = i == *start;
    start += starts ? 1 : 0;
    *to = starts ? ' ' : '_';
    to += static_cast<std::ptrdiff_t>((i > 0) & (starts | (begin > reached)));
    const std::size_t size = end - begin;
    if (size <= kWide && utf8.size() - begin >= kWide) std::memcpy(to, utf8.data() + begin, kWide);
    else std::memcpy(to, utf8.data() + begin, size);
    to += size;
    reached = end;
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
}

}  // namespace duluan
