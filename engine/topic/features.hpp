// What the linear model sees of a text: weighted terms and the text's vector.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "topic/terms.hpp"
#include "topic/vectors.hpp"

namespace duluan::topics {

/// Families of terms; the family is part of a term's key.
enum Family : unsigned { kWords, kPairs, kFoldedWords, kFoldedPairs, kLetters, kFamilies };

/// (key, family) of every distinct term, ascending by key.
struct RawTerm {
  std::uint32_t key;
  Family family;
};

/// Lists the terms of a text. In text without diacritics only the folded families occur.
std::vector<RawTerm> raw_terms(const Terms& terms, const std::vector<Match>& matches);

/// The known terms of a model: keys ascending, and how much each counts.
struct TermView {
  std::span<const std::uint32_t> keys;
  std::span<const float> weights;  ///< rarity x weight of the family
};

/// Input of the linear model; each part has a fixed length.
struct Features {
  std::vector<std::pair<std::uint32_t, float>> terms;  ///< index into TermView
  std::vector<float> dense;
  VectorView::Parts parts;  ///< how `dense` is put together
};

Features features_of(const Terms& terms, const TermView& known, const VectorView& vectors);

/// A place where a term stands: bytes of padded(terms).
struct Occurrence {
  std::uint32_t key;
  Span at;
};

/// The folded syllables with a space before, between and after them.
std::string padded(const Terms& terms);

/// Every place of every term, ascending by key.
std::vector<Occurrence> occurrences(const Terms& terms, const std::vector<Match>& matches);

}  // namespace duluan::topics
