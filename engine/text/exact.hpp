// The exact way of `normalize`, for the few stretches that the automaton refuses.
#pragma once

#include <string_view>

#include "duluan/text.hpp"

namespace duluan {

/// Normalizes text.substr(begin, end - begin) and appends it to `out`; the stretch stands between
/// spaces (bytes up to U+0020) or the text's ends. Any bytes; what is no UTF-8 stays as it is.
void normalize_exactly(std::string_view text, Span stretch, ToneStyle style, Text& out);

}  // namespace duluan
