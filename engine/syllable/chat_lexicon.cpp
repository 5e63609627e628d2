#include "syllable/chat_lexicon.hpp"

#include <cassert>
#include <charconv>

#include "duluan/syllable.hpp"
#include "syllable/chat_spelling.hpp"
#include "text/letters.hpp"

namespace duluan::chat {
namespace {

// The next piece of `text` up to `separator`, which is taken off too.
std::string_view take(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view piece = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return piece;
}

// The class of words of other languages that comments use and that no rule may take for Vietnamese.
constexpr std::string_view kForeign = "@foreign";
// The class of short forms that amid common words show a line to be chat; others may be labels or units.
constexpr std::string_view kTelling = "@telling";

using Classes = std::unordered_map<std::string_view, std::string_view>;

void add_words(std::string_view words, const Classes& classes, WordList& list) {
  while (!words.empty()) {
    const std::string_view word = take(words, '|');
    if (word == "^") list.clause_start = true;
    else if (word == "$") list.clause_end = true;
    else if (word.starts_with('@')) add_words(classes.at(word), classes, list);
    else list.words.insert(word);
  }
}

// The letters without tones and qualities.
std::string bare(std::string_view word) {
  std::string letters;
  for (std::size_t at = 0; at < word.size();) append_code(letters, base_letter(next_code(word, at)));
  return letters;
}

// k stands before e, ê, i and y alone, which the grammar of sounds does not say.
bool breaks_spelling(std::string_view form) {
  return form.size() > 1 && form[0] == 'k' && std::string_view("eiyh\xC3\xE1").find(form[1]) == std::string_view::npos;
}

Condition condition_of(std::string_view text, const Classes& classes) {
  Condition condition;
  condition.negated = text.starts_with('!');
  if (condition.negated) text.remove_prefix(1);
  const std::string_view name = take(text, '=');
  using Kind = Condition::Kind;
  condition.kind = name == "after"    ? Kind::kAfter
                   : name == "before" ? Kind::kBefore
                   : name == "with"   ? Kind::kWith
                   : name == "number" ? Kind::kNumber
                                      : Kind::kChat;
  add_words(text, classes, condition.list);
  return condition;
}

}  // namespace

Entry& EntryTable::operator[](std::string_view word) {
  std::size_t at = slot_of(word);
  while (slots_[at].index != 0 && slots_[at].word != word) at = (at + 1) % kSlots;
  if (slots_[at].index == 0) {
    entries_.emplace_back();
    assert(entries_.size() < kSlots);
    slots_[at] = {word, static_cast<std::uint32_t>(entries_.size())};
  }
  return entries_[slots_[at].index - 1];
}

Lexicon::Lexicon() {
  read_counts();
  read_lexicon();
  read_pairs();
  read_marks();
}

const Lexicon& Lexicon::get() {
  static const Lexicon kLexicon;
  return kLexicon;
}

void Lexicon::read_lexicon() {
  Classes classes;
  for (std::string_view text = kLexiconText; !text.empty();) {
    std::string_view row = take(text, '\n');
    if (row.empty() || row.front() == '#') continue;
    const std::string_view form = take(row, '\t');
    const std::string_view reading = take(row, '\t');
    if (form.front() == '@') {
      classes[form] = reading;
      for (std::string_view words = form == kForeign ? reading : std::string_view{}; !words.empty();)
        entries_[take(words, '|')].foreign = true;
      for (std::string_view words = form == kTelling ? reading : std::string_view{}; !words.empty();)
        entries_[take(words, '|')].telling = true;
      continue;
    }
    Rule rule{reading == "-" ? std::string_view{} : reading, {}};
    while (!row.empty()) rule.conditions.push_back(condition_of(take(row, ' '), classes));
    Entry& entry = entries_[form];
    if (entry.rules.empty())
      entry.unmarked = bare(reading) == form || (!breaks_spelling(form) && parse_syllable(form).ok());
    entry.rules.push_back(std::move(rule));
  }
  for (std::string_view text = kOfficialText; !text.empty();) {
    std::string_view row = take(text, '\n');
    if (row.empty() || row.front() == '#') continue;
    const std::string_view form = take(row, '\t');
    official_[form] = row;
  }
}

void Lexicon::read_counts() {
  for (std::string_view text = kSyllablesText; !text.empty();) {
    std::string_view row = take(text, '\n');
    if (row.empty() || row.front() == '#') continue;
    Entry& entry = entries_[take(row, '\t')];
    std::from_chars(row.data(), row.data() + row.size(), entry.count);
  }
}

void Lexicon::read_marks() {
  for (std::string_view text = kSyllablesText; !text.empty();) {
    const std::string_view row = take(text, '\n');
    const std::string_view word = row.substr(0, row.find('\t'));
    Marked& marked = marked_[bare(word)];
    const std::uint32_t count = entries_.find(word)->count;
    marked.all += count;
    if (count > marked.best_count) marked.best = word;
    marked.best_count = std::max(marked.best_count, count);
  }
}

void Lexicon::read_pairs() {
  for (std::string_view text = kPairsText; !text.empty();) {
    std::string_view row = take(text, '\n');
    if (row.empty() || row.front() == '#') continue;
    const std::string_view shortened = take(row, '\t');
    pairs_[shortened] = row;
  }
}

}  // namespace duluan::chat
