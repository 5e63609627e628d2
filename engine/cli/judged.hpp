// What the commands that judge an archive share: its options, and opening what a judgement needs.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "duluan/archive.hpp"
#include "duluan/concern.hpp"

namespace duluan::cli {

/// An archive with what it is judged by.
struct Judged {
  Archive archive;
  Taxonomy taxonomy;
  std::unique_ptr<const Gazetteer> gazetteer;  ///< options points to it
  ConcernOptions options;

  [[nodiscard]] Result<ConcernReport> report() const { return find_concerns(archive, taxonomy, options); }
};

/// ARCHIVE and the options that say how it is judged.
std::vector<Option> judgement_options_table();

/// --lang.
inline const Option kLanguage{.name = "--lang",
                              .help = "language of the text; quotations stay in Vietnamese",
                              .fallback = "vi",
                              .choices = {"vi", "en"}};

/// The period under the name of `period_option`, or the last complete one. An Error here is wrong usage.
Result<ConcernOptions> judgement_options(const Arguments& arguments, const std::string& period_option);

Language language_of(const Arguments& arguments);

/// One line a concern, without its end: period, topic, where, observed against expected.
std::string concern_line(const ConcernReport& report, const Concern& found, Language language);
std::string concern_head(Language language);

Result<Judged> open_judged(const Arguments& arguments, const ConcernOptions& options);

}  // namespace duluan::cli
