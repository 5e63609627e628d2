#include "report/rows.hpp"

#include <algorithm>

#include "duluan/text.hpp"

namespace duluan::report {

bool Rows::next(Row& row) {
  if (at_ >= text_.size()) return false;
  const std::size_t begin = at_;
  row.line = line_;
  row.open = !read(row, quoted_);
  if (row.open) {
    at_ = begin;
    read(row, false);
  }
  row.span = {begin, at_};
  line_ += static_cast<std::size_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(begin),
                                               text_.begin() + static_cast<std::ptrdiff_t>(at_), '\n'));
  return true;
}

// False if a quote stays open; `quotes`: whether they mean anything.
bool Rows::read(Row& row, bool quotes) {
  row.fields.assign(1, "");
  bool quoted = false;
  std::size_t lines = 0;
  for (; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (quoted) {
      if (c == '\n' && ++lines > kMostLines) return false;
      if (c != '"') row.fields.back() += c;
      else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') row.fields.back() += text_[++at_];
      else quoted = false;
    } else if (quotes && c == '"' && row.fields.back().empty() && closes(at_ + 1)) {
      quoted = true;
    } else if (c == separator_) {
      row.fields.emplace_back();
    } else if (c == '\n') {
      ++at_;
      return true;
    } else {
      row.fields.back() += c;
    }
  }
  return !quoted;
}

// In a tab-separated table a quote is a letter like any other unless one stands at the field's end.
bool Rows::closes(std::size_t from) const {
  if (separator_ != '\t') return true;
  const std::size_t end = std::min(text_.find_first_of("\t\n", from), text_.size());
  return end > from && text_[end - 1] == '"';
}

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

std::string header_name(const std::string& field) {
  const std::string folded = fold(field);
  const std::size_t begin = folded.find_first_not_of(" \t*");
  return begin == std::string::npos ? "" : folded.substr(begin, folded.find_last_not_of(" \t*") + 1 - begin);
}

}  // namespace duluan::report
