/// \file
/// UTF-8 to clean Vietnamese text, with the way back to the bytes (duluan/encoding.hpp: bytes to UTF-8).
///
///     Text text = normalize(utf8, ToneStyle::kOld);  // "hoà" (NFD or NFC) -> "hòa"
///     text.source({0, 4});                                     // bytes of the input it came from
///
/// Cost: one pass; tests/bench/RESULTS.md has the measured speeds.
/// Thread-safety: all functions are pure. Sources: Unicode UAX #15 (NFC);
/// Quyết định 240/QĐ (1984) and common usage for the two styles of tone placement.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/span.hpp"

namespace duluan {

/// Where the tone mark stands in open oa, oe, uy: old hòa, thúy; new hoà, thuý.
enum class ToneStyle { kOld, kNew, kKeep };

/// UTF-8 and a map from it back to the bytes it was made from.
///
/// The map costs nothing as long as the text is the input (or a stretch of it); from the first change on
/// it is one bit for each byte of either side, "a piece starts here": the k-th piece of the text came from
/// the k-th piece of the input, and every byte that was copied is a piece of its own. 14 % of the two sizes.
/// Reading is safe from many threads.
class Text {
 public:
  [[nodiscard]] const std::string& str() const noexcept { return utf8_; }
  /// How many bad sequences became U+FFFD.
  [[nodiscard]] std::size_t replaced() const noexcept { return replaced_; }
  /// Whether str() is one stretch of the input, byte for byte.
  [[nodiscard]] bool verbatim() const noexcept { return verbatim_; }
  /// The smallest range of input bytes that the range of str() came from.
  /// Exact for what was copied; a rewritten piece maps as a whole. O(log size).
  [[nodiscard]] Span source(Span span) const;

  // For the producers. Each appends bytes and says where in the input they came from; the places must rise,
  // and input that is passed over belongs to no piece.

  /// `bytes` stand at `at` in the input, byte for byte.
  void copy(std::string_view bytes, std::size_t at);
  /// `bytes` stand for input [from, from + length) as one piece; with length 0 they belong to the piece before.
  void rewrite(std::string_view bytes, std::size_t from, std::size_t length);
  /// UTF-8 characters that each came from `unit` bytes of the input, which starts at `from`.
  /// For decoders that work block by block: memory speed.
  void append_characters(std::string_view characters, std::size_t from, std::size_t unit);
  /// The same with a length in the input for each character.
  void append_characters(std::string_view characters, std::size_t from, std::span<const std::uint8_t> lengths);
  /// The same with the pieces as bits, lowest first: one for each byte of `bytes` and one for each of the
  /// `length` bytes of the input, set where a piece starts. As many are set in one as in the other.
  void append_pieces(std::string_view bytes, std::size_t from, std::size_t length,
                     std::span<const std::uint64_t> out_starts, std::span<const std::uint64_t> in_starts);
  /// Another text made from input that comes after that of this one.
  void append(const Text& next);
  void count_replaced(std::size_t times = 1) noexcept { replaced_ += times; }
  void reserve(std::size_t size);
  /// This text was made from earlier.str(): from here on source() leads to what `earlier` was made from,
  /// and its replacements count here too. Pieces that share a piece of the other map become one.
  /// O(size / 64) where little was changed.
  void map_through(const Text& earlier);

 private:
  // A string of bits with rank and select: the number of ones before each block of 512 is kept.
  class Starts {
   public:
    void append(std::uint64_t bits, std::size_t count);  // the lowest `count` <= 64 bits
    void append_run(bool one, std::size_t count);
    void append_words(std::span<const std::uint64_t> words, std::size_t count);
    void append(const Starts& next) { append_words(next.words_, next.size_); }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::size_t ones() const noexcept { return rank(size_); }
    [[nodiscard]] std::size_t rank(std::size_t position) const noexcept;    // ones before it
    [[nodiscard]] std::size_t select(std::size_t k) const noexcept;         // where the k-th one stands, from 0
    [[nodiscard]] std::uint64_t word(std::size_t position) const noexcept;  // 64 bits from there on, 0 past the end
    [[nodiscard]] Starts only(const Starts& kept) const;  // the k-th one stays if `kept` has a one at k

   private:
    void open_word();
    std::vector<std::uint64_t> words_;
    std::vector<std::uint64_t> before_;
    std::size_t size_ = 0;
    std::size_t closed_ones_ = 0;  // in all words but the last
  };

  void advance(std::size_t from);
  void keep_map();
  void join(const Text& earlier);
  [[nodiscard]] std::size_t piece_end(std::size_t piece) const noexcept;

  std::string utf8_;
  bool verbatim_ = true;
  std::size_t in_begin_ = 0;  // where the first piece starts in the input
  std::size_t in_end_ = 0;    // where the last one ends
  Starts out_;                // over utf8_; empty while verbatim_
  Starts in_;                 // over the input from in_begin_ on
  std::vector<Span> gaps_;    // input passed over between two pieces, in order
  std::size_t replaced_ = 0;
};

/// UTF-8 to NFC with one style of tone placement. Bytes that are no UTF-8 stay. What changes beyond NFC:
/// - A Vietnamese word (letters that make one syllable, any case) bears its tone on the vowel where it belongs,
///   ngừơi > người, qúa > quá; marks in the wrong order or typed twice count once. kKeep moves no mark. i and y stay.
/// - Ð ð (U+00D0, U+00F0) become Đ đ in such a word, in an abbreviation of capital consonants (HÐND) and in a
///   word with other letters that only Vietnamese has (Ðắk); not in Guðrún.
/// - Cyrillic and Greek letters that look Latin become it if the word has a Latin letter and is such a word then.
/// - Odd spaces (U+00A0 1680 2000-200A 202F 205F 3000) become a space, full-width forms (U+FF01-FF5E) ASCII, and
///   invisible characters (U+00AD 200B-200D 2060 FEFF) go: inside such a word always, else a run of them where
///   what stands before and after it is Latin script, ASCII, general punctuation, currency or an end of the text.
///   Between emoji or letters of other scripts they stay.
/// - Links (what has ://, or begins with www., or has @ and a dot, between spaces, < > and quotes) get NFC alone.
Text normalize(std::string_view utf8, ToneStyle style);

/// Lower case, no tone or other diacritic, đ to d: the form in which search ignores accents.
///
///     fold("Đà Nẵng") == "da nang"
std::string fold(std::string_view utf8);

/// Position of the first byte that is not well-formed UTF-8, or npos.
std::size_t find_bad_utf8(std::string_view bytes);

}  // namespace duluan
