// Segmenter::segment with the real model: no byte lost, and the memory that Words keeps changes nothing.
#include "duluan/word.hpp"
#include "fuzzing.hpp"
#include "word_check.hpp"

using namespace duluan;
using fuzzing::require;

namespace {

const Segmenter& segmenter() {
  static const Result<Segmenter> loaded = Segmenter::load(DULUAN_SOURCE_DIR "/models/words.model");
  if (!loaded) require(false, loaded.error().message().c_str());
  return *loaded;
}

void check_words(std::string_view text, const Words& words) {
  const char* wrong = word_check::wrong_spans(text, words);
  require(wrong == nullptr, wrong, text);
  std::string out = "before";
  write_segmented(text, words, out);
  require(out.starts_with("before"), "write_segmented appends", text);
  wrong = word_check::wrong_output(text, std::string_view(out).substr(6));
  require(wrong == nullptr, wrong, text);
}

bool same(const Words& a, const Words& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a.span(i) != b.span(i)) return false;
  return true;
}

// Whether marks stand only on Latin letters, so that NFC and NFD are the same words to a reader.
bool plain_marks(std::string_view nfd) {
  bool letter = false;
  for (std::size_t at = 0; at < nfd.size();) {
    UChar32 code = 0;
    U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(nfd.data()), at, nfd.size(), code);
    if (code == 0xFFFD) return false;
    if ((U_GET_GC_MASK(code) & U_GC_M_MASK) == 0) letter = code < 0x80 && u_isalpha(code) != 0;
    else if (!letter) return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Words kept;
  const std::string input = fuzzing::text_of(data, size);
  segmenter().segment(input, kept);
  check_words(input, kept);
  Words fresh;
  segmenter().segment(input, fresh);
  require(same(kept, fresh), "a used Words gives what a fresh one gives", input);

  const std::string nfd = fuzzing::icu_normalized(input, false);
  // The scanner may bound a link in bytes, of which NFD has more.
  if (nfd.size() > 250 || !plain_marks(nfd)) return 0;
  Words decomposed;
  segmenter().segment(fuzzing::icu_normalized(input, true), fresh);
  segmenter().segment(nfd, decomposed);
  require(fresh.size() == decomposed.size(), "NFC and NFD give the same number of words", input);
  for (std::size_t i = 0; i < fresh.size(); ++i)
    require(fresh.first_token(i) == decomposed.first_token(i), "NFC and NFD give the same words", input);
  return 0;
}
