#include "concern/display.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace duluan::concern {
namespace {

struct CodePoint {
  std::uint32_t value;
  std::size_t bytes;  ///< 1 for a byte that begins nothing well-formed, then value is U+FFFD
};

CodePoint next_code_point(std::string_view s, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(s[i])); };
  const std::uint32_t lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 && lead < 0xF5   ? 4
                            : lead >= 0xE0 && lead < 0xF0 ? 3
                            : lead >= 0xC2 && lead < 0xE0 ? 2
                                                          : 1;
  if (bytes == 1 || at + bytes > s.size()) return {0xFFFD, 1};
  std::uint32_t value = lead & (0xFFu >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {0xFFFD, 1};
    value = (value << 6) | (byte(at + i) & 0x3F);
  }
  constexpr std::array<std::uint32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
  const bool bad = value < kSmallest[bytes] || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000);
  return bad ? CodePoint{0xFFFD, 1} : CodePoint{value, bytes};
}

std::size_t width_of(std::uint32_t c) {
  if (c < 0x20 || (c >= 0x300 && c < 0x370) || (c >= 0x200B && c <= 0x200F) || c == 0xFE0F) return 0;
  const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
                    (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                    (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? 2 : 1;
}

// Whether the sum of the small cells of a row gives each of them away: one alone, or all at their most.
bool sum_tells(int hidden, std::size_t cells) {
  return cells == 1 || hidden == static_cast<int>(cells) * (kSmallestShown - 1);
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = next_code_point(text, i);
    if (c.value == '&') out += "&amp;";
    else if (c.value == '<') out += "&lt;";
    else if (c.value == '>') out += "&gt;";
    else if (c.value == '"') out += "&quot;";
    else if (c.value == '\'') out += "&#39;";
    else if (c.value == 0xFFFD) out += "\uFFFD";
    else if (c.value >= 0x20 && c.value != 0x7F) out += text.substr(i, c.bytes);
    else out += ' ';  // controls are not allowed in HTML
    i += c.bytes;
  }
  return out;
}

std::string quote_json(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = next_code_point(text, i);
    if (c.value == '"' || c.value == '\\') out += '\\', out += text[i];
    else if (c.value == '\n') out += "\\n";
    else if (c.value == '\t') out += "\\t";
    else if (c.value < 0x20) {
      std::array<char, 8> buffer{};
      std::snprintf(buffer.data(), buffer.size(), "\\u%04x", static_cast<unsigned>(c.value));
      out += buffer.data();
    } else if (c.value == 0xFFFD) out += "\uFFFD";
    else out += text.substr(i, c.bytes);
    i += c.bytes;
  }
  return out + '"';
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < utf8.size();) {
    const CodePoint c = next_code_point(utf8, i);
    width += width_of(c.value);
    i += c.bytes;
  }
  return width;
}

std::string pad(std::string_view text, std::size_t width, bool right_aligned) {
  const std::size_t have = display_width(text);
  const std::string spaces(width > have ? width - have : 0, ' ');
  return right_aligned ? spaces + std::string(text) : std::string(text) + spaces;
}

std::string fixed(double value, int decimals) {
  std::array<char, 64> buffer{};
  const double sound = std::isfinite(value) ? std::clamp(value, -1e15, 1e15) : 0.0;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), sound, std::chars_format::fixed, decimals);
  return {buffer.data(), end.ptr};
}

std::string number(double value, int decimals, Language language) {
  std::string digits = fixed(value, decimals);
  const char point = language == Language::kVietnamese ? ',' : '.',
             group = language == Language::kVietnamese ? '.' : ',';
  const std::size_t dot = std::min(digits.find('.'), digits.size());
  if (dot < digits.size()) digits[dot] = point;
  const std::size_t first = digits[0] == '-' ? 1 : 0;
  for (std::size_t i = dot; i > first + 3;) digits.insert(i -= 3, 1, group);
  return digits;
}

std::string rounded(double value, Language language) {
  return number(value, value >= 9.95 ? 0 : value >= 0.095 || value == 0 ? 1 : 2, language);
}

std::string capital(std::string text) {
  if (text.starts_with("đ")) text.replace(0, std::string("đ").size(), "Đ");
  else if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string joined(const std::vector<std::string>& items, Language language) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += i + 1 < items.size() ? ", " : language == Language::kVietnamese ? " và " : " and ";
    out += place_name(items[i], language);
  }
  return out;
}

const std::string& label(const Topic& topic, Language language) {
  const std::string& name = language == Language::kVietnamese ? topic.label_vi : topic.label_en;
  return name.empty() ? topic.id : name;
}

const Topic* topic_of(const ConcernReport& report, const Concern& concern) {
  for (const Topic& topic : report.topics)
    if (topic.id == concern.topic) return &topic;
  return nullptr;
}

std::string place_name(const std::string& place, Language language) {
  if (!place.empty()) return place;
  return language == Language::kVietnamese ? "không rõ địa bàn" : "place unknown";
}

std::string shown_count(int count, Language language) {
  return shown(count) ? number(count, 0, language) : "<" + std::to_string(kSmallestShown);
}

std::vector<CellState> cell_states(const ConcernReport& report, std::size_t topic) {
  const std::vector<int>& row = report.table[topic];
  std::vector<CellState> states;
  int hidden = 0;
  std::size_t small = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const bool silent = report.coverage[i].opinions == 0;
    states.push_back(silent ? CellState::kSilent : shown(row[i]) ? CellState::kShown : CellState::kSmall);
    if (states.back() == CellState::kSmall) ++small, hidden += row[i];
  }
  // A zero that can be computed singles nobody out.
  if (small == 0 || hidden == 0 || !sum_tells(hidden, small)) return states;
  std::size_t least = row.size();
  for (std::size_t i = 0; i < row.size(); ++i)
    if (states[i] == CellState::kShown && (least == row.size() || row[i] < row[least])) least = i;
  if (least < row.size()) states[least] = CellState::kHidden;
  return states;
}

std::size_t shown_quotations(const Concern& concern) {
  return shown(concern.observed) ? concern.evidence.size() : std::min<std::size_t>(2, concern.evidence.size());
}

}  // namespace duluan::concern
