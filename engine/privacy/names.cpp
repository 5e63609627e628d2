// Names, addresses and plates: shapes of capitalised syllables and numbers after a cue.
#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "privacy/finders.hpp"
#include "text/letters.hpp"

namespace duluan::privacy {
namespace {

// Words that announce a person. With their marks: without them "có", "đi" and "Châu" would count.
constexpr std::array<std::string_view, 24> kCues{
    "ông", "bà",  "anh",   "chị",      "em",  "cô",     "chú",      "bác",        "dì",      "cậu", "thầy", "cháu",
    "cụ",  "mợ",  "thím", "dượng", "bé", "đồng chí", "đ/c", "bí thư", "chủ tịch", "trưởng thôn", "bác sĩ", "công dân"};

// The commonest family names, folded; together they cover nearly everybody.
constexpr std::array<std::string_view, 60> kFamilies{
    "nguyen", "tran", "le",   "pham",  "hoang", "huynh", "phan", "vu",    "vo",   "dang",  "bui",  "do",   "ho",   "ngo",  "duong",
    "ly",     "dao",  "doan", "vuong", "trinh", "truong", "dinh", "lam",  "phung", "mai",  "to",   "ha",   "ta",   "chau", "luong",
    "luu",    "thai", "cao",  "quach", "la",    "dam",   "thach", "kim",  "son",  "danh",  "chu",  "nong", "hua",  "giang", "au",
    "ma",     "lo",   "quang", "vi",   "ksor",  "rcom",  "siu",   "kpa",  "nay",  "y",     "bo",   "khuat", "than", "ton",  "tang"};

template <std::size_t N>
bool in(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_cue(std::string_view lower) { return in(kCues, lower); }

// A capital, then small letters: "Bình", not "BÌNH" or "X".
bool is_title(std::string_view word) {
  const Text nfc = normalize(word, ToneStyle::kKeep);
  std::size_t at = 0;
  if (!letter_of(next_code(nfc.str(), at)).upper || at == nfc.str().size()) return false;
  while (at < nfc.str().size()) {
    const Letter letter = letter_of(next_code(nfc.str(), at));
    if (letter.plain == 0 || letter.upper) return false;
  }
  return true;
}

// "N.V.B", "T." and the like.
bool is_initials(std::string_view word) {
  return word.size() >= 3 && word.find('.') != std::string_view::npos &&
         std::all_of(word.begin(), word.end(), [](unsigned char c) { return c == '.' || std::isupper(c) != 0 || c >= 0x80; });
}

// Capitalised words that follow a cue but name an office or a place, folded.
constexpr std::array<std::string_view, 18> kOffices{"ubnd", "hdnd", "uy",  "ban",  "hoi",  "so",  "phong", "cong", "chu",
                                                    "bi",   "xa",   "thu", "mat",  "dang", "bo",  "chi",   "phuong", "truong"};

}  // namespace

void find_names(const Tokens& tokens, std::vector<Redacted>& found) {
  const std::size_t count = tokens.tokens.size();
  for (std::size_t i = 0; i + 1 < count; ++i) {
    const std::string word = lower_case(normalize(tokens.word(i), ToneStyle::kOld).str());
    const bool cue = is_cue(word) || (i > 0 && is_cue(lower_case(normalize(tokens.word(i - 1), ToneStyle::kOld).str()) + ' ' + word));
    if (cue && is_initials(tokens.word(i + 1))) {
      found.push_back({{tokens.tokens[i + 1].begin, tokens.tokens[i + 1].end}, PersonalData::kName});
      continue;
    }
    std::size_t end = i + 1;
    while (end < count && end - i <= 5 && tokens.tokens[end].kind == TokenKind::kWord &&
           (end == i + 1 || tokens.tokens[end].begin == tokens.tokens[end - 1].end + 1) && is_title(tokens.word(end)))
      ++end;
    const std::size_t length = end - i - 1;
    if (length == 0) continue;
    const std::string first = fold(tokens.word(i + 1));
    const bool family = in(kFamilies, first) && length >= 2;
    // After a cue one given name is enough; without a cue nothing is taken for a person.
    if (!cue || (!family && (length > 2 || in(kOffices, first)))) continue;
    found.push_back({{tokens.tokens[i + 1].begin, tokens.tokens[end - 1].end}, PersonalData::kName});
  }
}

void find_addresses(const Tokens& tokens, std::vector<Redacted>& found) {
  static constexpr std::array<std::string_view, 10> kCues2{"so nha", "to", "ngo", "ngach", "hem", "kiet", "ap", "nha so", "to so", "can ho"};
  for (std::size_t i = 0; i + 1 < tokens.tokens.size(); ++i) {
    std::string cue = fold(tokens.word(i));
    std::size_t number = i + 1;
    if (!in(kCues2, cue)) {
      cue += ' ' + fold(tokens.word(i + 1));
      number = i + 2;
      if (!in(kCues2, cue)) continue;
    }
    if (number >= tokens.tokens.size() || tokens.tokens[number].kind != TokenKind::kNumber) continue;
    // A lane or house number identifies a home; a hamlet or group number alone does not.
    const bool home = cue == "so nha" || cue == "nha so" || cue == "ngo" || cue == "ngach" || cue == "hem" || cue == "kiet" || cue == "can ho";
    if (home) found.push_back({{tokens.tokens[i].begin, tokens.tokens[number].end}, PersonalData::kAddress});
  }
}

void find_plates(const Tokens& tokens, std::vector<Redacted>& found) {
  // 30A-123.45, 29-B1 678.90, 59X1-234.56: series token, then four or five digits.
  for (std::size_t i = 0; i < tokens.tokens.size(); ++i) {
    if (tokens.tokens[i].kind != TokenKind::kNumber) continue;
    const Token& token = tokens.tokens[i];
    if (token.end - token.begin != 2) continue;
    std::size_t at = token.end;
    const auto take = [&](auto test) {
      const bool ok = at < tokens.text.size() && test(static_cast<unsigned char>(tokens.text[at]));
      if (ok) ++at;
      return ok;
    };
    const auto digit = [](unsigned char c) { return std::isdigit(c) != 0; };
    const auto letter = [](unsigned char c) { return std::isupper(c) != 0; };
    take([](unsigned char c) { return c == '-'; });
    if (!take(letter)) continue;
    if (!take(letter)) take(digit);
    if (!take([](unsigned char c) { return c == '-' || c == ' '; })) continue;
    const std::size_t serial = at;
    while (take(digit) || (at - serial == 3 && take([](unsigned char c) { return c == '.'; }))) {}
    const std::size_t length = at - serial;
    if (length >= 4 && length <= 6 && tokens.text[at - 1] != '.')
      found.push_back({{token.begin, at}, PersonalData::kPlate});
  }
}

}  // namespace duluan::privacy
