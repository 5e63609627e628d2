#include "topic/explain.hpp"

namespace duluan {

using namespace topics;  // NOLINT(google-build-using-namespace): the room's own parts

struct Classifier::Model {
  ModelFile file;
  Taxonomy taxonomy;
  Weights weights;
  VectorView words;
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
  auto rows = file->section("rows");
  if (!rows) return rows.error();
  auto bias = file->array<float>("bias");
  if (!bias) return bias.error();
  auto packed = file->array<float>("calibration");
  if (!packed) return packed.error();
  auto words = VectorView::from(*file);
  if (!words) return words.error();
  Weights weights{{}, *bias};
  Calibration calibration;
  if (bias->size() != topics || !weights.rows.open(*rows, topics) || !calibration.unpack(*packed, topics))
    return Error{ErrorCode::kCorruptModel, "the sections do not agree", path, "copy it again"};
  calibration.other_last = taxonomy->find("other") >= 0;
  return Classifier(std::make_unique<Model>(
      Model{std::move(*file), std::move(*taxonomy), weights, *words, std::move(calibration)}));
}

struct TopicScratch::Buffers {
  Workspace space;
  Evidence evidence;
};

TopicScratch::TopicScratch() : buffers(std::make_unique<Buffers>()) {}
TopicScratch::~TopicScratch() = default;
TopicScratch::TopicScratch(TopicScratch&&) noexcept = default;
TopicScratch& TopicScratch::operator=(TopicScratch&&) noexcept = default;

void Classifier::classify(std::string_view utf8, TopicScratch& scratch, TopicResult& result) const {
  Workspace& space = scratch.buffers->space;
  read_text(utf8, space.reading);
  if (space.reading.folded.empty()) {
    result.topics.clear();
    result.main = -1;
    result.abstained = true;
    result.probabilities.assign(model_->taxonomy.topics().size(), 0.0);
    return;
  }
  score_text(model_->weights, space);
  weigh(space.scores, scratch.buffers->evidence);
  decide(model_->calibration, scratch.buffers->evidence, result);
}

TopicResult Classifier::classify(std::string_view utf8) const {
  TopicScratch scratch;
  TopicResult result;
  classify(utf8, scratch, result);
  return result;
}

std::vector<TopicExplanation> Classifier::explain(std::string_view utf8, const TopicResult& result) const {
  std::vector<TopicExplanation> all;
  for (const TopicScore& score : result.topics)
    all.push_back(topics::explain(model_->weights, model_->words, utf8, static_cast<std::size_t>(score.topic)));
  return all;
}

const Taxonomy& Classifier::taxonomy() const noexcept { return model_->taxonomy; }

}  // namespace duluan
