// Labelled texts in TSV of several forms.
#include <algorithm>
#include <array>
#include <optional>

#include "base/lines.hpp"
#include "duluan/evaluation.hpp"
#include "duluan/text.hpp"
#include "topic/table.hpp"

namespace duluan {
namespace {

using topics::split;

enum class Column { kId, kRegister, kTopics, kText, kIgnored };

std::optional<Column> column_named(std::string_view name) {
  if (name == "id") return Column::kId;
  if (name == "register") return Column::kRegister;
  if (name == "text") return Column::kText;
  for (const std::string_view topics : {"topics", "topic", "labels", "label"})
    if (name == topics) return Column::kTopics;
  return std::nullopt;
}

bool has(const std::vector<Column>& columns, Column wanted) {
  return std::find(columns.begin(), columns.end(), wanted) != columns.end();
}

// "label,id,-,text"
Result<std::vector<Column>> columns_told(std::string_view told) {
  std::vector<Column> columns;
  for (const std::string_view name : split(told, ',')) columns.push_back(column_named(name).value_or(Column::kIgnored));
  if (!has(columns, Column::kText) || !has(columns, Column::kTopics))
    return Error{ErrorCode::kInvalidArgument, "the columns \"" + std::string(told) + "\" lack text or label", "",
                 "name each column in its order: label, text, id, register, or - for another"};
  return columns;
}

// Whether the first line is a header: it names both the text and the topics.
std::optional<std::vector<Column>> columns_of_header(const std::vector<std::string_view>& fields) {
  std::vector<Column> columns;
  for (const std::string_view field : fields) columns.push_back(column_named(field).value_or(Column::kIgnored));
  if (has(columns, Column::kText) && has(columns, Column::kTopics)) return columns;
  return std::nullopt;
}

std::vector<Column> columns_by_number(std::size_t number) {
  if (number == 2) return {Column::kTopics, Column::kText};
  if (number == 3) return {Column::kTopics, Column::kId, Column::kText};
  return {};
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0;;) {
    const std::size_t next = text.find("\\n", at);
    out += text.substr(at, next - at);
    if (next == std::string_view::npos) return out;
    out += '\n';
    at = next + 2;
  }
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

class Reader {
 public:
  Reader(std::string path, std::vector<Column> columns) : path_(std::move(path)), columns_(std::move(columns)) {}

  void add(std::string_view line) {
    ++number_;
    if (fault_) return;
    if (number_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) return;
    const auto fields = split(line, '\t');
    if (!begun_) {
      begun_ = true;
      if (begin(fields)) return;
    }
    if (!fault_) take(fields);
  }

  Result<std::vector<LabelledText>> result() && {
    if (fault_) return *fault_;
    if (texts_.empty()) return Error{ErrorCode::kEmpty, "there are no labelled texts in it", path_, "check the path"};
    return std::move(texts_);
  }

 private:
  void bad(std::string what, std::string remedy) {
    fault_ = Error{ErrorCode::kMalformed, std::move(what), path_ + ":" + std::to_string(number_), std::move(remedy)};
  }

  // Settles the columns; whether the line is a header.
  bool begin(const std::vector<std::string_view>& fields) {
    const auto header = columns_of_header(fields);
    if (columns_.empty()) columns_ = header ? *header : columns_by_number(fields.size());
    if (columns_.empty())
      bad("this is no header of labelled texts, and its " + std::to_string(fields.size()) +
              " columns are not label and text",
          "begin with a header (id, register, topics, text, apart by tabs), or tell the columns");
    return header.has_value();
  }

  void take(const std::vector<std::string_view>& fields) {
    if (fields.size() != columns_.size())
      return bad(std::to_string(fields.size()) + " columns instead of " + std::to_string(columns_.size()),
                 "separate the columns by one tab each");
    LabelledText text{std::to_string(number_), "", {}, "", path_ + ":" + std::to_string(number_)};
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (find_bad_utf8(fields[i]) != std::string_view::npos)
        return bad("the line is not UTF-8", "duluan normalize reads other encodings");
      switch (columns_[i]) {
        case Column::kId: text.id = fields[i]; break;
        case Column::kRegister: text.reg = fields[i]; break;
        case Column::kText: text.text = unescaped(fields[i]); break;
        case Column::kTopics:
          for (const std::string_view topic : split(fields[i], ',')) text.topics.emplace_back(trimmed(topic));
          break;
        case Column::kIgnored: break;
      }
    }
    if (std::any_of(text.topics.begin(), text.topics.end(), [](const std::string& topic) { return topic.empty(); }))
      return bad("an empty label", "name a topic; other if there is none");
    texts_.push_back(std::move(text));
  }

  std::string path_;
  std::vector<Column> columns_;
  std::size_t number_ = 0;
  bool begun_ = false;
  std::vector<LabelledText> texts_;
  std::optional<Error> fault_;
};

}  // namespace

Result<std::vector<LabelledText>> read_labelled(const std::string& path, const std::string& columns) {
  std::vector<Column> told;
  if (!columns.empty()) {
    auto read = columns_told(columns);
    if (!read) return read.error();
    told = std::move(*read);
  }
  Reader reader(path, std::move(told));
  if (auto read = for_each_line(path, [&](std::string_view line) { reader.add(line); }); !read) return read.error();
  return std::move(reader).result();
}

Result<std::set<std::string>> read_ids(const std::string& path) {
  std::set<std::string> ids;
  std::size_t column = 0;
  bool first = true;
  auto read = for_each_line(path, [&](std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    const auto fields = split(line, '\t');
    if (first) {
      first = false;
      const auto id = std::find(fields.begin(), fields.end(), "id");
      column = id == fields.end() ? 0 : static_cast<std::size_t>(id - fields.begin());
      if (id != fields.end()) return;
    }
    if (column < fields.size() && !fields[column].empty()) ids.emplace(fields[column]);
  });
  if (!read) return read.error();
  return ids;
}

}  // namespace duluan
