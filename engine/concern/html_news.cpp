// The page on what is new and who is silent.
#include "concern/html_parts.hpp"
#include "concern/strings.hpp"
#include "concern/wording.hpp"

namespace duluan::concern {
namespace {

std::string headed(const char* heading, const std::vector<std::string>& sentences) {
  return sentences.empty() ? "" : element("h3", escape_html(heading)) + "\n" + list(sentences, "account");
}

std::string subject_html(const ConcernReport& report, const NewSubject& subject, const std::string& folder,
                         Language language) {
  const Phrases& say = phrases(language);
  const bool foreign = language != Language::kVietnamese;
  std::string title = escape_html(subject_title(subject));
  if (foreign) title = "<span lang=\"vi\">" + title + "</span>";
  if (subject.unnamed) title += " " + element("span", escape_html(say.new_candidate_mark), "mark");
  std::string told = element("h3", title) + "\n" + list(subject_sentences(report, subject, language), "account");
  std::string quoted = element("h4", escape_html(say.quotations)) + "\n";
  for (const Example& e : subject.examples)
    quoted += quotation(e.text, e.source.substr(folder.size()), e.place, language);
  return element("div", "\n" + element("div", "\n" + told) + "\n" + element("div", "\n" + quoted, "quotations") + "\n",
                 "card news halves") +
         "\n";
}

}  // namespace

std::string quotation(const std::string& text, const std::string& source, const std::string& place, Language language) {
  const char* open = language == Language::kVietnamese ? "<p>" : "<p lang=\"vi\">";
  return "<blockquote>" + std::string(open) + escape_html(text) + "</p>" +
         element("cite", escape_html(fill(phrases(language).source, {source + (place.empty() ? "" : " – " + place)}))) +
         "</blockquote>\n";
}

std::string silence_html(const ConcernReport& report, Language language) {
  const Phrases& say = phrases(language);
  return headed(say.silence_head, silence_sentences(report, language)) +
         headed(say.fall_head, fall_sentences(report, language));
}

std::string news_html(const ConcernReport& report, const std::string& folder, Language language) {
  std::string html;
  for (const NewSubject& subject : report.novelty.subjects) html += subject_html(report, subject, folder, language);
  return html + paragraph(novelty_note(report, language), "note");
}

}  // namespace duluan::concern
