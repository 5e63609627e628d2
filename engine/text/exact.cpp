// A stretch between spaces is taken apart into characters that know where they came from; then,
// in this order: NFC, words, what stands between words, and NFC again if that changed anything.
#include "text/exact.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "text/spelling.hpp"
#include "text/variants.hpp"

namespace duluan {
namespace {

// One character and its bytes in the input. Characters whose ranges overlap come out as one piece.
struct Character {
  char32_t code = 0;
  Span from;
};
using Characters = std::vector<Character>;

Span hull(const Span& a, const Span& b) { return {std::min(a.begin, b.begin), std::max(a.end, b.end)}; }

const icu::Normalizer2& nfc() {
  static const icu::Normalizer2* const form = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFCInstance(status);  // static data of ICU; cannot fail once ICU is linked
  }();
  return *form;
}

bool starts_anew(char32_t code) { return code < 0x300 || nfc().hasBoundaryBefore(static_cast<UChar32>(code)) != 0; }

// Whether NFC leaves the character as it is when no mark follows it; true for all Vietnamese letters.
bool stays_alone(char32_t code) { return code < 0x300 || (code >= 0x1E00 && code < 0x1F00); }

// Composes one stretch that NFC looks at as a whole, if that changes it.
void compose_stretch(const Character* first, const Character* last, Characters& out) {
  if (last - first == 1 && stays_alone(first->code)) {
    out.push_back(*first);
    return;
  }
  std::string utf8;
  Span from = first->from;
  for (const Character* c = first; c != last; ++c) {
    append_code(utf8, c->code);
    from = hull(from, c->from);
  }
  std::string made;
  icu::StringByteSink<std::string> sink(&made);
  UErrorCode status = U_ZERO_ERROR;
  nfc().normalizeUTF8(0, icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())), sink, nullptr, status);
  if (U_FAILURE(status) || made == utf8) {
    out.insert(out.end(), first, last);
    return;
  }
  for (std::size_t at = 0; at < made.size();) out.push_back({next_code(made, at), from});
}

void compose_all(Characters& characters) {
  Characters out;
  out.reserve(characters.size());
  const Character* const end = characters.data() + characters.size();
  for (const Character* first = characters.data(); first != end;) {
    const Character* last = first + 1;
    while (last != end && !starts_anew(last->code)) ++last;
    compose_stretch(first, last, out);
    first = last;
  }
  characters = std::move(out);
}

bool is_invisible(const Character& c) { return variant_of(c.code) == Variant::kInvisible; }
bool is_word_character(const Character& c) { return is_letter(c.code); }

// A letter of Latin script as it stands, not by its looks.
bool is_latin(char32_t code) {
  return variant_of(code) == Variant::kFullWidth || (code < 0x250 && is_letter(code)) ||
         (code >= 0x1E00 && code < 0x1F00);
}

// The word as a syllable, whatever stands for its letters; nothing if it is none.
// `owners` says which character each letter began with.
std::optional<Spelling> read_syllable(const Character* first, const Character* last, std::vector<std::size_t>& owners) {
  Spelling spelling;
  bool latin = false;
  bool look_alike = false;
  owners.clear();
  const auto add = [&](char32_t code, std::size_t owner) {
    const std::size_t before = spelling.letters().size();
    if (!spelling.add(code)) return false;
    if (spelling.letters().size() > before) owners.push_back(owner);
    return true;
  };
  icu::UnicodeString parts;
  for (const Character* c = first; c != last; ++c) {
    if (is_invisible(*c)) continue;
    const auto owner = static_cast<std::size_t>(c - first);
    latin = latin || is_latin(c->code);
    // Letters of the other alphabets may bear marks themselves: ό is ο with a tone.
    if (c->code >= 0x370 && c->code < 0x530 && nfc().getDecomposition(static_cast<UChar32>(c->code), parts) != 0) {
      look_alike = true;
      for (int32_t i = 0; i < parts.length(); ++i)
        if (!add(plain_of(parts.charAt(i)), owner)) return std::nullopt;
      continue;
    }
    look_alike = look_alike || variant_of(c->code) == Variant::kLookAlike;
    if (!add(plain_of(c->code), owner)) return std::nullopt;
  }
  if (look_alike && !latin) return std::nullopt;
  const std::u32string_view letters = spelling.letters();
  if (!is_rime(letters.substr(onset_length(letters)))) return std::nullopt;
  return spelling;
}

