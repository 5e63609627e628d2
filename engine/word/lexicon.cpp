#include <algorithm>

#include "base/mix.hpp"
#include "duluan/word.hpp"
#include "word/corpus.hpp"
#include "word/model.hpp"

namespace duluan {

bool Lexicon::add(std::string_view word) {
  std::string spaced(word);
  std::replace(spaced.begin(), spaced.end(), '_', ' ');
  std::vector<Token> tokens;
  tokenize(spaced, tokens);
  const auto is_word = [](const Token& token) { return token.kind == TokenKind::kWord; };
  if (tokens.size() < 2 || !std::all_of(tokens.begin(), tokens.end(), is_word)) return false;
  for (std::size_t i = 1; i < tokens.size(); ++i)
    if (tokens[i].begin == tokens[i - 1].end) return false;
  std::uint64_t hash = mix(boundary::form_of(tokens[0].of(spaced), TokenKind::kWord).id);
  bool* ends = nullptr;
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    hash = mix(hash * 31 + boundary::form_of(tokens[i].of(spaced), TokenKind::kWord).id);
    ends = &steps_.try_emplace(hash, false).first->second;
  }
  if (!*ends) ++size_;
  *ends = true;
  return true;
}

Result<void> Lexicon::read(const std::string& path) {
  return for_each_line(path, [this](std::string_view line) { add(line.substr(0, line.find('\t'))); });
}

}  // namespace duluan
