#include "topic/embed.hpp"

#include <fasttext/fasttext.h>

#include <algorithm>
#include <exception>

namespace duluan::topics {
namespace {

fasttext::Args arguments(const std::string& path, const EmbedOptions& options) {
  fasttext::Args args;
  args.input = path;
  args.model = fasttext::model_name::sg;
  args.loss = fasttext::loss_name::ns;
  args.dim = options.dimension;
  args.ws = options.window;
  args.epoch = options.epochs;
  args.minCount = options.least_count;
  args.neg = 5;
  args.lr = 0.05;
  args.minn = args.maxn = 0;  // whole words: the table has to be small
  args.bucket = 0;
  args.thread = 1;  // more threads race, and no two runs agree
  args.seed = 0;
  args.verbose = 0;
  return args;
}

}  // namespace

Result<std::vector<WordVector>> learn_vectors(const std::string& segmented_path, const EmbedOptions& options,
                                              const Progress& progress) {
  bool stopped = false;
  const Error stop{ErrorCode::kInvalidArgument, "training was stopped", segmented_path, ""};
  try {
    fasttext::FastText model;
    const auto tell = [&](float done, float, double, double, std::int64_t) {
      if (!progress || stopped || progress(static_cast<std::uint64_t>(done * 1000.0F), 1000)) return;
      stopped = true;
      model.abort();
    };
    model.train(arguments(segmented_path, options), tell);
    if (stopped) return stop;
    const auto dictionary = model.getDictionary();
    const auto counts = dictionary->getCounts(fasttext::entry_type::word);
    std::vector<WordVector> words;
    fasttext::Vector values(options.dimension);
    for (std::int32_t i = 0; i < dictionary->nwords(); ++i) {
      WordVector word;
      word.word = dictionary->getWord(i);
      if (word.word == "</s>") continue;
      word.count = static_cast<std::uint64_t>(counts[static_cast<std::size_t>(i)]);
      model.getWordVector(values, word.word);
      word.values.assign(values.data(), values.data() + options.dimension);
      words.push_back(std::move(word));
    }
    return words;
  } catch (const std::exception& error) {
    if (stopped) return stop;  // fastText reports an abort by an exception
    return Error{ErrorCode::kInternal, std::string("fastText: ") + error.what(), segmented_path,
                 "give it more plain text"};
  }
}

}  // namespace duluan::topics
