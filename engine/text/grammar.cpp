#include "text/grammar.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "text/letters.hpp"

namespace duluan {
namespace {

constexpr std::array<std::u32string_view, 28> kOnsets{
    U"ngh", U"ch", U"gh", U"gi", U"kh", U"ng", U"nh", U"ph", U"qu", U"th", U"tr", U"b", U"c", U"d",
    U"đ",   U"g",  U"h",  U"k",  U"l",  U"m",  U"n",  U"p",  U"q",  U"r",  U"s",  U"t", U"v", U"x"};

// Every rime of the language, in groups by nucleus; "yê" and "y" serve without onset and after qu.
constexpr std::u32string_view kRimes =
    U" a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây"
    U" e ec em en eng eo ep et ê êc êch êm ên êng ênh êp êt êu i ia ich im in ing inh ip it iu"
    U" iêc iêm iên iêng iêp iêt iêu o oc oi om on ong oong ooc op ot"
    U" oa oac oach oai oam oan oang oanh oao oap oat oau oay oăc oăm oăn oăng oăp oăt"
    U" oe oec oem oen oeng oeo oet ô ôc ôi ôm ôn ông ôông ôp ôt ơ ơi ơm ơn ơng ơp ơt"
    U" u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôp uôt uâng uân uât uây"
    U" uê uêch uên uênh uêt uêu uơ uơn uơt uy uya uych uyn uynh uyp uyt uyu uyên uyêt"
    U" ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu"
    U" y yn ynh yt ych yp yu ym yêm yên yêng yêt yêu ";

// A rime of up to five letters in one number; every letter is below U+0200.
constexpr std::size_t kLongest = 5;
constexpr std::uint64_t packed(std::u32string_view rime) {
  std::uint64_t key = 0;
  for (const char32_t letter : rime) key = key << 9 | letter;
  return key;
}

constexpr std::size_t kRimeCount = static_cast<std::size_t>(std::count(kRimes.begin(), kRimes.end(), U' ')) - 1;

constexpr std::array<std::uint64_t, kRimeCount> sorted_rimes() {
  std::array<std::uint64_t, kRimeCount> keys{};
  std::size_t begin = 1;
  for (std::uint64_t& key : keys) {
    const std::size_t end = kRimes.find(U' ', begin);
    key = packed(kRimes.substr(begin, end - begin));
    begin = end + 1;
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}
constexpr auto kSortedRimes = sorted_rimes();

bool is_vowel(char32_t letter) noexcept { return letter_of(letter).vowel; }

}  // namespace

std::size_t onset_length(std::u32string_view letters) noexcept {
  for (std::u32string_view onset : kOnsets) {
    if (!letters.starts_with(onset)) continue;
    const bool swallows_vowel = onset == U"gi" || onset == U"qu";
    const bool vowel_follows = letters.size() > onset.size() && is_vowel(letters[onset.size()]);
    if (!swallows_vowel || vowel_follows) return onset.size();
  }
  return 0;
}

bool is_rime(std::u32string_view rime) noexcept {
  if (rime.empty() || rime.size() > kLongest) return false;
  return std::binary_search(kSortedRimes.begin(), kSortedRimes.end(), packed(rime));
}

bool has_medial(std::u32string_view rime) noexcept {
  constexpr std::u32string_view kMedials = U" oa oă oe uâ uê uơ uy ";
  return rime.size() >= 2 && kMedials.find(std::u32string{U' ', rime[0], rime[1], U' '}) != std::u32string_view::npos;
}

bool onset_fits(std::u32string_view onset, std::u32string_view rime) noexcept {
  const char32_t first = rime.empty() ? 0 : rime[0];
  const bool front = first == U'i' || first == U'e' || first == U'ê';
  const bool y_rime = first == U'y' && rime.size() > 1;
  if (onset == U"qu") return first != U'u' && first != U'ư' && first != U'o' && (first != U'ô' || rime == U"ôc");
  if (y_rime && (!onset.empty() || !rime.starts_with(U"yê"))) return false;
  if (onset == U"q") return false;
  if (onset == U"k") return front || first == U'y';
  if (onset == U"gh" || onset == U"ngh") return front;
  if (onset == U"c") return !front && first != U'y' && !has_medial(rime);
  if (onset == U"g") return first == U'i' || (!front && first != U'y');
  if (onset == U"gi") return first != U'i' && first != U'y';
  if (onset == U"ng") return !front && first != U'y';
  return true;
}

bool starts_rime(std::u32string_view letters) noexcept {
  if (letters.size() > kLongest) return false;
  // The rimes with so many letters more are neighbours among the sorted.
  const std::uint64_t key = packed(letters);
  for (std::size_t bits = 0; bits <= 9 * (kLongest - letters.size()); bits += 9) {
    const auto first = std::lower_bound(kSortedRimes.begin(), kSortedRimes.end(), key << bits);
    if (first != kSortedRimes.end() && *first < (key + 1) << bits) return true;
  }
  return false;
}

std::size_t tone_position(std::u32string_view rime, bool old_style) noexcept {
  std::size_t vowels = 0;
  while (vowels < rime.size() && is_vowel(rime[vowels])) ++vowels;
  // A letter with a hook, breve or circumflex takes the tone; of ươ the second.
  for (std::size_t i = vowels; i-- > 0;)
    if (std::u32string_view(U"ăâêôơư").find(rime[i]) != std::u32string_view::npos) return i;
  if (vowels <= 1) return 0;
  if (vowels >= 3) return 1;
  if (rime.size() > vowels) return 1;
  const auto pair = rime.substr(0, 2);
  const bool glide = pair == U"oa" || pair == U"oe" || pair == U"uy";
  return glide && !old_style ? 1 : 0;
}

}  // namespace duluan
