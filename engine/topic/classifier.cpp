#include <algorithm>

#include "topic/explain.hpp"

namespace duluan {

using namespace topics;  // NOLINT(google-build-using-namespace): the room's own parts

struct Classifier::Model {
  ModelFile file;
  Taxonomy taxonomy;
  Scorer scorer;
  Calibration calibration;
};

Classifier::Classifier(std::unique_ptr<Model> model) : model_(std::move(model)) {}
Classifier::~Classifier() = default;
Classifier::Classifier(Classifier&&) noexcept = default;
Classifier& Classifier::operator=(Classifier&&) noexcept = default;

Result<Classifier> Classifier::load(const std::string& path) {
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
  return Classifier(std::make_unique<Model>(Model{
      std::move(*file), std::move(*taxonomy), {{*keys, *term_weights}, *vectors, *weights}, std::move(calibration)}));
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
  return decide(model_->calibration, evidence_of(std::move(scores)));
}

std::vector<TopicExplanation> Classifier::explain(std::string_view utf8, const TopicResult& result) const {
  std::vector<TopicExplanation> all;
  const Terms terms = terms_of(utf8);
  for (const TopicScore& score : result.topics)
    all.push_back(topics::explain(model_->scorer, terms, static_cast<std::size_t>(score.topic)));
  return all;
}

const Taxonomy& Classifier::taxonomy() const noexcept { return model_->taxonomy; }

}  // namespace duluan
