// The file that says what really happened.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "duluan/backtest.hpp"

namespace duluan::cli {

/// A table with tabs and a header that has the columns topic, places, first, last and perhaps kind and note, as
/// corpora/sample/truth.tsv. Rows without a topic and of the kinds `season`, `trap`, `silent`, `late` and `copied`
/// are no events. Places are names as in `known`, or their ends without diacritics ("an-tram"), parted by commas; a
/// province or no place means everywhere. Error kMalformed names the line.
Result<std::vector<KnownEvent>> read_truth(const std::string& path, const std::set<std::string>& known);

}  // namespace duluan::cli
