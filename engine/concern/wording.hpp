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
/// "tăng gấp 3 so với bình thường"; without a figure where the count may not be shown.
std::string trend_word(const Concern& concern, Language language);
std::string fall_word(const Fall& fall, Language language);

/// How many places speak of a concern: of those it is about that have reported, of those known.
struct Reach {
  std::size_t speaking = 0, reporting = 0, known = 0;
};
Reach reach_of(const ConcernReport& report, const Concern& concern);

/// Where it is heard, what it may miss, what was left out, which words have risen, why it is flagged.
std::vector<std::string> account(const ConcernReport& report, const Concern& concern, Language language);

/// "nâng cấp sim (9 ý kiến), mã otp (7)"
std::string term_list(const std::vector<NewTerm>& terms, Language language);
std::string subject_title(const NewSubject& subject);
std::vector<std::string> subject_sentences(const ConcernReport& report, const NewSubject& subject, Language language);
/// What stands under the heading of news when there is none, or how it was judged.
std::string novelty_note(const ConcernReport& report, Language language);
/// One sentence a kind of silence, one a fall; empty if all is as usual.
std::vector<std::string> silence_sentences(const ConcernReport& report, Language language);
std::vector<std::string> fall_sentences(const ConcernReport& report, Language language);

std::string figures(const Concern& concern, Language language);
std::string rarity(const Concern& concern, Language language);
std::string rests_on(const Concern& concern, Language language);

/// The last of a series in figures, and what was expected. Empty for no points.
std::string last_point(const std::vector<SeriesPoint>& points, Language language);

std::vector<std::string> coverage_sentences(const ConcernReport& report, Language language);
std::vector<std::string> method_sentences(const ConcernReport& report, Language language);

}  // namespace duluan::concern
