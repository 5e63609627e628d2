// One finder per family of personal data. Each looks at the tokens of one text
// and adds what it finds; redact() settles overlaps in favour of the earlier kind.
#pragma once

#include <string_view>
#include <vector>

#include "duluan/privacy.hpp"
#include "duluan/syllable.hpp"

namespace duluan::privacy {

/// A text and its tokens.
struct Tokens {
  std::string_view text;
  std::vector<Token> tokens;

  [[nodiscard]] std::string_view word(std::size_t i) const {
    return i < tokens.size() ? tokens[i].of(text) : std::string_view();
  }
};

/// E-mail addresses and links.
void find_links(const Tokens& tokens, std::vector<Redacted>& found);
/// Phones, personal IDs, tax codes, accounts, cards: runs of digits with their context.
void find_numbers(const Tokens& tokens, std::vector<Redacted>& found);
/// Number plates of cars and motorcycles.
void find_plates(const Tokens& tokens, std::vector<Redacted>& found);
/// House numbers, lanes, hamlets with a number: below the commune.
void find_addresses(const Tokens& tokens, std::vector<Redacted>& found);
/// Names after an honorific or a role; the honorific or role stays.
void find_names(const Tokens& tokens, std::vector<Redacted>& found);

}  // namespace duluan::privacy
