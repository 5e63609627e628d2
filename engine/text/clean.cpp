#include "text/clean.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <unordered_map>

#include "text/grammar.hpp"
#include "text/letters.hpp"
#include "text/variants.hpp"

namespace duluan {
namespace {

// What a character is to the automaton: no letter, a letter that ends all hope of a syllable, a character
// that must be looked at, or a Vietnamese letter (vowels once without and once with a tone).
enum : std::uint8_t { kNoLetter, kStranger, kLookAt, kFirstLetter };
constexpr std::u32string_view kVowels = U"aăâeêioôơuưy";
constexpr std::u32string_view kConsonants = U"bcdđghklmnpqrstvx";
constexpr std::size_t kSymbols = kFirstLetter + kVowels.size() * 2 + kConsonants.size();

std::uint8_t symbol_of(char32_t code) {
  static const icu::Normalizer2& nfc = []() -> const icu::Normalizer2& {
    UErrorCode status = U_ZERO_ERROR;
    return *icu::Normalizer2::getNFCInstance(status);
  }();
  if (code < 0x80 && !is_letter(code)) return kNoLetter;
  const Letter letter = letter_of(code);
  if (const auto vowel = kVowels.find(letter.plain); letter.vowel && vowel != std::u32string_view::npos)
    return static_cast<std::uint8_t>(kFirstLetter + 2 * vowel + (letter.tone != Tone::kLevel ? 1 : 0));
  if (const auto place = kConsonants.find(letter.plain); letter.plain != 0 && place != std::u32string_view::npos)
    return static_cast<std::uint8_t>(kFirstLetter + 2 * kVowels.size() + place);
  if (letter.plain != 0) return kStranger;
  const auto c = static_cast<UChar32>(code);
  if (is_variant(code) || u_getIntPropertyValue(c, UCHAR_NFC_QUICK_CHECK) != UNORM_YES || nfc.getCombiningClass(c) != 0)
    return kLookAt;
  return is_letter(code) ? kStranger : kNoLetter;
}

// A finite automaton over some alphabet: rows of next states; two states are final in the sense of
// Moore's partition: the refusing one and all others.
struct Automaton {
  std::size_t symbols = 0;
  std::vector<std::uint16_t> next;
  [[nodiscard]] std::size_t size() const { return next.size() / symbols; }
};

// Moore's reduction; `refused` and `start` become what they are in the smaller automaton.
Automaton reduced(const Automaton& full, std::uint16_t& start, std::uint16_t& refused) {
  std::vector<std::uint16_t> part(full.size(), 0);
  part[refused] = 1;
  std::size_t parts = 2;
  for (bool grew = true; grew;) {
    std::unordered_map<std::u16string, std::uint16_t> known;
    std::vector<std::uint16_t> finer(full.size());
    std::u16string key(full.symbols + 1, 0);
    for (std::size_t state = 0; state < full.size(); ++state) {
      key[0] = part[state];
      for (std::size_t s = 0; s < full.symbols; ++s) key[s + 1] = part[full.next[state * full.symbols + s]];
      finer[state] = known.emplace(key, static_cast<std::uint16_t>(known.size())).first->second;
    }
    grew = known.size() > parts;
    parts = known.size();
    part = std::move(finer);
  }
  Automaton small{full.symbols, std::vector<std::uint16_t>(parts * full.symbols)};
  for (std::size_t state = 0; state < full.size(); ++state)
    for (std::size_t s = 0; s < full.symbols; ++s)
      small.next[part[state] * full.symbols + s] = part[full.next[state * full.symbols + s]];
  start = part[start];
  refused = part[refused];
  return small;
}

// The word read so far. `letters` are those of the rime, after "g" or "q" those two; `marked` is the one with the tone.
struct Word {
  enum Kind : std::uint8_t { kStart, kOnset, kG, kQ, kGi, kQu, kRime, kNone, kRefused } kind = kStart;
  std::u32string letters;
  int marked = -1;
  friend auto operator<=>(const Word&, const Word&) = default;
};

class WordAutomaton {
 public:
  explicit WordAutomaton(ToneStyle style) : style_(style) {
    state_of({});
    refused_ = state_of({Word::kRefused, {}, -1});
    for (std::size_t i = 0; i < words_.size(); ++i)
      for (std::uint8_t symbol = 0; symbol < kSymbols; ++symbol) {
        const std::uint16_t next = state_of(after(Word(words_[i]), symbol));
        table_.next.push_back(next);
      }
  }
  [[nodiscard]] const Automaton& table() const { return table_; }
  [[nodiscard]] std::uint16_t refused() const { return refused_; }

