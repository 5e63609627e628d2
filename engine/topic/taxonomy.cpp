#include <algorithm>

#include "duluan/topic.hpp"
#include "topic/table.hpp"

namespace duluan {
namespace {

Error bad(const std::string& where, std::size_t line, std::string what, std::string remedy) {
  return {ErrorCode::kMalformed, std::move(what), where + ":" + std::to_string(line), std::move(remedy)};
}

bool is_id(std::string_view id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
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
      return bad(where, number, "\"" + std::string(fields[0]) + "\" is no topic id", "use a-z, 0-9, _ and -");
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
  if (taxonomy.topics_.back().id != "other")
    return bad(where, number, "the last topic is not \"other\"", "end the file with a line for other");
  return taxonomy;
}

Result<Taxonomy> Taxonomy::load(const std::string& path) {
  auto text = topics::read_file(path);
  if (!text) return text.error();
  return parse(*text, path);
}

int Taxonomy::find(std::string_view id) const noexcept {
  const auto found = std::find_if(topics_.begin(), topics_.end(), [&](const Topic& topic) { return topic.id == id; });
  return found == topics_.end() ? -1 : static_cast<int>(found - topics_.begin());
}

}  // namespace duluan
