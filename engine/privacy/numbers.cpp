// Numbers: a run of digits, with the dots, spaces and dashes people put into it, is judged by its
// length and prefix, and by the word before it where the format alone says too little.
#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "privacy/finders.hpp"

namespace duluan::privacy {
namespace {

struct Run {
  std::string digits;
  std::size_t first = 0;  // token
  std::size_t last = 0;   // token, inclusive
  Span span;
  bool plus = false;      // "+84…"
};

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text)
    if (std::isdigit(static_cast<unsigned char>(c)) != 0) digits += c;
  return digits;
}

// Groups such as "0912 345 678" or "001 202 012345": every group has at least two digits and only dots or dashes inside.
bool is_group(std::string_view text) {
  return std::isdigit(static_cast<unsigned char>(text.front())) != 0 &&
         text.find_first_not_of("0123456789.-") == std::string_view::npos;
}

bool starts_number(std::string_view digits) { return digits.starts_with("0") || digits.starts_with("84"); }

// Mobile and geographic numbers in the national plan, without trunk prefix.
bool is_subscriber(std::string_view n) {
  if (n.size() == 9) {
    const int two = (n[0] - '0') * 10 + (n[1] - '0');
    static constexpr std::array kMobile{52, 55, 56, 58, 59, 70, 76, 77, 78, 79, 89, 99};
    return n[0] == '3' || n[0] == '8' || (n[0] == '9') || std::find(kMobile.begin(), kMobile.end(), two) != kMobile.end();
  }
  // Eleven-digit mobiles before September 2018, and fixed lines of households (02x + 8 digits).
  return n.size() == 10 && (n.starts_with("12") || n.starts_with("16") || n.starts_with("18") || n.starts_with("199") || n[0] == '2');
}

bool is_phone(const Run& run) {
  std::string_view n = run.digits;
  if (n.starts_with("0084")) n.remove_prefix(4);
  else if (run.plus && n.starts_with("84")) n.remove_prefix(2);
  else if (n.size() >= 11 && n.starts_with("84")) n.remove_prefix(2);
  else if (n.starts_with("0")) n.remove_prefix(1);
  else return false;
  return is_subscriber(n);
}

bool is_tax_code(std::string_view digits) {
  if (digits.size() != 10 && digits.size() != 13) return false;
  static constexpr std::array kWeights{31, 29, 23, 19, 17, 13, 7, 5, 3};
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += kWeights[i] * (digits[i] - '0');
  const int check = 10 - sum % 11;
  return check != 10 && check == digits[9] - '0' && digits.substr(2, 7) != "0000000";
}

bool is_card(std::string_view digits) {
  if (digits.size() < 13 || digits.size() > 19 || digits[0] == '0') return false;
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    int value = digits[digits.size() - 1 - i] - '0';
    if (i % 2 == 1) value = value > 4 ? value * 2 - 9 : value * 2;
    sum += value;
  }
  return sum % 10 == 0;
}

// Whether one of the words stands in the few tokens before the run.
bool follows(const Tokens& tokens, const Run& run, std::initializer_list<std::string_view> words) {
  const std::size_t from = run.first > 7 ? run.first - 7 : 0;
  std::string context;
  for (std::size_t i = from; i < run.first; ++i) context += fold(tokens.word(i)) + ' ';
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return (' ' + context).find(' ' + std::string(word) + ' ') != std::string::npos; });
}

// The run that begins at token i: one group, or several apart by single spaces.
Run run_at(const Tokens& tokens, std::size_t i) {
  Run run{digits_of(tokens.word(i)), i, i, {tokens.tokens[i].begin, tokens.tokens[i].end}, false};
  if (i > 0 && tokens.word(i - 1) == "+" && tokens.tokens[i - 1].end == run.span.begin) {
    run.plus = true;
    run.span.begin = tokens.tokens[i - 1].begin;
  }
  constexpr std::size_t kLongest = 19;
  for (std::size_t j = i + 1; j < tokens.tokens.size(); ++j) {
    const Token& next = tokens.tokens[j];
    const bool apart = next.begin == run.span.end + 1 && tokens.text[run.span.end] == ' ';
    // "+84 912345678": after the country code the rest may come in one piece.
    const std::size_t longest_group = run.digits == "84" ? 10 : 6;
    if (!apart || !is_digits(tokens.word(j)) || next.end - next.begin < 2 || next.end - next.begin > longest_group ||
        run.digits.size() + (next.end - next.begin) > kLongest)
      break;
    run.digits += tokens.word(j);
    run.last = j;
    run.span.end = next.end;
  }
  return run;
}

bool kind_of(const Tokens& tokens, const Run& run, PersonalData& kind) {
  const std::size_t size = run.digits.size();
  if (follows(tokens, run, {"stk", "tai khoan", "so tk"}) && size >= 6) return kind = PersonalData::kAccount, true;
  if (follows(tokens, run, {"mst", "ma so thue"}) && size >= 10) return kind = PersonalData::kTax, true;
  if (follows(tokens, run, {"cccd", "cmnd", "chung minh", "so cm", "can cuoc", "dinh danh", "bhxh", "bhyt", "ho chieu"}) &&
      size >= 8 && size <= 15)
    return kind = PersonalData::kId, true;
  if ((run.plus || starts_number(run.digits)) && is_phone(run)) return kind = PersonalData::kPhone, true;
  if (size == 12 && run.digits[0] == '0') return kind = PersonalData::kId, true;
  if (is_tax_code(run.digits)) return kind = PersonalData::kTax, true;
  if (is_card(run.digits)) return kind = PersonalData::kCard, true;
  return false;
}

}  // namespace

void find_links(const Tokens& tokens, std::vector<Redacted>& found) {
  for (const Token& token : tokens.tokens) {
    if (token.kind != TokenKind::kLink) continue;
    const bool email = token.of(tokens.text).find('@') != std::string_view::npos;
    found.push_back({{token.begin, token.end}, email ? PersonalData::kEmail : PersonalData::kUrl});
  }
}

void find_numbers(const Tokens& tokens, std::vector<Redacted>& found) {
  for (std::size_t i = 0; i < tokens.tokens.size(); ++i) {
    if (tokens.tokens[i].kind != TokenKind::kNumber || !is_group(tokens.word(i))) continue;
    // The longest run first: "0912 345 678 20" may hold a phone and a number.
    Run run = run_at(tokens, i);
    PersonalData kind{};
    bool hit = kind_of(tokens, run, kind);
    while (!hit && run.last > i) {
      const Token& dropped = tokens.tokens[run.last--];
      run.digits.resize(run.digits.size() - (dropped.end - dropped.begin));
      run.span.end = tokens.tokens[run.last].end;
      hit = kind_of(tokens, run, kind);
    }
    if (!hit) continue;
    found.push_back({run.span, kind});
    i = run.last;
  }
}

}  // namespace duluan::privacy
