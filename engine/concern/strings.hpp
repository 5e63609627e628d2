// Every phrase of the renderers, in Vietnamese and in English. {0}, {1} … are filled in.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "duluan/concern.hpp"

namespace duluan::concern {

struct Phrases {
  const char* code;  ///< of the language, for the page
  const char *title, *summary, *review_first;
  // concerns
  const char *concerns, *no_concern, *history_too_short, *whole, *local, *since_now, *since;
  const char *figures, *figures_small, *rarity, *rarity_beyond, *strongest, *rests_on, *few_opinions;
  const char *quotations, *more_withheld, *source;
  // charts
  const char *chart, *legend_observed, *legend_expected, *legend_range, *legend_small;
  // table
  const char *table, *topic, *total, *other_places, *table_note;
  const char *column_observed, *column_expected, *column_range, *flagged_mark;
  const char *trends, *trends_note;
  // coverage
  const char *coverage, *coverage_sentence, *silent_places, *none_silent, *fewer_places, *coverage_note;
  const char *column_place, *column_reports, *column_usual, *column_opinions, *column_last, *silent;
  // method
  const char *method, *method_how, *method_alarms, *method_untested, *method_privacy, *method_limits;
  const char *models, *no_models;
};

const Phrases& phrases(Language language);

/// Puts the values in the places of {0}, {1} …; what the values contain is left alone.
std::string fill(std::string_view phrase, std::initializer_list<std::string> values);

}  // namespace duluan::concern
