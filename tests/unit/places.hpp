// What the tests of places share: the released gazetteer, loaded once, and text in NFD.
#pragma once

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <string>

#include "duluan/place.hpp"

inline const duluan::Gazetteer& released_gazetteer() {
  static const duluan::Gazetteer loaded = *duluan::Gazetteer::load(DULUAN_SOURCE_DIR "/corpora/places");
  return loaded;
}

inline std::string decomposed(const std::string& nfc) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out;
  icu::Normalizer2::getNFDInstance(status)->normalize(icu::UnicodeString::fromUTF8(nfc), status).toUTF8String(out);
  return out;
}
