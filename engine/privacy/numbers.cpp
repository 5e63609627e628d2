// Numbers: a run of digit groups, with the dots, spaces, dashes and brackets people put between
// them, is judged by its length and prefix, and by the nearest telling word before it where the
// format alone says too little. Of a longer run the longest part that means something is taken.
#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>

#include "duluan/text.hpp"
#include "privacy/finders.hpp"

namespace duluan::privacy {
namespace {

enum class Cue { kNone, kPhone, kId, kAccount, kCard, kTax, kOffice };

struct CuePhrase {
  std::string_view words;
  Cue cue;
};

// Folded. The phrase nearest before the number decides.
constexpr std::array<CuePhrase, 42> kCues{{{"stk", Cue::kAccount},
                                           {"tai khoan", Cue::kAccount},
                                           {"so tk", Cue::kAccount},
                                           {"tk", Cue::kAccount},
                                           {"vietcombank", Cue::kAccount},
                                           {"agribank", Cue::kAccount},
                                           {"vietinbank", Cue::kAccount},
                                           {"bidv", Cue::kAccount},
                                           {"mbbank", Cue::kAccount},
                                           {"techcombank", Cue::kAccount},
                                           {"sacombank", Cue::kAccount},
                                           {"vpbank", Cue::kAccount},
                                           {"momo", Cue::kPhone},
                                           {"mst", Cue::kTax},
                                           {"ma so thue", Cue::kTax},
                                           {"cccd", Cue::kId},
                                           {"cmnd", Cue::kId},
                                           {"cmt", Cue::kId},
                                           {"chung minh", Cue::kId},
                                           {"so cm", Cue::kId},
                                           {"can cuoc", Cue::kId},
                                           {"dinh danh", Cue::kId},
                                           {"bhxh", Cue::kId},
                                           {"bhyt", Cue::kId},
                                           {"ho chieu", Cue::kId},
                                           {"bao hiem", Cue::kId},
                                           {"so the", Cue::kCard},
                                           {"the atm", Cue::kCard},
                                           {"the tin dung", Cue::kCard},
                                           {"sdt", Cue::kPhone},
                                           {"dt", Cue::kPhone},
                                           {"dien thoai", Cue::kPhone},
                                           {"so dt", Cue::kPhone},
                                           {"zalo", Cue::kPhone},
                                           {"di dong", Cue::kPhone},
                                           {"alo", Cue::kPhone},
                                           {"duong day nong", Cue::kOffice},
                                           {"tong dai", Cue::kOffice},
                                           {"hotline", Cue::kOffice},
                                           {"ubnd", Cue::kOffice},
                                           {"van phong", Cue::kOffice},
                                           {"co quan", Cue::kOffice}}};

struct Group {
  std::size_t begin = 0, end = 0;
  [[nodiscard]] std::size_t size() const { return end - begin; }
};

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// Length of what may stand between two groups of one number, or 0.
std::size_t gap_length(std::string_view text, std::size_t at) {
  std::size_t length = 0;
  while (at + length < text.size() && length < 3) {
    const char c = text[at + length];
    if (c == ' ' || c == '.' || c == '-' || c == '(' || c == ')') ++length;
    else if (text.substr(at + length, 2) == "\xC2\xA0") length += 2;
    else break;
  }
  const std::string_view gap = text.substr(at, length);
  const bool single = length == 1 || gap == "\xC2\xA0";
  const bool mixed = gap.find_first_of("()") != std::string_view::npos || gap == " - ";
  return (single || mixed) && at + length < text.size() && is_digit(text[at + length]) ? length : 0;
}

std::vector<Group> groups_at(std::string_view text, std::size_t at) {
  std::vector<Group> groups;
  constexpr std::size_t kMost = 10;
  while (groups.size() < kMost) {
    Group group{at, at};
    while (group.end < text.size() && is_digit(text[group.end])) ++group.end;
    groups.push_back(group);
    const std::size_t gap = gap_length(text, group.end);
    if (gap == 0) break;
    at = group.end + gap;
  }
  return groups;
}

// Part of a run: the groups from `first` on, `count` of them.
struct Number {
  std::string digits;
  Span span;
  bool plus = false;
  bool grouped = false;  // more than one group
  bool amount = false;   // 1.200.000, or followed by what is counted
  bool fours = false;    // 4111 1111 1111 1111
};

bool counts_something(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == ' ') ++at;
  static constexpr std::array<std::string_view, 20> kUnits{"đồng", "đ",     "vnđ",  "vnd",  "usd", "triệu", "tỷ",
                                                           "tỉ",   "nghìn", "ngàn", "m2",   "m²",  "ha",    "kg",
                                                           "tấn",  "người", "hộ",   "lượt", "%",   "km"};
  for (const std::string_view unit : kUnits) {
    if (!text.substr(at).starts_with(unit)) continue;
    const std::size_t end = at + unit.size();
    if (end >= text.size() || std::string_view(" .,;:)/!?\n").find(text[end]) != std::string_view::npos) return true;
  }
  return false;
}

Number number_of(std::string_view text, const std::vector<Group>& groups, std::size_t first, std::size_t count) {
  Number n;
  n.span = {groups[first].begin, groups[first + count - 1].end};
  bool thousands = count > 1 && groups[first].size() <= 3 && text[groups[first].begin] != '0';
  n.fours = true;
  for (std::size_t g = first; g < first + count; ++g) {
    n.digits.append(text, groups[g].begin, groups[g].size());
    thousands = thousands && (g == first || groups[g].size() == 3);
    n.fours = n.fours && (groups[g].size() == 4 || (g + 1 == first + count && groups[g].size() <= 4));
  }
  n.grouped = count > 1;
  n.amount = thousands || counts_something(text, n.span.end);
  if (first == 0 && n.span.begin > 0 && text[n.span.begin - 1] == '+') n.plus = true, --n.span.begin;
  // "(0296) 3852123": the bracket goes with the number it opens in.
  if (n.span.begin > 0 && text[n.span.begin - 1] == '(' &&
      text.substr(n.span.begin, n.span.size()).find(')') != std::string_view::npos)
    --n.span.begin;
  return n;
}

bool is_mobile(std::string_view n) {
  if (n.size() == 10)  // eleven digits with the trunk prefix, before September 2018
    return n.starts_with("12") || n.starts_with("16") || n.starts_with("18") || n.starts_with("199");
  if (n.size() != 9) return false;
  const int two = (n[0] - '0') * 10 + (n[1] - '0');
  static constexpr std::array kPrefixes{52, 55, 56, 58, 59, 70, 76, 77, 78, 79};
  return n[0] == '3' || (n[0] == '8' && n[1] != '0') || n[0] == '9' ||
         std::find(kPrefixes.begin(), kPrefixes.end(), two) != kPrefixes.end();
}

// Number in the national plan without trunk prefix or country code; empty if it has neither.
std::string_view national(const Number& number) {
  std::string_view n = number.digits;
  if (n.starts_with("0084")) n.remove_prefix(4);
  else if ((number.plus || n.size() >= 11) && n.starts_with("84")) n.remove_prefix(2);
  else if (!n.starts_with("0")) return {};
  if (n.starts_with("0")) n.remove_prefix(1);  // also "+84 (0)912…"
  return n;
}

bool is_fixed(std::string_view n) { return n.size() == 10 && n[0] == '2'; }

// 3 province, 1 century and sex, 2 year of birth, 6 random (Circular 07/2016).
bool is_personal_id(std::string_view digits) {
  return digits.size() == 12 && digits[0] == '0' && digits.substr(0, 3) >= "001" && digits.substr(0, 3) <= "096" &&
         digits[3] <= '3';
}

bool is_tax_code(std::string_view digits) {
  if (digits.size() != 10 && digits.size() != 13) return false;
  static constexpr std::array kWeights{31, 29, 23, 19, 17, 13, 7, 5, 3};
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += kWeights[i] * (digits[i] - '0');
  const int check = 10 - sum % 11;
  return check != 10 && check == digits[9] - '0' && digits.substr(2, 7) != "0000000";
}

bool passes_luhn(std::string_view digits) {
  if (digits.size() < 13 || digits.size() > 19) return false;
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    int value = digits[digits.size() - 1 - i] - '0';
    if (i % 2 == 1) value = value > 4 ? value * 2 - 9 : value * 2;
    sum += value;
  }
  return sum % 10 == 0;
}

