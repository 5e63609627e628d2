// Every line of `duluan concerns --format jsonl` keeps to engine/concern/concerns.schema.json.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "program.hpp"

namespace {

using Json = nlohmann::json;

bool is_of(const Json& value, const std::string& type) {
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "null") return value.is_null();
  if (type == "array") return value.is_array();
  return type == "object" && value.is_object();
}

bool has_type(const Json& value, const Json& type) {
  if (type.is_string()) return is_of(value, type);
  for (const Json& one : type)
    if (is_of(value, one)) return true;
  return false;
}

// What is wrong with a value, empty if nothing; the part of JSON Schema that the file uses.
std::string fault(const Json& value, const Json& schema, const std::string& where) {
  if (schema.contains("const") && value != schema["const"]) return where + " is another constant";
  if (schema.contains("enum") && std::count(schema["enum"].begin(), schema["enum"].end(), value) == 0)
    return where + " is none of the enum";
  if (schema.contains("type") && !has_type(value, schema["type"])) return where + " has another type";
  if (!value.is_structured()) return "";  // what follows speaks of arrays and objects
  if (schema.contains("items"))
    for (const Json& item : value)
      if (auto bad = fault(item, schema["items"], where + "[]"); !bad.empty()) return bad;
  if (schema.contains("required"))
    for (const std::string name : schema["required"])
      if (!value.contains(name)) return where + "." + name + " is missing";
  if (!schema.contains("properties")) return "";
  for (const auto& [name, part] : value.items()) {
    if (!schema["properties"].contains(name)) return where + "." + name + " is not in the schema";
    if (auto bad = fault(part, schema["properties"][name], where + "." + name); !bad.empty()) return bad;
  }
  return "";
}

const Json& schema_of(const Json& schema, const std::string& kind) {
  for (const Json& one : schema["oneOf"])
    if (one["properties"]["kind"]["const"] == kind) return one;
  FAIL("no schema of " << kind);
  return schema;
}

}  // namespace

TEST_CASE("concerns as JSON keep to the schema, who stopped or was late in the sample is told, no one else") {
  const Workplace work("schema");
  const std::string material = std::string(DULUAN_SOURCE_DIR) + "/corpora/sample/material";
  REQUIRE(std::system((std::string(DULUAN_SAMPLE) + " '" + material + "' '" + (work.path() / "reports").string() +
                       "' >/dev/null 2>&1")
                          .c_str()) == 0);
  REQUIRE(duluan("ingest a.duluan reports", work.path()).exit == 0);
  std::ifstream in(std::string(DULUAN_SOURCE_DIR) + "/engine/concern/concerns.schema.json");
  const Json schema = Json::parse(in);

  std::map<std::string, int> kinds;
  std::map<std::string, std::string> silent;
  for (const char* period : {"2025-10", "2025-12", "2026-06", "2026-07", "2026-09"}) {
    const Outcome judged = duluan(std::string("concerns a.duluan --format jsonl --period ") + period, work.path());
    REQUIRE(judged.exit == 0);
    std::istringstream lines(judged.out);
    for (std::string text; std::getline(lines, text);) {
      const Json line = Json::parse(text);
      const std::string kind = line["kind"];
      ++kinds[kind];
      CHECK_MESSAGE(fault(line, schema_of(schema, kind), kind) == "", text);
      if (kind == "silence")
        silent[period] += line["state"].get<std::string>() + " " + line["unit"].get<std::string>() + "|";
    }
  }
  CHECK(kinds["concern"] >= 3);
  CHECK(kinds["period"] == 5);
  CHECK(silent == std::map<std::string, std::string>{
                      {"2025-10", "stopped HỘI NÔNG DÂN TỈNH|late ỦY BAN NHÂN DÂN PHƯỜNG CỬA TRẦM|"},
                      {"2025-12", "stopped ỦY BAN NHÂN DÂN XÃ DỐC NỨA|late ỦY BAN NHÂN DÂN XÃ GÒ MẬN|"}});
}
