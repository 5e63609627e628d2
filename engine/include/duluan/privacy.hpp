/// \file
/// Redaction: personal data out, typed placeholders in, before anything is stored.
///
///     Redaction r = redact("Gọi anh Nguyễn Văn Bình, 0912 345 678");
///     r.text;  // "Gọi anh [NAME], [PHONE]"
///
/// Cost: one pass. Thread-safety: pure. Sources of the formats:
/// Circular 07/2016 for personal IDs, ITU numbering plan of Viet Nam.
#pragma once

#include <span>
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

/// What stands behind a number of a table that leaves the archive.
struct Cell {
  int reports = 0;
  int units = 0;  ///< reporting units
};

/// With fewer of either a number may lead to who said or reported it.
inline constexpr int kLeastReports = 5;
inline constexpr int kLeastUnits = 3;

/// Which numbers may be shown; as many as there were cells.
struct Shown {
  std::vector<bool> cells;
  bool total = false;
};

/// Small-cell suppression for cells that add up to a total. If any is hidden, so is the smallest of the others: what
/// the total leaves over is never a small cell alone, nor small ones together.
Shown shown_cells(std::span<const Cell> cells, const Cell& total);

}  // namespace duluan
