// A cheap look at a line: what kind of reading it may need.
#pragma once

#include <cstddef>
#include <string_view>

namespace duluan {

enum class LineKind {
  kPlain,     ///< ASCII that shows nothing
  kClean,     ///< UTF-8 beyond ASCII that shows nothing
  kSuspect,   ///< UTF-8 with letters that Vietnamese has not, as mis-saved text does
  kEntities,  ///< UTF-8 with a letter of Vietnamese as an HTML entity
  kViqr,      ///< ASCII with marks as VIQR puts them
  kRaw,       ///< no UTF-8
};

LineKind look_at(std::string_view line);

/// Whether all of a well-formed text is plain or clean. About the speed of reading it.
bool shows_nothing(std::string_view utf8);

}  // namespace duluan
