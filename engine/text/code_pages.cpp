#include "text/code_pages.hpp"

#include <algorithm>
#include <utility>

#include "text/letters.hpp"

namespace duluan {
namespace {

constexpr char16_t kNone = u'\uFFFF';

// 80..9F of Windows-1252; the five it leaves out are kNone.
constexpr std::u16string_view kWestern =
    u"€\uFFFF‚ƒ„…†‡ˆ‰Š‹Œ\uFFFFŽ\uFFFF"
    u"\uFFFF‘’“”•–—˜™š›œ\uFFFFžŸ";

// TCVN 5712, VN1: 80..9F, then what it shares with VN2, A0..FF.
constexpr std::u16string_view kVn1Controls =
    u"ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ"
    u"ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ";
constexpr std::u16string_view kVn2 =
    u"\u00A0ĂÂÊÔƠƯĐăâêôơưđẰ"
    u"\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    u"ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    u"éẹềểễếệìỉỄẾỒĩíịò"
    u"Ổỏõóọồổỗốộờởỡớợù"
    u"ỖủũúụừửữứựỳỷỹýỵỐ";

constexpr std::u16string_view kVisciiHigh =
    u"ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"
    u"ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    u"ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    u"ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"
    u"ĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    u"àáâãảăữẫèéêẻìíĩỉ"
    u"đựòóôõỏọụùúũủýợỮ";

// VPS keeps the Windows quotes and, where no Vietnamese letter stands, Latin-1.
constexpr std::u16string_view kVpsHigh =
    u"ÀẢÃẤẦẨọỗĂếềểệẮẰẲ"
    u"Ế‘’ỀỂỄỐỒỔỖýỷỵỚỜỞ"
    u"\u00A0ắằẳẵặỠớÙờởỡŨỨợỪ"
    u"ổỬỲỸÍÌộỈĨÓửữÒỎÕự"
    u"ầÁÂấẩẫậđẻÉÊẹỉễịỹ"
    u"ƯỦồốÔỏơÈừứÚũưÝẺß"
    u"àáâãảạăçèéêẽìíîĩ"
    u"ẴĐòóôõöƠụùúủüỶẼỳ";

constexpr std::u16string_view k1258High =
    u"€\uFFFF‚ƒ„…†‡ˆ‰\uFFFF‹Œ\uFFFF\uFFFF\uFFFF"
    u"\uFFFF‘’“”•–—˜™\uFFFF›œ\uFFFF\uFFFFŸ"
    u"\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯°±²³´µ¶·¸¹º»¼½¾¿"
    u"ÀÁÂĂÄÅÆÇÈÉÊË\u0300ÍÎÏ"
    u"ĐÑ\u0309ÓÔƠÖ×ØÙÚÛÜƯ\u0303ß"
    u"àáâăäåæçèéêë\u0301íîï"
    u"đñ\u0323óôơö÷øùúûüư₫ÿ";

// Capitals that took the place of control codes.
using Low = std::pair<unsigned char, char16_t>;
constexpr std::array<Low, 12> kVn1Low{{{0x01, u'Ú'},
                                       {0x02, u'Ụ'},
                                       {0x04, u'Ừ'},
                                       {0x05, u'Ử'},
                                       {0x06, u'Ữ'},
                                       {0x11, u'Ứ'},
                                       {0x12, u'Ự'},
                                       {0x13, u'Ỳ'},
                                       {0x14, u'Ỷ'},
                                       {0x15, u'Ỹ'},
                                       {0x16, u'Ý'},
                                       {0x17, u'Ỵ'}}};
constexpr std::array<Low, 6> kVisciiLow{
    {{0x02, u'Ẳ'}, {0x05, u'Ẵ'}, {0x06, u'Ẫ'}, {0x14, u'Ỷ'}, {0x19, u'Ỹ'}, {0x1E, u'Ỵ'}}};
constexpr std::array<Low, 14> kVpsLow{{{0x02, u'Ạ'},
                                       {0x03, u'Ậ'},
                                       {0x04, u'Ặ'},
                                       {0x05, u'Ẹ'},
                                       {0x06, u'Ệ'},
                                       {0x10, u'Ị'},
                                       {0x11, u'Ọ'},
                                       {0x12, u'Ộ'},
                                       {0x13, u'Ợ'},
                                       {0x14, u'Ụ'},
                                       {0x15, u'Ự'},
                                       {0x19, u'Ỵ'},
                                       {0x1C, u'Ẫ'},
                                       {0x1D, u'Ữ'}}};

constexpr PageEntry entry_of(unsigned byte, char32_t code) {
  PageEntry entry;
  if (code == kNone) return entry;
  entry.code = code;
  entry.same = byte < 0x80 && code == byte;
  entry.mark = code >= 0x300 && code < 0x370;
  const auto put = [&entry](char32_t unit) { entry.utf8[entry.length++] = static_cast<char>(unit); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
  return entry;
}

using Entries = std::array<PageEntry, 256>;

constexpr Entries make_entries(std::u16string_view high) {
  Entries page{};
  for (unsigned byte = 0; byte < 0x80; ++byte) page[byte] = entry_of(byte, byte);
  for (std::size_t i = 0; i < high.size(); ++i)
    page[256 - high.size() + i] = entry_of(static_cast<unsigned>(256 - high.size() + i), high[i]);
  return page;
}

template <std::size_t N>
constexpr Entries make_entries(std::u16string_view high, const std::array<Low, N>& low) {
  Entries page = make_entries(high);
  for (const Low& one : low) page[one.first] = entry_of(one.first, one.second);
  return page;
}

constexpr Entries with_controls(Entries page, std::u16string_view controls) {
  for (std::size_t i = 0; i < controls.size(); ++i)
    page[0x80 + i] = entry_of(static_cast<unsigned>(0x80 + i), controls[i]);
  return page;
}

constexpr CodePage make_page(const Entries& entries) {
  CodePage page{entries, {}, false};
  for (std::size_t byte = 0; byte < entries.size(); ++byte) {
    const PageEntry& entry = entries[byte];
    std::uint32_t word = std::uint32_t{entry.length} << 24;
    for (std::size_t i = 0; i < entry.length; ++i)
      word |= std::uint32_t{static_cast<unsigned char>(entry.utf8[i])} << 8 * i;
    if (entry.mark) word |= PageWord::kMark;
    if (entry.length == 0) word |= PageWord::kBad;
    if (!entry.same) word |= PageWord::kOther;
    page.words[byte] = word;
    page.marks = page.marks || entry.mark;
  }
  return page;
}

constexpr CodePage kTcvn3Page = make_page(with_controls(make_entries(kVn2), kWestern));
constexpr CodePage kTcvn5712Page = make_page(with_controls(make_entries(kVn2, kVn1Low), kVn1Controls));
constexpr CodePage kVisciiPage = make_page(make_entries(kVisciiHigh, kVisciiLow));
constexpr CodePage kVpsPage = make_page(make_entries(kVpsHigh, kVpsLow));
constexpr CodePage k1258Page = make_page(make_entries(k1258High));

const CodePage& capitals_page() {
  static const CodePage page = [] {
    Entries made = kTcvn3Page.entries;
    for (std::size_t byte = 0; byte < made.size(); ++byte) {
      const Letter letter = letter_of(made[byte].code);
      if (letter.plain == 0) continue;
      const char32_t upper = letter.vowel           ? compose(letter.plain, letter.tone, true)
                             : letter.plain == U'đ' ? U'Đ'
                                                    : letter.plain - 32;
      made[byte] = entry_of(static_cast<unsigned>(byte), upper);
    }
    return make_page(made);
  }();
  return page;
}

// Code points and their bytes, in order, for writing.
using Inverse = std::array<std::pair<char32_t, std::uint8_t>, 256>;

// Of two bytes for one letter (capitals in a font of capitals) the later is the small letter's, which is written.
Inverse invert(const CodePage& page) {
  Inverse inverse{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    const PageEntry& entry = page[byte];
    const bool writes = entry.length > 0 && !entry.mark;
    inverse[byte] = {writes ? entry.code : U'\U0010FFFF', static_cast<std::uint8_t>(byte)};
  }
  std::stable_sort(inverse.begin(), inverse.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return inverse;
}

const Inverse* inverse_page(Encoding encoding) {
  static const Inverse tcvn3 = invert(kTcvn3Page);
  static const Inverse capitals = invert(capitals_page());
  static const Inverse tcvn5712 = invert(kTcvn5712Page);
  static const Inverse viscii = invert(kVisciiPage);
  static const Inverse vps = invert(kVpsPage);
  static const Inverse windows = invert(k1258Page);
  switch (encoding) {
    case Encoding::kTcvn3: return &tcvn3;
    case Encoding::kTcvn3Capitals: return &capitals;
    case Encoding::kTcvn5712: return &tcvn5712;
    case Encoding::kViscii: return &viscii;
    case Encoding::kVps: return &vps;
    case Encoding::kWindows1258: return &windows;
    default: return nullptr;
  }
}

}  // namespace

const CodePage* code_page(Encoding encoding) noexcept {
  switch (encoding) {
    case Encoding::kTcvn3: return &kTcvn3Page;
    case Encoding::kTcvn3Capitals: return &capitals_page();
    case Encoding::kTcvn5712: return &kTcvn5712Page;
    case Encoding::kViscii: return &kVisciiPage;
    case Encoding::kVps: return &kVpsPage;
    case Encoding::kWindows1258: return &k1258Page;
    default: return nullptr;
  }
}

int page_byte(Encoding encoding, char32_t code) noexcept {
  const Inverse* inverse = inverse_page(encoding);
  if (inverse == nullptr) return -1;
  const auto after = std::upper_bound(inverse->begin(), inverse->end(), code,
                                      [](char32_t wanted, const auto& pair) { return wanted < pair.first; });
  return after != inverse->begin() && (after - 1)->first == code ? (after - 1)->second : -1;
}

int western_byte(char32_t code) noexcept {
  if (code < 0x100) return static_cast<int>(code);
  if (const std::size_t at = kWestern.find(static_cast<char16_t>(code)); code < 0xFFFF && at != kWestern.npos)
    return static_cast<int>(0x80 + at);
  switch (code) {
    case 0x2212: return 0xAD;
    case 0x2219: return 0xB7;
    case 0x03BC: return 0xB5;
    case 0x02C9: return 0xAF;
    default: return -1;
  }
}

char32_t western_code(unsigned char byte) noexcept {
  if (byte < 0x80 || byte >= 0xA0) return byte;
  const char16_t code = kWestern[byte - 0x80];
  return code == kNone ? byte : code;
}

}  // namespace duluan
