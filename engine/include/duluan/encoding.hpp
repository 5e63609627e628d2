/// \file
/// Bytes to UTF-8, with the way back to the bytes.
///
///     auto decoded = decode(bytes, Encoding::kUtf8, OnBadBytes::kFail);
///     Text text = normalize(decoded->str(), ToneStyle::kOld);
///
/// Cost: one pass. Thread-safety: all functions are pure.
#pragma once

#include <cstddef>
#include <string_view>

#include "duluan/result.hpp"
#include "duluan/text.hpp"

namespace duluan {

enum class Encoding { kUtf8, kUtf16Le, kUtf16Be };

/// What decode does with bytes that are no text in the encoding.
enum class OnBadBytes {
  kFail,     ///< Error kBadEncoding with the byte position
  kReplace,  ///< U+FFFD for each maximal bad sequence, counted in Text::replaced
};

/// The encoding that a byte-order mark names; UTF-8 without one. Sets `bom` to its length.
Encoding encoding_by_mark(std::string_view bytes, std::size_t& bom);

/// Bytes to UTF-8; a byte-order mark is dropped. Error kBadEncoding names the first bad byte.
Result<Text> decode(std::string_view bytes, Encoding encoding, OnBadBytes on_bad);

}  // namespace duluan
