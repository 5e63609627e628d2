#include "word/corpus.hpp"

#include <algorithm>
#include <unordered_map>

#include "syllable/scanner.hpp"

namespace duluan::boundary {

void annotate(std::string_view line, std::vector<Annotated>& out) {
  out.clear();
  // The same syllables come again and again; forms are looked up once.
  thread_local std::unordered_map<std::string, std::vector<std::pair<Form, bool>>> seen;
  bool previous_word = false;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find_first_of("_ ", at), line.size());
    const auto piece = line.substr(at, end - at);
    const bool starts = at == 0 || line[at - 1] != '_';
    at = end + 1;
    if (piece.empty()) continue;
    auto [entry, fresh] = seen.try_emplace(std::string(piece));
    if (fresh) {
      Scanner scanner(piece);
      for (Token token; scanner.next(token);)
        entry->second.emplace_back(form_of(token.of(piece), token.kind), token.kind == TokenKind::kWord);
    }
    bool first = true;
    for (const auto& [form, word] : entry->second) {
      out.push_back({form, first && word && previous_word && !out.empty(), starts || !first});
      previous_word = word;
      first = false;
    }
  }
}

}  // namespace duluan::boundary
