// The lexicon of a user, in any form of writing, and the table of counted words.
#include <doctest/doctest.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "duluan/text.hpp"
#include "duluan/word.hpp"

using namespace duluan;

namespace {

const Segmenter& released() {
  static const auto segmenter = Segmenter::load(DULUAN_SOURCE_DIR "/models/words.model");
  REQUIRE(segmenter);
  return *segmenter;
}

std::string segmented(std::string_view text, const Guidance& guidance = {}) {
  Words words;
  released().segment(text, words, guidance);
  std::string out;
  write_segmented(text, words, out);
  return out;
}

std::string decomposed(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out;
  icu::Normalizer2::getNFDInstance(status)->normalize(icu::UnicodeString::fromUTF8(text), status).toUTF8String(out);
  REQUIRE(U_SUCCESS(status));
  return out;
}

}  // namespace

TEST_CASE("words: a lexicon holds in NFD, in capitals and in the other tone style, on both sides") {
  const std::string plain = "sổ hòa giải xã";
  const std::string text = "Xem sổ hòa giải xã nhé";
  const auto one_word = [](const std::string& word, const std::string& in) {
    Lexicon lexicon;
    REQUIRE(lexicon.add(word));
    const std::string words = segmented(in, {.lexicon = &lexicon});
    return std::count(words.begin(), words.end(), '_') == 3;
  };
  CHECK_FALSE(segmented(text).find("sổ_hòa_giải_xã") != std::string::npos);
  for (const std::string& word :
       {plain, decomposed(plain), std::string("SỔ HOÀ GIẢI XÃ"), std::string("sổ_hoà_giải_xã")})
    for (const std::string& in :
         {text, decomposed(text), std::string("XEM SỔ HÒA GIẢI XÃ NHÉ"), std::string("Xem sổ hoà giải xã nhé")}) {
      CAPTURE(word);
      CAPTURE(in);
      CHECK(one_word(word, in));
    }
}

TEST_CASE("words: counted words are a lexicon, names left out") {
  WordCounts counts;
  counts.add("Nhân_dân huyện Bình_Đại phấn_khởi , nhân_dân tin_tưởng .");
  counts.add("hoà_giải ở cơ_sở 3_2 _ a_ _b");
  CHECK(counts.table(1) == "nhân dân\t2\ncơ sở\t1\nhòa giải\t1\nphấn khởi\t1\ntin tưởng\t1\n");
  CHECK(counts.table(2) == "nhân dân\t2\n");
  CHECK(counts.read("none.txt").error().code == ErrorCode::kNotFound);
  Lexicon shipped;
  REQUIRE(shipped.read(DULUAN_SOURCE_DIR "/models/words.lexicon.tsv"));
  CHECK(shipped.size() > 10'000);
}