// Where the tone mark goes: by the style, or under kKeep where it stands.
std::size_t mark_place(const Spelling& spelling, ToneStyle style) {
  const std::u32string_view letters = spelling.letters();
  const std::size_t onset = onset_length(letters);
  const std::size_t place = onset + tone_position(letters.substr(onset), style != ToneStyle::kNew);
  if (style != ToneStyle::kKeep || spelling.is_marked(place)) return place;
  std::size_t last = letters.size();
  while (!spelling.is_marked(--last)) {
  }
  return last;
}

// Writes the syllable in place of its characters: those that stay as they are keep their own range.
void write_syllable(const Spelling& spelling, ToneStyle style, const Character* first, const Character* last,
                    const std::vector<std::size_t>& owners, Characters& out) {
  const bool toned = spelling.tone() != Tone::kLevel;
  const std::size_t place = toned ? mark_place(spelling, style) : 0;
  const std::size_t size = owners.size();
  const std::size_t base = out.size();
  std::size_t first_changed = size;
  std::size_t last_changed = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const char32_t code = spelling.written(i, toned && i == place);
    const Character& own = first[owners[i]];
    Span from = own.from;
    // Marks that follow belong to the letter.
    const std::size_t next = i + 1 < size ? owners[i + 1] : static_cast<std::size_t>(last - first);
    bool changed = code != own.code;
    for (std::size_t k = owners[i] + 1; k < next; ++k) {
      if (is_invisible(first[k])) continue;
      from = hull(from, first[k].from);
      changed = true;
    }
    out.push_back({code, from});
    // What only changes its bytes needs no neighbour; a tone that moves needs both ends.
    const bool moved = spelling.is_marked(i) != (toned && i == place);
    if (changed && moved) {
      first_changed = std::min(first_changed, i);
      last_changed = i;
    }
  }
  if (first_changed >= last_changed) return;
  const Span whole = hull(out[base + first_changed].from, out[base + last_changed].from);
  for (std::size_t i = first_changed; i <= last_changed; ++i) out[base + i].from = whole;
}

// Ð in what is no syllable: an abbreviation of capital consonants (HÐND), or a word with
// letters that only Vietnamese has beside it (Ðắk).
bool takes_stroke(const Character* first, const Character* last) {
  bool eth = false;
  bool capitals = last - first > 1;
  bool vietnamese = false;
  for (const Character* c = first; c != last; ++c) {
    if (variant_of(c->code) == Variant::kEth) {
      eth = true;
      capitals = capitals && c->code == 0xD0;
      continue;
    }
    const Letter letter = letter_of(c->code);
    if (letter.plain == 0 && !is_invisible(*c)) return false;
    capitals = capitals && letter.upper && !letter.vowel;
    vietnamese = vietnamese || (letter.vowel && letter.plain >= 0x80) ||
                 (letter.tone != Tone::kLevel && letter.tone != Tone::kAcute);
  }
  return eth && (capitals || vietnamese);
}

// A word: from a letter to the last letter or mark, invisible characters inside.
void normalize_word(const Character* first, const Character* last, ToneStyle style, Characters& out) {
  std::vector<std::size_t> owners;
  if (const auto spelling = read_syllable(first, last, owners)) {
    write_syllable(*spelling, style, first, last, owners, out);
    return;
  }
  const bool stroke = takes_stroke(first, last);
  for (const Character* c = first; c != last; ++c)
    out.push_back({stroke && variant_of(c->code) == Variant::kEth ? plain_of(c->code) : c->code, c->from});
}

bool ends_link(const Character& c) {
  const char32_t plain = plain_of(c.code);
  return (plain <= U' ' && !is_invisible(c)) || plain == U'<' || plain == U'>' || plain == U'"';
}

// A link is looked for in what stands between spaces, brackets < > and quotes: with ://, www. at its start, or @.
// Invisible characters and full-width forms must not hide it.
bool is_link(const Character* first, const Character* last) {
  std::string ascii;
  ascii.reserve(static_cast<std::size_t>(last - first));
  for (const Character* c = first; c != last; ++c) {
    const char32_t plain = plain_of(c->code);
    if (plain != 0) ascii += plain < 0x80 ? static_cast<char>(plain) : '-';
  }
  const std::string_view text = ascii;
  return text.find("://") != std::string_view::npos || text.starts_with("www.") ||
         (text.find('@') != std::string_view::npos && text.find('.', text.find('@')) != std::string_view::npos);
}

