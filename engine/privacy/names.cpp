// Names of persons. Vietnamese names are 2-5 capitalised syllables, family first; what tells them
// from places and streets is the word before. Three signs are taken:
//   1. an honorific ("anh", "đồng chí"): what is capitalised after it, even a given name alone;
//   2. a role ("bí thư", "nông dân") or a name just found ("các ông …, …"): family and one more;
//   3. none: family, then "Văn"/"Thị" or at least two more - unless a thing bears the name
//      ("đường Nguyễn Văn Linh", "trường Trần Quốc Toản, Lê Văn Tám").
// Role and honorific stay. Hồ Chí Minh, in whose name so much is named, stays too.
#include <algorithm>

#include "privacy/finders.hpp"
#include "text/letters.hpp"

namespace duluan::privacy {
namespace {

enum class Shape { kSmall, kTitle, kCapitals, kInitial, kInitials };

// "bình", "Bình", "BÌNH", "B", "N.V.B".
Shape shape_of(std::string_view word) {
  std::size_t upper = 0;
  std::size_t letters = 0;
  bool first = false;
  bool dots = false;
  for (std::size_t at = 0; at < word.size();) {
    const char32_t code = next_code(word, at);
    if (code == U'.') dots = true;
    else if (code != U'\'' && code != U'’' && !is_letter(code)) return Shape::kSmall;
    if (!is_letter(code)) continue;
    const Letter letter = letter_of(code);
    // Letters outside the alphabet (Ê-đê, Jrai names) keep their case unknown: small.
    if (letters++ == 0) first = letter.upper;
    upper += letter.upper ? 1 : 0;
  }
  if (!first) return Shape::kSmall;
  if (dots) return upper == letters ? Shape::kInitials : Shape::kSmall;
  if (letters == 1) return Shape::kInitial;
  if (upper == letters) return Shape::kCapitals;
  return upper == 1 || word.find('\'') != std::string_view::npos ? Shape::kTitle : Shape::kSmall;
}

bool is_middle(std::string_view lower) { return lower == "văn" || lower == "thị"; }

class NameFinder {
 public:
  NameFinder(const Tokens& tokens, std::vector<Redacted>& found) : tokens_(tokens), found_(found) {
    shapes_.reserve(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i)
      shapes_.push_back(tokens.tokens[i].kind == TokenKind::kWord ? shape_of(tokens.word(i)) : Shape::kSmall);
  }

  void run() {
    for (std::size_t i = 0; i < tokens_.size();) {
      const std::size_t end = name_end(i);
      if (end > i) {
        found_.push_back({{tokens_.tokens[i].begin, tokens_.tokens[end - 1].end}, PersonalData::kName});
        last_name_ = end;
        i = end;
      } else if (borne_by_thing(i)) {
        i = last_thing_ = thing_end(i);
      } else {
        ++i;
      }
    }
  }

 private:
  // Past the capitalised tokens that follow each other from i on.
  [[nodiscard]] std::size_t capitals_end(std::size_t i, std::size_t most) const {
    std::size_t end = i;
    while (end < tokens_.size() && end - i < most && (end == i || tokens_.joined(end - 1)) &&
           (shapes_[end] == Shape::kTitle || shapes_[end] == Shape::kInitial))
      ++end;
    return end;
  }

  // "xã An Trầm Nguyễn Văn Bình": where a person's name begins, the thing's has ended.
  [[nodiscard]] std::size_t thing_end(std::size_t i) const {
    const std::size_t end = capitals_end(i, 5);
    for (std::size_t at = i + 1; at + 2 < end; ++at)
      if (is_family(tokens_.lower(at)) && is_middle(tokens_.lower(at + 1))) return at;
    return end;
  }

  // The same for a name in capital letters, which runs on into its line: three tokens, or four.
  [[nodiscard]] std::size_t shouted_end(std::size_t i) const {
    std::size_t end = i;
    while (end < tokens_.size() && end - i < 4 && (end == i || tokens_.joined(end - 1)) &&
           shapes_[end] == Shape::kCapitals &&
           (end - i < 3 || !(names_a_thing(tokens_.lower(end)) || is_office(tokens_.lower(end)))))
      ++end;
    return end;
  }

  // "nguyễn văn bình", as typed in comments.
  [[nodiscard]] std::size_t small_end(std::size_t i) const {
    const std::string_view middle = tokens_.lower(i + 1);
    const bool marked = is_middle(middle);
    const bool bare = tokens_.lower(i).find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos &&
                      (middle == "van" || middle == "thi");
    if (i + 2 >= tokens_.size() || !(marked || bare) || !is_family(tokens_.lower(i))) return i;
    return tokens_.tokens[i + 2].kind == TokenKind::kWord ? i + 3 : i;
  }

  [[nodiscard]] bool honoured(std::size_t i) const {
    if (i == 0 || (!tokens_.joined(i - 1) && tokens_.lower(i - 1) != "đ/c")) return false;
    if (i >= 3 && tokens_.lower(i - 1) == "c" && tokens_.lower(i - 2) == "/" && tokens_.lower(i - 3) == "đ")
      return true;
    return is_honorific(tokens_.lower(i - 1)) || (i >= 2 && is_honorific(tokens_.pair(i - 1)));
  }

