// The released gazetteer, loaded once for all tests of places.
#pragma once

#include "duluan/place.hpp"

inline const duluan::Gazetteer& released_gazetteer() {
  static const duluan::Gazetteer loaded = *duluan::Gazetteer::load(DULUAN_SOURCE_DIR "/corpora/places");
  return loaded;
}
