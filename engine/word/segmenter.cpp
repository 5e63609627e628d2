// A text is read into units (reader.cpp); every open gap's pair is looked up; gaps the pair does
// not settle get the linear model, teacher's layer first, since the people's layer looks at the
// verdicts round the gap. Look-ups are issued for one gap while the one before is summed.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "duluan/word.hpp"
#include "syllable/scanner.hpp"
#include "word/features.hpp"
#include "word/reader.hpp"

namespace duluan {

using boundary::Habit;
using boundary::kPadding;
using boundary::Line;
using boundary::Settled;
using boundary::Table;
using boundary::Unit;

struct Segmenter::Model {
  ModelFile file;
  Table pairs;
  Table weights;
  std::int32_t trust = 0;  // of the teacher's verdict, in 256ths

  // Sum of one gap's weights; the lines are fetched by begin() before.
  struct Sum {
    std::array<std::uint64_t, boundary::kMostFeatures> hash;
    std::size_t count = 0;
    std::size_t gap = 0;
  };
  void add(Sum& sum, std::uint64_t hash) const {
    sum.hash[sum.count++] = hash;
    __builtin_prefetch(&weights[boundary::line_of(hash, weights.size())]);
  }
  [[nodiscard]] std::int32_t total(const Sum& sum) const {
    std::int32_t total = 0;
    for (std::size_t i = 0; i < sum.count; ++i) {
      const Line& line = weights[boundary::line_of(sum.hash[i], weights.size())];
      total +=
          boundary::weight_in(boundary::find_slot(line, boundary::kWeightMask, boundary::weight_check(sum.hash[i])));
    }
    return total;
  }
};

// Scores are of the gap before each unit; settled gaps have no score but a sign.
struct Words::Scratch {
  boundary::Memo memo;
  boundary::Reading reading;
  std::vector<std::int32_t> scores;
  std::vector<std::uint32_t> unsettled;
  std::vector<std::uint8_t> joined;
  std::vector<std::uint8_t> settled;
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
  const auto trust = file->array<std::int32_t>("trust");
  if (!pairs || !weights || !trust || pairs->empty() || weights->empty() || trust->size() != 1)
    return Error{ErrorCode::kCorruptModel, "the tables of the word model are missing or of a wrong size", path,
                 "retrain it with the command in models/README.md"};
  model->pairs = *pairs;
  model->weights = *weights;
  model->trust = trust->front();
  model->file = std::move(*file);
  return Segmenter(std::move(model));
}

namespace {

// What is settled without the model: fills habits, `joined`, and the list of the other gaps.
template <bool kAll>
void settle(Table pairs, boundary::Reading& reading, std::vector<std::uint8_t>& joined,
            std::vector<std::uint8_t>& settled, std::vector<std::uint32_t>& unsettled) {
  unsettled.clear();
  const std::size_t size = reading.units.size();
  joined.assign(size, 0);
  if (kAll) settled.assign(size, 0);
  Unit* const units = reading.units.data();
  for (std::size_t i = kPadding; i < size - kPadding; ++i) {
    if (units[i].habit == boundary::kClosed) continue;
    const std::uint64_t hash = reading.pairs[i];
    const std::uint32_t slot = boundary::find_slot(pairs[boundary::line_of(hash, pairs.size())], boundary::kPairMask,
                                                   boundary::pair_check(hash));
    units[i].habit = boundary::habit_in(slot);
    const Settled known = boundary::settled_of(slot, boundary::settled_place(units[i - 1].shape, units[i].shape));
    joined[i] = known == Settled::kJoined ? 1 : 0;
    if (kAll) settled[i] = static_cast<std::uint8_t>(known);
    if (kAll || known == Settled::kNot) unsettled.push_back(static_cast<std::uint32_t>(i));
  }
}

}  // namespace

// Runs `list(gap, sum)` and `take(gap, total)` for each gap, the look-ups of the next one under way.
template <class Model, class List, class Take>
static void in_pairs(const Model& model, const std::vector<std::uint32_t>& gaps, List list, Take take) {
  typename Model::Sum sums[2];
  for (std::size_t k = 0; k <= gaps.size(); ++k) {
    if (k < gaps.size()) {
      auto& next = sums[k & 1U];
      next.count = 0;
      next.gap = gaps[k];
      list(gaps[k], next);
    }
    if (k > 0) take(sums[(k - 1) & 1U].gap, model.total(sums[(k - 1) & 1U]));
  }
}

void Segmenter::segment(std::string_view utf8, Words& words) const { segment(utf8, words, {}); }

void Segmenter::segment(std::string_view utf8, Words& words, const Guidance& guidance) const {
  const Model& model = *model_;
  Words::Scratch& scratch = *words.scratch_;
  auto& reading = scratch.reading;
  auto& joined = scratch.joined;
  boundary::read_units(utf8, scratch.memo, model.pairs, words.tokens_, reading);
  if (guidance.probabilities) settle<true>(model.pairs, reading, joined, scratch.settled, scratch.unsettled);
  else settle<false>(model.pairs, reading, joined, scratch.settled, scratch.unsettled);

  auto& scores = scratch.scores;
  scores.resize(reading.units.size());
  const Unit* const units = reading.units.data();
  using Sum = Model::Sum;
  in_pairs(
      model, scratch.unsettled,
      [&](std::size_t gap, Sum& sum) {
        boundary::each_teacher_feature(units + gap, [&](std::uint64_t hash) { model.add(sum, hash); });
      },
      [&](std::size_t gap, std::int32_t total) { scores[gap] = total; });
  const auto is_settled = [&](std::size_t gap) { return guidance.probabilities && scratch.settled[gap] != 0; };
  for (const std::uint32_t gap : scratch.unsettled)
    if (!is_settled(gap)) joined[gap] = scores[gap] < 0 ? 1 : 0;
  // The people's layer reads verdicts of the teacher's, so its own wait until all are there.
  in_pairs(
      model, scratch.unsettled,
      [&](std::size_t gap, Sum& sum) {
        const auto near = [&](int step) {
          return joined[gap + static_cast<std::size_t>(static_cast<std::ptrdiff_t>(step))] != 0;
        };
        boundary::each_people_feature(units + gap, scores[gap], near,
                                      [&](std::uint64_t hash) { model.add(sum, hash); });
      },
      [&](std::size_t gap, std::int32_t total) {
        scores[gap] = static_cast<std::int32_t>((std::int64_t{scores[gap]} * model.trust) >> 8) + total;
      });
  for (const std::uint32_t gap : scratch.unsettled)
    if (!is_settled(gap)) joined[gap] = scores[gap] < 0 ? 1 : 0;
  if (guidance.probabilities) {
    auto& probabilities = words.probabilities_;
    probabilities.assign(words.tokens_.size(), 1.0F);
    for (const std::uint32_t gap : scratch.unsettled) {
      float score = static_cast<float>(scores[gap]) / boundary::kScale;
      // What is settled stays so, however the sum of its context turns out.
      if (scratch.settled[gap] == static_cast<std::uint8_t>(Settled::kSplit)) score = std::max(score, 0.0F);
      if (scratch.settled[gap] == static_cast<std::uint8_t>(Settled::kJoined)) score = std::min(score, -0.01F);
      probabilities[gap - kPadding] = 1.0F / (1.0F + std::exp(-score));
    }
  } else {
    words.probabilities_.clear();
  }
  for (const std::uint32_t joint : reading.joints) attach(utf8, joint, words);
  if (guidance.lexicon != nullptr) follow(*guidance.lexicon, words);
  for (const FixedGap& gap : guidance.gaps) fix(gap, words);
  words.starts_.clear();
  for (std::size_t i = 0; i < words.tokens_.size(); ++i)
    if (joined[i + kPadding] == 0) words.starts_.push_back(static_cast<std::uint32_t>(i));
}

// A hyphen or dot inside a word of several tokens: knock-out, GD-ĐT, 20-Dec; TP. (HCM), ông H. (nói).
void Segmenter::attach(std::string_view utf8, std::size_t mark, Words& words) {
  const auto& tokens = words.tokens_;
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
  const auto& units = words.scratch_->reading.units;
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
  const auto& tokens = words.tokens_;
  const auto next =
      std::partition_point(tokens.begin(), tokens.end(), [&](const Token& t) { return t.begin < gap.at; });
  if (next == tokens.begin() || next == tokens.end() || (next - 1)->end > gap.at) return;
  const auto index = static_cast<std::size_t>(next - tokens.begin());
  words.scratch_->joined[index + kPadding] = gap.cut ? 0 : 1;
  if (!words.probabilities_.empty()) words.probabilities_[index] = gap.cut ? 1.0F : 0.0F;
}

namespace {

// Copies a token; sixteen bytes at once where both sides have them.
inline char* copy_token(const char* from, const char* end, std::size_t size, char* to) {
  if (size <= 16 && end - from >= 16) std::memcpy(to, from, 16);
  else std::memcpy(to, from, size);
  return to + size;
}

}  // namespace

void write_segmented(std::string_view utf8, const Words& words, std::string& out) {
  const auto& tokens = words.tokens();
  const std::size_t before = out.size();
  // No token is empty, so there are at most as many separators as bytes; sixteen more for wide copies.
  out.resize(before + 2 * utf8.size() + 16);
  char* to = out.data() + before;
  const char* const end = utf8.data() + utf8.size();
  for (std::size_t word = 0; word < words.size(); ++word) {
    const std::size_t last = words.first_token(word + 1);
    for (std::size_t i = words.first_token(word); i < last; ++i) {
      if (i == words.first_token(word)) {
        if (i > 0) *to++ = ' ';
      } else if (tokens[i].begin > tokens[i - 1].end) {
        *to++ = '_';
      }
      to = copy_token(utf8.data() + tokens[i].begin, end, tokens[i].end - tokens[i].begin, to);
    }
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
}

}  // namespace duluan
