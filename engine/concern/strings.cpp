#include "concern/strings.hpp"

namespace duluan::concern {
namespace {

constexpr Phrases kVietnamese = {
// NOLINTNEXTLINE(bugprone-macro-parentheses): a literal
#define PHRASE(key, vi, en) .key = vi,
#include "concern/strings.def"
#undef PHRASE
};

constexpr Phrases kEnglish = {
// NOLINTNEXTLINE(bugprone-macro-parentheses): a literal
#define PHRASE(key, vi, en) .key = en,
#include "concern/strings.def"
#undef PHRASE
};

}  // namespace

const Phrases& phrases(Language language) { return language == Language::kVietnamese ? kVietnamese : kEnglish; }

std::string fill(std::string_view phrase, std::initializer_list<std::string> values) {
  std::string out;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    const bool slot = i + 2 < phrase.size() && phrase[i] == '{' && phrase[i + 2] == '}';
    const std::size_t n = slot ? static_cast<std::size_t>(phrase[i + 1] - '0') : values.size();
    if (n < values.size()) out += *(values.begin() + n), i += 2;
    else out += phrase[i];
  }
  return out;
}

}  // namespace duluan::concern
