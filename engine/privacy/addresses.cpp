// Addresses below the commune: a chain of parts ("số nhà 12, tổ 5, ấp Bình Hòa"). A house number or
// lane makes the chain an address; a hamlet or street alone is a place that opinions speak of, and
// goes only when it says where a person lives ("ông …, ấp 3", "ngụ tại tổ 5"). The commune stays.
#include <algorithm>
#include <array>
#include <cctype>

#include "privacy/finders.hpp"
#include "text/letters.hpp"

namespace duluan::privacy {
namespace {

enum class Part { kNone, kHome, kHamlet, kStreet };

template <std::size_t N>
bool in(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 7> kLanes{"ngõ", "ngách", "hẻm", "kiệt", "ngo", "ngach", "hem"};
constexpr std::array<std::string_view, 9> kHamlets{"thôn", "ấp", "bản", "buôn", "xóm", "khóm", "làng", "sóc", "tdp"};
constexpr std::array<std::string_view, 12> kBetween{",",      "(",   "ở",   "tại",  "ngụ", "trú",
                                                    "thường", "tạm", "nhà", "sinh", "năm", "hiện"};

class AddressFinder {
 public:
  AddressFinder(const Tokens& tokens, std::vector<Redacted>& found) : tokens_(tokens), found_(found) {
    for (const Redacted& removed : found)
      if (removed.kind == PersonalData::kName) name_ends_.push_back(removed.span.end);
  }

  void run() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      std::size_t end = i;
      Part part = part_at(i, end);
      if (part == Part::kNone) continue;
      bool home = part == Part::kHome;
      std::size_t chain = end;
      for (std::size_t next = chain;;) {
        const std::string_view link = tokens_.lower(next);
        if (link == "," || link == "-" || link == "–" || link == "thuộc") ++next;
        part = part_at(next, end);
        if (part == Part::kNone) break;
        home = home || part == Part::kHome;
        next = chain = end;
      }
      if (home || of_person(i))
        found_.push_back({{tokens_.tokens[i].begin, tokens_.tokens[chain - 1].end}, PersonalData::kAddress});
      i = chain - 1;
    }
  }

 private:
  // "12", "12/3", "12A", "số 12": past it, or i.
  [[nodiscard]] std::size_t number_end(std::size_t i) const {
    if (tokens_.lower(i) == "số" || tokens_.lower(i) == "so") ++i;
    const std::string_view word = tokens_.word(i);
    if (word.empty() || std::isdigit(static_cast<unsigned char>(word[0])) == 0) return 0;
    const bool suffix = i + 1 < tokens_.size() && tokens_.tokens[i + 1].begin == tokens_.tokens[i].end &&
                        tokens_.word(i + 1).size() <= 2 && tokens_.tokens[i + 1].kind == TokenKind::kWord;
    return i + (suffix ? 2 : 1);
  }

  [[nodiscard]] std::size_t capitals_end(std::size_t i) const {
    std::size_t end = i;
    while (end < tokens_.size() && end - i < 4 && (end == i || tokens_.joined(end - 1)) &&
           tokens_.tokens[end].kind == TokenKind::kWord) {
      std::size_t at = 0;
      if (!letter_of(next_code(tokens_.word(end), at)).upper) break;
      ++end;
    }
    // "ấp Bình Hòa 2", "thôn Đông 3".
    return end > i && end < tokens_.size() && tokens_.joined(end - 1) &&
                   tokens_.tokens[end].kind == TokenKind::kNumber && tokens_.word(end).size() <= 2
               ? end + 1
               : end;
  }

  // A part needs its number or name; `end` is set past it.
  Part part_at(std::size_t i, std::size_t& end) const {
    const std::string_view low = tokens_.lower(i);
    const bool starts_pair =
        low == "số" || low == "nhà" || low == "so" || low == "nha" || low == "căn" || low == "tổ" || low == "khu";
    const std::string next = starts_pair && i + 1 < tokens_.size() ? tokens_.pair(i + 1) : "";
    const auto numbered = [&](std::size_t at, Part part) {
      const std::size_t past = number_end(at);
      return past > 0 ? (end = past, part) : Part::kNone;
    };
    const auto named = [&](std::size_t at, Part part) {
      if (numbered(at, part) != Part::kNone) return part;
      const std::size_t past = capitals_end(at);
      return past > at ? (end = past, part) : Part::kNone;
    };
    if (next == "số nhà" || next == "nhà số" || next == "so nha" || next == "nha so")
      return numbered(i + 2, Part::kHome);
    if (next == "căn hộ" && tokens_.lower(i + 2) == "số") return numbered(i + 2, Part::kHome);
    if (in(kLanes, low)) return numbered(i + 1, Part::kHome);
    if (low == "số" && number_end(i) > 0) {
      const std::size_t past = number_end(i);
      const std::string_view street = tokens_.lower(past);
      const std::size_t name = street == "đường" || street == "phố" ? capitals_end(past + 1) : past;
      return name > past + 1 ? (end = name, Part::kHome) : Part::kNone;
    }
    if (next == "tổ dân") return named(i + 3, Part::kHamlet);
    if (next == "khu phố" || next == "khu vực") return named(i + 2, Part::kHamlet);
    if (low == "tổ") return numbered(i + 1, Part::kHamlet);
    if (in(kHamlets, low)) return named(i + 1, Part::kHamlet);
    if (low == "đường" || low == "phố") return named(i + 1, Part::kStreet);
    return Part::kNone;
  }

  // Whether the words before the chain say that somebody lives there.
  [[nodiscard]] bool of_person(std::size_t i) const {
    for (std::size_t back = 1; back <= 6 && back <= i; ++back) {
      const std::size_t at = i - back;
      if (std::binary_search(name_ends_.begin(), name_ends_.end(), tokens_.tokens[at].end)) return true;
      const std::string_view low = tokens_.lower(at);
      const std::string pair = tokens_.pair(at);
      if (low == "ngụ" || pair == "thường trú" || pair == "tạm trú" || pair == "hộ khẩu" || pair == "địa chỉ" ||
          pair == "cư trú")
        return true;
      if (!in(kBetween, low) && low != ":" && tokens_.tokens[at].kind != TokenKind::kNumber) return false;
    }
    return false;
  }

  const Tokens& tokens_;
  std::vector<Redacted>& found_;
  std::vector<std::size_t> name_ends_;
};

}  // namespace

void find_addresses(const Tokens& tokens, std::vector<Redacted>& found) { AddressFinder(tokens, found).run(); }

}  // namespace duluan::privacy
