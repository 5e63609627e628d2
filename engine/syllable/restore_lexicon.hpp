// The readings of each bare syllable, and what a token is to the diacritic model.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "duluan/syllable.hpp"

namespace duluan::diacritics {

/// Coarse shape of a token; three in a row make a feature.
enum Shape : std::uint8_t { kEdge, kLower, kTitle, kUpper, kDigits, kMark };

/// A token as text: lower-case NFC in the old tone style, the same without marks, and its shape.
struct Form {
  std::string reading;
  std::string bare;
  Shape shape = kEdge;
};
Form form_of(std::string_view token, TokenKind kind);

inline constexpr std::uint16_t kNoBare = 0xFFFF;
inline constexpr std::uint8_t kNoReading = 0xFF;

/// A token as the model sees it.
struct Item {
  std::uint32_t symbol = 0;           ///< hash of the bare form; 0 beyond the edges of the text
  std::uint16_t bare = kNoBare;       ///< index of the bare form if the model has readings of it
  std::uint8_t reading = kNoReading;  ///< which of them it bears as it stands
  Shape shape = kEdge;
  bool marked = false;  ///< it bears a mark already
};

/// The bare forms with at least two readings. Lines "bare TAB reading reading …", the commonest first.
class Lexicon {
 public:
  static Result<Lexicon> parse(std::string_view lines, const std::string& where);

  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  [[nodiscard]] std::size_t readings() const noexcept { return readings_.size(); }
  /// Number of readings of bare form `bare`; they are numbered first(bare) … in readings().
  [[nodiscard]] unsigned count(std::uint16_t bare) const { return entries_[bare].count; }
  [[nodiscard]] std::size_t first(std::uint16_t bare) const { return entries_[bare].first; }
  [[nodiscard]] const std::string& reading(std::size_t number) const { return readings_[number]; }
  [[nodiscard]] bool bears_mark(std::size_t number) const { return marks_[number]; }

  [[nodiscard]] Item item(const Form& form) const;
  /// The same for a word without marks as it stands in the text, quickly; false if the lexicon lacks it.
  bool plain_item(std::string_view word, Item& item) const noexcept;

 private:
  struct Entry {
    std::uint64_t letters = 0;  // the bare form, up to 8 ASCII letters
    std::uint32_t symbol = 0;
    std::uint16_t first = 0;
    std::uint8_t count = 0;
    std::uint8_t own = kNoReading;  // the reading without marks
  };
  [[nodiscard]] std::uint16_t find(std::uint64_t letters) const noexcept;

  std::vector<Entry> entries_;
  std::vector<std::uint16_t> slots_;  // open-addressed, by letters
  std::vector<std::string> readings_;
  std::vector<bool> marks_;
};

/// The reading in the capitals of `bare`, letter by letter. Both have the same number of letters.
void append_cased(std::string_view reading, std::string_view bare, std::string& out);

/// A word without its marks, its capitals kept: "Đẹp" to "Dep". What has letters beyond the alphabet stays.
std::string without_marks(std::string_view word);

}  // namespace duluan::diacritics
