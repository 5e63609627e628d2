#include "cli/truth.hpp"

#include <algorithm>
#include <map>

#include "cli/files.hpp"
#include "duluan/text.hpp"

namespace duluan::cli {
namespace {

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(at, begin);
    parts.push_back(text.substr(begin, end == std::string::npos ? end : end - begin));
    if (end == std::string::npos) return parts;
    begin = end + 1;
  }
}

// "xã An Trầm" and "an-tram" to "-xa-an-tram" and "-an-tram".
std::string slug(const std::string& name) {
  std::string folded = '-' + fold(name);
  std::replace(folded.begin(), folded.end(), ' ', '-');
  return folded;
}

Result<std::vector<std::string>> places_of(const std::string& text, const std::set<std::string>& known) {
  std::vector<std::string> places;
  for (const std::string& part : split(text, ',')) {
    if (part.empty()) continue;
    std::vector<std::string> fitting;
    for (const std::string& name : known)
      if (name == part || slug(name).ends_with(slug(part))) fitting.push_back(name);
    if (known.contains(part)) fitting = {part};
    if (fitting.size() != 1)
      return Error{ErrorCode::kMalformed,
                   (fitting.empty() ? "the archive knows no place " : "several places may be meant by ") + part, "",
                   "write it as `duluan concerns` does"};
    if (fitting.front().starts_with("tỉnh ")) return std::vector<std::string>{};
    places.push_back(fitting.front());
  }
  return places;
}

bool is_event(const std::string& kind) {
  static const std::set<std::string> kOthers{"season", "trap", "silent", "late", "copied"};
  return !kOthers.contains(kind);
}

}  // namespace

Result<std::vector<KnownEvent>> read_truth(const std::string& path, const std::set<std::string>& known) {
  auto text = read_all(path);
  if (!text) return text.error();
  std::vector<std::string> lines = split(*text, '\n');
  std::map<std::string, std::size_t> columns;
  const std::vector<std::string> header = split(lines.front(), '\t');
  for (std::size_t i = 0; i < header.size(); ++i) columns[header[i]] = i;
  for (const char* needed : {"topic", "places", "first", "last"})
    if (!columns.contains(needed))
      return Error{ErrorCode::kMalformed, std::string("no column ") + needed, path + ":1",
                   "give a header with topic, places, first and last, parted by tabs"};
  std::vector<KnownEvent> events;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].ends_with('\r')) lines[i].pop_back();
    const std::vector<std::string> row = split(lines[i], '\t');
    const auto field = [&](const char* name) {
      const auto column = columns.find(name);
      return column == columns.end() || column->second >= row.size() ? "" : row[column->second];
    };
    if (field("topic").empty() || !is_event(field("kind"))) continue;
    const auto where = [&](Error error) {
      error.where = path + ":" + std::to_string(i + 1);
      return error;
    };
    auto first = Period::parse(field("first")), last = Period::parse(field("last"));
    if (!first || !last) return where(first ? last.error() : first.error());
    auto places = places_of(field("places"), known);
    if (!places) return where(places.error());
    events.push_back({field("topic"), std::move(*places), *first, *last, field("note")});
  }
  return events;
}

}  // namespace duluan::cli
