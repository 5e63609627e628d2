// One decoder for each way of reading. All append to a Text what `bytes` hold, which stand at `at` in the input
// that the text maps to, and give the position in `bytes` of the first bad sequence, or npos. Bad sequences become
// U+FFFD and are counted; with OnBadBytes::kFail decoding ends at the first.
#pragma once

#include <cstddef>
#include <string_view>

#include "duluan/encoding.hpp"

namespace duluan {

std::size_t append_utf8(Text& text, std::string_view bytes, std::size_t at, OnBadBytes on_bad);
std::size_t append_utf16(Text& text, std::string_view bytes, std::size_t at, bool little, OnBadBytes on_bad);
std::size_t append_page(Text& text, std::string_view bytes, std::size_t at, Encoding encoding, OnBadBytes on_bad);
std::size_t append_vni(Text& text, std::string_view bytes, std::size_t at, OnBadBytes on_bad);

// Of well-formed UTF-8; never bad. `typed`: as people typed it.
void append_viqr(Text& text, std::string_view utf8, std::size_t at, bool typed);
void append_mis_saved(Text& text, std::string_view utf8, std::size_t at, Encoding encoding);
void append_mojibake(Text& text, std::string_view utf8, std::size_t at);
void append_entities(Text& text, std::string_view utf8, std::size_t at);

std::size_t append_decoded(Text& text, std::string_view bytes, std::size_t at, const Reading& reading,
                           OnBadBytes on_bad);

}  // namespace duluan
