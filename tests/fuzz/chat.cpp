// expand_chat: any bytes; a map that covers the input; twice is once; bytes that are no words stay.
#include "duluan/chat.hpp"

#include "fuzzing.hpp"

using namespace duluan;
using fuzzing::require;

namespace {

// Random pieces of Vietnamese are hardly ever chat; these are.
constexpr auto kChat = std::to_array<std::string_view>({
    "ko",   "k",     "K",    "KO",   "dc",  "Đc",  "mn",    "ng",  "vs",   "v",    "z",     "d",      "j",    "t",
    "m",    "e",     "a",    "bn",   "nc",  "bt",  "tr",    "trg", "đg",   "th",   "thg",   "0",      "50k",  "5",
    "biết", "không", "gì",   "sao",  "mày", "ơi",  "ạ",     "rồi", "nhà",  "tiền", "quá",   "quáá",   "đẹp",  "ppp",
    "iii",  "aaaa",  "h",    "hihi", "kkk", "zui", "xog",   "mún", "thik", "dị",   "ứng",   "bùn",    "đất",  "hông",
    "qtam", "UBND",  "HĐND", "TP",   "wá",  "fải", "nguời", "hoà", "Mún",  "Zui",  "wáaaa", "cccd",   "ÁÁÁ",  "a/c",
    " ",    " ",     " ",    " ",    " ",   " ",   " ",     " ",   "\n",   ".",    ", ",    ":v",     ":)))", "=))",
    "^^",   "<3",    "😂",    "/",    "-",   "'",   "@",     "#",   "_",    "://",  "www.",  "\u0301", "Ω",    "\xFF",
});

std::string comment_of(const std::uint8_t* data, std::size_t size) {
  if (size > 0 && data[0] % 4 != 3) {
    std::string text;
    for (std::size_t i = 1; i < size; ++i) text += kChat[data[i] % kChat.size()];
    return text;
  }
  return fuzzing::text_of(data, size);
}

void check(std::string_view input, const ChatOptions& options) {
  const Text text = expand_chat(input, options);
  const std::string& out = text.str();
  std::size_t reached = 0;
  Span before{0, 0};
  for (std::size_t at = 0; at < out.size(); ++at) {
    const Span source = text.source({at, at + 1});
    require(source.begin <= source.end && source.end <= input.size(), "a source lies inside the input", input);
    require(source == before || source.begin == reached, "sources stand in order and touch", input);
    reached = source.end;
    before = source;
  }
  require(reached == input.size(), "sources reach the end of the input", input);
  require(find_bad_utf8(input) != std::string_view::npos || find_bad_utf8(out) == std::string_view::npos,
          "good text stays good", input);
  require(expand_chat(out, options).str() == out, "expanding twice is expanding once", input);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input = comment_of(data, size);
  check(input, {.spellings = true, .abbreviations = size > 0 && data[0] % 8 >= 4});
  require(expand_chat(input, {.spellings = false, .abbreviations = false}).str() == input,
          "nothing asked, nothing done", input);
  return 0;
}
