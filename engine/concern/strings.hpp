// Every phrase of the renderers, in Vietnamese and in English. {0}, {1} … are filled in.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "duluan/concern.hpp"

namespace duluan::concern {

/// The phrases of one language; the keys and texts stand in strings.def.
struct Phrases {
#define PHRASE(key, vi, en) const char* key;
#include "concern/strings.def"
#undef PHRASE
};

const Phrases& phrases(Language language);

/// Puts the values in the places of {0}, {1} …; what the values contain is left alone.
std::string fill(std::string_view phrase, std::initializer_list<std::string> values);

}  // namespace duluan::concern
