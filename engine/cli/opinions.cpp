#include "cli/opinions.hpp"

#include <algorithm>

#include "cli/json.hpp"

namespace duluan::cli {

std::string opinion_json(const StoredOpinion& stored) {
  const Opinion& o = stored.opinion;
  std::string topics;
  for (const std::string& topic : stored.topics) topics += (topics.empty() ? "" : ",") + json_string(topic);
  return "{\"id\":" + std::to_string(stored.id) + ",\"period\":" + json_string(o.period ? o.period->label() : "") +
         ",\"place\":" + json_string(o.place) + ",\"unit\":" + json_string(o.unit) + ",\"topics\":[" + topics +
         "],\"copy_of\":" + std::to_string(stored.copy_of) + ",\"source\":" + json_string(o.source) +
         ",\"text\":" + json_string(o.text) + "}\n";
}

std::string one_line(const std::string& text) {
  std::string line = text;
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return line;
}

}  // namespace duluan::cli
