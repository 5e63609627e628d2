/// \file
/// What is new: words and word pairs that a period's opinions hold more often than the periods before lead one to
/// expect, grouped into subjects. It finds the concern that no topic has a name for.
///
///     ConcernOptions options;
///     options.cut = …;                      // how texts are cut into words; without it nothing is looked for
///     auto report = find_concerns(*archive, taxonomy, options);
///     for (const NewSubject& s : report->novelty.subjects) std::cout << s.terms[0].term << '\n';
///
/// An opinion holds a term or not; how often it repeats it does not count, nor does a sentence that says nearly the
/// same as an earlier one of its period. Terms are compared in all opinions, inside each topic, and among opinions of
/// `other` or of no topic. The comparison is the log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi
/// and Quinn, Political Analysis 2008), the prior being the term's share in the whole archive before the period:
/// `z`. Its normal tail is wrong for rare words, so the p-value is the exact predictive tail of the same model, its
/// variance widened by how much the archive's words waver from period to period, and no smaller than against the same
/// season of earlier years. False discoveries are controlled (Benjamini-Hochberg) in the three families.
///
/// A term that fewer than kLeastTermOpinions opinions or kLeastTermReporters reporting units hold is never shown: it is
/// no news, and could lead to who said it. Placeholders of redaction and names of reporting places are no terms.
///
/// Cost: reads the texts of up to three years once, about 50 µs an opinion. Thread-safety: value types.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "duluan/period.hpp"
#include "duluan/span.hpp"

namespace duluan {

/// Words of a text in its order, marks included (Segmenter::segment); spans of the text.
using WordCutter = std::function<void(std::string_view utf8, std::vector<Span>& words)>;

inline constexpr int kLeastTermOpinions = 5;
inline constexpr int kLeastTermReporters = 3;

/// A word, or two neighbouring ones, that has risen.
struct NewTerm {
  std::string term{};  ///< "nâng cấp sim", lower case
  int opinions = 0;    ///< of the period that hold it
  int reporters = 0;   ///< distinct reporting units among them
  double expected = 0;
  double z = 0;  ///< log-odds ratio over its standard error
  double p_value = 1;
  Period since{};  ///< first period of the present run in which it is unusual
};

/// An opinion that shows what a subject is about.
struct Example {
  std::int64_t id = 0;
  std::string text;  ///< redacted
  std::string source, place, unit;
};

/// Risen terms that the same opinions hold: one thing people speak of.
struct NewSubject {
  std::string topic;              ///< it is new inside this topic only; empty: in all opinions
  bool unnamed = false;           ///< most of its opinions carry no topic: a candidate for a topic of its own
  std::vector<NewTerm> terms;     ///< most telling first
  int opinions = 0;               ///< that hold one of its significant terms, or two of the others
  int reporters = 0, places = 0;  ///< distinct, among those opinions
  std::vector<std::pair<std::string, int>> topics;  ///< main topics of those opinions, most first; "" for none
  std::vector<Example> examples;
};

struct Novelty {
  bool judged = false;               ///< looked for, and the history was long enough
  std::size_t periods = 0;           ///< earlier periods with opinions
  std::size_t tests = 0;             ///< terms compared, over all families
  double fdr = 0;                    ///< accepted share of false ones in a family
  std::vector<NewSubject> subjects;  ///< most opinions first
};

}  // namespace duluan
