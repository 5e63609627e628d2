// JSON lines. nlohmann/json stays in this file.
#include <nlohmann/json.hpp>

#include "duluan/text.hpp"
#include "report/readers.hpp"

namespace duluan::report {
namespace {

using nlohmann::json;

// The field the user named, or the first with a usual name, as NFC text. What is neither
// text nor a number is no field.
std::string field_of(const json& object, Field field, const std::string& wanted) {
  for (const auto& [name, value] : object.items()) {
    if (!(value.is_string() || value.is_number())) continue;
    if (wanted.empty() ? !is_usual_name(field, fold(name)) : name != wanted) continue;
    if (!value.is_string()) return value.dump();
    // Escapes may spell what the bytes of the line did not.
    return normalize(value.get_ref<const std::string&>(), ToneStyle::kOld).str();
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
    const json object = json::parse(line, nullptr, false);
    if (!object.is_object()) {
      document.skipped.push_back({where, object.is_discarded() ? "no JSON" : "no JSON object"});
      continue;
    }
    Record record{where,
                  field_of(object, Field::kId, ""),
                  field_of(object, Field::kText, options.text_column),
                  field_of(object, Field::kPlace, options.place_column),
                  field_of(object, Field::kUnit, options.unit_column),
                  field_of(object, Field::kPeriod, options.period_column),
                  {end - line.size(), end}};
    if (record.id.empty()) record.id = std::to_string(number);
    if (record.text.empty()) document.skipped.push_back({where, "no field \"text\""});
    else add_record(std::move(record), options, document);
  }
  return {};
}

}  // namespace duluan::report
