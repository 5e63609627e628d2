// Each word that clean text does not have is read in the order: lexicon, stretched letters, two words drawn
// together, sounds. Left to right, so that a word's left neighbour is already read; its right neighbour counts by
// its first unconditional reading.
#include "duluan/chat.hpp"

#include <algorithm>

#include "duluan/syllable.hpp"
#include "syllable/chat_edits.hpp"
#include "syllable/chat_spelling.hpp"
#include "syllable/chat_words.hpp"
#include "text/letters.hpp"

namespace duluan {
namespace {

using chat::Case;
using chat::Condition;
using chat::Edit;
using chat::Entry;
using chat::Gap;
using chat::Lexicon;
using chat::Line;
using chat::Rule;

// In some 24 million tokens of clean text: from here a form is a word and changes only in chat.
constexpr std::uint32_t kWord = 12;

// From here it is a word whatever it looks like.
constexpr std::uint32_t kCommonWord = 1000;
// By how much a word must be the more frequent one to be meant by its letters without marks.
constexpr std::uint32_t kMuchMore = 100;

// Whether the form is a word of clean text or of another language. A form that the language cannot have, with
// Vietnamese marks ("nguời"), is a misspelling however often it occurs.
bool is_word(const chat::Word& word) {
  if (word.entry == nullptr) return false;
  if (word.entry->foreign || word.entry->count >= kCommonWord) return true;
  if (word.entry->count < kWord) return false;
  return word.lower.size() == word.letters || parse_syllable(word.lower).ok();
}

std::string_view last_word(std::string_view reading) { return reading.substr(reading.rfind(' ') + 1); }
std::string_view first_word(std::string_view reading) { return reading.substr(0, reading.find(' ')); }

class Reader {
 public:
  Reader(const Lexicon& lexicon, const ChatOptions& options) : lexicon_(lexicon), options_(options) {}

  /// Appends the text of the line, `at` bytes into the input, to `out`.
  void read(std::string_view line, std::size_t at, Text& out);

 private:
  std::vector<Edit> look(std::string_view text);
  [[nodiscard]] bool is_evident() const;
  [[nodiscard]] bool is_informal() const;
  [[nodiscard]] bool is_stretched(const chat::Word& word) const;
  [[nodiscard]] bool amid_words(std::size_t i) const;
  [[nodiscard]] bool is_bare() const;
  [[nodiscard]] bool shouts() const;
  [[nodiscard]] bool ends_clause(std::size_t i) const {
    return i + 1 == line_.size || line_.words[i + 1].gap == Gap::kBreak;
  }
  [[nodiscard]] std::string_view before(std::size_t i) const;
  [[nodiscard]] std::string_view after(std::size_t i) const;
  [[nodiscard]] bool holds(const Condition& condition, std::size_t i) const;
  [[nodiscard]] const Rule* choose(const std::vector<Rule>& rules, std::size_t i) const;
  [[nodiscard]] bool amid_names(std::size_t i) const;
  [[nodiscard]] bool is_label(std::size_t i) const;
  [[nodiscard]] bool may_change(std::size_t i) const;
  [[nodiscard]] bool is_unmarked(const chat::Word& word) const;
  [[nodiscard]] std::string reading_of(std::size_t i) const;
  [[nodiscard]] std::string unknown(std::size_t i) const;
  [[nodiscard]] std::string_view official(std::size_t i) const;

