// Block by block: the automaton names the few stretches that may have to change, all else is copied.
// Where marks stand apart from their letters (NFD) they are put together first.
#include <algorithm>

#include "duluan/text.hpp"
#include "text/clean.hpp"
#include "text/compose.hpp"
#include "text/exact.hpp"

namespace duluan {
namespace {

constexpr std::size_t kBlock = 32768;  // with its copy it stays in the second cache
constexpr std::size_t kShort = 256;
constexpr std::size_t kManyOneIn = 128;  // bytes for each suspect, from which on marks are looked for

// End of the block that starts at `begin`: after a space, or the text's end.
std::size_t block_end(std::string_view text, std::size_t begin) {
  if (text.size() - begin <= kBlock) return text.size();
  std::size_t end = begin + kBlock;
  while (end > begin && static_cast<unsigned char>(text[end - 1]) > ' ') --end;
  if (end > begin) return end;
  end = begin + kBlock;
  while (end < text.size() && static_cast<unsigned char>(text[end]) > ' ') ++end;
  return std::min(end + 1, text.size());
}

// One block that ends between words, its suspects known.
void normalize_block(std::string_view text, Span block, const std::vector<Span>& suspects, ToneStyle style, Text& out) {
  std::size_t at = block.begin;
  for (const Span& suspect : suspects) {
    const Span stretch{block.begin + suspect.begin, block.begin + suspect.end};
    out.copy(text.substr(at, stretch.begin - at), at);
    normalize_exactly(text, stretch, style, out);
    at = stretch.end;
  }
  out.copy(text.substr(at, block.end - at), at);
}

}  // namespace

Text normalize(std::string_view utf8, ToneStyle style) {
  const CleanText& clean = CleanText::of(style);
  Text text;
  text.reserve(utf8.size());
  if (utf8.size() <= kShort && clean.accepts(utf8)) {
    text.copy(utf8, 0);
    return text;
  }
  std::vector<Span> suspects;
  for (std::size_t begin = 0; begin < utf8.size();) {
    const Span block{begin, block_end(utf8, begin)};
    const std::string_view bytes = block.of(utf8);
    const std::size_t many = std::max<std::size_t>(bytes.size() / kManyOneIn, 1);
    suspects.clear();
    clean.find_suspects(bytes, many, suspects);
    if (suspects.size() > many && has_many_marks(bytes)) {
      const Text composed = compose_marks(bytes, begin);
      suspects.clear();
      clean.find_suspects(composed.str(), composed.str().size(), suspects);
      Text part;
      part.reserve(composed.str().size());
      normalize_block(composed.str(), {0, composed.str().size()}, suspects, style, part);
      part.map_through(composed);
      text.append(part);
    } else {
      if (suspects.size() > many) {
        suspects.clear();
        clean.find_suspects(bytes, bytes.size(), suspects);
      }
      normalize_block(utf8, block, suspects, style, text);
    }
    begin = block.end;
  }
  return text;
}

}  // namespace duluan
