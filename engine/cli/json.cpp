#include "cli/json.hpp"

#include <simdjson.h>

#include <array>
#include <charconv>

#include "duluan/text.hpp"

namespace duluan::cli {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

Error malformed(std::string what) {
  return {ErrorCode::kMalformed, std::move(what), "", "write {\"id\": …, \"text\": \"…\"} on each line"};
}

template <class Number>
void append_number(std::string& out, Number value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

// The id as JSON. Arrays and objects are no ids worth keeping apart from their text.
void append_id(std::string& out, const element& value) {
  switch (value.type()) {
    case simdjson::dom::element_type::STRING: return append_json_string(out, std::string_view(value));
    case simdjson::dom::element_type::INT64: return append_number(out, std::int64_t(value));
    case simdjson::dom::element_type::UINT64: return append_number(out, std::uint64_t(value));
    case simdjson::dom::element_type::DOUBLE: return append_number(out, double(value));
    default: out += simdjson::minify(value);
  }
}

void add_labels(std::string_view joined, std::vector<std::string>& out) {
  while (!joined.empty()) {
    const std::size_t end = std::min(joined.find(','), joined.size());
    out.emplace_back(joined.substr(0, end));
    joined.remove_prefix(std::min(end + 1, joined.size()));
  }
}

}  // namespace

struct JsonRecords::Parser {
  std::string id_name, text_name, id;
  simdjson::dom::parser parser;

  Result<object> open(std::string_view line) {
    object found;
    const auto parsed = parser.parse(line.data(), line.size(), false);
    if (parsed.error() != simdjson::SUCCESS) {
      const bool number = parsed.error() == simdjson::NUMBER_ERROR;
      return malformed(number ? "a number that is none or has no place in 64 bits" : "no JSON");
    }
    if (parsed.get(found) != simdjson::SUCCESS) return malformed("no JSON object");
    return found;
  }
  [[nodiscard]] Result<std::string_view> text_of(const object& record) const {
    std::string_view text;
    if (record.at_key(text_name).get(text) != simdjson::SUCCESS)
      return malformed("no field \"" + text_name + "\" that is a string");
    return text;
  }
};

JsonRecords::JsonRecords(std::string id, std::string text) : parser_(std::make_unique<Parser>()) {
  parser_->id_name = std::move(id);
  parser_->text_name = std::move(text);
}
JsonRecords::~JsonRecords() = default;
JsonRecords::JsonRecords(JsonRecords&&) noexcept = default;
JsonRecords& JsonRecords::operator=(JsonRecords&&) noexcept = default;

Result<RecordView> JsonRecords::parse(std::string_view line) {
  auto record = parser_->open(line);
  if (!record) return record.error();
  auto text = parser_->text_of(*record);
  if (!text) return text.error();
  parser_->id.clear();
  if (element id; record->at_key(parser_->id_name).get(id) == simdjson::SUCCESS) append_id(parser_->id, id);
  return RecordView{parser_->id, *text};
}

Result<JsonRecords::Labelled> JsonRecords::parse_labelled(std::string_view line) {
  auto record = parser_->open(line);
  if (!record) return record.error();
  auto text = parser_->text_of(*record);
  if (!text) return text.error();
  Labelled labelled{"", "", std::string(*text), {}};
  const auto string_of = [&](std::string_view name) {
    std::string_view value;
    return record->at_key(name).get(value) == simdjson::SUCCESS ? value : std::string_view();
  };
  if (element id; record->at_key(parser_->id_name).get(id) == simdjson::SUCCESS) {
    if (std::string_view plain; id.get(plain) == simdjson::SUCCESS) labelled.id = plain;
    else append_id(labelled.id, id);
  }
  labelled.reg = string_of("register");
  for (const char* name : {"topics", "labels", "label", "topic"}) {
    if (!labelled.topics.empty()) break;
    add_labels(string_of(name), labelled.topics);
    simdjson::dom::array several;
    if (record->at_key(name).get(several) != simdjson::SUCCESS) continue;
    for (const element one : several) {
      std::string_view topic;
      if (one.get(topic) == simdjson::SUCCESS || one.at_key("topic").get(topic) == simdjson::SUCCESS)
        labelled.topics.emplace_back(topic);
    }
  }
  if (labelled.topics.empty()) return malformed("no field \"topics\" or \"label\"");
  return labelled;
}

void append_json_string(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  std::size_t bad = find_bad_utf8(text);
  out += '"';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (i == bad) {
      out += kReplacement;
      const std::size_t next = find_bad_utf8(text.substr(i + 1));
      bad = next == std::string_view::npos ? next : i + 1 + next;
    } else if (c == '"' || c == '\\') {
      (out += '\\') += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      (out += "\\u00") += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[static_cast<unsigned char>(c) & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

std::string json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

}  // namespace duluan::cli
