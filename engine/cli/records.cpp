#include "cli/records.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <utility>

#include "cli/files.hpp"
#include "duluan/text.hpp"
#include "report/readers.hpp"
#include "report/rows.hpp"

namespace duluan::cli {
namespace {

constexpr std::size_t kBlock = 1U << 18;
constexpr std::size_t kMostReported = 100;  // bad records, on standard error
constexpr std::size_t kMostReasons = 20;

// Gathers records into blocks.
class Blocks {
 public:
  Blocks(const Input& input, std::string path, const std::function<void(RecordBlock&&)>& use)
      : input_(input), path_(std::move(path)), use_(use) {}

  void add(RawRecord::Kind kind, std::size_t line, std::string_view body, std::string_view id = {}) {
    block_.records.push_back({kind, line, keep(id), keep(body), {}});
    if (block_.bytes.size() >= kBlock) hand_over();
  }
  void add_bad(std::size_t line, std::string_view what, std::string_view remedy) {
    block_.records.push_back({RawRecord::Kind::kBad, line, {}, keep(what), keep(remedy)});
    if (block_.bytes.size() >= kBlock) hand_over();
  }
  void hand_over() {
    if (block_.records.empty()) return;
    block_.path = path_;
    block_.taken = input_.taken();
    block_.bytes.append(kJsonPadding, '\0');
    use_(std::exchange(block_, {}));
  }

 private:
  Span keep(std::string_view bytes) {
    const std::size_t begin = block_.bytes.size();
    block_.bytes += bytes;
    return {begin, block_.bytes.size()};
  }

  const Input& input_;
  std::string path_;
  const std::function<void(RecordBlock&&)>& use_;
  RecordBlock block_;
};

// Rows of a table that comes line by line: a quoted field may hold line breaks.
class TableRecords {
 public:
  TableRecords(std::string where, const RecordForm& form, Blocks& blocks)
      : where_(std::move(where)),
        form_(form),
        separator_(form.format == RecordFormat::kTsv ? '\t' : '\0'),
        blocks_(blocks) {}

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
      return blocks_.add_bad(line, "a quote is not closed", "close it, or double the quotes inside a field");
    if (columns_ == 0) {
      columns_ = row.fields.size();
      if (is_header(row.fields)) return;
    }
    if (fault_) return;
    if (row.fields.size() != columns_)
      return blocks_.add_bad(line,
                             std::to_string(row.fields.size()) + " columns, the table has " + std::to_string(columns_),
                             "quote fields that hold the separator");
    blocks_.add(RawRecord::Kind::kRow, line, row.fields[text_], id_ ? row.fields[*id_] : std::string_view());
  }

  // Finds the columns; whether the row is a header and no record.
  bool is_header(const std::vector<std::string>& fields) {
    const auto column = [&fields](report::Field field, const std::string& wanted) {
      const auto found = std::find_if(fields.begin(), fields.end(), [&](const std::string& name) {
        return wanted.empty() ? report::is_usual_name(field, report::header_name(name)) : name == wanted;
      });
      return static_cast<std::size_t>(found - fields.begin());
    };
    const std::size_t text = column(report::Field::kText, form_.text);
    const std::size_t id = column(report::Field::kId, form_.id);
    if (text < fields.size()) {
      text_ = text;
      if (id < fields.size()) id_ = id;
      return true;
    }
    if (fields.size() > 2 || id < fields.size() || !form_.text.empty())
      fault_ =
          Error{ErrorCode::kMalformed, "no column with the text", where_,
                "give the table a header that names a column 'text' or 'nội dung', or name the column with --text"};
    if (fields.size() == 2) id_ = 0, text_ = 1;
    return false;
  }

  std::string where_;
  const RecordForm& form_;
  char separator_;
  Blocks& blocks_;
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

RecordFormat format_by_name(std::string_view path) {
  for (const std::string_view packed : {".gz", ".zst", ".xz", ".bz2"})
    if (path.ends_with(packed)) path.remove_suffix(packed.size());
  if (path.ends_with(".csv")) return RecordFormat::kCsv;
  return path.ends_with(".tsv") ? RecordFormat::kTsv : RecordFormat::kAuto;
}

}  // namespace

Result<void> for_each_block(const std::string& path, const RecordForm& wanted,
                            const std::function<void(RecordBlock&&)>& use) {
  auto input = Input::open(path);
  if (!input) return input.error();
  RecordForm form = wanted;
  if (form.format == RecordFormat::kAuto) form.format = format_by_name(path);
  const bool table = form.format == RecordFormat::kCsv || form.format == RecordFormat::kTsv;
  Blocks blocks(*input, path, use);
  TableRecords rows(path, form, blocks);
  const auto take = [&](std::string_view line, std::size_t number) {
    if (number == 1) line = without_mark(line);
    if (table) return rows.add(line);
    if (line.find_first_not_of(" \t") == std::string_view::npos) return;
    if (form.format == RecordFormat::kAuto)
      form.format = line.front() == '{' ? RecordFormat::kJsonl : RecordFormat::kText;
    const bool json = form.format == RecordFormat::kJsonl;
    blocks.add(json ? RawRecord::Kind::kJson : RawRecord::Kind::kText, number, line);
  };
  const auto too_long = [&](std::size_t number) {
    if (table) rows.skip_line();
    blocks.add_bad(number, "the line is longer than " + std::to_string(kLongestLine >> 20) + " MB", "split it");
  };
  auto read = for_each_line_of(*input, take, too_long);
  rows.finish();
  blocks.hand_over();
  if (!read) return read;
  if (rows.fault()) return *rows.fault();
  return {};
}

RecordReader::RecordReader(const RecordForm& form)
    : json_(form.id.empty() ? "id" : form.id, form.text.empty() ? "text" : form.text) {}

Result<RecordView> RecordReader::read(const RecordBlock& block, const RawRecord& record) {
  const std::string_view body = record.body.of(block.bytes);
  if (record.kind == RawRecord::Kind::kBad)
    return Error{ErrorCode::kMalformed, std::string(body), "", std::string(record.cure.of(block.bytes))};
  if (const std::size_t bad = find_bad_utf8(body); bad != std::string_view::npos)
    return Error{
        ErrorCode::kBadEncoding, "not UTF-8", "",
        "byte " + std::to_string(bad + 1) + " is the first that is wrong; duluan normalize reads other encodings"};
  RecordView view{"", body};
  if (record.kind == RawRecord::Kind::kJson) {
    auto parsed = json_.parse(body);
    if (!parsed || !parsed->id.empty()) return parsed;
    view = *parsed;
  }
  id_.clear();
  if (record.id.size() > 0) append_json_string(id_, record.id.of(block.bytes));
  else id_ = std::to_string(record.line);
  view.id = id_;
  return view;
}

void BadRecords::add(const std::string& path, std::size_t line, const Error& error) {
  if (++count_ <= kMostReported)
    std::fprintf(stderr, "duluan: %s:%zu: %s\n", path.c_str(), line, error.message().c_str());
  if (count_ == kMostReported)
    std::fprintf(stderr, "duluan: %zu bad records reported; those that follow are only counted\n", count_);
  const bool known = reasons_.size() < kMostReasons || reasons_.contains(error.what);
  ++reasons_[known ? error.what : "other reasons"];
}

void BadRecords::print_reasons() const {
  for (const auto& [reason, count] : reasons_) std::fprintf(stderr, "duluan: %zu: %s\n", count, reason.c_str());
}

}  // namespace duluan::cli
