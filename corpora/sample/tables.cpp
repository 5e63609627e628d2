#include <cstdio>

#include "files.hpp"

namespace sample {
namespace {

std::string numbered(std::string_view prefix, int month, std::size_t number) {
  std::string digits = std::to_string(number);
  digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
  return std::string(prefix) + label_of(month) + "-" + digits;
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(";\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

std::string json_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

std::string as_hotline(int month, const std::vector<const Told*>& told, const std::vector<Place>& places) {
  std::string table = "mã;ngày;xã/phường;nội dung\n";
  for (std::size_t index = 0; index < told.size(); ++index) {
    char day[32];
    std::snprintf(day, sizeof day, "%02d/%02d/%d", static_cast<int>(1 + index * 28 / told.size()), month_of(month),
                  year_of(month));
    table += numbered("DN-", month, index + 1) + ';' + day + ';' + places[told[index]->place].name + ';' +
             csv_field(told[index]->text) + '\n';
  }
  return table;
}

std::string as_petitions(int month, const std::vector<const Told*>& told, const std::vector<Place>& places) {
  std::string lines;
  for (std::size_t index = 0; index < told.size(); ++index)
    lines +=
        "{\"id\":" + json_string(numbered("KN-", month, index + 1)) + ",\"text\":" + json_string(told[index]->text) +
        ",\"place\":" + json_string(places[told[index]->place].name) + ",\"period\":" + json_string(label_of(month)) +
        ",\"unit\":" + json_string("Ủy ban Mặt trận Tổ quốc tỉnh") + "}\n";
  return lines;
}

}  // namespace sample