  const Lexicon& lexicon_;
  ChatOptions options_;
  std::string_view text_;  // the line looked at
  Line line_;
  bool evident_ = false;  // the line holds a chat form or a face
  bool chat_ = false;     // or lacks the look of a sentence
  bool bare_ = false;
  bool shouts_ = false;
};

// The reading that needs no context, if the form has one; nothing for words that stay.
std::string_view plain_reading(const Entry& entry) {
  for (const Rule& rule : entry.rules) {
    const bool plain = std::all_of(rule.conditions.begin(), rule.conditions.end(),
                                   [](const Condition& c) { return c.kind == Condition::Kind::kNumber; });
    if (plain) return rule.reading;
  }
  return {};
}

std::string_view Reader::before(std::size_t i) const {
  if (i == 0 || line_.words[i].gap != Gap::kSpace) return {};
  const auto& word = line_.words[i - 1];
  return word.reading.empty() ? word.lower : last_word(word.reading);
}

std::string_view Reader::after(std::size_t i) const {
  if (ends_clause(i) || (line_.words[i + 1].gap != Gap::kSpace && line_.words[i].lower != "0")) return {};
  const auto& word = line_.words[i + 1];
  if (word.entry == nullptr) return word.drawn;
  const std::string_view plain = word.entry == nullptr || word.joined ? std::string_view{} : plain_reading(*word.entry);
  return plain.empty() ? word.lower : first_word(plain);
}

bool Reader::holds(const Condition& condition, std::size_t i) const {
  bool met = false;
  const auto in_list = [&condition](std::string_view word) { return condition.list.words.contains(word); };
  switch (condition.kind) {
    case Condition::Kind::kAfter:
      met = (condition.list.clause_start && line_.words[i].gap == Gap::kBreak) || in_list(before(i));
      break;
    case Condition::Kind::kBefore: met = (condition.list.clause_end && ends_clause(i)) || in_list(after(i)); break;
    case Condition::Kind::kWith:
      for (std::size_t k = 0; k < line_.size && !met; ++k)
        met = in_list(line_.words[k].lower) || in_list(line_.words[k].reading);
      break;
    case Condition::Kind::kNumber: met = line_.words[i].gap == Gap::kNumber; break;
    case Condition::Kind::kChat: met = chat_; break;
  }
  return met != condition.negated;
}

const Rule* Reader::choose(const std::vector<Rule>& rules, std::size_t i) const {
  for (const Rule& rule : rules)
    if (std::all_of(rule.conditions.begin(), rule.conditions.end(), [&](const Condition& c) { return holds(c, i); }))
      return &rule;
  return nullptr;
}

// Whether the line holds a form that clean text does not know, or a face.
bool Reader::is_evident() const {
  if (line_.emoticon) return true;
  for (std::size_t i = 0; i < line_.size; ++i) {
    const auto& word = line_.words[i];
    if (word.entry == nullptr && !word.joined && word.drawn != word.lower && is_stretched(word)) return true;
    if (word.joined || word.letter_case != Case::kLower || word.entry == nullptr || plain_reading(*word.entry).empty())
      continue;
    if (word.letters > 1 && word.entry->count < kWord) return true;
    if (word.entry->telling && amid_words(i)) return true;
  }
  return false;
}

// Whether the word is a known one with a letter three times or more: "đẹppp".
bool Reader::is_stretched(const chat::Word& word) const {
  if (word.drawn.size() + 2 > word.lower.size() || chat::is_cry(word.lower)) return false;
  const Entry* entry = lexicon_.find(word.drawn);
  return entry != nullptr && (entry->count >= kWord || !entry->rules.empty());
}

// Whether common words in small letters stand at both sides.
bool Reader::amid_words(std::size_t i) const {
  const auto common = [](const chat::Word& word) {
    return word.letter_case == Case::kLower && word.letters > 1 && word.entry != nullptr &&
           word.entry->count >= kCommonWord;
  };
  if (i == 0 || line_.words[i].gap != Gap::kSpace || !common(line_.words[i - 1])) return false;
  return i + 1 < line_.size && line_.words[i + 1].gap == Gap::kSpace && common(line_.words[i + 1]);
}

// Whether the line lacks the look of a sentence: a capital first, a full stop last.
bool Reader::is_informal() const {
  constexpr std::size_t kLongComment = 30;  // words; what is longer and has no sign of chat is a paragraph
  if (line_.size > kLongComment) return false;
  const auto& first = line_.words[0];
  if (first.letter_case == Case::kLower && first.begin == 0) return true;
  const std::size_t end = text_.find_last_not_of(" \t\r\n");
  return std::string_view(".!?:;,\")").find(text_[end]) == std::string_view::npos && text_[end] != '\x9D' &&
         text_[end] != '\xA6';
}

// Whether the line is written without marks: its syllables are then for the restorer, not for this table.
bool Reader::is_bare() const {
  constexpr std::size_t kLeastWords = 4;
  constexpr std::size_t kMarkedShare = 6;  // one marked word in six is some effort at marks
  const auto marked = std::count_if(line_.words.begin(), line_.words.begin() + static_cast<std::ptrdiff_t>(line_.size),
                                    [](const chat::Word& word) { return word.lower.size() > word.letters; });
  return line_.size >= kLeastWords && static_cast<std::size_t>(marked) * kMarkedShare < line_.size;
}

bool Reader::shouts() const {
  std::size_t upper = 0;
  for (std::size_t i = 0; i < line_.size; ++i) {
    const auto& word = line_.words[i];
    if (word.letter_case != Case::kUpper) continue;
    upper += lexicon_.official(text_.substr(word.begin, word.end - word.begin)).empty() ? 1 : 0;
  }
  return line_.size > 2 && 3 * upper > 2 * line_.size;
}

// Between two capitals: "Norwich v Everton".
bool Reader::amid_names(std::size_t i) const {
  if (i == 0 || i + 1 >= line_.size || line_.words[i].gap != Gap::kSpace || line_.words[i + 1].gap != Gap::kSpace)
    return false;
  return line_.words[i - 1].letter_case != Case::kLower && line_.words[i + 1].letter_case != Case::kLower;
}

// "a." or "b)" before an item of a list, "Th. An".
bool Reader::is_label(std::size_t i) const {
  const auto& word = line_.words[i];
  const std::size_t longest = word.letter_case == Case::kLower ? 1 : 2;
  if (i != 0 || word.letters > longest || evident_ || word.end >= text_.size()) return false;
  return std::string_view(".)-:/").find(text_[word.end]) != std::string_view::npos;
}

bool Reader::may_change(std::size_t i) const {
  const auto& word = line_.words[i];
  if (word.joined || word.letter_case == Case::kMixed) return false;
  if (word.letter_case == Case::kUpper) return shouts_;
  if (is_label(i)) return false;
  // A lone capital is a label or an initial unless the clause goes on in small letters.
  if (word.letter_case == Case::kTitle && word.letters == 1 && !shouts_)
    return word.gap == Gap::kBreak && !ends_clause(i) && line_.words[i + 1].gap == Gap::kSpace &&
           line_.words[i + 1].letter_case == Case::kLower;
  if (word.letter_case == Case::kLower) return (evident_ || word.letters > 2 || !amid_names(i));
  // A capital inside a clause is a name; at its start, if another follows.
  const bool another = !ends_clause(i) && line_.words[i + 1].letter_case != Case::kLower;
  if (shouts_ || (word.gap == Gap::kBreak && !another && (evident_ || i == 0))) return true;
  // Or a form that is no word of clean text, among small letters: "nghe nói Ko được".
  const bool form = word.entry != nullptr && !word.entry->rules.empty() && word.entry->count < kWord;
  return form && evident_ && !another && i > 0 && line_.words[i - 1].letter_case == Case::kLower;
}

// A form the lexicon does not hold.
std::string Reader::unknown(std::size_t i) const {
  const auto& word = line_.words[i];
  if (chat::is_cry(word.lower)) return {};
  std::string drawn = word.entry == nullptr ? word.drawn : std::string(word.lower);
  if (drawn != word.lower) {
    const auto letters = std::count_if(drawn.begin(), drawn.end(), [](char c) { return (c & 0xC0) != 0x80; });
    if (letters < 2 || chat::is_cry(drawn)) return {};
    const Entry* entry = lexicon_.find(drawn);
    if (entry != nullptr && !entry->rules.empty()) {
      const Rule* rule = choose(entry->rules, i);
      return rule == nullptr || rule->reading.empty() ? drawn : std::string(rule->reading);
    }
    if (entry != nullptr && (entry->foreign || entry->count >= kWord)) return drawn;
  } else if (const auto pair = lexicon_.pair(drawn); evident_ && !pair.empty()) {
    return std::string(pair);
  }
  if (bare_) return {};
  if (is_unmarked(word)) return std::string(lexicon_.marked(word.lower));
  return chat::respell(drawn, lexicon_);
}

// Whether the word is one of clean text without its marks, among words that have theirs: "thich" for "thích".
bool Reader::is_unmarked(const chat::Word& word) const {
  if (!evident_ || bare_ || word.letters < 3 || word.lower.size() != word.letters) return false;
  if (word.entry != nullptr && (word.entry->foreign || word.entry->count >= kCommonWord)) return false;
  const auto marked = lexicon_.marked(word.lower);
  const std::uint32_t own = word.entry == nullptr ? 0 : word.entry->count;
  if (own >= kWord && parse_syllable(word.lower).ok()) return false;
  return !marked.empty() && marked != word.lower && lexicon_.count(marked) > kMuchMore * own &&
         parse_syllable(marked).ok();
}

std::string Reader::reading_of(std::size_t i) const {
  const auto& word = line_.words[i];
  if (!may_change(i)) return {};
  const Entry* entry = word.entry;
  if (entry != nullptr && !entry->rules.empty()) {
    const bool needs_chat = word.letters == 1 || entry->count >= kWord;
    const bool may = (chat_ || !needs_chat) && !(bare_ && entry->unmarked && word.letters > 1);
    const Rule* rule = may ? choose(entry->rules, i) : nullptr;
    return rule == nullptr ? std::string{} : std::string(rule->reading);
  }
  if (!chat_) return {};
  if (is_word(word)) return is_unmarked(word) ? std::string(lexicon_.marked(word.lower)) : std::string{};
  // A capital may open a foreign name.
  if (word.letter_case == Case::kTitle && (word.begin != 0 || !evident_)) return {};
  return unknown(i);
}

// In capitals as it is listed, between words that do not shout.
std::string_view Reader::official(std::size_t i) const {
  const auto& word = line_.words[i];
  if (!options_.abbreviations || word.joined || word.letter_case != Case::kUpper || shouts_) return {};
  return lexicon_.official(text_.substr(word.begin, word.end - word.begin));
}

// `reading` in the case of `model`.
std::string in_case(std::string_view reading, Case model, bool single) {
  std::string out;
  bool first = true;
  for (std::size_t at = 0; at < reading.size();) {
    const std::size_t begin = at;
    const Letter letter = letter_of(next_code(reading, at));
    const bool upper = letter.plain != 0 && ((first && model != Case::kLower) || (model == Case::kUpper && !single));
    if (!upper) out.append(reading, begin, at - begin);
    else if (letter.vowel) append_code(out, compose(letter.plain, letter.tone, true));
    else append_code(out, letter.plain == U'đ' ? U'Đ' : letter.plain - 32);
    first = false;
  }
  return out;
}

// What one look at the line changes, in order.
std::vector<Edit> Reader::look(std::string_view text) {
  std::vector<Edit> edits;
  text_ = text;
  line_.read(text, lexicon_);
  if (line_.size == 0 || (!line_.suspicious && !options_.abbreviations)) return edits;
  for (std::size_t i = 0; i < line_.size; ++i) {
    auto& word = line_.words[i];
    if (word.entry == nullptr) word.drawn = chat::unstretch(word.lower);
  }
  evident_ = is_evident();
  chat_ = evident_ || is_informal();
  bare_ = is_bare();
  shouts_ = shouts();
  for (std::size_t i = 0; i < line_.size; ++i) {
    auto& word = line_.words[i];
    if (const auto full = official(i); !full.empty()) {
      edits.push_back({word.begin, word.end, in_case(full, word.begin == 0 ? Case::kTitle : Case::kLower, false)});
      continue;
    }
    if (!options_.spellings) continue;
    word.reading = reading_of(i);
    if (!word.reading.empty() && word.reading != word.lower)
      edits.push_back({word.begin, word.end, in_case(word.reading, word.letter_case, word.letters == 1)});
  }
  return edits;
}

void Reader::read(std::string_view text, std::size_t at, Text& out) {
  // A reading may give its neighbours the context they lacked: looked at again until nothing more changes, so
  // that expanding twice is the same as once.
  constexpr int kLooks = 8;
  std::vector<Edit> edits = look(text);
  for (int looks = 1; !edits.empty() && looks < kLooks; ++looks) {
    const std::vector<Edit> more = look(applied(text, edits));
    if (more.empty()) break;
    follow(edits, more);
  }
  std::size_t copied = 0;
  for (const Edit& edit : edits) {
    out.copy(text.substr(copied, edit.begin - copied), at + copied);
    out.rewrite(edit.text, at + edit.begin, edit.end - edit.begin);
    copied = edit.end;
  }
  out.copy(text.substr(copied), at + copied);
}

}  // namespace

Text expand_chat(std::string_view utf8, const ChatOptions& options) {
  Text out;
  out.reserve(utf8.size() + utf8.size() / 8);
  Reader reader(Lexicon::get(), options);
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t end = std::min(utf8.find('\n', at), utf8.size() - 1) + 1;
    reader.read(utf8.substr(at, end - at), at, out);
    at = end;
  }
  return out;
}

}  // namespace duluan
