// The terms of an opinion: its words and pairs of neighbouring words, without those that say nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "archive/alike.hpp"
#include "duluan/novelty.hpp"

namespace duluan::concern {

/// Whether a word in lower case is too common to tell anything (stop_words.cpp).
bool is_stop_word(std::string_view word);

/// A word is its number, a pair both of them: first << 32 | second. Word numbers begin with 1.
using Term = std::uint64_t;
inline bool is_pair(Term term) { return term >> 32 != 0; }
inline std::uint32_t first_word(Term term) { return static_cast<std::uint32_t>(term >> 32); }
inline std::uint32_t last_word(Term term) { return static_cast<std::uint32_t>(term); }

/// Reads texts of one period after another. Scratch and vocabulary: one a thread.
class TermReader {
 public:
  explicit TermReader(WordCutter cut) : cut_(std::move(cut)) {}
  /// These words are the names of places: no terms.
  void forbid(std::string_view name);
  /// From now on sentences of another period: nothing said before counts as repeated.
  void begin_period() { said_.clear(); }
  /// Terms of the sentences that nobody has said before in this period; sorted, each once.
  void read(std::string_view utf8, std::vector<Term>& terms);
  [[nodiscard]] bool forbids(Term term) const { return forbidden_.contains(name(term)); }
  [[nodiscard]] std::string name(Term term) const;

 private:
  void read_sentence(std::string_view sentence, std::vector<Term>& terms);
  std::uint32_t word(std::string_view raw);  // 0: no term

  WordCutter cut_;
  Sayings said_;
  std::vector<Span> spans_;
  std::unordered_set<std::string> forbidden_;
  std::unordered_map<std::string, std::uint32_t> numbers_;  // as written
  std::unordered_map<std::string, std::uint32_t> known_;    // in lower case
  std::vector<std::string> names_{""};
};

}  // namespace duluan::concern
