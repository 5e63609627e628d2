#include "concern/terms.hpp"

#include <algorithm>

#include "topic/terms.hpp"

namespace duluan::concern {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

// Punctuation that is more than one byte: quotation marks, dashes, dots, emoji (U+2000 … U+2FFF, U+1F000 …).
bool is_mark(std::string_view word) {
  return std::none_of(word.begin(), word.end(), is_letter) || word.starts_with("\xE2") || word.starts_with("\xF0");
}

// A line break ends a sentence, or . ! ? ; before a space. What "TS. Nam" is cut into does no harm here.
std::string_view next_sentence(std::string_view& rest) {
  std::size_t end = 0;
  for (; end < rest.size(); ++end) {
    if (rest[end] == '\n') break;
    const bool stop = rest[end] == '.' || rest[end] == '!' || rest[end] == '?' || rest[end] == ';';
    if (stop && end + 1 < rest.size() && (rest[end + 1] == ' ' || rest[end + 1] == '\n')) break;
  }
  const std::string_view sentence = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return sentence;
}

}  // namespace

void TermReader::forbid(std::string_view name) {
  const std::string lower = topics::canonical(name);
  forbidden_.insert(lower);
  // Without its level: "xã An Trầm" is spoken of as "An Trầm".
  if (const std::size_t space = lower.find(' '); space != std::string::npos) forbidden_.insert(lower.substr(space + 1));
}

std::uint32_t TermReader::word(std::string_view raw) {
  const auto [found, fresh] = numbers_.try_emplace(std::string(raw), 0);
  if (!fresh) return found->second;
  if (is_mark(raw) || std::any_of(raw.begin(), raw.end(), [](char c) { return c == '_' || c == '@'; })) return 0;
  std::string lower = topics::canonical(raw);
  std::replace(lower.begin(), lower.end(), '\n', ' ');
  const auto letters = std::count_if(lower.begin(), lower.end(), is_letter);
  const bool number = is_digit(lower.front()) || letters < 2;
  if (number || is_stop_word(lower) || forbidden_.contains(lower)) return 0;
  const auto [known, first] = known_.try_emplace(lower, static_cast<std::uint32_t>(names_.size()));
  if (first) names_.push_back(std::move(lower));
  return found->second = known->second;
}

void TermReader::read_sentence(std::string_view sentence, std::vector<Term>& terms) {
  cut_(sentence, spans_);
  std::uint32_t before = 0;
  bool bracket = false;  // "[PHONE]" stands for what was taken out
  for (const Span& span : spans_) {
    const std::string_view raw = sentence.substr(span.begin, span.end - span.begin);
    const std::uint32_t now = bracket || raw.starts_with("[") ? 0 : word(raw);
    bracket = raw == "[";
    if (now != 0) terms.push_back(now);
    if (now != 0 && before != 0 && now != before) terms.push_back(Term{before} << 32 | now);
    before = now;
  }
}

void TermReader::read(std::string_view utf8, std::vector<Term>& terms) {
  terms.clear();
  for (std::string_view rest = utf8; !rest.empty();)
    if (const std::string_view sentence = next_sentence(rest); said_.add(sentence)) read_sentence(sentence, terms);
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
}

std::string TermReader::name(Term term) const {
  return is_pair(term) ? names_[first_word(term)] + " " + names_[last_word(term)] : names_[last_word(term)];
}

}  // namespace duluan::concern
