// A noisy channel of three parts: onset, vowels and coda are each exchanged for what chat is known to confuse or
// shorten, at a price; the cheapest frequent syllable wins. The prices are powers of ten of frequency.
#include "syllable/chat_spelling.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "syllable/chat_lexicon.hpp"
#include "text/grammar.hpp"
#include "text/letters.hpp"

namespace duluan::chat {
namespace {

struct Exchange {
  std::u32string_view from;
  std::u32string_view to;
  double price;
};

// Sounds that merge in some dialect, letters that have no place in the language (f, j, w, z), and mere misspelling.
constexpr auto kOnsets = std::to_array<Exchange>({
    {U"z", U"v", 0.6},   {U"z", U"d", 1.0},   {U"z", U"gi", 1.2},  {U"z", U"r", 1.6},    {U"dz", U"v", 0.6},
    {U"dz", U"d", 0.9},  {U"dz", U"gi", 1.2}, {U"d", U"v", 1.2},   {U"d", U"gi", 1.4},   {U"d", U"đ", 1.3},
    {U"gi", U"d", 1.4},  {U"gi", U"v", 1.9},  {U"v", U"d", 1.8},   {U"w", U"qu", 0.5},   {U"f", U"ph", 0.3},
    {U"j", U"gi", 0.7},  {U"j", U"ch", 1.3},  {U"k", U"c", 0.4},   {U"k", U"kh", 1.6},   {U"c", U"k", 0.3},
    {U"q", U"qu", 0.6},  {U"g", U"gh", 0.3},  {U"gh", U"g", 0.3},  {U"ng", U"ngh", 0.3}, {U"ngh", U"ng", 0.3},
    {U"p", U"b", 0.5},   {U"x", U"s", 1.1},   {U"s", U"x", 1.2},   {U"ch", U"tr", 1.2},  {U"tr", U"ch", 1.2},
    {U"l", U"n", 2.0},   {U"n", U"l", 2.0},   {U"r", U"gi", 1.9},  {U"r", U"d", 1.9},    {U"kw", U"qu", 0.5},
    {U"ck", U"ch", 0.6}, {U"tk", U"th", 0.6}, {U"nk", U"nh", 0.5}, {U"pk", U"ph", 0.6},  {U"th", U"t", 2.4},
});

constexpr auto kVowels = std::to_array<Exchange>({
    {U"i", U"iê", 1.0},   {U"iu", U"iêu", 0.8}, {U"u", U"uô", 0.9},   {U"ui", U"ôi", 0.9},  {U"ui", U"uôi", 1.3},
    {U"ưi", U"ươi", 0.5}, {U"ư", U"ươ", 1.1},   {U"oi", U"ôi", 1.2},  {U"oy", U"ôi", 0.6},  {U"oy", U"oi", 0.6},
    {U"ôy", U"ôi", 0.3},  {U"ơy", U"ơi", 0.3},  {U"uơ", U"ươ", 0.2},  {U"ưo", U"ươ", 0.2},  {U"uo", U"ươ", 0.7},
    {U"uo", U"uô", 0.7},  {U"ie", U"iê", 0.4},  {U"ye", U"yê", 0.4},  {U"ey", U"ây", 0.5},  {U"êy", U"ây", 0.7},
    {U"e", U"ê", 1.5},    {U"o", U"ô", 1.5},    {U"o", U"ơ", 1.8},    {U"a", U"â", 1.7},    {U"a", U"ă", 1.8},
    {U"ă", U"a", 1.6},    {U"â", U"ă", 1.8},    {U"ê", U"e", 1.6},    {U"ô", U"o", 1.8},    {U"ơ", U"ô", 1.9},
    {U"u", U"ư", 1.7},    {U"iê", U"i", 1.5},   {U"uô", U"u", 1.7},   {U"e", U"a", 2.0},    {U"ai", U"ay", 1.5},
    {U"ay", U"ai", 1.6},  {U"ay", U"ây", 1.7},  {U"oai", U"ai", 1.5}, {U"oa", U"a", 1.4},   {U"au", U"âu", 1.8},
    {U"iêu", U"iu", 1.8}, {U"ươi", U"ưi", 2.0}, {U"yu", U"iêu", 1.0}, {U"ưa", U"ươ", 2.0},  {U"ia", U"iê", 1.6},
    {U"ua", U"uô", 1.6},  {U"uu", U"ưu", 0.8},  {U"ưu", U"iu", 1.6},  {U"êu", U"iêu", 1.5}, {U"ơ", U"ươ", 1.9},
    {U"oo", U"ô", 0.7},   {U"ee", U"ê", 0.7},   {U"aa", U"â", 0.9},   {U"ôi", U"ơi", 2.1},  {U"uy", U"ui", 1.4},
    {U"ơu", U"ươu", 0.9}, {U"iế", U"iê", 0.3},  {U"oe", U"e", 1.5},   {U"ưi", U"ơi", 1.8},  {U"ui", U"uy", 1.4},
    {U"âu", U"au", 1.9},  {U"e", U"iê", 1.9},   {U"uâ", U"uô", 1.6},
});

// Longer clusters, written out so that one exchange is one slip.
constexpr auto kClusters = std::to_array<Exchange>({
    {U"uơi", U"ươi", 0.2},
    {U"ưoi", U"ươi", 0.2},
    {U"uoi", U"ươi", 0.7},
    {U"uoi", U"uôi", 0.7},
    {U"ieu", U"iêu", 0.3},
    {U"uye", U"uyê", 0.3},
    {U"uya", U"uyê", 1.6},
    {U"ưou", U"ươu", 0.2},
    {U"uyê", U"uê", 1.6},
    {U"âi", U"ây", 0.4},
    {U"y", U"i", 0.6},
    {U"yeu", U"yêu", 0.3},
});

constexpr auto kCodas = std::to_array<Exchange>({
    {U"g", U"ng", 0.3},  {U"h", U"nh", 0.4},  {U"k", U"c", 0.4},   {U"k", U"ch", 0.4},   {U"k", U"nh", 1.4},
    {U"nk", U"nh", 0.3}, {U"c", U"t", 1.0},   {U"t", U"c", 1.2},   {U"n", U"ng", 1.4},   {U"ng", U"n", 1.5},
    {U"z", U"", 0.7},    {U"k", U"", 1.0},    {U"x", U"", 1.4},    {U"h", U"", 1.5},     {U"q", U"c", 0.8},
    {U"ck", U"c", 0.5},  {U"ck", U"ch", 0.5}, {U"hk", U"ch", 0.8}, {U"m", U"ng", 1.6},   {U"nh", U"n", 1.6},
    {U"gh", U"ng", 0.6}, {U"v", U"u", 1.0},   {U"s", U"t", 2.0},   {U"nhk", U"nh", 0.5}, {U"ngk", U"ng", 0.5},
    {U"n", U"nh", 1.6},  {U"ch", U"t", 1.4},  {U"t", U"ch", 1.5},  {U"ic", U"ich", 0.5},
});

// Below this the channel may see a typo of clean text; above it a word. Counts in some 24 million tokens.
constexpr double kLeastCount = 300;
constexpr double kLeastGain = 0.55;  // powers of ten by which the reading must be more frequent, all prices paid
constexpr double kTonePrice = 1.2;
constexpr double kStopPrice = 0.5;
constexpr double kPriceWeight = 1.5;
constexpr double kMostGain = 6;  // no syllable is more frequent than a million

struct Parts {
  std::u32string onset;
  std::u32string vowels;
  std::u32string coda;
  Tone tone = Tone::kLevel;
};

bool is_vowel(char32_t letter) { return letter_of(letter).vowel; }

// Letters without the tone, cut at the vowels; nullopt if it is no single syllable or bears two tones.
std::optional<Parts> parts_of(std::string_view word) {
  constexpr std::size_t kLongest = 10;
  std::u32string letters;
  Parts parts;
  for (std::size_t at = 0; at < word.size();) {
    const Letter letter = letter_of(next_code(word, at));
    if (letter.plain == 0 || letters.size() == kLongest) return std::nullopt;
    if (letter.tone != Tone::kLevel) {
      if (parts.tone != Tone::kLevel && parts.tone != letter.tone) return std::nullopt;
      parts.tone = letter.tone;
    }
    // j after the first letter is the i of an old fashion: đj, mjnh.
    letters += letter.plain == U'j' && !letters.empty() ? U'i' : letter.plain;
  }
  std::size_t begin = 0;
  while (begin < letters.size() && !is_vowel(letters[begin])) ++begin;
  const bool swallows = letters.size() > begin + 1 && is_vowel(letters[begin + 1]);
  if (swallows && begin == 1 &&
      ((letters[0] == U'q' && letters[1] == U'u') || (letters[0] == U'g' && letters[1] == U'i')))
    ++begin;
  std::size_t end = begin;
  while (end < letters.size() && is_vowel(letters[end])) ++end;
  if (end == begin) return std::nullopt;
  for (std::size_t i = end; i < letters.size(); ++i)
    if (is_vowel(letters[i])) return std::nullopt;
  parts.onset = letters.substr(0, begin);
  parts.vowels = letters.substr(begin, end - begin);
  parts.coda = letters.substr(end);
  return parts;
}

struct Choice {
  std::u32string letters;
  double price;
};

template <std::size_t N>
void add_choices(const std::u32string& part, const std::array<Exchange, N>& exchanges, std::vector<Choice>& choices) {
  for (const Exchange& exchange : exchanges)
    if (exchange.from == part) choices.push_back({std::u32string(exchange.to), exchange.price});
}

template <std::size_t N>
std::vector<Choice> choices_of(const std::u32string& part, const std::array<Exchange, N>& exchanges) {
  std::vector<Choice> choices{{part, 0}};
  add_choices(part, exchanges, choices);
  return choices;
}

// The syllable in UTF-8, or "" if the parts make none.
std::string joined(const std::u32string& onset, const std::u32string& vowels, const std::u32string& coda, Tone tone) {
  std::u32string letters = onset + vowels + coda;
  const std::size_t length = onset_length(letters);
  const auto rime = std::u32string_view(letters).substr(length);
  if (length != onset.size() || !is_rime(rime)) return {};
  const std::size_t place = length + tone_position(rime, true);
  letters[place] = compose(letters[place], tone, false);
  std::string out;
  for (const char32_t letter : letters) append_code(out, letter);
  return out;
}

// The tone as it stands, or hỏi for ngã; a stopped rime without its tone (đươc, nươc) gets one of the two it may bear.
std::vector<Choice> tones_of(const Parts& parts, const std::u32string& coda) {
  const auto choice = [](Tone tone, double price) { return Choice{{static_cast<char32_t>(tone)}, price}; };
  std::vector<Choice> tones{choice(parts.tone, 0)};
  if (parts.tone == Tone::kHook) tones.push_back(choice(Tone::kTilde, kTonePrice));
  if (parts.tone == Tone::kTilde) tones.push_back(choice(Tone::kHook, kTonePrice));
  const bool stopped = coda == U"c" || coda == U"ch" || coda == U"p" || coda == U"t";
  // Without any mark it may be a word of another language (trick).
  const auto marked = [](char32_t letter) { return letter > 0x7F; };
  const bool effort = std::any_of(parts.vowels.begin(), parts.vowels.end(), marked) || parts.onset == U"đ";
  if (parts.tone != Tone::kLevel || !stopped || !effort) return tones;
  return {choice(Tone::kAcute, kStopPrice), choice(Tone::kDot, kStopPrice)};
}

}  // namespace

char32_t base_letter(char32_t code) {
  static constexpr std::u32string_view kMarked = U"ăâêôơưđ";
  static constexpr std::u32string_view kBare = U"aaeooud";
  const char32_t plain = letter_of(code).plain;
  const std::size_t at = kMarked.find(plain);
  return at == std::u32string_view::npos ? plain : kBare[at];
}

std::string unstretch(std::string_view word) {
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t begin = at;
    const char32_t first = next_code(word, at);
    const char32_t base = base_letter(first);
    char32_t kept = first;
    std::size_t length = 1;
    std::size_t stop = at;
    while (base != 0 && stop < word.size()) {
      std::size_t next = stop;
      const char32_t code = next_code(word, next);
      if (base_letter(code) != base) break;
      // Of quá-a-a the letter with the marks is meant.
      if (code > kept) kept = code;
      stop = next;
      ++length;
    }
    // Within a word only vowels are drawn out; tripled consonants are abbreviations (cccd).
    const bool drawn = (length >= 3 && letter_of(first).vowel) || (length >= 2 && stop == word.size());
    if (drawn) append_code(out, kept);
    else out.append(word, begin, stop - begin);
    at = stop;
  }
  return out;
}

