/// \file
/// Diacritics restored: "nguoi dan phan khoi" to "người dân phấn khởi".
///
///     auto restorer = Restorer::load("models/diacritics.model");
///     Restoration found;                                       // one per thread, reused
///     restorer->restore("Ha Noi don mua", found);
///     for (std::size_t i = 0; i < found.size(); ++i)
///       found.span(i), found.reading(i), found.confidence(i);  // {0, 2}, "Hà", 0.99 …
///     std::string line;
///     restorer->restore_line("Ha Noi don mua", found, line);   // appends "Hà Nội đón mưa"
///
/// Only a word of letters without any mark whose bare form the model knows is ever changed, and then letter
/// by letter: its capitals and every other byte stay. A word that bears a mark is kept as it is and is
/// evidence for its neighbours. A bare word may be right as it stands ("cho", "anh"): how much of the text is
/// marked already tells how likely that is, so text with all its marks hardly changes. Any bytes are accepted.
///
/// Method: a linear-chain conditional random field (Lafferty, McCallum & Pereira, ICML 2001) over the readings
/// of bare syllables, with the bare syllables on both sides as features; the reading with the greatest
/// posterior probability is taken. engine/syllable/restore_model.hpp has the features.
///
/// Cost: a few hundred nanoseconds a syllable, linear in the text; beside the result, memory is a window of
/// some thousand tokens, whatever the length of the line. Thread-safety: a loaded Restorer is immutable and
/// shared; Restoration belongs to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/progress.hpp"
#include "duluan/result.hpp"
#include "duluan/span.hpp"

namespace duluan {

/// Result and scratch of Restorer::restore: the syllables that were decided, in order.
class Restoration {
 public:
  Restoration();
  ~Restoration();
  Restoration(Restoration&&) noexcept;
  Restoration& operator=(Restoration&&) noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return decided_.size(); }
  /// Bytes of syllable i in the caller's text.
  [[nodiscard]] Span span(std::size_t i) const { return decided_[i].span; }
  /// Its reading, NFC in the old tone style and the capitals of the text. Valid until the next restore.
  [[nodiscard]] std::string_view reading(std::size_t i) const {
    return std::string_view(letters_).substr(decided_[i].at,
                                             (i + 1 < size() ? decided_[i + 1].at : letters_.size()) - decided_[i].at);
  }
  /// Probability of the reading; models/diacritics.md has its calibration error.
  [[nodiscard]] float confidence(std::size_t i) const { return decided_[i].confidence; }

 private:
  friend class Restorer;
  struct Decided {
    Span span;
    std::size_t at = 0;  // of its reading in letters_
    float confidence = 0;
  };
  struct Scratch;
  std::vector<Decided> decided_;
  std::string letters_;
  std::unique_ptr<Scratch> scratch_;
};

class Restorer {
 public:
  /// Maps a model made by train_diacritics. Errors: as ModelFile::open.
  static Result<Restorer> load(const std::string& path);
  ~Restorer();
  Restorer(Restorer&&) noexcept;
  Restorer& operator=(Restorer&&) noexcept;

  /// Decides every syllable without marks of one text (best a line); replaces the content of `found`.
  void restore(std::string_view utf8, Restoration& found) const;
  /// The same for the tokens with these indices (ascending, as tokenize() numbers them) alone;
  /// every other token is taken to be right as it stands.
  void restore(std::string_view utf8, std::span<const std::size_t> only, Restoration& found) const;
  /// Appends the text with its diacritics to `out`.
  void restore_line(std::string_view utf8, Restoration& found, std::string& out) const;

 private:
  struct Model;
  class Decoder;
  explicit Restorer(std::shared_ptr<const Model> model);
  std::shared_ptr<const Model> model_;
};

/// What train_diacritics learns from: files of lines, or of records whose last column (after tabs) is the
/// text with "\n" between paragraphs; ".zst" is unpacked. Text in any tone style.
struct DiacriticTraining {
  std::vector<std::string> text;
  unsigned least_reading = 5;  ///< readings seen less often are left out
  unsigned least_shape = 5;    ///< as are n-grams of each kind; 0 does without the kind
  unsigned least_pair = 2;
  unsigned least_skip = 3;
  unsigned least_triple = 2;
  unsigned least_quad = 3;
  int passes = 1;                      ///< over all text with all weights
  int passes_after = 2;                ///< with those that fit into the model
  float rate = 0.8F;                   ///< of AdaGrad, falling in a line to a twentieth of it
  float damping = 1.0F;                ///< added to the squared gradients
  std::size_t buckets = 134'500;       ///< of 64 bytes, for weights of single readings
  std::size_t joint_buckets = 20'000;  ///< for weights of two readings in a row
};

/// Trains a model and writes it to `path`. Deterministic, one thread. Progress counts passes.
Result<void> train_diacritics(const DiacriticTraining& training, const std::string& path, const Progress& progress);

/// Counts over accented text whose marks were taken away.
struct DiacriticScore {
  std::size_t syllables = 0;  ///< words of letters, whether changed or not
  std::size_t correct = 0;    ///< of them, equal to the gold text up to tone style
  std::size_t stripped = 0;   ///< that lost their marks
  std::size_t stripped_correct = 0;
  double calibration_error = 0;  ///< expected, ten bins, over the syllables decided
  [[nodiscard]] double accuracy() const { return syllables == 0 ? 0 : double(correct) / double(syllables); }
};

/// Takes the marks from a share of the marked syllables of each line of `gold_path` (chosen by `seed`),
/// restores them and compares.
Result<DiacriticScore> evaluate_diacritics(const Restorer& restorer, const std::string& gold_path, double removed,
                                           std::uint64_t seed);

}  // namespace duluan
