// Readings of a spelling that the lexicon does not hold, from the sounds of the language.
#pragma once

#include <string>
#include <string_view>

namespace duluan::chat {

class Lexicon;

/// The letter without tone and quality, in lower case: á, Ạ and ấ are a, Đ is d; 0 if no letter of the alphabet.
char32_t base_letter(char32_t code);

/// Lower-case NFC letters with stretched ones drawn together: "quáááá" -> "quá", "vuiii" -> "vui".
/// Three vowels or more become one, two letters or more at the word's end. The word itself if nothing is stretched.
std::string unstretch(std::string_view word);

/// Whether the word is laughter or a cry, whose length is its meaning: haha, hihihi, kkk, hmm.
bool is_cry(std::string_view word);

/// The syllable of clean text that the sounds of `word` stand for ("zui" -> "vui", "xog" -> "xong"), or "".
/// Taken only if it is far more frequent than `word` is itself.
std::string respell(std::string_view word, const Lexicon& lexicon);

}  // namespace duluan::chat
