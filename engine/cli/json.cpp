#include "cli/json.hpp"

#include <nlohmann/json.hpp>

namespace duluan::cli {

using nlohmann::json;

Result<Record> parse_record(std::string_view line) {
  const auto malformed = [](std::string what) {
    return Error{ErrorCode::kMalformed, std::move(what), "", "write {\"id\": …, \"text\": \"…\"} on each line"};
  };
  const json value = json::parse(line, nullptr, false);
  if (value.is_discarded()) return malformed("no JSON");
  if (!value.is_object()) return malformed("no JSON object");
  const auto text = value.find("text");
  if (text == value.end() || !text->is_string()) return malformed("no field \"text\" that is a string");
  Record record{"", text->get<std::string>()};
  if (const auto id = value.find("id"); id != value.end())
    record.id = id->dump(-1, ' ', false, json::error_handler_t::replace);
  return record;
}

std::string json_string(std::string_view text) {
  return json(std::string(text)).dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace duluan::cli
