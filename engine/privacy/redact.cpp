#include <algorithm>

#include "duluan/privacy.hpp"
#include "duluan/text.hpp"
#include "privacy/finders.hpp"
#include "text/letters.hpp"

namespace duluan {
namespace privacy {

Tokens::Tokens(std::string_view nfc) : text(nfc) {
  tokenize(nfc, tokens);
  lowered.reserve(tokens.size());
  for (const Token& token : tokens) lowered.push_back(lower_case(token.of(nfc)));
}

bool Tokens::joined(std::size_t i) const {
  if (i + 1 >= tokens.size()) return false;
  const std::string_view gap = text.substr(tokens[i].end, tokens[i + 1].begin - tokens[i].end);
  // Spaces and no-break spaces; a line break or a tab parts what it stands between.
  return !gap.empty() && gap.find_first_not_of(" \xC2\xA0") == std::string_view::npos;
}

bool Tokens::opens(std::size_t i) const {
  if (i == 0) return true;
  const std::string_view gap = text.substr(tokens[i - 1].end, tokens[i].begin - tokens[i - 1].end);
  if (gap.find_first_of("\n\t") != std::string_view::npos) return true;
  return tokens[i - 1].kind == TokenKind::kPunctuation && word(i - 1) != ",";
}

}  // namespace privacy

namespace {

// Bad bytes one for one into a control character, so that offsets stay the caller's.
std::string without_bad_bytes(std::string_view bytes) {
  std::string clean(bytes);
  std::size_t from = 0;
  for (std::size_t bad = find_bad_utf8(clean); bad != std::string_view::npos;) {
    clean[from + bad] = '\x1a';
    from += bad + 1;
    bad = find_bad_utf8(std::string_view(clean).substr(from));
  }
  return clean;
}

}  // namespace

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
  const bool sound = find_bad_utf8(utf8) == std::string_view::npos;
  const Text nfc = normalize(sound ? std::string(utf8) : without_bad_bytes(utf8), ToneStyle::kOld);
  const privacy::Tokens tokens(nfc.str());
  std::vector<Redacted> found;
  privacy::find_links(tokens, found);
  privacy::find_numbers(tokens, found);
  privacy::find_plates(tokens, found);
  privacy::find_names(tokens, found);
  privacy::find_addresses(tokens, found);
  // The earlier start wins; of two at one place, the longer.
  std::stable_sort(found.begin(), found.end(), [](const Redacted& a, const Redacted& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  Redaction redaction;
  std::size_t at = 0;
  for (Redacted removed : found) {
    removed.span = nfc.source(removed.span);
    if (removed.span.begin < at) {
      // Two that overlap leave nothing of either.
      if (removed.span.end <= at) continue;
      redaction.removed.back().span.end = at = removed.span.end;
      continue;
    }
    redaction.text.append(utf8.substr(at, removed.span.begin - at));
    redaction.text.append(placeholder(removed.kind));
    redaction.removed.push_back(removed);
    at = removed.span.end;
  }
  redaction.text.append(utf8.substr(at));
  return redaction;
}

}  // namespace duluan