// Latin script and what every script shares, but no pictures: here invisible characters carry no meaning.
bool is_latin_surrounding(char32_t code) {
  if (u_hasBinaryProperty(static_cast<UChar32>(code), UCHAR_EXTENDED_PICTOGRAPHIC) != 0) return false;
  return code < 0x370 || (code >= 0x1E00 && code < 0x1F00) || (code >= 0x2010 && code < 0x2070) ||
         (code >= 0x20A0 && code < 0x20D0);
}

bool is_between_words(const Character& c) {
  const Variant variant = variant_of(c.code);
  return variant == Variant::kInvisible || variant == Variant::kSpace || variant == Variant::kFullWidth;
}

// Replaces runs of invisible characters, odd spaces and full-width forms between Latin surroundings.
bool replace_between(Characters& characters, const std::vector<bool>& link) {
  Characters out;
  out.reserve(characters.size());
  bool changed = false;
  for (std::size_t i = 0; i < characters.size();) {
    std::size_t end = i;
    while (end < characters.size() && is_between_words(characters[end]) && !link[end]) ++end;
    if (end == i) {
      out.push_back(characters[i++]);
      continue;
    }
    const bool plain = (i == 0 || is_latin_surrounding(characters[i - 1].code)) &&
                       (end == characters.size() || is_latin_surrounding(characters[end].code));
    for (; i < end; ++i) {
      if (!plain) out.push_back(characters[i]);
      else if (!is_invisible(characters[i])) out.push_back({plain_of(characters[i].code), characters[i].from});
    }
    changed = changed || plain;
  }
  characters = std::move(out);
  return changed;
}

// Words of all that is no link; `link` becomes one answer for each character of the result.
void normalize_words(Characters& characters, ToneStyle style, std::vector<bool>& link) {
  Characters out;
  out.reserve(characters.size());
  const Character* const end = characters.data() + characters.size();
  for (const Character* part = characters.data(); part != end;) {
    const Character* part_end = part;
    while (part_end != end && !ends_link(*part_end)) ++part_end;
    const bool protect = is_link(part, part_end);
    while (part != part_end) {
      if (protect || !is_word_character(*part)) {
        out.push_back(*part++);
        continue;
      }
      const Character* last = part;
      for (const Character* c = part; c != part_end && (is_word_character(*c) || is_invisible(*c)); ++c)
        if (is_word_character(*c)) last = c + 1;
      normalize_word(part, last, style, out);
      part = last;
    }
    link.resize(out.size(), protect);
    if (part != end) out.push_back(*part++);
    link.resize(out.size(), false);
  }
  characters = std::move(out);
}

// Appends the characters; those whose ranges overlap as one piece, unchanged ones byte for byte.
void emit(const Characters& characters, std::string_view text, Text& out) {
  std::string bytes;
  for (std::size_t i = 0; i < characters.size();) {
    Span from = characters[i].from;
    bytes.clear();
    for (; i < characters.size() && (bytes.empty() || characters[i].from.begin < from.end); ++i) {
      append_code(bytes, characters[i].code);
      from = hull(from, characters[i].from);
    }
    if (from.of(text) == bytes) out.copy(bytes, from.begin);
    else out.rewrite(bytes, from.begin, from.size());
  }
}

void normalize_well_formed(std::string_view text, Span stretch, ToneStyle style, Text& out) {
  Characters characters;
  characters.reserve(stretch.size());
  for (std::size_t at = stretch.begin; at < stretch.end;) {
    const std::size_t begin = at;
    const char32_t code = next_code(text, at);
    characters.push_back({code, {begin, at}});
  }
  // What replaces something else may complete a word: again, until nothing is left to replace.
  std::vector<bool> link;
  do {
    compose_all(characters);
    link.clear();
    normalize_words(characters, style, link);
  } while (replace_between(characters, link));
  emit(characters, text, out);
}

}  // namespace

void normalize_exactly(std::string_view text, Span stretch, ToneStyle style, Text& out) {
  while (stretch.begin < stretch.end) {
    const std::size_t offset = find_bad_utf8(stretch.of(text));
    const std::size_t bad = offset == std::string_view::npos ? stretch.end : stretch.begin + offset;
    normalize_well_formed(text, {stretch.begin, bad}, style, out);
    std::size_t next = bad;
    if (bad < stretch.end) next_code(text, next);
    next = std::min(next, stretch.end);
    out.copy(text.substr(bad, next - bad), bad);
    stretch.begin = next;
  }
}

}  // namespace duluan
