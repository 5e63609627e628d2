// One finder per family of personal data. Each looks at the tokens of one text
// and adds what it finds; redact() settles overlaps.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "duluan/privacy.hpp"
#include "duluan/syllable.hpp"

namespace duluan::privacy {

/// NFC text (old tone style), its tokens, and their lower-case forms.
struct Tokens {
  std::string_view text;
  std::vector<Token> tokens;
  std::vector<std::string> lowered;

  explicit Tokens(std::string_view nfc);
  [[nodiscard]] std::size_t size() const noexcept { return tokens.size(); }
  [[nodiscard]] std::string_view word(std::size_t i) const {
    return i < tokens.size() ? tokens[i].of(text) : std::string_view();
  }
  [[nodiscard]] std::string_view lower(std::size_t i) const {
    return i < lowered.size() ? std::string_view(lowered[i]) : std::string_view();
  }
  /// Token i - 1 and token i, both lower case, as one phrase.
  [[nodiscard]] std::string pair(std::size_t i) const {
    return i == 0 ? std::string(lower(0)) : std::string(lower(i - 1)) + ' ' + std::string(lower(i));
  }
  /// Whether only spaces of one line stand between token i and the next.
  [[nodiscard]] bool joined(std::size_t i) const;
  /// Whether token i begins a sentence, as far as its neighbour tells.
  [[nodiscard]] bool opens(std::size_t i) const;
};

/// E-mail addresses and links.
void find_links(const Tokens& tokens, std::vector<Redacted>& found);
/// Phones, personal IDs, tax codes, accounts, cards: runs of digits with their context.
void find_numbers(const Tokens& tokens, std::vector<Redacted>& found);
/// Number plates of cars and motorcycles.
void find_plates(const Tokens& tokens, std::vector<Redacted>& found);
/// House numbers and lanes, with the group and hamlet around them: below the commune.
/// Needs the names found before it: a hamlet is an address when it is a person's.
void find_addresses(const Tokens& tokens, std::vector<Redacted>& found);
/// Names after an honorific or a role; the honorific or role stays.
void find_names(const Tokens& tokens, std::vector<Redacted>& found);

/// The words the finders know; all lower case, NFC.
bool is_family(std::string_view lower);      ///< "nguyễn"; also "nguyen", as typed without marks
bool is_honorific(std::string_view lower);   ///< "ông", "chị": a given name may follow
bool is_role(std::string_view pair);         ///< "bí thư", "nông dân": a full name may follow
bool is_office(std::string_view lower);      ///< "ủy", "hội": begins the name of an office, not a person's
bool names_a_thing(std::string_view lower);  ///< "đường", "cầu", "trường": what follows is named after somebody
bool is_place_pair(std::string_view pair);   ///< "hà nội", "bà rịa": looks like a person, is a place

}  // namespace duluan::privacy
