/// \file
/// Bytes to text: the encodings Vietnamese was written in before UTF-8, and how to tell them apart.
///
///     Decoded any = decode_any(bytes);                     // recognises; mixed files line by line
///     auto text = decode("Vi\xD6t Nam", Encoding::kTcvn3, OnBadBytes::kFail);  // "Việt Nam"
///     text->source({2, 5});                                // {2, 3}: the byte that was ệ
///     auto bytes = encode("Việt Nam", Encoding::kVni);     // "Vieät Nam" in Latin-1
///
/// Legacy encodings come out as NFC; UTF-8 and UTF-16 keep their code points (normalize() composes them).
/// Every Text maps back to the bytes handed in. Cost: one pass; tests/bench/RESULTS.md has the speeds.
/// Thread-safety: all functions are pure. Sources: TCVN 5712:1993 (VN1, VN3), RFC 1456 (VISCII, VIQR),
/// Windows code pages 1252 and 1258; VNI and VPS by the fonts' own tables. iconv is the oracle of the tests.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/result.hpp"
#include "duluan/span.hpp"
#include "duluan/text.hpp"

namespace duluan {

enum class Encoding {
  kUtf8,
  kUtf16Le,
  kUtf16Be,
  kTcvn3,  ///< ABC fonts (.VnTime): no capitals with tones but ẰẲẴẮẦẨẪẤỀỂỄẾỒỔỖỐ; 80..9F as in Windows
  kTcvn3Capitals,  ///< the same bytes in a font of capitals (.VnTimeH): every letter is a capital
  kTcvn5712,       ///< the whole standard (VN1) with capitals among the control codes
  kVni,            ///< VNI fonts for Windows: a letter, then its mark
  kViscii,
  kVps,
  kViqr,       ///< by the letter of RFC 1456: a mark that can be one is one, unless after a backslash
  kViqrTyped,  ///< VIQR as people typed it: . ? ' end the sentence where the syllable would be none
  kWindows1258,
};

/// What happened to a text after it was right.
enum class Flaw {
  kNone,
  kMisSaved,  ///< legacy bytes saved as the Unicode letters that Windows-1252 or Latin-1 shows for them
  kMojibake,  ///< UTF-8 taken for Windows-1252 or Latin-1 and encoded again: "Ã¡" for á
  kEntities,  ///< letters as HTML entities: &aacute; &#7845; &#x1EA5;
};

/// How bytes are to be read. With a flaw the bytes are UTF-8; with kMisSaved `encoding` is what they stand for.
struct Reading {
  Encoding encoding = Encoding::kUtf8;
  Flaw flaw = Flaw::kNone;
  friend bool operator==(const Reading&, const Reading&) = default;
};

/// "TCVN3", "VNI saved as Unicode": for messages.
std::string name_of(const Reading& reading);

/// What decode does with bytes that are no text in the encoding.
enum class OnBadBytes {
  kFail,     ///< Error kBadEncoding with the byte position
  kReplace,  ///< U+FFFD for each maximal bad sequence, counted in Text::replaced
};

/// The encoding that a byte-order mark names; UTF-8 without one. Sets `bom` to its length.
Encoding encoding_by_mark(std::string_view bytes, std::size_t& bom);

/// Bytes to UTF-8; a byte-order mark is dropped. Error kBadEncoding names the first bad byte.
Result<Text> decode(std::string_view bytes, Encoding encoding, OnBadBytes on_bad);
Result<Text> decode(std::string_view bytes, const Reading& reading, OnBadBytes on_bad);

/// Well-formed UTF-8 (NFC) to bytes, without a byte-order mark. Error kInvalidArgument names the first
/// character the encoding cannot write, and its byte in `utf8`.
Result<std::string> encode(std::string_view utf8, Encoding encoding);

struct Detected {
  Reading reading;
  /// Share of the words that are Vietnamese syllables when read so; 1 for clean UTF-8 and byte-order marks.
  double confidence = 1;
};

/// The reading of most of the text. Clean UTF-8 costs one check of validity and a look for flaws; of other
/// text the first 64 KB of telling lines are weighed. What no Vietnamese reading explains is called UTF-8.
Detected detect_encoding(std::string_view bytes);

struct DetectedLines {
  Span lines;  ///< whole lines of the bytes, their ends included
  Detected detected;
};

/// Line by line, runs of lines read alike put together; they cover the bytes.
std::vector<DetectedLines> detect_lines(std::string_view bytes);

/// A text read by detection.
struct Decoded {
  Text text;
  std::vector<DetectedLines> read_as;  ///< how each part was read, in order
  /// The reading of most of what was no clean UTF-8; clean UTF-8 if there was none.
  [[nodiscard]] Reading main_reading() const;
};

/// Detects and decodes, bad bytes as U+FFFD.
Decoded decode_any(std::string_view bytes);

}  // namespace duluan
