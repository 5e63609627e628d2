#include <algorithm>

#include "privacy/finders.hpp"

namespace duluan {

std::string_view placeholder(PersonalData kind) {
  switch (kind) {
    case PersonalData::kPhone: return "[PHONE]";
    case PersonalData::kId: return "[ID]";
    case PersonalData::kName: return "[NAME]";
    case PersonalData::kEmail: return "[EMAIL]";
    case PersonalData::kAccount: return "[ACCOUNT]";
    case PersonalData::kPlate: return "[PLATE]";
    case PersonalData::kTax: return "[TAX]";
    case PersonalData::kAddress: return "[ADDRESS]";
    case PersonalData::kCard: return "[CARD]";
    case PersonalData::kUrl: return "[URL]";
  }
  return "[NAME]";
}

Redaction redact(std::string_view utf8) {
  privacy::Tokens tokens{utf8, {}};
  tokenize(utf8, tokens.tokens);
  std::vector<Redacted> found;
  privacy::find_links(tokens, found);
  privacy::find_numbers(tokens, found);
  privacy::find_plates(tokens, found);
  privacy::find_addresses(tokens, found);
  privacy::find_names(tokens, found);
  // The earlier start wins; of two at one place, the longer.
  std::stable_sort(found.begin(), found.end(), [](const Redacted& a, const Redacted& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  Redaction redaction;
  std::size_t at = 0;
  for (const Redacted& removed : found) {
    if (removed.span.begin < at) continue;
    redaction.text.append(utf8.substr(at, removed.span.begin - at));
    redaction.text.append(placeholder(removed.kind));
    redaction.removed.push_back(removed);
    at = removed.span.end;
  }
  redaction.text.append(utf8.substr(at));
  return redaction;
}

}  // namespace duluan
