#include "topic/classifier.hpp"

#include "topic/explain.hpp"

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
  auto added = AddedTopics::from(*file);
  if (!added) return added.error();
  auto joined = added->join(*taxonomy, path);
  if (!joined) return joined.error();
  return OpenModel{std::move(*file), std::move(*joined), weights, *words, std::move(calibration), std::move(*added)};
}

View OpenModel::look(std::string_view text) const { return view_of(text, words); }

Result<std::vector<WordVector>> vectors_of(const std::string& path) {
  auto model = OpenModel::open(path);
  if (!model) return model.error();
  return words_from(model->file, model->words);
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
  if (!model_->added.empty()) model_->added.add_to(result, model_->look(utf8), model_->calibration.other_last);
}

TopicResult Classifier::classify(std::string_view utf8) const {
  TopicScratch scratch;
  TopicResult result;
  classify(utf8, scratch, result);
  return result;
}

std::vector<TopicExplanation> Classifier::explain(std::string_view utf8, const TopicResult& result) const {
  std::vector<TopicExplanation> all;
  const std::size_t first = model_->weights.topics() - (model_->calibration.other_last ? 1 : 0);
  const std::size_t added = model_->added.topics().size();
  for (const TopicScore& score : result.topics) {
    const auto topic = static_cast<std::size_t>(score.topic);
    if (topic >= first && topic < first + added) {
      const auto look = [this](std::string_view text) { return model_->look(text); };
      all.push_back(model_->added.explain(topic - first, score.topic, utf8, look));
      continue;
    }
    all.push_back(topics::explain(model_->weights, model_->words, utf8, topic < first ? topic : topic - added));
    all.back().topic = score.topic;
  }
  return all;
}

const Taxonomy& Classifier::taxonomy() const noexcept { return model_->taxonomy; }

}  // namespace duluan
