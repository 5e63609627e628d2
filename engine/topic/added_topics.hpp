// Topics put on top of a trained model, each with a linear model of its own.
//
// A text is seen as two unit vectors: its terms, weighted by rarity, and its meaning, the mean word vector of the base
// model, less what texts have in common, in the metric of their covariance: z = L^-1 (e - mean), L L' = covariance +
// its mean variance on the diagonal. The score is linear in both.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/model_file.hpp"
#include "duluan/topic.hpp"
#include "topic/view.hpp"

namespace duluan::topics {

/// The terms and the metric that the added topics of one training share.
struct Ground {
  std::span<const std::uint32_t> keys;  ///< ascending
  std::span<const float> rarity;        ///< of each key
  std::span<const float> mean;          ///< of the meaning
  std::span<const float> metric;        ///< L, row by row

  /// The unit vectors: indices of keys with their values, and z.
  struct Vectors {
    std::vector<std::pair<std::uint32_t, float>> terms;
    std::vector<float> meaning;
  };
  [[nodiscard]] Vectors of(const View& view) const;
};

class AddedTopic {
 public:
  struct Parts {
    Ground ground;
    std::span<const float> terms;    ///< a weight for each key
    std::span<const float> meaning;  ///< a weight for each dimension
    float bias = 0;
    float slope = 1, shift = 0;  ///< probability = 1 / (1 + exp(-(slope * score + shift)))
  };

  /// Writes a topic as open() reads it.
  static std::vector<std::byte> pack(const Topic& topic, const Parts& parts);
  /// `bytes` must stay as long as the topic. Error: kCorruptModel.
  static Result<AddedTopic> open(std::span<const std::byte> bytes, const std::string& where);

  [[nodiscard]] const Topic& topic() const noexcept { return topic_; }
  [[nodiscard]] double score(const View& view) const;
  [[nodiscard]] double probability(const View& view) const;

 private:
  ModelFile file_;
  Topic topic_;
  Parts parts_;
};

double score_of(const AddedTopic::Parts& parts, const Ground::Vectors& vectors);

/// All the added topics of a model, in the order in which they came; their place is before `other`.
class AddedTopics {
 public:
  /// None if the file has none.
  static Result<AddedTopics> from(const ModelFile& file);
  [[nodiscard]] bool empty() const noexcept { return topics_.empty(); }
  [[nodiscard]] const std::vector<AddedTopic>& topics() const noexcept { return topics_; }
  /// The base's taxonomy with the added topics.
  [[nodiscard]] Result<Taxonomy> join(const Taxonomy& base, const std::string& where) const;

  /// Puts what the added topics say of a text into what the base said: a topic with a probability of at least one half
  /// takes its place among the (at most three) topics, drives out `other` and ends an abstention.
  void add_to(TopicResult& result, const View& view, bool other_last) const;
  /// The share of each word is what the score loses without it; the rest is bias.
  [[nodiscard]] TopicExplanation explain(std::size_t added, int topic, std::string_view text, const Look& look) const;

  /// The section the n-th is kept in.
  static std::string section(std::size_t n) { return "added." + std::to_string(n); }

 private:
  std::vector<AddedTopic> topics_;
};

}  // namespace duluan::topics
