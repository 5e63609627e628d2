// Pieces of the page that more than one of its sections is made of.
#pragma once

#include <string>
#include <vector>

#include "concern/display.hpp"

namespace duluan::concern {

inline std::string element(const char* name, const std::string& escaped, const char* kind = nullptr) {
  const std::string open = kind ? std::string(name) + " class=\"" + kind + "\"" : name;
  return "<" + open + ">" + escaped + "</" + name + ">";
}

inline std::string paragraph(const std::string& text, const char* kind = nullptr) {
  return element("p", escape_html(text), kind) + "\n";
}

inline std::string list(const std::vector<std::string>& sentences, const char* kind = nullptr) {
  std::string items;
  for (const std::string& sentence : sentences) items += element("li", escape_html(sentence)) + "\n";
  return element("ul", "\n" + items, kind) + "\n";
}

/// What people said stays in Vietnamese, whatever the language of the page. `source` without the common folder.
std::string quotation(const std::string& text, const std::string& source, const std::string& place, Language language);

/// A heading and its sentences, or nothing.
std::string silence_html(const ConcernReport& report, Language language);
/// The subjects with their words and examples; `folder` is what all sources begin with.
std::string news_html(const ConcernReport& report, const std::string& folder, Language language);

}  // namespace duluan::concern
