// Values of the report for programs. What the lines hold is told by concerns.schema.json.
#pragma once

#include <string>
#include <vector>

#include "duluan/concern.hpp"

namespace duluan::concern {

/// Version of the form; it grows when a field goes or changes its meaning, not when one is added.
inline constexpr int kConcernSchema = 1;

std::string json_number(double value);   ///< to six decimals
std::string json_probability(double p);  ///< "4.2e-17"
std::string json_count(int count);       ///< null where it could single someone out
std::string json_strings(const std::vector<std::string>& items);
std::string json_opinion(std::int64_t id, const std::string& text, const std::string& source, const std::string& place,
                         const std::string& unit);  ///< without the closing brace

std::string json_terms(const std::vector<NewTerm>& terms);
/// Of a concern: trend in words, terms, breadth, coverage, copies, why; begins with a comma.
std::string json_account(const ConcernReport& report, const Concern& concern);
std::string json_novelty(const Novelty& novelty);        ///< how it was judged
std::string json_news(const ConcernReport& report);      ///< a line a subject
std::string json_silences(const ConcernReport& report);  ///< a line a silence, a line a fall

}  // namespace duluan::concern
