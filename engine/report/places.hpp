// Places of opinions under the names the gazetteer has for them.
#pragma once

#include "duluan/place.hpp"
#include "duluan/report.hpp"

namespace duluan::report {

/// Rewrites each opinion's place that is, as a whole, units the gazetteer knows ("P. BẾN NGHÉ, Q1" becomes
/// "phường Bến Nghé, quận 1"); others stay as they are written. Homonyms are told apart by the province that the
/// document's beginning names, and by the opinion's period.
void name_places(Document& document, const Gazetteer& gazetteer);

}  // namespace duluan::report