bool is_cry(std::string_view word) {
  static constexpr std::string_view kLetters = "hakiueojcx";
  for (const char letter : word)
    if (kLetters.find(letter) == std::string_view::npos) return false;
  // Of such letters alone, and with h or k at every other place or nothing else.
  if (word.find_first_not_of(word.front()) == std::string_view::npos) return true;
  if (word.size() < 4) return false;
  for (std::size_t i = 2; i + 1 < word.size(); i += 2)
    if (word[i] != word[0]) return false;
  return word[0] == 'h' || word[0] == 'k';
}

std::string respell(std::string_view word, const Lexicon& lexicon) {
  const auto parts = parts_of(word);
  if (!parts) return {};
  const double own = std::log10(lexicon.count(word) + 1.0);
  std::string best;
  double best_gain = kLeastGain;
  std::vector<Choice> nuclei = choices_of(parts->vowels, kVowels);
  add_choices(parts->vowels, kClusters, nuclei);
  for (const Choice& onset : choices_of(parts->onset, kOnsets))
    for (const Choice& vowels : nuclei)
      for (const Choice& coda : choices_of(parts->coda, kCodas))
        for (const Choice& tone : tones_of(*parts, coda.letters)) {
          const double price = kPriceWeight * (onset.price + vowels.price + coda.price + tone.price);
          if (kMostGain - own - price <= best_gain) continue;
          const std::string syllable =
              joined(onset.letters, vowels.letters, coda.letters, static_cast<Tone>(tone.letters[0]));
          const double count = lexicon.count(syllable);
          const double gain = std::log10(count + 1) - own - price;
          if (syllable.empty() || syllable == word || count < kLeastCount || gain <= best_gain) continue;
          best = syllable;
          best_gain = gain;
        }
  return best;
}

}  // namespace duluan::chat
