// Sentences about a concern and the period, the same on the page and in the terminal. Not escaped.
#pragma once

#include <string>
#include <vector>

#include "duluan/concern.hpp"

namespace duluan::concern {

std::string page_title(const ConcernReport& report, Language language);
std::string summary(const ConcernReport& report, Language language);
/// Why there is nothing under the heading of concerns.
std::string nothing_found(const ConcernReport& report, Language language);

std::string topic_label(const ConcernReport& report, const Concern& concern, Language language);
/// Where, since when, and where most.
std::string where(const ConcernReport& report, const Concern& concern, Language language);
std::string figures(const Concern& concern, Language language);
std::string rarity(const Concern& concern, Language language);
std::string rests_on(const Concern& concern, Language language);

/// The last of a series in figures, and what was expected. Empty for no points.
std::string last_point(const std::vector<SeriesPoint>& points, Language language);

std::vector<std::string> coverage_sentences(const ConcernReport& report, Language language);
std::vector<std::string> method_sentences(const ConcernReport& report, Language language);

}  // namespace duluan::concern
