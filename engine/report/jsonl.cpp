// JSON lines. nlohmann/json stays in this file.
#include <nlohmann/json.hpp>

#include "report/readers.hpp"

namespace duluan::report {
namespace {

using nlohmann::json;

// The first of the fields that is there, as text.
std::string field(const json& object, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const auto found = object.find(name);
    if (found == object.end() || found->is_null()) continue;
    return found->is_string() ? found->get<std::string>() : found->dump();
  }
  return "";
}

}  // namespace

Result<void> read_jsonl(std::string_view text, const ReadOptions& options, Document& document) {
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const std::string where = document.source + ":" + std::to_string(number);
    if (line.size() > kLongestLine) {
      document.skipped.push_back({where, "the line is longer than 16 MB"});
      continue;
    }
    const json object = json::parse(line, nullptr, false);
    const std::string body = object.is_object() ? field(object, {"text", "nội dung", "noi_dung"}) : "";
    if (body.empty()) {
      document.skipped.push_back({where, object.is_discarded() ? "no JSON" : "no object with a field \"text\""});
      continue;
    }
    const std::string id = field(object, {"id", "mã"});
    document.opinions.push_back(record_opinion(body, document.source + "#" + (id.empty() ? std::to_string(number) : id),
                                               field(object, {"place", "địa bàn"}), field(object, {"unit", "đơn vị"}),
                                               field(object, {"period", "kỳ", "date", "ngày"}), options));
  }
  return {};
}

}  // namespace duluan::report
