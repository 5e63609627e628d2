#include "topic/table.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace duluan::topics {

Result<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return Error{errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnreadable,
                 std::string("cannot open: ") + std::strerror(errno), path, "check the path"};
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) return Error{ErrorCode::kUnreadable, "cannot read", path, "check that it is a file"};
  return text;
}

std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::vector<std::string_view> split(std::string_view line, char separator) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t end = line.find(separator);
    fields.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return fields;
    line.remove_prefix(end + 1);
  }
}

Result<std::vector<Labelled>> parse_opinions(std::string_view tsv, const std::string& where, const Taxonomy& taxonomy) {
  std::vector<Labelled> opinions;
  for (std::size_t number = 1; !tsv.empty(); ++number) {
    const std::string_view line = take_line(tsv);
    const auto bad = [&](std::string what, std::string remedy) {
      return Error{ErrorCode::kMalformed, std::move(what), where + ":" + std::to_string(number), std::move(remedy)};
    };
    if (number == 1) {
      if (line != "id\tregister\ttopics\ttext")
        return bad("this is no header of labelled opinions", "begin with id, register, topics, text, apart by tabs");
      continue;
    }
    if (line.empty()) continue;
    const auto fields = split(line, '\t');
    if (fields.size() != 4)
      return bad(std::to_string(fields.size()) + " columns instead of 4", "separate the columns by one tab each");
    Labelled opinion{std::string(fields[1]), {}, std::string(fields[3])};
    for (const std::string_view id : split(fields[2], ',')) {
      const int topic = taxonomy.find(id);
      if (topic < 0) return bad("\"" + std::string(id) + "\" is no topic of the taxonomy", "correct it");
      const auto index = static_cast<std::uint8_t>(topic);
      if (std::find(opinion.topics.begin(), opinion.topics.end(), index) != opinion.topics.end())
        return bad("the topic " + std::string(id) + " is there twice", "remove one of the two");
      opinion.topics.push_back(index);
    }
    if (opinion.topics.size() > kMostPerOpinion) return bad("more than 3 topics", "keep the most important ones");
    opinions.push_back(std::move(opinion));
  }
  if (opinions.empty()) return Error{ErrorCode::kEmpty, "there are no opinions in it", where, "check the path"};
  return opinions;
}

Result<std::vector<Labelled>> load_opinions(const std::string& path, const Taxonomy& taxonomy) {
  auto text = read_file(path);
  if (!text) return text.error();
  return parse_opinions(*text, path, taxonomy);
}

}  // namespace duluan::topics
