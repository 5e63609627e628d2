#include "trend/series_csv.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <optional>
#include <unordered_set>
#include <utility>

#include "trend/rows.hpp"

namespace duluan::trend {
namespace {

enum Column { kId, kSuite, kFreq, kLength, kFirst, kCounts, kExposure, kColumns };
constexpr std::array<std::string_view, kColumns> kNames = {"series_id", "suite",  "freq",    "n",
                                                           "eval_from", "counts", "exposure"};
constexpr bool required(std::size_t c) { return c == kId || c == kFreq || c == kFirst || c == kCounts; }

std::string_view trim(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r')) s.remove_suffix(1);
  return s;
}

// Fields of one line; quotes may enclose a field and are doubled within. nullopt: a quote is left open.
std::optional<std::vector<std::string>> split_fields(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted) {
      if (c != '"') fields.back() += c;
      else if (i + 1 < line.size() && line[i + 1] == '"') fields.back() += line[++i];
      else quoted = false;
    } else if (c == '"' && trim(fields.back()).empty()) {
      quoted = true;
      fields.back().clear();
    } else if (c == ',') {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  if (quoted) return std::nullopt;
  return fields;
}

template <class T>
std::optional<T> number(std::string_view text) {
  text = trim(text);
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// nullopt: some part is not a number. NA becomes not-a-number where it is allowed.
std::optional<std::vector<double>> numbers(std::string_view text, bool missing_allowed = false) {
  std::vector<double> values;
  text = trim(text);
  while (!text.empty()) {
    const std::size_t end = text.find(';');
    const std::string_view part = text.substr(0, end);
    const auto value = missing_allowed && trim(part) == "NA" ? std::nan("") : number<double>(part);
    if (!value) return std::nullopt;
    values.push_back(*value);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
    if (text.empty()) return std::nullopt;  // "1;2;"
  }
  return values;
}

using Places = std::array<std::optional<std::size_t>, kColumns>;

Result<Places> read_header(std::string_view line, std::string_view name) {
  Places places;
  const auto fields = split_fields(line);
  for (std::size_t i = 0; fields && i < fields->size(); ++i)
    for (std::size_t c = 0; c < kColumns; ++c)
      if (trim((*fields)[i]) == kNames[c]) places[c] = i;
  for (std::size_t c = 0; c < kColumns; ++c)
    if (required(c) && !places[c])
      return Error{ErrorCode::kMalformed, "the header has no column " + std::string(kNames[c]),
                   std::string(name) + ":1", "the first line must be series_id,suite,freq,n,eval_from,counts,exposure"};
  return places;
}

Error malformed(std::string what, std::string remedy) {
  return {ErrorCode::kMalformed, std::move(what), "", std::move(remedy)};
}

// A count that is missing is one out of nothing.
void mark_missing(Series& series) {
  for (std::size_t t = 0; t < series.counts.size(); ++t) {
    if (!std::isnan(series.counts[t])) continue;
    if (series.exposure.empty()) series.exposure.assign(series.counts.size(), 1);
    series.counts[t] = 0;
    if (t < series.exposure.size()) series.exposure[t] = 0;
  }
}

// What can be made of a row that cannot be read.
std::optional<SkippedRow> skipped_row(std::string_view line, const Places& places) {
  const auto fields = split_fields(line);
  if (!fields || *places[kId] >= fields->size() || trim((*fields)[*places[kId]]).empty()) return std::nullopt;
  SkippedRow row{std::string(trim((*fields)[*places[kId]])), 1};
  if (*places[kCounts] >= fields->size() || *places[kFirst] >= fields->size()) return row;
  const std::string& counts = (*fields)[*places[kCounts]];
  const std::size_t n = 1 + static_cast<std::size_t>(std::count(counts.begin(), counts.end(), ';'));
  const auto first = number<std::size_t>((*fields)[*places[kFirst]]);
  if (first && *first >= 1 && *first <= n) row.periods = n - *first + 1;
  return row;
}

Result<SeriesRecord> read_row(std::string_view line, const Places& places) {
  const auto fields = split_fields(line);
  if (!fields) return malformed("a quotation mark is not closed", "close it");
  std::array<std::string_view, kColumns> cell;
  for (std::size_t c = 0; c < kColumns; ++c) {
    if (places[c] && *places[c] < fields->size()) cell[c] = trim((*fields)[*places[c]]);
    if (required(c) && cell[c].empty())
      return malformed("column " + std::string(kNames[c]) + " is empty", "fill it in");
  }
  SeriesRecord record;
  record.id = cell[kId];
  record.suite = cell[kSuite];
  const auto freq = number<int>(cell[kFreq]);
  if (!freq || *freq < 1 || *freq > 366)
    return malformed("freq is not a number of periods per year from 1 to 366", "use 52, 12 or 4");
  record.series.periods_per_year = *freq;
  auto counts = numbers(cell[kCounts], true), exposure = numbers(cell[kExposure]);
  if (!counts || !exposure)
    return malformed("counts or exposure hold something that is no number", "separate plain numbers by ';'");
  record.series.counts = std::move(*counts);
  record.series.exposure = std::move(*exposure);
  if (!cell[kLength].empty() && number<std::size_t>(cell[kLength]) != record.series.counts.size())
    return malformed("n is " + std::string(cell[kLength]) + " but there are " +
                         std::to_string(record.series.counts.size()) + " counts",
                     "make them agree");
  mark_missing(record.series);
  const auto first = number<std::size_t>(cell[kFirst]);
  if (!first || *first < 1) return malformed("eval_from is not a period from 1 to n", "correct it");
  record.first = *first - 1;
  if (auto bad = check(record.series, record.first, {}); !bad.ok()) return bad.error();
  return record;
}

std::string quoted(std::string_view s) {
  if (s.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(s);
  std::string out = "\"";
  for (char c : s) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

// Six digits are more than the model means.
std::string short_number(double value) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.6g", value);
  return buffer.data();
}

}  // namespace

Result<SeriesFile> parse_series(std::string_view text, std::string_view name) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (trim(text.substr(0, text.find('\n'))).empty())
    return Error{ErrorCode::kEmpty, "the table has no header", std::string(name), "give a CSV file of series"};
  SeriesFile file;
  std::optional<Places> places;
  std::unordered_set<std::string> seen;
  for (std::size_t line_number = 1; !text.empty(); ++line_number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!places) {
      auto header = read_header(line, name);
      if (!header) return header.error();
      places = *header;
      continue;
    }
    if (line.empty()) continue;
    auto record = read_row(line, *places);
    if (record && !seen.insert(record->id).second) {
      record = malformed("series " + record->id + " stands there twice", "keep one of them");
    } else if (!record) {
      if (auto skipped = skipped_row(line, *places)) file.skipped.push_back(std::move(*skipped));
    }
    if (record) {
      record->line = line_number;
      file.records.push_back(std::move(*record));
    } else {
      Error problem = record.error();
      problem.where = std::string(name) + ":" + std::to_string(line_number);
      file.problems.push_back(std::move(problem));
    }
  }
  return file;
}

std::string format_unjudged(std::string_view id, std::string_view method, std::size_t periods) {
  std::string na = "NA";
  for (std::size_t t = 1; t < periods; ++t) na += ";NA";
  return quoted(id) + ',' + quoted(method) + ',' + na + ',' + na + '\n';
}

std::string format_findings(std::string_view id, std::string_view method, std::span<const Finding> findings) {
  std::string alarms, scores;
  for (const Finding& f : findings) {
    if (!alarms.empty()) alarms += ';', scores += ';';
    if (f.verdict == Verdict::kNoVerdict) {
      alarms += "NA", scores += "NA";
      continue;
    }
    alarms += f.verdict == Verdict::kAlarm ? '1' : '0';
    scores += short_number(-std::log10(f.p_value) + 0.0);  // + 0.0 turns the -0 of p = 1 into 0
  }
  return quoted(id) + ',' + quoted(method) + ',' + alarms + ',' + scores + '\n';
}

std::string format_forecast(std::string_view id, std::span<const Forecast> periods) {
  std::string rows;
  for (const Forecast& f : periods) {
    rows += quoted(id) + ',' + std::to_string(f.ahead) + ',' + short_number(f.mean) + ',' + short_number(f.median);
    for (const CountRange& r : {f.half, f.four_fifths, f.nineteen_twentieths})
      rows += ',' + short_number(r.low) + ',' + short_number(r.high);
    rows += '\n';
  }
  return rows;
}

}  // namespace duluan::trend
