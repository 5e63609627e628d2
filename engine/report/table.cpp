// Delimited tables (RFC 4180 quoting). The columns are found by the names in the header.
#include <algorithm>
#include <optional>
#include <tuple>

#include "duluan/text.hpp"
#include "report/readers.hpp"
#include "report/rows.hpp"

namespace duluan::report {
namespace {

using Column = std::optional<std::size_t>;

struct Columns {
  Column text, place, unit, period, id;
};

Column usual(const std::vector<std::string>& header, Field field) {
  for (std::size_t i = 0; i < header.size(); ++i)
    if (is_usual_name(field, header_name(header[i]))) return i;
  return std::nullopt;
}

std::string listed(const std::vector<std::string>& header) {
  std::string names;
  for (const std::string& name : header) names += (names.empty() ? "" : ", ") + name;
  return names.size() > 300 ? names.substr(0, 300) + "…" : names;
}

// The column the user named, or the one with a usual name.
Result<Column> column(const std::vector<std::string>& header, const std::string& wanted, Field field,
                      const std::string& where) {
  if (wanted.empty()) return usual(header, field);
  for (std::size_t i = 0; i < header.size(); ++i)
    if (header[i] == wanted || header_name(header[i]) == fold(wanted)) return Column(i);
  return Error{ErrorCode::kInvalidArgument, "the table has no column '" + wanted + "'", where,
               "its columns are: " + listed(header)};
}

Result<Columns> columns_of(const std::vector<std::string>& header, const ReadOptions& options,
                           const std::string& where) {
  Columns columns;
  for (const auto& [at, wanted, field] : {std::tuple{&columns.text, &options.text_column, Field::kText},
                                          std::tuple{&columns.place, &options.place_column, Field::kPlace},
                                          std::tuple{&columns.unit, &options.unit_column, Field::kUnit},
                                          std::tuple{&columns.period, &options.period_column, Field::kPeriod}}) {
    auto found = column(header, *wanted, field, where);
    if (!found) return found.error();
    *at = *found;
  }
  columns.id = usual(header, Field::kId);
  // Longer names: "Nội dung ý kiến của cử tri".
  for (std::size_t i = 0; i < header.size() && !columns.text; ++i)
    for (const std::string_view part : {"noi dung", "y kien", "phan anh"})
      if (header_name(header[i]).starts_with(part) && i != columns.place && i != columns.period && i != columns.unit)
        columns.text = i;
  if (columns.text) return columns;
  return Error{ErrorCode::kMalformed, "no column with the text of the opinions among: " + listed(header), where,
               "name the column 'text' or 'nội dung', or say which it is"};
}

}  // namespace

Result<void> read_table(std::string_view text, char separator, const ReadOptions& options, Document& document) {
  // Excel writes "sep=;" before the header.
  if (text.starts_with("sep=") && text.size() > 5 && text[5] == '\n') separator = text[4];
  Rows rows(text, separator != 0 ? separator : guess_separator(text));
  Row row;
  if (text.starts_with("sep=") && !rows.next(row)) return {};
  do {
    if (!rows.next(row)) return Error{ErrorCode::kEmpty, "the table is empty", document.source, "check the export"};
  } while (row.fields.size() == 1 && header_name(row.fields[0]).empty());
  const std::vector<std::string> header = row.fields;
  const auto columns = columns_of(header, options, document.source);
  if (!columns) return columns.error();
  while (rows.next(row)) {
    if (row.fields.size() == 1 && header_name(row.fields[0]).empty()) continue;
    const std::string where = document.source + ":" + std::to_string(row.line);
    if (row.open) {
      document.skipped.push_back({where, "a quote is not closed"});
      continue;
    }
    if (row.fields.size() != header.size()) {
      document.skipped.push_back(
          {where, std::to_string(row.fields.size()) + " columns, the header has " + std::to_string(header.size())});
      continue;
    }
    const auto field = [&](const Column& at) { return at ? row.fields[*at] : std::string(); };
    Record record{where,
                  field(columns->id),
                  field(columns->text),
                  field(columns->place),
                  field(columns->unit),
                  field(columns->period),
                  row.span};
    if (record.id.empty()) record.id = std::to_string(row.line);
    add_record(std::move(record), options, document);
  }
  return {};
}

}  // namespace duluan::report