 private:
  std::uint16_t state_of(const Word& word) {
    const auto [place, fresh] = numbers_.emplace(word, static_cast<std::uint16_t>(words_.size()));
    if (fresh) words_.push_back(word);
    return place->second;
  }

  // Whether the word, if it ended here, bears its tone where it belongs or is no syllable.
  [[nodiscard]] bool is_right(const Word& word) const {
    if (word.marked < 0 || style_ == ToneStyle::kKeep) return true;
    std::u32string_view rime = word.letters;
    if (word.kind == Word::kGi || word.kind == Word::kQu) return true;
    return !is_rime(rime) || tone_position(rime, style_ == ToneStyle::kOld) == static_cast<std::size_t>(word.marked);
  }

  [[nodiscard]] Word vowel(Word word, char32_t letter, bool toned) const {
    if (toned && word.marked >= 0) return {Word::kRefused, {}, -1};
    const bool after_glide = word.kind == Word::kGi || word.kind == Word::kQu;
    // "gi" and "qu" are onsets before a vowel: their own vowel bears no tone then.
    if (after_glide && word.marked >= 0)
      return style_ == ToneStyle::kKeep ? Word{Word::kNone, {}, -1} : Word{Word::kRefused, {}, -1};
    if (word.kind == Word::kG && letter == U'i') return {Word::kGi, U"i", toned ? 0 : -1};
    if (word.kind == Word::kQ && letter == U'u') return {Word::kQu, U"u", toned ? 0 : -1};
    if (word.kind != Word::kRime || after_glide) word.letters.clear();
    if (toned) word.marked = static_cast<int>(word.letters.size());
    word.letters += letter;
    word.kind = Word::kRime;
    if (!starts_rime(word.letters)) return {Word::kNone, {}, -1};
    return word;
  }

  [[nodiscard]] Word consonant(Word word, char32_t letter) const {
    switch (word.kind) {
      case Word::kStart:
        if (letter == U'g') return {Word::kG, {}, -1};
        if (letter == U'q') return {Word::kQ, {}, -1};
        return {Word::kOnset, {}, -1};
      case Word::kOnset:
      case Word::kG:
      case Word::kQ: return {Word::kOnset, {}, -1};
      default: break;
    }
    word.letters += letter;
    word.kind = Word::kRime;
    return starts_rime(word.letters) ? word : Word{Word::kNone, {}, -1};
  }

  [[nodiscard]] Word after(const Word& word, std::uint8_t symbol) const {
    if (word.kind == Word::kRefused || symbol == kLookAt) return {Word::kRefused, {}, -1};
    if (symbol == kNoLetter) return is_right(word) ? Word{} : Word{Word::kRefused, {}, -1};
    if (symbol == kStranger || word.kind == Word::kNone) return {Word::kNone, {}, -1};
    const std::size_t index = symbol - kFirstLetter;
    if (index < 2 * kVowels.size()) return vowel(word, kVowels[index / 2], index % 2 != 0);
    return consonant(word, kConsonants[index - 2 * kVowels.size()]);
  }

  ToneStyle style_;
  std::map<Word, std::uint16_t> numbers_;
  std::vector<Word> words_;
  std::uint16_t refused_ = 0;
  Automaton table_{kSymbols, {}};
};

// UTF-8 as a tree over bytes; a leaf is a symbol, an inner node stands for the bytes so far.
class ByteTree {
 public:
  static constexpr int kLeaf = 1 << 16;
  using Node = std::array<int, 256>;

  ByteTree() { add_node(); }
  void add(char32_t code, std::uint8_t symbol) {
    std::string bytes;
    append_code(bytes, code);
    std::size_t node = 0;
    for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
      const auto byte = static_cast<unsigned char>(bytes[i]);
      if (nodes_[node][byte] >= kLeaf) {
        const int fresh = add_node();
        nodes_[node][byte] = fresh;
      }
      node = static_cast<std::size_t>(nodes_[node][byte]);
    }
    nodes_[node][static_cast<unsigned char>(bytes.back())] = kLeaf + symbol;
  }
  // The nodes with equal ones made one; the root comes last.
  [[nodiscard]] std::vector<Node> shared() const {
    std::map<Node, int> numbers;
    std::vector<int> number(nodes_.size());
    std::vector<Node> out;
    for (std::size_t i = nodes_.size(); i-- > 0;) {
      Node node = nodes_[i];
      for (int& goal : node)
        if (goal < kLeaf) goal = number[static_cast<std::size_t>(goal)];
      const auto [place, fresh] = numbers.emplace(node, static_cast<int>(out.size()));
      if (fresh) out.push_back(node);
      number[i] = place->second;
    }
    return out;
  }

