// Zip containers through libarchive: the parts of an Office document.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "duluan/result.hpp"

namespace duluan::report {

/// The wanted parts by name, `most` at the most; together no larger than kLargestText. Errors have no place: they
/// are the caller's to complete. A password, damage, an early end and a bomb are told apart.
Result<std::map<std::string, std::string>> zip_parts(std::string_view bytes,
                                                     const std::function<bool(std::string_view name)>& wanted,
                                                     std::size_t most);

/// What a zip container is.
enum class ZipKind { kDocuments, kWord, kExcel, kPresentation, kOpenDocument };
ZipKind zip_kind(std::string_view bytes);

}  // namespace duluan::report
