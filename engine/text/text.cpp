#include "duluan/text.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#ifdef __linux__
#include <sys/mman.h>
#endif

#include <algorithm>
#include <bit>
#include <cassert>

namespace duluan {
namespace {

constexpr std::size_t kBits = 64;

// A bit for each byte that starts a UTF-8 character; at most 64 bytes.
std::uint64_t character_starts(const char* bytes, std::size_t count) {
  std::uint64_t bits = 0;
  std::size_t i = 0;
#ifdef __SSE2__
  const __m128i last_trail = _mm_set1_epi8(static_cast<char>(0xBF));
  for (; i + 16 <= count; i += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + i));
    bits |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpgt_epi8(block, last_trail))))
            << i;
  }
#endif
  for (; i < count; ++i) bits |= static_cast<std::uint64_t>((static_cast<unsigned char>(bytes[i]) & 0xC0) != 0x80) << i;
  return bits;
}

}  // namespace

// Fresh memory costs more than all the rest if it comes in pages of 4 KB: a fault for each.
void Text::reserve(std::size_t size) {
  utf8_.reserve(size);
#ifdef MADV_HUGEPAGE
  constexpr std::size_t kWorthWhile = 8U << 20;
  constexpr std::size_t kHugePage = 2U << 20;
  if (size < kWorthWhile) return;
  const auto begin = (reinterpret_cast<std::uintptr_t>(utf8_.data()) + kHugePage - 1) / kHugePage * kHugePage;
  const auto end = (reinterpret_cast<std::uintptr_t>(utf8_.data()) + size) / kHugePage * kHugePage;
  // Advice: that it may be refused is no error.
  if (begin < end) (void)madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#endif
}

// Makes ready for a piece that starts at `from` in the input.
void Text::advance(std::size_t from) {
  if (utf8_.empty()) in_begin_ = in_end_ = from;
  if (from == in_end_) return;
  keep_map();
  gaps_.push_back({in_end_, from});
  in_.append_run(false, from - in_end_);
  in_end_ = from;
}

// Writes down the map that was implied so far.
void Text::keep_map() {
  if (!verbatim_) return;
  verbatim_ = false;
  out_.append_run(true, utf8_.size());
  in_.append_run(true, utf8_.size());
}

void Text::copy(std::string_view bytes, std::size_t at) {
  if (bytes.empty()) return;
  advance(at);
  if (!verbatim_) {
    out_.append_run(true, bytes.size());
    in_.append_run(true, bytes.size());
  }
  utf8_.append(bytes);
  in_end_ += bytes.size();
}

void Text::rewrite(std::string_view bytes, std::size_t from, std::size_t length) {
  if (bytes.empty()) return;
  assert(length > 0 || !utf8_.empty());
  advance(from);
  keep_map();
  out_.append(length > 0, 1);
  out_.append_run(false, bytes.size() - 1);
  in_.append(1, std::min<std::size_t>(length, 1));
  in_.append_run(false, length - std::min<std::size_t>(length, 1));
  utf8_.append(bytes);
  in_end_ += length;
}

void Text::append_characters(std::string_view characters, std::size_t from, std::size_t unit) {
  if (characters.empty()) return;
  advance(from);
  keep_map();
  std::size_t count = 0;
  for (std::size_t at = 0; at < characters.size(); at += kBits) {
    const std::size_t size = std::min(kBits, characters.size() - at);
    const std::uint64_t starts = character_starts(characters.data() + at, size);
    out_.append(starts, size);
    count += static_cast<std::size_t>(std::popcount(starts));
  }
  in_end_ += count * unit;
  if (unit == 1) {
    in_.append_run(true, count);
  } else if (unit == 2) {
    constexpr std::uint64_t kEverySecond = 0x5555555555555555;
    for (; count >= kBits / 2; count -= kBits / 2) in_.append(kEverySecond, kBits);
    in_.append(kEverySecond, count * 2);
  } else {
    for (; count > 0; --count) {
      in_.append(1, 1);
      in_.append_run(false, unit - 1);
    }
  }
  utf8_.append(characters);
}

void Text::append_characters(std::string_view characters, std::size_t from, std::span<const std::uint8_t> lengths) {
  if (characters.empty()) return;
  advance(from);
  keep_map();
  for (std::size_t at = 0; at < characters.size(); at += kBits) {
    const std::size_t size = std::min(kBits, characters.size() - at);
    out_.append(character_starts(characters.data() + at, size), size);
  }
  std::uint64_t bits = 0;
  std::size_t used = 0;
  for (const std::size_t length : lengths) {
    if (used + length > kBits) {
      in_.append(bits, used);
      in_end_ += used;
      bits = used = 0;
    }
    if (length > kBits) {
      in_.append(1, 1);
      in_.append_run(false, length - 1);
      in_end_ += length;
      continue;
    }
    bits |= 1ULL << used;
    used += length;
  }
  in_.append(bits, used);
  in_end_ += used;
  utf8_.append(characters);
}

void Text::append_pieces(std::string_view bytes, std::size_t from, std::size_t length,
                         std::span<const std::uint64_t> out_starts, std::span<const std::uint64_t> in_starts) {
  if (bytes.empty()) return;
  advance(from);
  keep_map();
  out_.append_words(out_starts, bytes.size());
  in_.append_words(in_starts, length);
  utf8_.append(bytes);
  in_end_ += length;
}

void Text::append(const Text& next) {
  replaced_ += next.replaced_;
  if (next.verbatim_) {
    copy(next.utf8_, next.in_begin_);
    return;
  }
  advance(next.in_begin_);
  keep_map();
  out_.append(next.out_);
  in_.append(next.in_);
  gaps_.insert(gaps_.end(), next.gaps_.begin(), next.gaps_.end());
  utf8_.append(next.utf8_);
  in_end_ = next.in_end_;
}

// A piece ends where the next one starts, less what was passed over between them.
std::size_t Text::piece_end(std::size_t piece) const noexcept {
  if (piece + 1 >= in_.ones()) return in_end_;
  const std::size_t next = in_begin_ + in_.select(piece + 1);
  const auto gap = std::lower_bound(gaps_.begin(), gaps_.end(), next,
                                    [](const Span& span, std::size_t at) { return span.end < at; });
  return gap != gaps_.end() && gap->end == next ? gap->begin : next;
}

Span Text::source(Span span) const {
  const std::size_t begin = std::min(span.begin, utf8_.size());
  const std::size_t end = std::min(std::max(span.end, begin), utf8_.size());
  if (verbatim_) return {in_begin_ + begin, in_begin_ + end};
  if (in_.ones() == 0) return {in_begin_, in_begin_};
  if (begin == utf8_.size()) return {in_end_, in_end_};
  const auto piece_at = [this](std::size_t at) { return std::max<std::size_t>(out_.rank(at + 1), 1) - 1; };
  const std::size_t source_begin = in_begin_ + in_.select(piece_at(begin));
  return {source_begin, end == begin ? source_begin : piece_end(piece_at(end - 1))};
}

}  // namespace duluan
