#include "syllable/restore_lexicon.hpp"

#include <xxhash.h>

#include <algorithm>

#include "base/mix.hpp"
#include "syllable/restore_model.hpp"
#include "text/letters.hpp"

namespace duluan::diacritics {
namespace {

std::uint32_t symbol_of(std::string_view bare) {
  return static_cast<std::uint32_t>(XXH3_64bits(bare.data(), bare.size()) >> 8) | 1U;
}

// Up to eight ASCII letters in one number, lower case; 0 for anything else.
std::uint64_t packed_letters(std::string_view word) noexcept {
  if (word.size() > 8) return 0;
  std::uint64_t letters = 0;
  for (const char c : word) {
    const auto lower = static_cast<unsigned char>(c | 32);
    if (lower < 'a' || lower > 'z' || static_cast<unsigned char>(c) >= 0x80) return 0;
    letters = letters << 8 | lower;
  }
  return letters;
}

Shape shape_of_ascii(std::string_view word) noexcept {
  const auto upper = [](char c) { return (c & 32) == 0; };
  if (!upper(word.front())) return kLower;
  return word.size() >= 2 && std::all_of(word.begin(), word.end(), upper) ? kUpper : kTitle;
}

Error damaged(const std::string& where) {
  return {ErrorCode::kCorruptModel, "the list of readings is damaged", where,
          "retrain it with the command in models/README.md"};
}

}  // namespace

Form form_of(std::string_view token, TokenKind kind) {
  switch (kind) {
    case TokenKind::kNumber: return {"0", "0", kDigits};
    case TokenKind::kLink: return {"@", "@", kMark};
    case TokenKind::kPunctuation:
    case TokenKind::kSymbol: return {std::string(token), std::string(token), kMark};
    case TokenKind::kWord: break;
  }
  const Text nfc = normalize(token, ToneStyle::kOld);
  const Capitals capitals = capitals_of(nfc.str());
  Form form{lower_case(nfc.str()), {}, capitals.all ? kUpper : capitals.first ? kTitle : kLower};
  form.bare = fold(form.reading);
  return form;
}

Result<Lexicon> Lexicon::parse(std::string_view lines, const std::string& where) {
  Lexicon lexicon;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos) return damaged(where);
    const std::string_view bare = line.substr(0, tab);
    Entry entry{packed_letters(bare), symbol_of(bare), static_cast<std::uint16_t>(lexicon.readings_.size()), 0,
                kNoReading};
    line.remove_prefix(tab + 1);
    while (!line.empty()) {
      const std::size_t stop = std::min(line.find(' '), line.size());
      const std::string_view reading = line.substr(0, stop);
      if (fold(reading) != bare || entry.count == kMostReadings) return damaged(where);
      if (reading == bare) entry.own = entry.count;
      lexicon.readings_.emplace_back(reading);
      lexicon.marks_.push_back(reading != bare);
      ++entry.count;
      line.remove_prefix(std::min(stop + 1, line.size()));
    }
    if (entry.letters == 0 || entry.count == 0 || lexicon.entries_.size() == kNoBare) return damaged(where);
    lexicon.entries_.push_back(entry);
  }
  std::size_t slots = 16;
  while (slots < lexicon.entries_.size() * 3) slots *= 2;
  lexicon.slots_.assign(slots, kNoBare);
  for (std::size_t i = 0; i < lexicon.entries_.size(); ++i) {
    std::size_t at = mix(lexicon.entries_[i].letters) & (slots - 1);
    while (lexicon.slots_[at] != kNoBare) at = (at + 1) & (slots - 1);
    lexicon.slots_[at] = static_cast<std::uint16_t>(i);
  }
  return lexicon;
}

std::uint16_t Lexicon::find(std::uint64_t letters) const noexcept {
  std::size_t at = mix(letters) & (slots_.size() - 1);
  while (slots_[at] != kNoBare && entries_[slots_[at]].letters != letters) at = (at + 1) & (slots_.size() - 1);
  return slots_[at];
}

Item Lexicon::item(const Form& form) const {
  Item item{symbol_of(form.bare), kNoBare, kNoReading, form.shape, form.reading != form.bare};
  const std::uint64_t letters = packed_letters(form.bare);
  if (letters != 0) item.bare = find(letters);
  if (item.bare == kNoBare) return item;
  const Entry& entry = entries_[item.bare];
  for (std::uint8_t i = 0; i < entry.count; ++i)
    if (readings_[entry.first + i] == form.reading) item.reading = i;
  return item;
}

bool Lexicon::plain_item(std::string_view word, Item& item) const noexcept {
  const std::uint64_t letters = packed_letters(word);
  const std::uint16_t bare = letters == 0 ? kNoBare : find(letters);
  if (bare == kNoBare) return false;
  item = {entries_[bare].symbol, bare, entries_[bare].own, shape_of_ascii(word), false};
  return true;
}

void append_cased(std::string_view reading, std::string_view bare, std::string& out) {
  std::size_t at = 0;
  for (const char model : bare) {
    const Letter letter = letter_of(next_code(reading, at));
    const bool upper = (model & 32) == 0;
    if (letter.vowel) append_code(out, compose(letter.plain, letter.tone, upper));
    else if (letter.plain == U'đ') append_code(out, upper ? U'Đ' : U'đ');
    else out += model;
  }
}

std::string without_marks(std::string_view word) {
  const Text nfc = normalize(word, ToneStyle::kKeep);
  std::string out;
  for (std::size_t at = 0; at < nfc.str().size();) {
    const std::size_t begin = at;
    const Letter letter = letter_of(next_code(nfc.str(), at));
    if (letter.plain == 0) return std::string(word);
    const std::string bare = fold(std::string_view(nfc.str()).substr(begin, at - begin));
    out += letter.upper ? static_cast<char>(bare.front() & ~32) : bare.front();
  }
  return out;
}

}  // namespace duluan::diacritics
