#include "topic/vectors.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "duluan/text.hpp"

namespace duluan::topics {
namespace {

constexpr unsigned kWordKey = 101;  // apart from the families of features
constexpr unsigned kFoldKey = 102;
constexpr std::size_t kLongestWord = 4;  // syllables

int position(std::span<const std::uint32_t> keys, std::uint32_t key) noexcept {
  const auto found = std::lower_bound(keys.begin(), keys.end(), key);
  return found != keys.end() && *found == key ? static_cast<int>(found - keys.begin()) : -1;
}

float norm(std::span<const float> values) {
  float sum = 0;
  for (const float value : values) sum += value * value;
  return std::sqrt(sum);
}

}  // namespace

int VectorView::find(std::string_view word, bool plain) const noexcept {
  if (!plain) return position(keys, term_key(word, kWordKey));
  const int at = position(fold_keys, term_key(word, kFoldKey));
  return at < 0 ? -1 : static_cast<int>(fold_rows[static_cast<std::size_t>(at)]);
}

void VectorView::match(const Terms& terms, std::vector<Match>& out) const {
  out.clear();
  const auto& written = terms.plain ? terms.folded : terms.syllables;
  std::string word;
  for (std::size_t first = 0; first < written.size();) {
    Match best{first, 1, -1};
    word.clear();
    for (std::size_t length = 1; length <= kLongestWord && first + length <= written.size(); ++length) {
      const std::size_t last = first + length - 1;
      if (length > 1 && terms.breaks[last] != 0) break;
      if (length > 1) word += '_';
      word += written[last];
      if (const int row = find(word, terms.plain); row >= 0) best = {first, length, row};
    }
    out.push_back(best);
    first += best.length;
  }
}

VectorView::Parts VectorView::embed(const std::vector<Match>& matches, std::vector<float>& out) const {
  out.assign(dimension, 0.0F);
  bool known = false;
  for (const Match& match : matches) {
    if (match.row < 0) continue;
    known = true;
    const auto row = static_cast<std::size_t>(match.row);
    const std::int8_t* from = values.data() + row * dimension;
    for (std::size_t d = 0; d < dimension; ++d) out[d] += scales[row] * static_cast<float>(from[d]);
  }
  if (!known) return {};
  const float length = norm(out);
  if (length < 1e-6F) return {1, 0};
  for (std::size_t d = 0; d < dimension; ++d) out[d] = out[d] / length - common[d];
  const float rest = std::max(norm(out), 1e-6F);
  for (float& value : out) value /= rest;
  return {1 / (length * rest), -1 / rest};
}

VectorTable VectorTable::from(std::vector<WordVector> words, double rarity) {
  VectorTable table;
  table.dimension = words.empty() ? 0 : words.front().values.size();
  std::map<std::uint32_t, const WordVector*> by_key;  // a clash of keys keeps the first, more frequent word
  double total = 0;
  for (const WordVector& word : words) {
    by_key.try_emplace(term_key(word.word, kWordKey), &word);
    total += static_cast<double>(word.count);
  }
  std::map<std::uint32_t, std::pair<std::uint64_t, std::uint32_t>> folded;
  for (const auto& [key, word] : by_key) {
    const auto row = static_cast<std::uint32_t>(table.keys.size());
    table.keys.push_back(key);
    table.words.append(word->word).append("\t").append(std::to_string(word->count)).append("\n");
    const float length = std::max(norm(word->values), 1e-6F);
    float most = 0;
    for (const float value : word->values) most = std::max(most, std::fabs(value) / length);
    const float step = std::max(most, 1e-6F) / 127.0F;
    for (const float value : word->values)
      table.values.push_back(static_cast<std::int8_t>(std::lround(value / length / step)));
    const double share = static_cast<double>(word->count) / total;
    table.scales.push_back(step * static_cast<float>(rarity / (rarity + share)));
    auto& entry = folded[term_key(fold(word->word), kFoldKey)];
    if (word->count > entry.first) entry = {word->count, row};
  }
  for (const auto& [key, entry] : folded) {
    table.fold_keys.push_back(key);
    table.fold_rows.push_back(entry.second);
  }
  table.common.assign(table.dimension, 0.0F);
  return table;
}

void VectorTable::add_to(ModelWriter& writer) const {
  writer.add("vector_words", words);
  writer.add_array("word_keys", std::span(keys));
  writer.add_array("fold_keys", std::span(fold_keys));
  writer.add_array("fold_rows", std::span(fold_rows));
  writer.add_array("vectors", std::span(values));
  writer.add_array("vector_scales", std::span(scales));
  writer.add_array("vector_common", std::span(common));
}

Result<std::vector<WordVector>> words_from(const ModelFile& file, const VectorView& table) {
  auto lines = file.text("vector_words");
  if (!lines) return lines.error();
  std::vector<WordVector> words;
  for (std::string_view rest = *lines; !rest.empty() && words.size() < table.keys.size();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t tab = std::min(line.find('\t'), line.size());
    WordVector word{std::string(line.substr(0, tab)), 0, {}};
    std::from_chars(line.data() + std::min(tab + 1, line.size()), line.data() + line.size(), word.count);
    for (std::size_t d = 0; d < table.dimension; ++d)
      word.values.push_back(static_cast<float>(table.values[words.size() * table.dimension + d]));
    words.push_back(std::move(word));
  }
  if (words.size() != table.keys.size())
    return Error{ErrorCode::kCorruptModel, "the words of the word vectors are missing", file.where(), "copy it again"};
  std::stable_sort(words.begin(), words.end(),
                   [](const WordVector& a, const WordVector& b) { return a.count > b.count; });
  return words;
}

Result<VectorView> VectorView::from(const ModelFile& file) {
  auto keys = file.array<std::uint32_t>("word_keys");
  auto fold_keys = file.array<std::uint32_t>("fold_keys");
  auto fold_rows = file.array<std::uint32_t>("fold_rows");
  auto values = file.array<std::int8_t>("vectors");
  auto scales = file.array<float>("vector_scales");
  auto common = file.array<float>("vector_common");
  for (const Error* error : {keys ? nullptr : &keys.error(), fold_keys ? nullptr : &fold_keys.error(),
                             fold_rows ? nullptr : &fold_rows.error(), values ? nullptr : &values.error(),
                             scales ? nullptr : &scales.error(), common ? nullptr : &common.error()})
    if (error != nullptr) return *error;
  const bool fits =
      scales->size() == keys->size() && values->size() == keys->size() * common->size() &&
      fold_keys->size() == fold_rows->size() &&
      std::all_of(fold_rows->begin(), fold_rows->end(), [&](std::uint32_t r) { return r < keys->size(); });
  if (!fits)
    return Error{ErrorCode::kCorruptModel, "the sizes of the word vectors do not agree", file.where(), "copy it again"};
  return VectorView{*keys, *fold_keys, *fold_rows, *values, *scales, *common, common->size()};
}

}  // namespace duluan::topics
