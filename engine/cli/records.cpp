#include "cli/records.hpp"

#include <algorithm>
#include <optional>

#include "cli/files.hpp"
#include "report/readers.hpp"
#include "report/rows.hpp"

namespace duluan::cli {
namespace {

using UseRecord = std::function<void(const Result<Record>& record, std::size_t line)>;

Error bad_record(std::string what, std::string remedy) {
  return {ErrorCode::kMalformed, std::move(what), "", std::move(remedy)};
}

Result<Record> record_of_line(std::string_view line, RecordFormat format) {
  if (format == RecordFormat::kJsonl) return parse_record(line);
  return Record{"", std::string(line)};
}

// Rows of a table that comes line by line: a quoted field may hold line breaks.
class TableRecords {
 public:
  TableRecords(std::string where, RecordFormat format, const UseRecord& use)
      : where_(std::move(where)), separator_(format == RecordFormat::kTsv ? '\t' : '\0'), use_(use) {}

  void add(std::string_view line) {
    if (separator_ == '\0') separator_ = report::guess_separator(line);
    const bool waits = !rest_.empty();  // for a quote
    rest_.append(line).append("\n");
    ++lines_;
    const bool full = lines_ > report::Rows::kMostLines || rest_.size() > kLongestLine;
    if (!waits || full || line.find('"') != std::string_view::npos) drain(full);
  }

  /// A line that is not kept ends the row it may belong to.
  void skip_line() {
    finish();
    ++first_line_;
  }

  /// What is left when no line comes any more.
  void finish() {
    while (!rest_.empty()) drain(true);
  }

  [[nodiscard]] const std::optional<Error>& fault() const { return fault_; }

 private:
  // Takes the rows that are whole; `now`: an open quote is not waited for.
  void drain(bool now) {
    report::Row row;
    report::Rows rows(rest_, separator_);
    std::size_t taken = 0;
    while (rows.next(row) && (!row.open || now)) {
      take(row, first_line_ + row.line - 1);
      now = now && !row.open;  // the lines behind a slip are looked at afresh
      taken = rows.at();
    }
    const auto end = rest_.begin() + static_cast<std::ptrdiff_t>(taken);
    const auto lines = static_cast<std::size_t>(std::count(rest_.begin(), end, '\n'));
    rest_.erase(rest_.begin(), end);
    first_line_ += lines;
    lines_ -= lines;
  }

  void take(const report::Row& row, std::size_t line) {
    if (fault_ || (row.fields.size() == 1 && row.fields.front().empty())) return;
    if (row.open)
      return use_(bad_record("a quote is not closed", "close it, or double the quotes inside a field"), line);
    if (columns_ == 0) {
      columns_ = row.fields.size();
      if (is_header(row.fields)) return;
    }
    if (fault_) return;
    if (row.fields.size() != columns_)
      return use_(bad_record(std::to_string(row.fields.size()) + " columns, the table has " + std::to_string(columns_),
                             "quote fields that hold the separator"),
                  line);
    Record record{"", row.fields[text_]};
    if (id_ && !row.fields[*id_].empty()) record.id = json_string(row.fields[*id_]);
    use_(record, line);
  }

  // Finds the columns; whether the row is a header and no record.
  bool is_header(const std::vector<std::string>& fields) {
    const auto column = [&fields](report::Field field) {
      const auto found = std::find_if(fields.begin(), fields.end(), [field](const std::string& name) {
        return report::is_usual_name(field, report::header_name(name));
      });
      return static_cast<std::size_t>(found - fields.begin());
    };
    const std::size_t text = column(report::Field::kText);
    const std::size_t id = column(report::Field::kId);
    if (text < fields.size()) {
      text_ = text;
      if (id < fields.size()) id_ = id;
      return true;
    }
    if (fields.size() > 2 || id < fields.size())
      fault_ = Error{ErrorCode::kMalformed, "no column with the text", where_,
                     "give the table a header that names a column 'text' or 'nội dung'"};
    if (fields.size() == 2) id_ = 0, text_ = 1;
    return false;
  }

  std::string where_;
  char separator_;
  const UseRecord& use_;
  std::string rest_;            // rows not yet taken
  std::size_t lines_ = 0;       // in rest_
  std::size_t first_line_ = 1;  // of rest_
  std::size_t columns_ = 0;     // of the first row
  std::size_t text_ = 0;
  std::optional<std::size_t> id_;
  std::optional<Error> fault_;
};

std::string_view without_mark(std::string_view line) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return line.starts_with(kMark) ? line.substr(kMark.size()) : line;
}

}  // namespace

Result<void> for_each_record(const std::string& path, RecordFormat format, const UseRecord& use) {
  const bool table = format == RecordFormat::kCsv || format == RecordFormat::kTsv;
  const UseRecord with_id = [&use](const Result<Record>& record, std::size_t line) {
    if (!record || !record->id.empty()) return use(record, line);
    use(Record{std::to_string(line), record->text}, line);
  };
  TableRecords rows(path, format, with_id);
  const auto take = [&](std::string_view line, std::size_t number) {
    if (number == 1) line = without_mark(line);
    if (table) return rows.add(line);
    if (line.find_first_not_of(" \t") == std::string_view::npos) return;
    if (format == RecordFormat::kAuto) format = line.front() == '{' ? RecordFormat::kJsonl : RecordFormat::kText;
    with_id(record_of_line(line, format), number);
  };
  const auto too_long = [&](std::size_t number) {
    if (table) rows.skip_line();
    use(bad_record("the line is longer than " + std::to_string(kLongestLine >> 20) + " MB", "split it"), number);
  };
  if (auto read = for_each_line_of(path, take, too_long); !read) return read;
  rows.finish();
  if (rows.fault()) return *rows.fault();
  return {};
}

}  // namespace duluan::cli
