#include "topic/added_topics.hpp"

#include <algorithm>
#include <cmath>

#include "duluan/syllable.hpp"
#include "topic/table.hpp"

namespace duluan::topics {
namespace {

constexpr std::string_view kKind = "added topic";
constexpr std::uint32_t kVersion = 1;
constexpr double kLeastProbability = 0.5;

template <class Values>
float length_of(const Values& values) {
  float sum = 0;
  for (const float value : values) sum += value * value;
  return std::sqrt(sum);
}

}  // namespace

Ground::Vectors Ground::of(const View& view) const {
  Vectors out;
  float squares = 0;
  const std::uint32_t* from = keys.data();
  const std::uint32_t* const end = from + keys.size();
  for (const auto& [key, family] : view.terms) {
    from = std::lower_bound(from, end, key);
    if (from == end) break;
    if (*from != key) continue;
    const auto index = static_cast<std::uint32_t>(from - keys.data());
    out.terms.emplace_back(index, family * rarity[index]);
    squares += out.terms.back().second * out.terms.back().second;
  }
  for (auto& [index, value] : out.terms) value /= std::sqrt(std::max(squares, 1e-12F));
  const std::size_t n = mean.size();
  out.meaning.assign(n, 0.0F);
  if (view.meaning.size() != n || length_of(view.meaning) < 1e-6F) return out;
  for (std::size_t row = 0; row < n; ++row) {  // forward substitution
    float value = view.meaning[row] - mean[row];
    for (std::size_t column = 0; column < row; ++column) value -= metric[row * n + column] * out.meaning[column];
    out.meaning[row] = value / metric[row * n + row];
  }
  const float length = std::max(length_of(out.meaning), 1e-6F);
  for (float& value : out.meaning) value /= length;
  return out;
}

double score_of(const AddedTopic::Parts& parts, const Ground::Vectors& vectors) {
  double sum = double(parts.bias);
  for (const auto& [index, value] : vectors.terms) sum += double(value) * double(parts.terms[index]);
  for (std::size_t d = 0; d < vectors.meaning.size(); ++d) sum += double(vectors.meaning[d]) * double(parts.meaning[d]);
  return sum;
}

std::vector<std::byte> AddedTopic::pack(const Topic& topic, const Parts& parts) {
  const float scalars[3] = {parts.bias, parts.slope, parts.shift};
  ModelWriter writer{std::string(kKind), kVersion};
  writer.add("id", topic.id);
  writer.add("label_vi", topic.label_vi);
  writer.add("label_en", topic.label_en);
  writer.add("description", topic.description);
  writer.add_array("keys", parts.ground.keys);
  writer.add_array("rarity", parts.ground.rarity);
  writer.add_array("mean", parts.ground.mean);
  writer.add_array("metric", parts.ground.metric);
  writer.add_array("terms", parts.terms);
  writer.add_array("meaning", parts.meaning);
  writer.add_array("scalars", std::span<const float>(scalars));
  return writer.bytes();
}

Result<AddedTopic> AddedTopic::open(std::span<const std::byte> bytes, const std::string& where) {
  auto file = ModelFile::from_memory(bytes, kKind, kVersion, where);
  if (!file) return file.error();
  AddedTopic added;
  added.file_ = std::move(*file);
  Result<void> fault;
  const auto text = [&](const char* name, std::string& into) {
    auto found = added.file_.text(name);
    if (found) into = *found;
    else fault = found.error();
  };
  const auto floats = [&](const char* name) {
    auto found = added.file_.array<float>(name);
    if (found) return *found;
    fault = found.error();
    return std::span<const float>();
  };
  text("id", added.topic_.id);
  text("label_vi", added.topic_.label_vi);
  text("label_en", added.topic_.label_en);
  text("description", added.topic_.description);
  auto keys = added.file_.array<std::uint32_t>("keys");
  if (!keys) return keys.error();
  Parts& p = added.parts_;
  p.ground = {*keys, floats("rarity"), floats("mean"), floats("metric")};
  p.terms = floats("terms");
  p.meaning = floats("meaning");
  const auto scalars = floats("scalars");
  if (!fault) return fault.error();
  const std::size_t n = p.ground.mean.size();
  if (p.ground.rarity.size() != keys->size() || p.terms.size() != keys->size() || p.ground.metric.size() != n * n ||
      p.meaning.size() != n || scalars.size() != 3)
    return Error{ErrorCode::kCorruptModel, "the sections of an added topic do not agree", where, "copy it again"};
  p.bias = scalars[0], p.slope = scalars[1], p.shift = scalars[2];
  return added;
}

double AddedTopic::score(const View& view) const { return score_of(parts_, parts_.ground.of(view)); }

double AddedTopic::probability(const View& view) const {
  return 1.0 / (1.0 + std::exp(-(double(parts_.slope) * score(view) + double(parts_.shift))));
}

Result<AddedTopics> AddedTopics::from(const ModelFile& file) {
  AddedTopics added;
  for (std::size_t n = 0;; ++n) {
    auto bytes = file.section(section(n));
    if (!bytes) return added;
    auto topic = AddedTopic::open(*bytes, file.where());
    if (!topic) return topic.error();
    added.topics_.push_back(std::move(*topic));
  }
}

Result<Taxonomy> AddedTopics::join(const Taxonomy& base, const std::string& where) const {
  std::string head, tail;
  const std::string tsv = base.tsv();
  const std::size_t other = base.find("other") < 0 ? tsv.size() : tsv.rfind('\n', tsv.size() - 2) + 1;
  head = tsv.substr(0, other);
  for (const AddedTopic& added : topics_) {
    const Topic& topic = added.topic();
    head.append(topic.id + "\t")
        .append(topic.label_vi + "\t")
        .append(topic.label_en + "\t")
        .append(topic.description + "\n");
  }
  return Taxonomy::parse(head + tsv.substr(other), where);
}

void AddedTopics::add_to(TopicResult& result, const View& view, bool other_last) const {
  auto& all = result.probabilities;
  const std::size_t first = all.size() - (other_last ? 1 : 0);  // of the added topics
  const auto moved = static_cast<int>(first + topics_.size());
  const auto is_other = [&](int topic) { return other_last && topic == moved; };
  for (TopicScore& score : result.topics)
    if (other_last && score.topic == static_cast<int>(first)) score.topic = moved;
  std::vector<double> probabilities;
  for (const AddedTopic& added : topics_) probabilities.push_back(added.probability(view));
  all.insert(all.begin() + static_cast<std::ptrdiff_t>(first), probabilities.begin(), probabilities.end());
  bool some = false;
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    if (probabilities[i] < kLeastProbability) continue;
    result.topics.push_back({static_cast<int>(first + i), probabilities[i]});
    some = true;
  }
  if (some) {
    std::erase_if(result.topics, [&](const TopicScore& score) { return is_other(score.topic); });
    std::stable_sort(result.topics.begin(), result.topics.end(),
                     [](const TopicScore& a, const TopicScore& b) { return a.probability > b.probability; });
    if (result.topics.size() > kMostPerOpinion) result.topics.resize(kMostPerOpinion);
    result.abstained = false;
  }
  result.main = result.topics.empty() ? -1 : result.topics.front().topic;
}

TopicExplanation AddedTopics::explain(std::size_t added, int topic, std::string_view text, const Look& look) const {
  const AddedTopic& one = topics_[added];
  TopicExplanation out;
  out.topic = topic;
  out.score = one.score(look(text));
  out.bias = out.score;
  std::string without;
  std::vector<Token> tokens;
  tokenize(text, tokens);
  for (const Token& token : tokens) {
    if (token.kind != TokenKind::kWord) continue;
    without.assign(text.substr(0, token.begin)).append(text.substr(token.end));
    const double share = out.score - one.score(look(without));
    out.words.push_back({{token.begin, token.end}, share});
    out.bias -= share;
  }
  return out;
}

}  // namespace duluan::topics
