/// \file
/// Redaction: personal data out, typed placeholders in, before anything is stored.
///
///     Redaction r = redact("Gọi anh Nguyễn Văn Bình, 0912 345 678");
///     r.text;  // "Gọi anh [NAME], [PHONE]"
///
/// Cost: one pass. Thread-safety: pure. Sources of the formats:
/// Circular 07/2016 for personal IDs, ITU numbering plan of Viet Nam.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "duluan/span.hpp"

namespace duluan {

enum class PersonalData { kPhone, kId, kName, kEmail, kAccount, kPlate, kTax, kAddress, kCard, kUrl };

/// "[PHONE]" and so on.
std::string_view placeholder(PersonalData kind);

struct Redacted {
  Span span;  ///< of the caller's text
  PersonalData kind;
};

struct Redaction {
  std::string text;               ///< with placeholders
  std::vector<Redacted> removed;  ///< in order
};

/// Accepts any UTF-8, NFC or not. Offices and roles stay, names of persons go.
Redaction redact(std::string_view utf8);

}  // namespace duluan
