// Restorer with the real model: only bare words change, letter by letter, and the memory that Restoration
// keeps changes nothing. A limit to all tokens is no limit; a limit to none changes nothing.
#include "duluan/restore.hpp"

#include "duluan/syllable.hpp"
#include "duluan/text.hpp"
#include "fuzzing.hpp"

using namespace duluan;
using fuzzing::require;

namespace {

const Restorer& restorer() {
  static const Result<Restorer> loaded = Restorer::load(DULUAN_SOURCE_DIR "/models/diacritics.model");
  if (!loaded) require(false, loaded.error().message().c_str());
  return *loaded;
}

bool is_bare_word(std::string_view word) {
  for (const char c : word)
    if ((c | 32) < 'a' || (c | 32) > 'z') return false;
  return !word.empty();
}

void check_found(std::string_view text, const Restoration& found) {
  std::size_t reached = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Span span = found.span(i);
    require(span.begin >= reached && span.begin < span.end && span.end <= text.size(), "syllables stand in order",
            text);
    require(is_bare_word(span.of(text)), "only words without marks are decided", text);
    require(fold(found.reading(i)) == fold(span.of(text)), "a reading folds to the word it stands for", text);
    require(found.confidence(i) > 0 && found.confidence(i) <= 1, "confidence is a probability", text);
    reached = span.end;
  }
}

bool same(const Restoration& a, const Restoration& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a.span(i) != b.span(i) || a.reading(i) != b.reading(i) || a.confidence(i) != b.confidence(i)) return false;
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Restoration kept;
  static Restoration fresh;
  static std::size_t runs = 0;
  if (++runs % 64 == 0) fresh = Restoration();
  const std::string text = fuzzing::text_of(data, size);
  restorer().restore(text, kept);
  check_found(text, kept);

  std::vector<Token> tokens;
  tokenize(text, tokens);
  std::vector<std::size_t> all(tokens.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  restorer().restore(text, all, fresh);
  require(same(kept, fresh), "all tokens asked for by number are all tokens", text);

  std::string line = "before";
  restorer().restore_line(text, kept, line);
  std::string expected = "before";
  std::size_t reached = 0;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    expected.append(text, reached, kept.span(i).begin - reached).append(kept.reading(i));
    reached = kept.span(i).end;
  }
  require(line == expected.append(text, reached), "restore_line writes what restore found", text);
  restorer().restore(text, std::span<const std::size_t>{}, fresh);
  require(fresh.size() == 0, "no token asked for, none decided", text);
  return 0;
}