 private:
  int add_node() {
    nodes_.emplace_back().fill(kLeaf + kLookAt);
    return static_cast<int>(nodes_.size()) - 1;
  }
  std::vector<Node> nodes_;
};

// The characters that common text holds; all others are looked at.
std::vector<ByteTree::Node> common_characters() {
  constexpr std::pair<char32_t, char32_t> kRanges[] = {
      {0, 0x24F},          // ASCII, Latin letters
      {0x1E00, 0x1EFF},    // Vietnamese letters among others
      {0x2010, 0x206F},    // dashes, quotes, dots
      {0x20A0, 0x20BF},    // currency
      {0x2190, 0x22FF},    // arrows, mathematics
      {0x25A0, 0x27BF},    // shapes, signs
      {0x3041, 0x30FF},    // kana
      {0x4E00, 0x9FFF},    // Han
      {0xAC00, 0xD7A3},    // Hangul
      {0x1F300, 0x1FAFF},  // emoji
  };
  ByteTree tree;
  for (const auto& [first, last] : kRanges)
    for (char32_t code = first; code <= last; ++code) tree.add(code, symbol_of(code));
  return tree.shared();
}

// Bytes that no node tells apart are one class.
std::size_t classify(const std::vector<ByteTree::Node>& nodes, std::array<std::uint8_t, 256>& classes) {
  std::map<std::vector<int>, std::uint8_t> columns;
  std::vector<int> column(nodes.size());
  for (std::size_t byte = 0; byte < 256; ++byte) {
    for (std::size_t node = 0; node < nodes.size(); ++node) column[node] = nodes[node][byte];
    classes[byte] = columns.emplace(column, static_cast<std::uint8_t>(columns.size())).first->second;
  }
  return columns.size();
}

}  // namespace

CleanText::CleanText(ToneStyle style) {
  const WordAutomaton words(style);
  std::uint16_t start = 0;
  std::uint16_t refused = words.refused();
  const Automaton letters = reduced(words.table(), start, refused);
  const std::vector<ByteTree::Node> nodes = common_characters();
  std::array<std::uint8_t, 256> classes{};
  const std::size_t symbols = classify(nodes, classes);
  std::vector<std::size_t> examples(symbols);  // a byte of each class
  for (std::size_t byte = 0; byte < 256; ++byte) examples[classes[byte]] = byte;
  // Over bytes a state is a state over letters with a node of the tree.
  const std::size_t root = nodes.size() - 1;
  Automaton bytes{symbols, {}};
  bytes.next.resize(letters.size() * nodes.size() * symbols);
  const auto joint = [&](std::size_t state, std::size_t node) {
    return static_cast<std::uint16_t>(state * nodes.size() + node);
  };
  for (std::size_t state = 0; state < letters.size(); ++state)
    for (std::size_t node = 0; node < nodes.size(); ++node)
      for (std::size_t symbol = 0; symbol < symbols; ++symbol) {
        const int goal = nodes[node][examples[symbol]];
        std::uint16_t& next = bytes.next[joint(state, node) * symbols + symbol];
        if (state == refused) next = joint(refused, root);
        else if (goal < ByteTree::kLeaf) next = joint(state, static_cast<std::size_t>(goal));
        else next = joint(letters.next[state * kSymbols + static_cast<std::size_t>(goal - ByteTree::kLeaf)], root);
      }
  start = joint(start, root);
  refused = joint(refused, root);
  const Automaton small = reduced(bytes, start, refused);
  next_.resize(small.size() * 256);
  for (std::size_t state = 0; state < small.size(); ++state)
    for (std::size_t byte = 0; byte < 256; ++byte)
      next_[state * 256 + byte] = static_cast<std::uint16_t>(small.next[state * small.symbols + classes[byte]] * 256);
  start_ = static_cast<std::uint16_t>(start * 256);
  refused_ = static_cast<std::uint16_t>(refused * 256);
}

const CleanText& CleanText::of(ToneStyle style) {
  if (style == ToneStyle::kOld) {
    static const CleanText old_style(ToneStyle::kOld);
    return old_style;
  }
  if (style == ToneStyle::kNew) {
    static const CleanText new_style(ToneStyle::kNew);
    return new_style;
  }
  static const CleanText keep(ToneStyle::kKeep);
  return keep;
}

}  // namespace duluan
