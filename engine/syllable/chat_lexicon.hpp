// The tables of chat spelling: what a form may be read as, and under which conditions.
//
// The text of the tables (corpora/chat/*.tsv) is compiled in, so the engine needs no path to find them; it is read
// once, into an immutable index. corpora/chat/README.md describes the format.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace duluan::chat {

/// The compiled-in files; written by the build from corpora/chat.
extern const char* const kLexiconText;
extern const char* const kOfficialText;
extern const char* const kSyllablesText;
extern const char* const kPairsText;

/// A set of words, and of the two edges of a clause.
struct WordList {
  std::unordered_set<std::string_view> words;
  bool clause_start = false;  ///< "^"
  bool clause_end = false;    ///< "$"
};

struct Condition {
  enum class Kind : std::uint8_t { kAfter, kBefore, kWith, kChat, kNumber };
  Kind kind = Kind::kChat;
  bool negated = false;
  WordList list;
};

/// One row of the lexicon.
struct Rule {
  std::string_view reading;  ///< empty: the form is a word of its own and stays
  std::vector<Condition> conditions;
};

struct Entry {
  std::uint32_t count = 0;  ///< in clean text
  bool foreign = false;     ///< a word of another language
  bool telling = false;     ///< amid common words it shows the line to be chat
  bool unmarked = false;    ///< of a form with rules: it could be a syllable, or its reading without marks
  std::vector<Rule> rules;
};

/// Words to entries, found by one multiplication for words of up to eight bytes: the hot loop asks for every word.
class EntryTable {
 public:
  EntryTable() : slots_(kSlots) {}
  [[nodiscard]] const Entry* find(std::string_view word) const noexcept {
    for (std::size_t at = slot_of(word);; at = (at + 1) % kSlots) {
      const Slot& slot = slots_[at];
      if (slot.index == 0) return nullptr;
      if (slot.word == word) return &entries_[slot.index - 1];
    }
  }
  /// The word's entry, made if it is new. The word's bytes must outlive the table.
  Entry& operator[](std::string_view word);

 private:
  static constexpr std::size_t kSlots = 1U << 15;  // three times as many as there are words
  struct Slot {
    std::string_view word;
    std::uint32_t index = 0;  // in entries_, from 1; 0: free
  };
  static std::size_t slot_of(std::string_view word) noexcept {
    std::uint64_t hash = word.size();
    for (std::size_t at = 0; at < word.size(); at += sizeof hash) {
      std::uint64_t piece = 0;
      std::memcpy(&piece, word.data() + at, std::min(sizeof piece, word.size() - at));
      hash = (hash ^ piece) * 0x9E3779B97F4A7C15U;
      hash ^= hash >> 32;
    }
    return hash % kSlots;
  }
  std::vector<Slot> slots_;
  std::vector<Entry> entries_;
};

class Lexicon {
 public:
  /// The one lexicon, read at the first call.
  static const Lexicon& get();

  [[nodiscard]] const Entry* find(std::string_view form) const { return entries_.find(form); }
  [[nodiscard]] std::uint32_t count(std::string_view word) const {
    const Entry* entry = find(word);
    return entry == nullptr ? 0 : entry->count;
  }
  /// The word that a spelling without marks stands for, if one is far more frequent than all others: "thich" ->
  /// "thích".
  [[nodiscard]] std::string_view marked(std::string_view bare) const {
    const auto found = marked_.find(std::string(bare));
    if (found == marked_.end()) return {};
    const Marked& marked = found->second;
    return marked.best_count >= kClearShare * marked.all ? marked.best : std::string_view{};
  }
  /// The expansion of an official abbreviation (in capitals), or "".
  [[nodiscard]] std::string_view official(std::string_view form) const {
    const auto found = official_.find(form);
    return found == official_.end() ? std::string_view{} : found->second;
  }
  /// The two words of which the first is cut to its onset: "qtam" -> "quan tâm", or "".
  [[nodiscard]] std::string_view pair(std::string_view shortened) const {
    const auto found = pairs_.find(shortened);
    return found == pairs_.end() ? std::string_view{} : found->second;
  }

 private:
  Lexicon();
  void read_lexicon();
  void read_counts();
  void read_pairs();
  void read_marks();

  struct Marked {
    std::string_view best;
    std::uint32_t best_count = 0;
    std::uint32_t all = 0;
  };
  static constexpr double kClearShare = 0.8;

  EntryTable entries_;
  std::unordered_map<std::string, Marked> marked_;
  std::unordered_map<std::string_view, std::string_view> official_;
  std::unordered_map<std::string_view, std::string_view> pairs_;
};

}  // namespace duluan::chat