// Issuers: 3-6, and 9704 of the domestic switch. Years in a row ("2019 2020 …") begin with 2.
bool is_card(const Number& n) {
  const bool issuer = (n.digits[0] >= '3' && n.digits[0] <= '6') || n.digits.starts_with("9704");
  return issuer && (!n.grouped || n.fours) && passes_luhn(n.digits);
}

}  // namespace

namespace {

class NumberFinder {
 public:
  NumberFinder(const Tokens& tokens, std::vector<Redacted>& found) : tokens_(tokens), found_(found) {}

  void run() {
    const std::string_view text = tokens_.text;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const Token& token = tokens_.tokens[i];
      if (token.kind == TokenKind::kWord) find_card_word(i);
      if (token.kind != TokenKind::kNumber) continue;
      // A token may hold two runs: "0912345678/0987654321".
      for (std::size_t at = std::max(token.begin, done_); at < token.end; ++at) {
        if (!is_digit(text[at])) continue;
        const std::vector<Group> groups = groups_at(text, at);
        for (std::size_t first = 0; first < groups.size();) first += std::max<std::size_t>(take(groups, first, i), 1);
        at = done_ = groups.back().end;
      }
    }
  }

 private:
  // How many groups from `first` on were found to be personal data.
  std::size_t take(const std::vector<Group>& groups, std::size_t first, std::size_t token) {
    for (std::size_t count = groups.size() - first; count > 0; --count) {
      const Number number = number_of(tokens_.text, groups, first, count);
      if (number.digits.size() < 6 || number.digits.size() > 19) continue;
      if (const auto kind = kind_of(number, token)) {
        found_.push_back({number.span, *kind});
        return count;
      }
    }
    return 0;
  }

