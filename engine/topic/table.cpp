#include "topic/table.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>

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

Result<std::vector<std::uint8_t>> topics_of(const LabelledText& text, const Taxonomy& taxonomy) {
  const auto bad = [&](std::string what, std::string remedy) {
    return Error{ErrorCode::kMalformed, std::move(what), text.where, std::move(remedy)};
  };
  std::vector<std::uint8_t> topics;
  for (const std::string& id : text.topics) {
    const int topic = taxonomy.find(id);
    if (topic < 0) return bad("\"" + id + "\" is no topic of the taxonomy", "correct it, or add it to the taxonomy");
    const auto index = static_cast<std::uint8_t>(topic);
    if (std::find(topics.begin(), topics.end(), index) != topics.end())
      return bad("the topic " + id + " is there twice", "remove one of the two");
    topics.push_back(index);
  }
  if (topics.size() > kMostPerOpinion) return bad("more than 3 topics", "keep the most important ones");
  return topics;
}

Result<std::vector<Labelled>> load_opinions(const std::string& path, const std::string& columns,
                                            const Taxonomy& taxonomy) {
  auto texts = read_labelled(path, columns);
  if (!texts) return texts.error();
  std::vector<Labelled> opinions;
  for (LabelledText& text : *texts) {
    auto topics = topics_of(text, taxonomy);
    if (!topics) return topics.error();
    opinions.push_back({std::move(text.reg), std::move(*topics), std::move(text.text)});
  }
  return opinions;
}

Result<std::string> taxonomy_of(const TopicTraining& training) {
  if (!training.taxonomy.empty()) return read_file(training.taxonomy);
  std::set<std::string> labels;
  for (const std::string& path : training.opinions) {
    auto texts = read_labelled(path, training.columns);
    if (!texts) return texts.error();
    for (LabelledText& text : *texts) labels.insert(text.topics.begin(), text.topics.end());
  }
  const bool other = labels.erase("other") > 0;
  std::string tsv = "id\tlabel_vi\tlabel_en\tdescription\n";
  const auto add = [&tsv](const Topic& topic) {
    tsv += topic.id + "\t" + topic.label_vi + "\t" + topic.label_en + "\t" + topic.description + "\n";
  };
  Topic last{"other", "Khác", "Other", ""};
  if (!training.names.empty()) {
    auto known = Taxonomy::load(training.names);
    if (!known) return known.error();
    for (const Topic& topic : known->topics())
      if (labels.erase(topic.id) > 0) add(topic);
    if (const int at = known->find("other"); at >= 0) last = known->topics()[static_cast<std::size_t>(at)];
  }
  for (const std::string& label : labels) add({label, label, label, ""});
  if (other) add(last);
  return tsv;
}

}  // namespace duluan::topics
