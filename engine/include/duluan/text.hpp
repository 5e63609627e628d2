/// \file
/// Bytes to clean Vietnamese text, with the way back to the bytes.
///
///     auto decoded = decode(bytes, Encoding::kUtf8, OnBadBytes::kFail);
///     Text text = normalize(decoded->str(), ToneStyle::kOld);  // "hoà" (NFD or NFC) -> "hòa"
///     text.source({0, 4});                                     // bytes of the input it came from
///
/// Cost: one pass; tests/bench/RESULTS.md has the measured speeds.
/// Thread-safety: all functions are pure. Sources: Unicode UAX #15 (NFC);
/// Quyết định 240/QĐ (1984) and common usage for the two styles of tone placement.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/result.hpp"
#include "duluan/span.hpp"

namespace duluan {

/// Where the tone mark stands in open oa, oe, uy: old hòa, thúy; new hoà, thuý.
enum class ToneStyle { kOld, kNew, kKeep };

enum class Encoding { kUtf8, kUtf16Le, kUtf16Be };

/// What decode does with bytes that are no text in the encoding.
enum class OnBadBytes {
  kFail,     ///< Error kBadEncoding with the byte position
  kReplace,  ///< U+FFFD for each maximal bad sequence, counted in Text::replaced
};

/// NFC UTF-8 and a map from it back to the bytes it was made from.
class Text {
 public:
  [[nodiscard]] const std::string& str() const noexcept { return utf8_; }
  /// How many bad sequences became U+FFFD.
  [[nodiscard]] std::size_t replaced() const noexcept { return replaced_; }
  /// The smallest range of input bytes that the range of str() came from.
  /// Exact for what was copied; a rewritten letter run maps as a whole. O(log pieces).
  [[nodiscard]] Span source(Span span) const;

  /// For the producers: copies `bytes` that stand at `at` in the input.
  void copy(std::string_view bytes, std::size_t at);
  /// For the producers: `bytes` stand for input [from, from + length).
  void rewrite(std::string_view bytes, std::size_t from, std::size_t length);
  void count_replaced() noexcept { ++replaced_; }
  void reserve(std::size_t size) { utf8_.reserve(size); }

 private:
  struct Piece {
    std::size_t out;     // where it starts in utf8_
    std::size_t in;      // where it starts in the input
    std::size_t length;  // in the input
    bool verbatim;       // byte for byte the input's
  };
  std::string utf8_;
  std::vector<Piece> pieces_;
  std::size_t replaced_ = 0;
};

/// The encoding that a byte-order mark names; UTF-8 without one. Sets `bom` to its length.
Encoding encoding_by_mark(std::string_view bytes, std::size_t& bom);

/// Bytes to UTF-8; a byte-order mark is dropped. Error kBadEncoding names the first bad byte.
Result<Text> decode(std::string_view bytes, Encoding encoding, OnBadBytes on_bad);

/// Well-formed UTF-8 to NFC with one style of tone placement; nothing else changes.
/// Ð (U+00D0) inside a Vietnamese word becomes Đ. Words of any case and length.
Text normalize(std::string_view utf8, ToneStyle style);

/// Lower case, no tone or other diacritic, đ to d: the form in which search ignores accents.
///
///     fold("Đà Nẵng") == "da nang"
std::string fold(std::string_view utf8);

/// Position of the first byte that is not well-formed UTF-8, or npos.
std::size_t find_bad_utf8(std::string_view bytes);

}  // namespace duluan
