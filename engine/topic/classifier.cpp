#include "topic/classifier.hpp"

#include <algorithm>

namespace duluan {

namespace topics {

Result<OpenModel> OpenModel::open(const std::string& path) {
  auto file = ModelFile::open(path, kKind, kVersion);
  if (!file) return file.error();
  auto tsv = file->text("taxonomy");
  if (!tsv) return tsv.error();
  auto taxonomy = Taxonomy::parse(*tsv, path);
  if (!taxonomy) return taxonomy.error();
  const std::size_t topics = taxonomy->topics().size();
  auto keys = file->array<std::uint32_t>("term_keys");
  if (!keys) return keys.error();
  auto term_weights = file->array<float>("term_weights");
  if (!term_weights) return term_weights.error();
  auto vectors = VectorView::from(*file);
  if (!vectors) return vectors.error();
  auto weights = weights_from(*file, topics, keys->size(), vectors->dimension);
  if (!weights) return weights.error();
  auto packed = file->array<float>("calibration");
  if (!packed) return packed.error();
  Calibration calibration;
  if (keys->size() != term_weights->size() || !calibration.unpack(*packed, topics))
    return Error{ErrorCode::kCorruptModel, "the sections do not agree", path, "copy it again"};
  calibration.other_last = taxonomy->find("other") >= 0;
  auto added = AddedTopics::from(*file);
  if (!added) return added.error();
  auto joined = added->join(*taxonomy, path);
  if (!joined) return joined.error();
  return OpenModel{std::move(*file),
                   std::move(*joined),
                   {{*keys, *term_weights}, *vectors, *weights},
                   std::move(calibration),
                   std::move(*added)};
}

View OpenModel::look(std::string_view text) const { return view_of(text, scorer.vectors); }

Result<VectorTable> vectors_of(const std::string& path) {
  auto model = OpenModel::open(path);
  if (!model) return model.error();
  const VectorView& v = model->scorer.vectors;
  const auto copy = []<class T>(std::span<const T> values) { return std::vector<T>(values.begin(), values.end()); };
  return VectorTable{copy(v.keys),   copy(v.fold_keys), copy(v.fold_rows), copy(v.values),
                     copy(v.scales), copy(v.common),    v.dimension};
}

}  // namespace topics

using namespace topics;  // NOLINT(google-build-using-namespace): the room's own parts

struct Classifier::Model : OpenModel {};

Classifier::Classifier(std::unique_ptr<Model> model) : model_(std::move(model)) {}
Classifier::~Classifier() = default;
Classifier::Classifier(Classifier&&) noexcept = default;
Classifier& Classifier::operator=(Classifier&&) noexcept = default;

Result<Classifier> Classifier::load(const std::string& path) {
  auto model = OpenModel::open(path);
  if (!model) return model.error();
  return Classifier(std::make_unique<Model>(Model{std::move(*model)}));
}

TopicResult Classifier::classify(std::string_view utf8) const {
  const Terms terms = terms_of(utf8);
  if (!terms.letters) {
    TopicResult nothing;
    nothing.abstained = true;
    nothing.probabilities.assign(model_->taxonomy.topics().size(), 0.0);
    return nothing;
  }
  std::vector<float> scores;
  model_->scorer.score(terms, scores);
  TopicResult result = decide(model_->calibration, evidence_of(std::move(scores)));
  if (!model_->added.empty()) model_->added.add_to(result, model_->look(utf8), model_->calibration.other_last);
  return result;
}

std::vector<TopicExplanation> Classifier::explain(std::string_view utf8, const TopicResult& result) const {
  std::vector<TopicExplanation> all;
  const Terms terms = terms_of(utf8);
  const std::size_t first = model_->scorer.weights.topics - (model_->calibration.other_last ? 1 : 0);
  const std::size_t added = model_->added.topics().size();
  for (const TopicScore& score : result.topics) {
    const auto topic = static_cast<std::size_t>(score.topic);
    if (topic >= first && topic < first + added) {
      const auto look = [this](std::string_view text) { return model_->look(text); };
      all.push_back(model_->added.explain(topic - first, score.topic, utf8, look));
      continue;
    }
    all.push_back(topics::explain(model_->scorer, terms, topic < first ? topic : topic - added));
    all.back().topic = score.topic;
  }
  return all;
}

const Taxonomy& Classifier::taxonomy() const noexcept { return model_->taxonomy; }

}  // namespace duluan
