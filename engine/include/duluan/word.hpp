/// \file
/// Words: where one Vietnamese word ends and the next begins.
///
///     auto segmenter = Segmenter::load("models/words.model");
///     Words words;                                   // one per thread, reused
///     segmenter->segment("Nhân dân phấn khởi.", words);
///     for (std::size_t i = 0; i < words.size(); ++i) words.span(i);   // "Nhân dân" "phấn khởi" "."
///
/// Method: a pointwise linear model (as Neubig, Nakata & Mori, ACL 2011) over the tokens
/// round each gap between two syllables; its weights are merged into hash tables with one
/// look-up a syllable, a pair and a triple, and summed as integers. Any UTF-8 is accepted as
/// it is: NFC or NFD, either tone style, any case; spans are bytes of what was handed in.
///
/// Cost: a few tens of nanoseconds a byte; no allocation once `Words` has grown.
/// Thread-safety: a loaded Segmenter is immutable and shared; Words belongs to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/progress.hpp"
#include "duluan/result.hpp"
#include "duluan/span.hpp"
#include "duluan/syllable.hpp"

namespace duluan {

/// Result and scratch of Segmenter::segment.
class Words {
 public:
  Words();
  ~Words();
  Words(Words&&) noexcept;
  Words& operator=(Words&&) noexcept;

  /// Number of words; punctuation marks count.
  [[nodiscard]] std::size_t size() const noexcept { return starts_.size(); }
  /// Bytes of word i in the caller's text, from its first to its last syllable.
  [[nodiscard]] Span span(std::size_t i) const;
  /// The tokens of word i are tokens()[first_token(i)] up to tokens()[first_token(i + 1)].
  [[nodiscard]] std::size_t first_token(std::size_t i) const {
    return i < starts_.size() ? starts_[i] : tokens_.size();
  }
  [[nodiscard]] const std::vector<Token>& tokens() const noexcept { return tokens_; }

 private:
  friend class Segmenter;
  struct Scratch;
  std::vector<Token> tokens_;
  std::vector<std::uint32_t> starts_;
  std::unique_ptr<Scratch> scratch_;
};

class Segmenter {
 public:
  /// Maps a model made by train_words. Errors: as ModelFile::open.
  static Result<Segmenter> load(const std::string& path);
  ~Segmenter();
  Segmenter(Segmenter&&) noexcept;
  Segmenter& operator=(Segmenter&&) noexcept;

  /// Cuts one text (best a line or sentence) into words; replaces the content of `words`.
  void segment(std::string_view utf8, Words& words) const;

 private:
  struct Model;
  explicit Segmenter(std::shared_ptr<const Model> model);
  std::shared_ptr<const Model> model_;
};

/// Appends words apart by one space, syllables of a word joined by '_'; no character changed.
void write_segmented(std::string_view utf8, const Words& words, std::string& out);

/// What train_words learns from. Files hold one sentence a line, words apart by spaces,
/// syllables of a word joined by '_'; ".zst" is unpacked.
struct WordTraining {
  std::vector<std::string> gold;    ///< annotated by people
  std::vector<std::string> silver;  ///< annotated by another segmenter
  int epochs = 4;                   ///< passes over everything
  float gold_weight = 20.0F;        ///< of a gold gap against a silver gap
  float learning_rate = 0.4F;
  unsigned min_pair = 3;            ///< pairs and triples seen less often are left out
  unsigned min_triple = 4;
  std::size_t pair_slots = 1U << 19;    ///< sizes of the merged tables (powers of two)
  std::size_t triple_slots = 1U << 19;
};

/// Trains a model and writes it to `path`. Deterministic. Progress counts gaps.
Result<void> train_words(const WordTraining& training, const std::string& path, const Progress& progress);

/// Counts over a gold file.
struct WordScore {
  std::size_t gold = 0, predicted = 0, correct = 0;
  [[nodiscard]] double precision() const { return predicted == 0 ? 0 : double(correct) / double(predicted); }
  [[nodiscard]] double recall() const { return gold == 0 ? 0 : double(correct) / double(gold); }
  [[nodiscard]] double f1() const {
    return gold + predicted == 0 ? 0 : 2.0 * double(correct) / double(gold + predicted);
  }
};

/// Segments the sentences of `gold_path` (from `natural_path` when given: the same lines with
/// natural spacing) and compares words by the characters they cover.
Result<WordScore> evaluate_words(const Segmenter& segmenter, const std::string& gold_path,
                                 const std::string& natural_path);

}  // namespace duluan
