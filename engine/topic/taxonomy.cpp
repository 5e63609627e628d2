#include <algorithm>

#include "duluan/text.hpp"
#include "duluan/topic.hpp"
#include "topic/table.hpp"

namespace duluan {
namespace {

Error bad(const std::string& where, std::size_t line, std::string what, std::string remedy) {
  return {ErrorCode::kMalformed, std::move(what), where + ":" + std::to_string(line), std::move(remedy)};
}

constexpr std::size_t kLongestId = 100;

// Commas join ids, tabs and line ends part columns.
bool is_id(std::string_view id) {
  const auto odd = [](char c) { return c == ',' || static_cast<unsigned char>(c) < 0x20; };
  return !id.empty() && id.size() <= kLongestId && id.front() != ' ' && id.back() != ' ' &&
         std::none_of(id.begin(), id.end(), odd) && find_bad_utf8(id) == std::string_view::npos;
}

}  // namespace

Result<Taxonomy> Taxonomy::parse(std::string_view tsv, const std::string& where) {
  Taxonomy taxonomy;
  std::size_t number = 0;
  bool header = false;
  while (!tsv.empty()) {
    std::string_view line = topics::take_line(tsv);
    if (++number == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    if (line.empty()) continue;
    const auto fields = topics::split(line, '\t');
    if (!header) {
      if (line != "id\tlabel_vi\tlabel_en\tdescription")
        return bad(where, number, "this is no header of a taxonomy",
                   "begin with id, label_vi, label_en, description, apart by tabs");
      header = true;
      continue;
    }
    if (fields.size() != 4)
      return bad(where, number, std::to_string(fields.size()) + " columns instead of 4",
                 "separate the columns by one tab each");
    if (!is_id(fields[0]))
      return bad(where, number, "\"" + std::string(fields[0]) + "\" is no topic id", "use a short text without commas");
    if (fields[1].empty()) return bad(where, number, "the topic has no Vietnamese label", "fill the second column");
    if (taxonomy.find(fields[0]) >= 0)
      return bad(where, number, "the topic " + std::string(fields[0]) + " is there twice", "remove one of the two");
    taxonomy.topics_.push_back(
        {std::string(fields[0]), std::string(fields[1]), std::string(fields[2]), std::string(fields[3])});
  }
  if (taxonomy.topics_.size() < 2)
    return Error{ErrorCode::kEmpty, "a taxonomy needs two topics or more", where, "add a line per topic"};
  if (taxonomy.topics_.size() > topics::kMostTopics)
    return Error{ErrorCode::kTooLarge, "more than " + std::to_string(topics::kMostTopics) + " topics", where,
                 "join some of them"};
  if (const int other = taxonomy.find("other"); other >= 0 && taxonomy.topics_.back().id != "other")
    return bad(where, number, "the topic \"other\" is not the last", "move its line to the end");
  return taxonomy;
}

Result<Taxonomy> Taxonomy::load(const std::string& path) {
  auto text = topics::read_file(path);
  if (!text) return text.error();
  return parse(*text, path);
}

std::string Taxonomy::tsv() const {
  std::string out = "id\tlabel_vi\tlabel_en\tdescription\n";
  for (const Topic& topic : topics_)
    out.append(topic.id)
        .append("\t")
        .append(topic.label_vi)
        .append("\t")
        .append(topic.label_en)
        .append("\t")
        .append(topic.description + "\n");
  return out;
}

int Taxonomy::find(std::string_view id) const noexcept {
  const auto found = std::find_if(topics_.begin(), topics_.end(), [&](const Topic& topic) { return topic.id == id; });
  return found == topics_.end() ? -1 : static_cast<int>(found - topics_.begin());
}

}  // namespace duluan
