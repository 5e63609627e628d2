#include <algorithm>

#include "topic/classifier.hpp"
#include "topic/few_shot.hpp"
#include "topic/table.hpp"

namespace duluan {
namespace {

using namespace topics;  // NOLINT(google-build-using-namespace): the room's own parts

Error bad(std::string what, std::string remedy) {
  return {ErrorCode::kInvalidArgument, std::move(what), "", std::move(remedy)};
}

Result<void> check(const FewShot& wish, const Taxonomy& taxonomy) {
  if (taxonomy.find(wish.topic.id) >= 0)
    return bad("the model has the topic \"" + wish.topic.id + "\" already", "name another");
  if (taxonomy.topics().size() >= kMostTopics) return bad("the model has as many topics as it can have", "");
  if (wish.examples.size() < kFewestExamples)
    return bad("only " + std::to_string(wish.examples.size()) + " examples",
               "give " + std::to_string(kFewestExamples) + " to twenty, each on its own line");
  if (wish.background.size() < kFewestBackground)
    return bad("only " + std::to_string(wish.background.size()) + " texts of background",
               "give " + std::to_string(kFewestBackground) + " opinions or more on other things");
  if (!(wish.share > 0 && wish.share < 1)) return bad("the share must lie between 0 and 1", "0.02 is two in a hundred");
  return {};
}

std::vector<View> views_of(const Look& look, const std::vector<std::string>& texts) {
  std::vector<View> views;
  for (const std::string& text : texts) views.push_back(look(text));
  return views;
}

}  // namespace

Result<FewShotReport> add_topic(const FewShot& wish, const std::string& base, const std::string& path) {
  auto model = OpenModel::open(base);
  if (!model) return model.error();
  if (auto fine = check(wish, model->taxonomy); !fine) return fine.error();
  // The joined taxonomy must be one: an id with a comma is none.
  Topic topic = wish.topic;
  if (topic.label_vi.empty()) topic.label_vi = topic.id;
  if (topic.label_en.empty()) topic.label_en = topic.label_vi;
  for (std::string* text : {&topic.id, &topic.label_vi, &topic.label_en, &topic.description})
    std::replace_if(
        text->begin(), text->end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  if (auto joined = Taxonomy::parse(model->taxonomy.tsv().substr(0, model->taxonomy.tsv().find('\n') + 1) + topic.id +
                                        "\t" + topic.label_vi + "\t\t\nother\tother\t\t\n",
                                    "the added topic");
      !joined)
    return bad("\"" + wish.topic.id + "\" cannot be the name of a topic", "use a short text without commas");

  const Look look = [&](std::string_view text) { return model->look(text); };
  std::vector<std::string> hints{topic.label_vi};
  if (!topic.description.empty()) hints.push_back(topic.label_vi + ": " + topic.description);
  const FittedTopic fitted =
      fit_few_shot(views_of(look, wish.examples), views_of(look, hints), views_of(look, wish.background), wish.share);
  ModelWriter writer{std::string(kKind), kVersion};
  for (const std::string& name : model->file.names()) writer.add(name, *model->file.section(name));
  writer.add(AddedTopics::section(model->added.topics().size()), AddedTopic::pack(topic, fitted.parts()));
  if (auto written = writer.write(path); !written) return written.error();
  return fitted.report;
}

}  // namespace duluan
