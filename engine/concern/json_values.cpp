// Numbers, counts and opinions as JSON.
#include "concern/json_values.hpp"

#include "concern/display.hpp"

namespace duluan::concern {

// A number as JSON wants it, to six decimals.
std::string json_number(double value) {
  std::string digits = fixed(value, 6);
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.ends_with('.')) digits.pop_back();
  return digits == "-0" ? "0" : digits;
}

// p-values span hundreds of orders of magnitude.
std::string json_probability(double p) {
  int exponent = 0;
  const double least = p < 0.001 ? 1 : 0;
  for (; p > 0 && p < least && exponent < 300; ++exponent) p *= 10;
  return json_number(p) + (exponent > 0 ? "e-" + std::to_string(exponent) : "");
}

std::string json_count(int count) { return shown(count) ? std::to_string(count) : "null"; }

std::string json_strings(const std::vector<std::string>& items) {
  std::string out = "[";
  for (const std::string& item : items) out += (out.size() > 1 ? "," : "") + quote_json(item);
  return out + "]";
}

std::string json_opinion(std::int64_t id, const std::string& text, const std::string& source, const std::string& place,
                         const std::string& unit) {
  return "{\"id\":" + std::to_string(id) + ",\"text\":" + quote_json(text) + ",\"source\":" + quote_json(source) +
         ",\"place\":" + quote_json(place) + ",\"unit\":" + quote_json(unit);
}

}  // namespace duluan::concern