  // "Bà Rịa", "núi Bà Đen", "chị em Công an": the honorific is part of a name, or speaks of many.
  [[nodiscard]] bool weak_honorific(std::size_t i) const {
    const std::size_t cue = i - 1;
    if (is_place_pair(tokens_.pair(i)) && shapes_[cue] != Shape::kSmall) return true;
    if (shapes_[cue] == Shape::kTitle && !tokens_.opens(cue) && !is_honorific(tokens_.pair(cue))) return true;
    const std::string pair = tokens_.pair(cue);
    return pair == "anh em" || pair == "chị em" || pair == "cô bác" || pair == "trẻ em" || pair == "con em" ||
           pair == "tiếng anh" || pair == "nước anh";
  }

  [[nodiscard]] bool in_role(std::size_t i) const {
    if (i == 0 || !tokens_.joined(i - 1)) return false;
    const std::string_view before = tokens_.lower(i - 1);
    return (i >= 2 && is_role(tokens_.pair(i - 1))) || before == "hộ" || before == "vợ" || before == "chồng" ||
           before == "tên";
  }

  // ", " or "và" after the end of something found.
  [[nodiscard]] bool continues(std::size_t i, std::size_t end) const {
    if (end == 0 || i != end + 1) return false;
    const std::string_view link = tokens_.lower(end);
    return link == "," || link == "và" || link == "cùng" || link == "-" || link == "–" || link == "hay" ||
           link == "đến";
  }

  [[nodiscard]] bool borne_by_thing(std::size_t i) const {
    if (i == 0 || shapes_[i] != Shape::kTitle) return false;
    return (tokens_.joined(i - 1) && (names_a_thing(tokens_.lower(i - 1)) || names_a_thing(tokens_.pair(i - 1)) ||
                                      tokens_.tokens[i - 1].kind == TokenKind::kNumber)) ||
           (last_thing_ > 0 && continues(i, last_thing_));
  }

  // Not a person although it looks like one: Hồ Chí Minh, Hà Nội, Đoàn Thanh niên.
  [[nodiscard]] bool known_otherwise(std::size_t i) const {
    const std::string pair = tokens_.pair(i + 1);
    if (pair == "hồ chí") return true;
    if (tokens_.lower(i) == "đoàn") {
      const std::string_view next = tokens_.lower(i + 1);
      return next == "thanh" || next == "kinh" || next == "luật" || next == "đại" || next == "kiểm" || next == "thể";
    }
    return is_place_pair(pair);
  }

  // "ở Trần Văn Thời": one lives in a place, not in a person.
  [[nodiscard]] bool located(std::size_t i) const {
    if (i == 0 || !tokens_.joined(i - 1)) return false;
    const std::string_view before = tokens_.lower(i - 1);
    return before == "ở" || before == "tại" || before == "gần" || before == "quanh" || before == "nhân dân";
  }

  // The end of the name that begins at token i, or i.
  [[nodiscard]] std::size_t name_end(std::size_t i) const {
    if (shapes_[i] == Shape::kSmall && small_end(i) == i) return i;
    const bool honour = honoured(i);
    if (honour && (shapes_[i] == Shape::kInitials || shapes_[i] == Shape::kInitial) && !weak_honorific(i)) {
      const std::size_t end = capitals_end(i, 5);  // "Y Moan"
      return std::max(end, i + 1);
    }
    const bool expected = honour || in_role(i) || (last_name_ > 0 && continues(i, last_name_));
    if (expected && shapes_[i] == Shape::kSmall) return small_end(i);
    const bool family = is_family(tokens_.lower(i));
    if (shapes_[i] == Shape::kCapitals) {
      const std::size_t end = shouted_end(i);
      return family && end - i >= 2 && (expected || (end - i >= 3 && is_middle(tokens_.lower(i + 1)))) ? end : i;
    }
    if (shapes_[i] != Shape::kTitle) return i;
    const std::size_t end = capitals_end(i, 5);
    const std::size_t length = end - i;
    const bool uncle_ho = tokens_.lower(i) == "hồ" && length == 1;
    if (honour && !weak_honorific(i)) {
      if (uncle_ho || tokens_.pair(i + 1) == "hồ chí" || is_office(tokens_.lower(i)) ||
          tokens_.pair(i + 1) == "việt nam")
        return i;
      return family && length > 1 && known_otherwise(i) && tokens_.lower(i) == "đoàn" ? i : end;
    }
    if (!family || length < 2 || known_otherwise(i)) return i;
    if (expected || (honour && !is_place_pair(tokens_.pair(i)))) return end;
    if (borne_by_thing(i) || located(i)) return i;
    // Inside a longer run ("xã An Trầm Nguyễn Văn Bình") only the surest form starts a name.
    const bool inside = i > 0 && tokens_.joined(i - 1) && shapes_[i - 1] == Shape::kTitle && !tokens_.opens(i - 1);
    const bool sure = is_middle(tokens_.lower(i + 1)) && length >= 3;
    return sure || (!inside && length >= 3 && length <= 4) ? end : i;
  }

  const Tokens& tokens_;
  std::vector<Redacted>& found_;
  std::vector<Shape> shapes_;
  std::size_t last_name_ = 0;   // past the last name, as a token
  std::size_t last_thing_ = 0;  // past the last thing named after somebody
};

}  // namespace

void find_names(const Tokens& tokens, std::vector<Redacted>& found) { NameFinder(tokens, found).run(); }

}  // namespace duluan::privacy
