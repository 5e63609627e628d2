#include "duluan/text.hpp"

#include <algorithm>

namespace duluan {

void Text::copy(std::string_view bytes, std::size_t at) {
  if (bytes.empty()) return;
  const bool continues = !pieces_.empty() && pieces_.back().verbatim && pieces_.back().in + pieces_.back().length == at;
  if (continues) pieces_.back().length += bytes.size();
  else pieces_.push_back({utf8_.size(), at, bytes.size(), true});
  utf8_.append(bytes);
}

void Text::rewrite(std::string_view bytes, std::size_t from, std::size_t length) {
  pieces_.push_back({utf8_.size(), from, length, false});
  utf8_.append(bytes);
}

Span Text::source(Span span) const {
  if (pieces_.empty()) return {0, 0};
  // The last piece that starts at or before `position`.
  const auto piece_at = [this](std::size_t position) {
    auto next = std::upper_bound(pieces_.begin(), pieces_.end(), position,
                                 [](std::size_t p, const Piece& piece) { return p < piece.out; });
    return next == pieces_.begin() ? next : next - 1;
  };
  const auto first = piece_at(span.begin);
  const std::size_t begin = first->verbatim ? first->in + std::min(span.begin - first->out, first->length) : first->in;
  if (span.end <= span.begin) return {begin, begin};
  const auto last = piece_at(span.end - 1);
  const std::size_t end = last->verbatim ? last->in + std::min(span.end - last->out, last->length)
                                         : last->in + last->length;
  return {begin, end};
}

}  // namespace duluan
