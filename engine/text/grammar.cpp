#include "text/grammar.hpp"

#include <algorithm>
#include <array>

#include "text/letters.hpp"

namespace duluan {
namespace {

constexpr std::array<std::u32string_view, 28> kOnsets{U"ngh", U"ch", U"gh", U"gi", U"kh", U"ng", U"nh",
                                                      U"ph",  U"qu", U"th", U"tr", U"b",  U"c",  U"d",
                                                      U"đ",   U"g",  U"h",  U"k",  U"l",  U"m",  U"n",
                                                      U"p",   U"q",  U"r",  U"s",  U"t",  U"v",  U"x"};

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
  constexpr std::size_t kLongest = 5;
  if (rime.empty() || rime.size() > kLongest) return false;
  std::array<char32_t, kLongest + 2> spaced{};
  spaced[0] = U' ';
  std::copy(rime.begin(), rime.end(), spaced.begin() + 1);
  spaced[rime.size() + 1] = U' ';
  return kRimes.find(std::u32string_view(spaced.data(), rime.size() + 2)) != std::u32string_view::npos;
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
