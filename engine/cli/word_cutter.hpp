// How the rooms that know no segmenter get their words.
#pragma once

#include <string>

#include "duluan/novelty.hpp"
#include "duluan/result.hpp"

namespace duluan::cli {

/// Cuts with the word model at `path`. For one thread.
Result<WordCutter> word_cutter(const std::string& path);

}  // namespace duluan::cli
