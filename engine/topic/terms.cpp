#include "topic/terms.hpp"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <utility>

#include "duluan/text.hpp"
#include "text/letters.hpp"

namespace duluan::topics {
namespace {

// Short forms of the chat and of offices whose meaning is one; sorted by the short form.
constexpr std::array kShort = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"bhxh", "bảo hiểm xã hội"},
    {"bhyt", "bảo hiểm y tế"},
    {"bqp", "bộ quốc phòng"},
    {"bs", "bác sĩ"},
    {"bv", "bệnh viện"},
    {"ch", "chưa"},
    {"csgt", "cảnh sát giao thông"},
    {"cskv", "cảnh sát khu vực"},
    {"cty", "công ty"},
    {"dc", "được"},
    {"dn", "doanh nghiệp"},
    {"dvc", "dịch vụ công"},
    {"gtgt", "giá trị gia tăng"},
    {"gv", "giáo viên"},
    {"gvcn", "giáo viên chủ nhiệm"},
    {"hs", "học sinh"},
    {"j", "gì"},
    {"k", "không"},
    {"ko", "không"},
    {"lđ", "lao động"},
    {"mn", "mọi người"},
    {"ng", "người"},
    {"nn", "nhà nước"},
    {"nv", "nhân viên"},
    {"r", "rồi"},
    {"sv", "sinh viên"},
    {"trg", "trường"},
    {"ttđt", "thông tin điện tử"},
    {"vn", "việt nam"},
    {"vs", "với"},
    {"xh", "xã hội"},
    {"đc", "được"},
    {"đt", "điện thoại"},
});
static_assert(std::is_sorted(kShort.begin(), kShort.end()));

// "đẹpppp" -> "đẹp": three or more of one letter are emotion, not spelling.
std::string shortened(const std::string& word) {
  std::string out;
  char32_t last = 0;
  int run = 0;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t begin = at;
    const char32_t code = next_code(word, at);
    run = code == last ? run + 1 : 1;
    last = code;
    std::size_t next = at;
    const bool pair = run == 2 && (at >= word.size() || next_code(word, next) != code);
    if (run == 1 || pair) out.append(word, begin, at - begin);
  }
  return out;
}

bool has_diacritic(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

bool each_syllable(std::string_view token, const std::function<void(std::string_view)>& use) {
  const std::string word = shortened(canonical(token));
  const auto* found = std::lower_bound(kShort.begin(), kShort.end(), word,
                                       [](const auto& entry, const std::string& key) { return entry.first < key; });
  if (found == kShort.end() || found->first != word) {
    use(word);
    return has_diacritic(word);
  }
  std::string_view rest = found->second;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    use(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return has_diacritic(word);
}

bool mostly_plain(std::size_t marked, std::size_t words) noexcept { return words > 0 && marked * 4 < words; }

std::string canonical(std::string_view token) { return lower_case(normalize(token, ToneStyle::kOld).str()); }

std::uint32_t term_key(std::string_view bytes, unsigned kind) noexcept {
  return static_cast<std::uint32_t>(XXH3_64bits_withSeed(bytes.data(), bytes.size(), kind) >> 16);
}

Terms terms_of(std::string_view utf8) {
  Terms terms;
  std::vector<Token> tokens;
  tokenize(utf8, tokens);
  bool after_break = true;
  std::size_t marked = 0;
  std::size_t words = 0;
  for (const Token& token : tokens) {
    if (token.kind != TokenKind::kWord) {
      after_break = true;
      continue;
    }
    ++words;
    const bool diacritic = each_syllable(token.of(utf8), [&](std::string_view syllable) {
      terms.syllables.emplace_back(syllable);
      terms.folded.push_back(fold(syllable));
      terms.breaks.push_back(after_break ? 1 : 0);
      terms.spans.push_back({token.begin, token.end});
      after_break = false;
    });
    if (diacritic) ++marked;
  }
  terms.letters = words > 0;
  terms.plain = mostly_plain(marked, words);
  return terms;
}

}  // namespace duluan::topics
