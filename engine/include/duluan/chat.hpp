/// \file
/// Chat spelling of comments to plain Vietnamese.
///
///     Text plain = expand_chat("Ko bít sao đg ngậppp wá trời :)))");
///     plain.str();             // "Không biết sao đường ngập quá trời :)))"
///     plain.source({0, 6});    // bytes of "Ko"
///
/// What changes: chat forms of the own lexicon (corpora/chat/lexicon.tsv, compiled in), stretched letters
/// (đẹpppp), and spellings that the sounds explain (zui, xog, mún). A form that can be read in several ways
/// (k, m, v, bn) is read by its neighbours or stays. What is a word in clean text changes only in a line that
/// shows by other signs that it is chat. Everything else stays byte for byte: spaces, marks, emoticons, emoji,
/// numbers (50k), links, names, laughter (hihi), words of other languages. Missing diacritics are not restored.
///
/// Input: NFC (normalize() of text.hpp; Text::map_through leads the spans on to the raw bytes), any bytes accepted; a
/// line is taken as one comment. Readings are written in the old style of tone placement.
/// Cost: one pass, no model to load. Thread-safety: pure functions; the tables are built at the first call.
/// Measure: error reduction rate, van der Goot, MoNoise (2019).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "duluan/result.hpp"
#include "duluan/text.hpp"

namespace duluan {

struct ChatOptions {
  bool spellings = true;       ///< chat spellings and stretched letters
  bool abbreviations = false;  ///< official ones too: UBND to Ủy ban nhân dân
};

/// The text with its chat spellings written out, and the way back to `utf8`.
Text expand_chat(std::string_view utf8, const ChatOptions& options = {});

/// Tokens (apart by spaces) against a gold file, as in lexical normalization.
struct ChatScore {
  std::size_t lines = 0;
  std::size_t needed = 0;     ///< tokens that gold changes
  std::size_t right = 0;      ///< of these, changed as gold has it (true positives)
  std::size_t untouched = 0;  ///< of these, left as they were
  std::size_t clean = 0;      ///< tokens that gold leaves
  std::size_t harmed = 0;     ///< of these, changed (false positives)

  /// (TP - FP) / (TP + FN): 1 is perfect, 0 is leaving all as it is.
  [[nodiscard]] double error_reduction() const {
    return needed == 0 ? 0 : (static_cast<double>(right) - static_cast<double>(harmed)) / static_cast<double>(needed);
  }
  [[nodiscard]] double harm() const {
    return clean == 0 ? 0 : static_cast<double>(harmed) / static_cast<double>(clean);
  }
};

/// One token on which gold and expand_chat differ.
struct ChatMiss {
  std::string_view source;
  std::string_view gold;
  std::string_view found;
};

/// Scores expand_chat on a CSV file with the columns `original` and `normalized` (RFC 4180).
/// Tokens are aligned to gold by least edit cost; both sides are compared in NFC and one tone style.
/// `on_miss`, if given, sees every difference. Errors: kNotFound, kMalformed with the record's number.
Result<ChatScore> evaluate_chat(const std::string& path, const std::function<void(const ChatMiss&)>& on_miss = {});

/// Counts what the compiled-in tables corpora/chat/{syllables,pairs}.tsv hold. Not thread-safe.
class ChatCounts {
 public:
  /// One line of clean text; syllables of a word may be joined by '_'.
  void add(std::string_view utf8);
  /// Short words in small letters, most frequent first: word, tab, count.
  [[nodiscard]] std::string syllables() const;
  /// Words of two syllables by what is left when the first is cut to its onset: "qtam", tab, "quan tâm".
  [[nodiscard]] std::string pairs() const;

 private:
  std::unordered_map<std::string, std::uint32_t> words_;
  std::unordered_map<std::string, std::uint32_t> pairs_;
};

}  // namespace duluan