  std::optional<PersonalData> kind_of(const Number& n, std::size_t token) const {
    const std::size_t size = n.digits.size();
    bool close = false;
    const Cue cue = cue_before(token, close);
    if (!n.amount || (close && !counts_something(tokens_.text, n.span.end))) {
      if (cue == Cue::kAccount) return PersonalData::kAccount;
      if (cue == Cue::kTax && (size == 10 || size == 12 || size == 13)) return PersonalData::kTax;
      if (cue == Cue::kId && size >= 8 && size <= 15) return PersonalData::kId;
      if (cue == Cue::kCard && size >= 12) return PersonalData::kCard;
    }
    const std::string_view subscriber = national(n);
    if (is_mobile(subscriber)) return PersonalData::kPhone;
    // A fixed line is personal unless it is an office's.
    if (is_fixed(subscriber) && cue != Cue::kOffice) return PersonalData::kPhone;
    if (n.amount) return std::nullopt;
    if (cue == Cue::kPhone && close && (size == 9 || size == 10 || size == 11)) return PersonalData::kPhone;
    if (is_personal_id(n.digits)) return PersonalData::kId;
    if (is_card(n)) return PersonalData::kCard;
    const bool tax_shape = !n.grouped || (size == 13 && tokens_.text[n.span.begin + 10] == '-');
    if (tax_shape && is_tax_code(n.digits)) return PersonalData::kTax;
    return std::nullopt;
  }

  // "DN4010123456789", "B1234567": letters and digits in one, after the word for such a card.
  void find_card_word(std::size_t i) {
    const std::string_view word = tokens_.word(i);
    const auto digits = std::count_if(word.begin(), word.end(), is_digit);
    bool close = false;
    if (digits >= 6 && word.size() <= 15 && cue_before(i, close) == Cue::kId)
      found_.push_back({{tokens_.tokens[i].begin, tokens_.tokens[i].end}, PersonalData::kId});
  }

  // The nearest telling phrase in the few tokens before token i, within its sentence.
  // `close`: nothing but "số", "là", ":" and the like stands between.
  Cue cue_before(std::size_t i, bool& close) const {
    close = true;
    constexpr std::size_t kReach = 7;
    for (std::size_t back = 1; back <= kReach && back <= i; ++back) {
      const std::size_t at = i - back;
      const std::string_view word = tokens_.word(at);
      if (word == "." || word == ";" || word == "!" || word == "?") break;
      std::string phrase = fold(tokens_.word(at));
      for (std::size_t length = 1; length <= 4; ++length) {
        for (const CuePhrase& cue : kCues)
          if (cue.words == phrase && (cue.words != "dt" || tokens_.lower(at) == "đt")) return cue.cue;
        if (at < length) break;
        phrase.insert(0, fold(tokens_.word(at - length)) + ' ');
      }
      const std::string_view low = tokens_.lower(at);
      close = close &&
              (low == "số" || low == "so" || low == "là" || low == ":" || low == "(" || low == "nhân" || low == "dân" ||
               low == "ngân" || low == "hàng" || low == "thư" || low == "công" || low == "+" || low == "cá");
    }
    close = false;
    return Cue::kNone;
  }

  const Tokens& tokens_;
  std::vector<Redacted>& found_;
  std::size_t done_ = 0;  // byte up to which runs were judged
};

}  // namespace

void find_links(const Tokens& tokens, std::vector<Redacted>& found) {
  for (const Token& token : tokens.tokens) {
    if (token.kind != TokenKind::kLink) continue;
    const bool email = token.of(tokens.text).find('@') != std::string_view::npos &&
                       token.of(tokens.text).find("://") == std::string_view::npos;
    found.push_back({{token.begin, token.end}, email ? PersonalData::kEmail : PersonalData::kUrl});
  }
}

void find_numbers(const Tokens& tokens, std::vector<Redacted>& found) { NumberFinder(tokens, found).run(); }

}  // namespace duluan::privacy
