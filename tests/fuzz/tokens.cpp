// tokenize and sentences: every byte that is no space, in order, once.
#include "duluan/syllable.hpp"
#include "fuzzing.hpp"

using namespace duluan;
using fuzzing::require;

namespace {

// Whether `at` stands between two characters (bad bytes count one by one or as a maximal subpart).
bool at_character(std::string_view text, std::size_t at) {
  if (at == 0 || at >= text.size()) return true;
  std::size_t start = at;
  U8_SET_CP_START(reinterpret_cast<const std::uint8_t*>(text.data()), 0, start);
  return start == at;
}

// Whether `at` stands between two letters.
bool inside_word(std::string_view text, std::size_t at) {
  if (at == 0 || at >= text.size()) return false;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto before = static_cast<int32_t>(at);
  std::size_t after = at;
  UChar32 left = 0;
  UChar32 right = 0;
  U8_PREV_OR_FFFD(bytes, 0, before, left);
  U8_NEXT_OR_FFFD(bytes, after, text.size(), right);
  return u_isalpha(left) != 0 && u_isalpha(right) != 0;
}

template <class Range>
void check_cover(std::string_view text, const std::vector<Range>& ranges, const char* what) {
  std::size_t reached = 0;
  for (const Range& range : ranges) {
    require(range.begin >= reached && range.begin < range.end && range.end <= text.size(), what, text);
    require(fuzzing::all_space(text.substr(reached, range.begin - reached)), "only spaces are left out", text);
    require(at_character(text, range.begin) && at_character(text, range.end), "no character is cut", text);
    reached = range.end;
  }
  require(fuzzing::all_space(text.substr(reached)), "only spaces are left out at the end", text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input = fuzzing::text_of(data, size);
  std::vector<Token> tokens{{1, 2, TokenKind::kLink}};  // must be replaced
  tokenize(input, tokens);
  check_cover(input, tokens, "tokens stand in order");
  for (const Token& token : tokens) {
    require(!fuzzing::has_space(token.of(input)), "no token holds a space", input);
    require(!inside_word(input, token.end), "no word is cut between two letters", input);
  }

  const std::vector<Span> found = sentences(input);
  check_cover(input, found, "sentences stand in order");
  for (const Span& sentence : found) {
    require(sentence.of(input).find('\n') == std::string_view::npos, "a line break ends a sentence", input);
    std::size_t length = 0;
    require(!fuzzing::is_space_at(input, sentence.begin, length), "a sentence does not start with a space", input);
  }
  return 0;
}
