#include "topic/lessons.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

#include "duluan/text.hpp"

namespace duluan::topics {
namespace {

constexpr float kPlainWeight = 0.3F;  // of the copy without diacritics
constexpr float kPhraseWeight = 0.3F;
constexpr std::size_t kManyBytes = 20'000'000;  // so many take long: one part of five is judged instead of all
constexpr std::size_t kLongText = 1000;         // bytes

// Whole authors are judged by models that have not seen them; a file too large for one part is dealt out text by text.
void share_out(const std::vector<LabelledFile>& files, Lessons& lessons) {
  std::size_t all = 0;
  for (const LabelledFile& file : files) all += file.phrases ? 0 : file.texts.size();
  lessons.judged = kParts;
  for (std::size_t f = 0; f < files.size(); ++f) {
    const std::size_t size = files[f].texts.size();
    const bool whole = files.size() >= kParts && size * 2 <= all;
    for (std::size_t i = 0; i < size; ++i)
      lessons.part.push_back(files[f].phrases ? kNoPart : static_cast<std::uint8_t>((whole ? f : i) % kParts));
  }
}

// Feature of a word of one or two syllables, written or folded; 0 for longer words.
std::uint32_t word_feature(const std::string& word, bool folded) {
  const std::size_t joint = word.find('_');
  if (joint == std::string::npos) return feature_key(folded ? kFolded : kSyllable, syllable_key(word));
  if (word.find('_', joint + 1) != std::string::npos) return 0;
  return feature_key(folded ? kFoldedPair : kPair, syllable_key(std::string_view(word).substr(0, joint)),
                     syllable_key(std::string_view(word).substr(joint + 1)));
}

Family word_family(const std::string& word, bool folded) {
  const bool pair = word.find('_') != std::string::npos;
  return pair ? (folded ? kFoldedPair : kPair) : (folded ? kFolded : kSyllable);
}

void normalize_rows(std::span<const WordVector> words, FeatureVectors& vectors) {
  const std::size_t n = vectors.dimension;
  const auto to_unit = [&](std::size_t row) {
    float* v = vectors.values.data() + row * n;
    float squares = 1e-12F;
    for (std::size_t d = 0; d < n; ++d) squares += v[d] * v[d];
    for (std::size_t d = 0; d < n; ++d) v[d] /= std::sqrt(squares);
  };
  double total = 0;
  std::vector<double> mean(n);
  for (std::size_t row = 0; row < words.size(); ++row) {
    to_unit(row);
    total += double(words[row].count);
    for (std::size_t d = 0; d < n; ++d) mean[d] += double(words[row].count) * double(vectors.row(row)[d]);
  }
  for (std::size_t row = 0; row < words.size(); ++row) {
    for (std::size_t d = 0; d < n; ++d) vectors.values[row * n + d] -= static_cast<float>(mean[d] / total);
    to_unit(row);
  }
}

// The most frequent word comes first and keeps a feature it shares with others.
void give_vectors(std::span<const WordVector> words, Lessons& lessons) {
  if (words.empty()) return;
  lessons.vectors.dimension = words.front().values.size();
  for (const WordVector& word : words)
    lessons.vectors.values.insert(lessons.vectors.values.end(), word.values.begin(), word.values.end());
  normalize_rows(words, lessons.vectors);
  Vocabulary& vocabulary = lessons.vocabulary;
  for (std::size_t row = 0; row < words.size(); ++row)
    for (const bool folded : {false, true}) {
      const std::string& word = words[row].word;
      const std::uint32_t key = word_feature(folded ? fold(word) : word, folded);
      if (key == 0) continue;
      const std::uint32_t number = vocabulary.index.add(key);
      if (number == vocabulary.features.size())
        vocabulary.features.push_back({word_family(word, folded), 0, false, -1});
      if (lessons.pieces && word_family(word, folded) == kFolded) vocabulary.add_pieces(key, fold(word));
      if (vocabulary.features[number].vector < 0) vocabulary.features[number].vector = static_cast<std::int32_t>(row);
    }
}

Sample sample_of(const RawText& raw, const Lessons& lessons, const std::vector<std::uint8_t>& topics, float weight) {
  Sample sample{sparse_text_of(raw, lessons.vocabulary), std::vector<float>(lessons.vectors.dimension), topics, weight};
  for (std::size_t k = 0; k < sample.text.features.size(); ++k) {
    const std::int32_t row = lessons.vocabulary.features[sample.text.features[k]].vector;
    if (row < 0) continue;
    const auto vector = lessons.vectors.row(static_cast<std::size_t>(row));
    for (std::size_t d = 0; d < vector.size(); ++d) sample.dense[d] += kVectorScale * sample.text.values[k] * vector[d];
  }
  return sample;
}

// In blocks of a size that does not depend on the threads.
void in_blocks(std::size_t count, const std::function<void(std::size_t, std::size_t)>& work) {
  constexpr std::size_t kBlock = 64;
  in_parallel((count + kBlock - 1) / kBlock,
              [&](std::size_t block) { work(block * kBlock, std::min(count, (block + 1) * kBlock)); });
}

}  // namespace

void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  const std::size_t threads = std::min<std::size_t>(count, std::max(1U, std::thread::hardware_concurrency()));
  std::vector<std::thread> others;
  for (std::size_t t = 1; t < threads; ++t) others.emplace_back(run);
  run();
  for (std::thread& other : others) other.join();
}

Lessons make_lessons(const std::vector<LabelledFile>& files, std::span<const WordVector> words, bool edges) {
  Lessons lessons;
  lessons.edges = edges;
  share_out(files, lessons);
  std::vector<const Labelled*> texts;
  std::size_t bytes = 0;
  for (const LabelledFile& file : files)
    for (const Labelled& text : file.texts) {
      texts.push_back(&text);
      bytes += text.text.size();
    }
  lessons.pieces = bytes < texts.size() * kLongText;
  if (bytes > kManyBytes) lessons.judged = 1;
  std::vector<RawText> raw(texts.size() * 2);
  in_blocks(texts.size(), [&](std::size_t begin, std::size_t end) {
    Reading reading;
    Bag bag;
    for (std::size_t i = begin; i < end; ++i) {
      raw[2 * i] = raw_text_of(texts[i]->text, lessons.pieces, reading, bag);
      raw[2 * i + 1] = raw_text_of(fold(texts[i]->text), lessons.pieces, reading, bag);
    }
  });
  for (std::size_t i = 0; i < texts.size(); ++i) lessons.vocabulary.count(raw[2 * i]);
  give_vectors(words, lessons);
  lessons.vocabulary.finish(texts.size(), edges);
  lessons.samples.resize(raw.size());
  in_blocks(raw.size(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t s = begin; s < end; ++s) {
      const float weight = (lessons.part[s / 2] == kNoPart ? kPhraseWeight : 1.0F) * (s % 2 == 0 ? 1.0F : kPlainWeight);
      lessons.samples[s] = sample_of(raw[s], lessons, texts[s / 2]->topics, weight);
      raw[s] = {};
    }
  });
  return lessons;
}

}  // namespace duluan::topics
