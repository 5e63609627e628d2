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

bool is_blank(const Row& row) {
  return std::all_of(row.fields.begin(), row.fields.end(),
                     [](const std::string& field) { return header_name(field).empty(); });
}

// How the columns were taken, for people to see.
void note_columns(const std::vector<std::string>& header, const Columns& columns, Document& document) {
  for (const auto& [field, at] :
       {std::pair{"text", columns.text}, std::pair{"place", columns.place}, std::pair{"unit", columns.unit},
        std::pair{"period", columns.period}, std::pair{"id", columns.id}})
    if (at) document.columns.push_back({field, header[*at]});
}

// The first row of a delimited table is its header. A sheet may have a title above it: then it is the first row in
// which the text is found.
Result<std::vector<std::string>> find_header(Rows& rows, const Table& table, const ReadOptions& options,
                                             const std::string& where) {
  constexpr int kMostTitles = 30;
  const Error empty{ErrorCode::kEmpty, "the table is empty", where, "check the export"};
  std::optional<Error> first;
  Row row;
  for (int read = 0; read < kMostTitles && rows.next(row);) {
    if (is_blank(row)) continue;
    ++read;
    const auto filled = std::count_if(row.fields.begin(), row.fields.end(),
                                      [](const std::string& field) { return !header_name(field).empty(); });
    const auto columns = columns_of(row.fields, options, where);
    const bool title = table.sheet && filled == 1 && !usual(row.fields, Field::kText);
    if (columns && !title) return row.fields;
    // What is wrong is told of the row that looks most like a header.
    if (!columns && (!first || (filled > 1 && row.line > 1))) first = columns.error();
    if (!table.sheet) break;
  }
  return first ? *first : empty;
}

}  // namespace

Result<void> read_table(const Table& table, const ReadOptions& options, Document& document) {
  std::string_view text = table.text;
  char separator = table.separator;
  // Excel writes "sep=;" before the header.
  const bool named = !table.sheet && text.starts_with("sep=") && text.size() > 5;
  if (named && text[5] == '\n') separator = text[4];
  Rows rows(text, separator != 0 ? separator : guess_separator(text), !table.sheet);
  Row row;
  if (named && !rows.next(row)) return {};
  const std::string place = document.source + (table.name.empty() ? "" : ":" + table.name);
  const auto found = find_header(rows, table, options, place);
  if (!found) return found.error();
  const std::vector<std::string>& header = *found;
  const auto columns = columns_of(header, options, place);
  if (!columns) return columns.error();
  note_columns(header, *columns, document);
  while (rows.next(row)) {
    if (is_blank(row)) continue;
    const std::string where = place + ":" + std::to_string(row.line);
    if (row.open) {
      document.skipped.push_back({where, "a quote is not closed"});
      continue;
    }
    if (table.sheet) row.fields.resize(std::max(row.fields.size(), header.size()));
    if (row.fields.size() != header.size() && !table.sheet) {
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
                  {table.offset + row.span.begin, table.offset + row.span.end}};
    if (record.id.empty()) record.id = std::to_string(row.line);
    if (!table.name.empty()) record.id = table.name + ":" + record.id;
    add_record(std::move(record), options, document);
  }
  return {};
}

void read_sheets(const std::vector<std::string>& names, const ReadOptions& options, Document& document) {
  const std::string_view text = document.text;
  std::size_t at = 0;
  for (const std::string& name : names) {
    const std::size_t end = std::min(text.find('\f', at), text.size());
    Table table{text.substr(at, end - at), '\t', true, at, names.size() > 1 ? name : ""};
    if (table.text.find_first_not_of(" \t\n") != std::string_view::npos)
      if (auto read = read_table(table, options, document); !read)
        document.skipped.push_back({read.error().where, read.error().what});
    at = std::min(end + 1, text.size());
  }
}

}  // namespace duluan::report
