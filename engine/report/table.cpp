// Delimited tables (RFC 4180 quoting). The columns are found by the names in the header.
#include <algorithm>
#include <array>
#include <optional>

#include "duluan/text.hpp"
#include "report/readers.hpp"

namespace duluan::report {
namespace {

struct Row {
  std::vector<std::string> fields;
  std::size_t line = 0;   // where it begins, from 1
  bool too_long = false;
};

class Rows {
 public:
  Rows(std::string_view text, char separator) : text_(text), separator_(separator) {}

  bool next(Row& row) {
    row.fields.assign(1, "");
    row.line = line_;
    row.too_long = false;
    if (at_ >= text_.size()) return false;
    const std::size_t begin = at_;
    bool quoted = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\n') ++line_;
      if (at_ - begin > kLongestLine) row.too_long = true;
      if (quoted) {
        if (c != '"') add(row, c);
        else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') add(row, text_[++at_]);
        else quoted = false;
      } else if (c == '"' && row.fields.back().empty()) {
        quoted = true;
      } else if (c == separator_) {
        row.fields.emplace_back();
      } else if (c == '\n') {
        ++at_;
        break;
      } else if (c != '\r') {
        add(row, c);
      }
    }
    return true;
  }

 private:
  static void add(Row& row, char c) {
    if (!row.too_long) row.fields.back() += c;
  }
  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

char guess_separator(std::string_view text) {
  const std::string_view header = text.substr(0, text.find('\n'));
  char best = ',';
  std::ptrdiff_t most = 0;
  for (const char candidate : {'\t', ';', ','}) {
    const auto count = std::count(header.begin(), header.end(), candidate);
    if (count > most) {
      most = count;
      best = candidate;
    }
  }
  return best;
}

constexpr std::size_t kNone = std::size_t(-1);

// Index of the column the user named, or whose folded header is one of the usual names.
std::size_t column(const std::vector<std::string>& header, const std::string& wanted,
                   std::initializer_list<std::string_view> usual) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string folded = fold(header[i]);
    if (!wanted.empty() ? header[i] == wanted : std::find(usual.begin(), usual.end(), folded) != usual.end()) return i;
  }
  return kNone;
}

}  // namespace

Result<void> read_table(std::string_view text, char separator, const ReadOptions& options, Document& document) {
  Rows rows(text, separator != 0 ? separator : guess_separator(text));
  Row row;
  if (!rows.next(row)) return Error{ErrorCode::kEmpty, "the table is empty", document.source, "check the export"};
  const std::vector<std::string> header = row.fields;
  const std::size_t text_at = column(header, options.text_column, {"text", "noi dung", "y kien", "noi dung phan anh", "noi dung kien nghi", "content"});
  const std::size_t place_at = column(header, options.place_column, {"place", "dia ban", "xa/phuong", "xa", "phuong", "dia diem", "noi phan anh"});
  const std::size_t unit_at = column(header, options.unit_column, {"unit", "don vi", "don vi bao cao", "co quan"});
  const std::size_t period_at = column(header, options.period_column, {"period", "ky", "ky bao cao", "thang", "ngay", "ngay tiep nhan", "date"});
  const std::size_t id_at = column(header, "", {"id", "ma", "ma so", "stt"});
  if (text_at == kNone)
    return Error{ErrorCode::kMalformed, "no column with the text of the opinions", document.source,
                 "name the column 'text' or 'nội dung', or say which it is"};
  while (rows.next(row)) {
    if (row.fields.size() == 1 && row.fields[0].empty()) continue;
    const std::string where = document.source + ":" + std::to_string(row.line);
    if (row.too_long) {
      document.skipped.push_back({where, "the record is longer than 16 MB"});
      continue;
    }
    if (row.fields.size() != header.size()) {
      document.skipped.push_back({where, std::to_string(row.fields.size()) + " columns, the header has " + std::to_string(header.size())});
      continue;
    }
    const auto field = [&](std::size_t at) { return at == kNone ? std::string() : row.fields[at]; };
    if (field(text_at).empty()) {
      document.skipped.push_back({where, "no text"});
      continue;
    }
    const std::string source = document.source + "#" + (id_at == kNone ? std::to_string(row.line) : field(id_at));
    document.opinions.push_back(record_opinion(field(text_at), source, field(place_at), field(unit_at), field(period_at), options));
  }
  return {};
}

}  // namespace duluan::report
