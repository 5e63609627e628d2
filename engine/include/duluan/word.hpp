/// \file
/// Words: where one Vietnamese word ends and the next begins.
///
///     auto segmenter = Segmenter::load("models/words.model");
///     Words words;                                   // one per thread, reused
///     segmenter->segment("Nhân dân phấn khởi.", words);
///     for (std::size_t i = 0; i < words.size(); ++i) words.span(i);   // "Nhân dân" "phấn khởi" "."
///
/// Method: patterns first, a linear model for the rest. A pair of neighbouring syllables that is
/// always cut or always joined, whatever stands round it, is settled by one table look-up (the
/// idea of Yoshinaga's Jagger, ACL 2023); 85 gaps of a hundred in news are. The others get a pointwise
/// linear model (Neubig, Nakata & Mori, ACL 2011) in two layers: one learnt from much text that
/// another segmenter cut, one learnt from little text that people cut, which corrects the first.
/// engine/word/features.hpp has the template. tests/bench/RESULTS.md has what this was chosen
/// over: the linear model alone, wider windows, relabelled text, a second teacher.
///
/// Any UTF-8 is accepted as it is: NFC or NFD, either tone style, any case; spans are bytes of
/// what was handed in. Bytes that are no UTF-8 are tokens like others, and Words says so.
///
/// Cost: 9 to 11 nanoseconds a byte of news; no allocation once `Words` has grown
/// (from six kilobytes to two megabytes, with what it meets).
/// Thread-safety: a loaded Segmenter or Lexicon is immutable and shared; Words belongs to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
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
  [[nodiscard]] std::size_t size() const noexcept { return word_count_; }
  /// Bytes of word i in the caller's text, from its first to its last syllable.
  [[nodiscard]] Span span(std::size_t i) const;
  /// The tokens of word i are tokens()[first_token(i)] up to tokens()[first_token(i + 1)].
  [[nodiscard]] std::size_t first_token(std::size_t i) const { return i < word_count_ ? starts_[i] : token_count_; }
  [[nodiscard]] std::span<const Token> tokens() const noexcept { return {tokens_.data(), token_count_}; }
  /// Probability that a word starts at each token; empty unless Guidance asked for it.
  /// 1 where the model has nothing to decide: the first token, marks, tokens without a space between.
  [[nodiscard]] const std::vector<float>& start_probabilities() const noexcept { return probabilities_; }
  /// Whether all of the text was UTF-8.
  [[nodiscard]] bool well_formed() const noexcept;

 private:
  friend class Segmenter;
  friend void write_segmented(std::string_view utf8, const Words& words, std::string& out);
  struct Scratch;
  std::vector<Token> tokens_;  // with room to spare, as starts_
  std::size_t token_count_ = 0;
  std::vector<std::uint32_t> starts_;  // first tokens of the words, then token_count_
  std::size_t word_count_ = 0;
  std::vector<float> probabilities_;
  std::unique_ptr<Scratch> scratch_;
};

/// Words the user adds; they take effect without retraining, in any case and tone style.
///
///     Lexicon lexicon;
///     lexicon.add("Ban Tuyên giáo Tỉnh ủy");
///     segmenter->segment(text, words, {.lexicon = &lexicon});
class Lexicon {
 public:
  /// Adds a word of two syllables or more; others (and marks) are ignored and false comes back.
  bool add(std::string_view word);
  /// Adds the words of a file: one a line, syllables apart by spaces or '_'; what follows a tab is left out.
  Result<void> read(const std::string& path);
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  friend class Segmenter;
  std::unordered_map<std::uint64_t, bool> steps_;  // hash of a word's first forms; true where a word ends
  std::size_t size_ = 0;
};

/// Counts the words of two syllables or more in segmented text: the table that Lexicon::read takes.
///
///     WordCounts counts;
///     counts.add("Nhân_dân phấn_khởi .");
///     counts.table(1);   // "nhân dân\t1\nphấn khởi\t1\n"
class WordCounts {
 public:
  /// Counts the words of a line: words apart by spaces, syllables of a word joined by '_'.
  void add(std::string_view segmented);
  /// Counts the lines of a file; ".zst" is unpacked.
  Result<void> read(const std::string& path);
  /// `word <TAB> times`, in lower case and the old tone style, most frequent first, for the words counted
  /// `least` times. Names are left out: what begins with a capital more often than not.
  [[nodiscard]] std::string table(std::uint32_t least) const;

 private:
  struct Count {
    std::uint32_t all = 0;
    std::uint32_t small = 0;
  };
  std::unordered_map<std::string, Count> counts_;
};

/// A boundary the caller knows: the gap that holds byte `at` (from the end of a token to the start
/// of the next) is cut or joined. A place inside a token is ignored.
struct FixedGap {
  std::size_t at = 0;
  bool cut = true;
};

/// What the caller knows or wants beyond the text. Fixed gaps outrank the lexicon, the lexicon the model.
struct Guidance {
  const Lexicon* lexicon = nullptr;     ///< its longest words are kept whole and apart
  std::span<const FixedGap> gaps = {};  ///< in the order of the text
  bool probabilities = false;           ///< fill Words::start_probabilities (three times the cost)
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
  /// The same with what the caller knows.
  void segment(std::string_view utf8, Words& words, const Guidance& guidance) const;

 private:
  struct Model;
  explicit Segmenter(std::shared_ptr<const Model> model);
  static void attach(std::string_view utf8, std::size_t mark, Words& words);
  static void follow(const Lexicon& lexicon, Words& words);
  static void fix(const FixedGap& gap, Words& words);
  static void fill_probabilities(Words& words);
  std::shared_ptr<const Model> model_;
};

/// Appends words apart by one space, syllables of a word joined by '_' where they stood apart;
/// no character changed.
void write_segmented(std::string_view utf8, const Words& words, std::string& out);

/// What train_words learns from. Files hold one sentence a line, words apart by spaces,
/// syllables of a word joined by '_'; ".zst" is unpacked.
struct WordTraining {
  std::vector<std::string> gold;    ///< annotated by people
  std::vector<std::string> silver;  ///< annotated by other segmenters; where they differ on a pair, gold decides
  int teacher_epochs = 3;           ///< passes over the silver text
  int people_epochs = 5;            ///< passes over the gold text
  float teacher_rate = 0.3F;        ///< AdaGrad's learning rate
  float people_rate = 0.1F;
  unsigned settled_least = 2;        ///< a pair is settled if seen so often and treated alike
  unsigned settled_against = 64;     ///< but for one time in so many
  std::size_t most_pairs = 840'000;  ///< sizes of the released tables
  std::size_t most_weights = 1'000'000;
  std::size_t most_rows = 32'000;
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

/// What evaluate_words found.
struct WordReport {
  static constexpr std::size_t kLengths = 5;
  struct Mistake {
    std::string left, right;  ///< the syllables round the gap, lower case
    bool cut = false;         ///< the program cut where people joined
    std::size_t count = 0;
  };
  WordScore all;
  WordScore by_length[kLengths];  ///< words of 1, 2, 3, 4 and more syllables
  WordScore known, unknown;       ///< recall of gold words in and not in the known words
  std::vector<Mistake> mistakes;  ///< commonest first
};

/// Segments the sentences of `gold_path` (from `natural_path` when given: the same lines with
/// natural spacing) and compares words by the characters they cover. Words of `known_path`, a
/// segmented file as train_words reads, count as known; without it all do.
Result<WordReport> evaluate_words(const Segmenter& segmenter, const std::string& gold_path,
                                  const std::string& natural_path, const std::string& known_path);

}  // namespace duluan
