// Two maps made one. A place in the text between them is a border of the joint map where both
// have one; borders that only one has are struck. All of it goes 64 bytes at a time.
#include <algorithm>
#include <bit>

#include "duluan/text.hpp"

namespace duluan {
namespace {

constexpr std::size_t kBits = 64;

std::size_t count_ones(std::uint64_t word) { return static_cast<std::size_t>(std::popcount(word)); }

// The bit for position `place` in the word that starts at `at`.
std::uint64_t bit_of(std::size_t place, std::size_t at) {
  return place >= at && place - at < kBits ? 1ULL << (place - at) : 0;
}

// The bits of `from` that stand where `mask` has ones, moved together, with anything above them; and the way back.
std::uint64_t compress(std::uint64_t from, std::uint64_t mask) {
  if (mask == ~0ULL) return from;
  if ((mask & ~from) == 0) return ~0ULL;
  std::uint64_t out = 0;
  for (std::size_t i = 0; mask != 0; mask &= mask - 1, ++i) out |= (from >> std::countr_zero(mask) & 1) << i;
  return out;
}
std::uint64_t deposit(std::uint64_t from, std::uint64_t mask) {
  if (mask == ~0ULL) return from;
  if (from == ~0ULL) return mask;
  std::uint64_t out = 0;
  for (; mask != 0; mask &= mask - 1, from >>= 1) out |= (from & 1) << std::countr_zero(mask);
  return out;
}

// Sorted, those that touch made one.
std::vector<Span> merged(std::vector<Span> gaps) {
  std::sort(gaps.begin(), gaps.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
  std::vector<Span> out;
  for (const Span& gap : gaps) {
    if (!out.empty() && gap.begin <= out.back().end) out.back().end = std::max(out.back().end, gap.end);
    else out.push_back(gap);
  }
  return out;
}

}  // namespace

// The starts that `kept` has a one for, in order.
Text::Starts Text::Starts::only(const Starts& kept) const {
  Starts left;
  std::size_t piece = 0;
  for (std::size_t at = 0; at < size_; at += kBits) {
    const std::uint64_t bits = word(at);
    left.append(deposit(kept.word(piece), bits), std::min(kBits, size_ - at));
    piece += count_ones(bits);
  }
  return left;
}

void Text::map_through(const Text& earlier) {
  replaced_ += earlier.replaced_;
  if (utf8_.empty()) return;
  if (earlier.verbatim_) {
    for (Span& gap : gaps_) gap = {gap.begin + earlier.in_begin_, gap.end + earlier.in_begin_};
    in_begin_ += earlier.in_begin_;
    in_end_ += earlier.in_begin_;
  } else if (verbatim_ && in_begin_ == 0 && in_end_ == earlier.utf8_.size()) {
    verbatim_ = false;
    in_begin_ = earlier.in_begin_;
    in_end_ = earlier.in_end_;
    out_ = earlier.out_;
    in_ = earlier.in_;
    gaps_ = earlier.gaps_;
  } else {
    join(earlier);
  }
}

void Text::join(const Text& earlier) {
  keep_map();
  const std::size_t size = earlier.utf8_.size();
  // The first piece always stays, be it that it starts inside a piece of the earlier map.
  const std::size_t first = earlier.out_.select(earlier.out_.rank(in_begin_ + 1) - 1);
  Starts kept_here;
  Starts kept_earlier;
  for (std::size_t at = 0; at < size; at += kBits) {
    const std::uint64_t theirs = earlier.out_.word(at);
    std::uint64_t ours = 0;
    if (at >= in_begin_) ours = in_.word(at - in_begin_);
    else if (in_begin_ - at < kBits) ours = in_.word(0) << (in_begin_ - at);
    kept_here.append(compress(theirs | bit_of(in_begin_, at), ours), count_ones(ours));
    kept_earlier.append(compress(ours | bit_of(first, at), theirs), count_ones(theirs));
  }
  std::vector<Span> gaps = earlier.gaps_;
  for (const Span& gap : gaps_) {
    // What was passed over here may be but a part of a piece there: then that piece stays whole.
    const bool whole = (earlier.out_.word(gap.begin) & 1) != 0 && (earlier.out_.word(gap.end) & 1) != 0;
    if (whole) gaps.push_back(earlier.source(gap));
  }
  gaps_ = merged(std::move(gaps));
  out_ = out_.only(kept_here);
  in_ = earlier.in_.only(kept_earlier);
  in_begin_ = earlier.in_begin_;
  in_end_ = earlier.source({in_end_ - 1, in_end_}).end;
}

}  // namespace duluan
