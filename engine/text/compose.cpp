#include "text/compose.hpp"

#include <unicode/normalizer2.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "text/letters.hpp"

namespace duluan {
namespace {

constexpr std::size_t kBits = 64;
constexpr std::size_t kStep = 16;
constexpr std::size_t kMarks = 8;

// Number of a mark of Vietnamese by the last six bits of U+0300..U+033F, or kMarks.
constexpr std::array<std::uint8_t, 64> make_marks() {
  std::array<std::uint8_t, 64> table{};
  table.fill(kMarks);
  std::uint8_t number = 0;
  for (const unsigned code : {0x300U, 0x301U, 0x302U, 0x303U, 0x306U, 0x309U, 0x31BU, 0x323U})
    table[code - 0x300] = number++;
  return table;
}
constexpr std::array<std::uint8_t, 64> kMarkNumbers = make_marks();

// Letters of U+0000..U+01FF and U+1E00..U+1EFF have a slot; slot 0 (U+0000) means none.
constexpr std::size_t kLow = 0x200;
constexpr std::size_t kSlots = kLow + 0x100;

struct Pairs {
  std::uint16_t joined[kSlots][kMarks] = {};  // slot of the letter with the mark
  char bytes[kSlots][4] = {};                 // UTF-8; the last is the length

  Pairs() {
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfc = icu::Normalizer2::getNFCInstance(status);
    for (std::size_t slot = 1; slot < kSlots; ++slot) {
      const auto code = static_cast<UChar32>(slot < kLow ? slot : slot - kLow + 0x1E00);
      std::string utf8;
      append_code(utf8, static_cast<char32_t>(code));
      std::memcpy(bytes[slot], utf8.data(), utf8.size());
      bytes[slot][3] = static_cast<char>(utf8.size());
      for (UChar32 mark = 0x300; mark < 0x340; ++mark) {
        const std::size_t number = kMarkNumbers[static_cast<std::size_t>(mark) - 0x300];
        if (number == kMarks) continue;
        const UChar32 made = nfc->composePair(code, mark);
        if (made > 0 && made < static_cast<UChar32>(kLow)) joined[slot][number] = static_cast<std::uint16_t>(made);
        if (made >= 0x1E00 && made < 0x1F00)
          joined[slot][number] = static_cast<std::uint16_t>(made - 0x1E00 + static_cast<UChar32>(kLow));
      }
    }
  }
};

const Pairs& pairs() {
  static const Pairs made;
  return made;
}

// Distance of the first byte 0xCC or 0xCD, at most kStep; kStep bytes can be read.
std::size_t mark_distance(const char* at) {
#ifdef __SSE2__
  const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m128i leads = _mm_cmpeq_epi8(_mm_or_si128(block, _mm_set1_epi8(1)), _mm_set1_epi8(static_cast<char>(0xCD)));
  return static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(_mm_movemask_epi8(leads)) | 1U << kStep));
#else
  std::size_t distance = 0;
  while (distance < kStep && (at[distance] | 1) != static_cast<char>(0xCD)) ++distance;
  return distance;
#endif
}

// Bits collected in words, lowest first.
struct Bits {
  std::uint64_t* words;
  std::size_t size = 0;

  void append(std::uint64_t bits, std::size_t count) {
    const std::size_t used = size % kBits;
    words[size / kBits] |= bits << used;
    // Twice, for a shift by 64 is undefined.
    words[size / kBits + 1] = bits >> 1 >> (kBits - 1 - used);
    size += count;
  }
};

// The letter that ends at `at`, as a slot, and its bytes; slot 0 if it has none.
std::size_t letter_before(const char* begin, const char* at, std::size_t& length) {
  const auto byte = [at](std::ptrdiff_t back) { return static_cast<unsigned char>(at[-back]); };
  length = 1;
  if (at > begin && byte(1) < 0x80) return byte(1);
  if (at - begin >= 2 && byte(2) >= 0xC3 && byte(2) <= 0xC7) {
    length = 2;
    return (byte(2) & 0x1FU) << 6 | (byte(1) & 0x3FU);
  }
  if (at - begin >= 3 && byte(3) == 0xE1 && byte(2) >= 0xB8 && byte(2) <= 0xBB) {
    length = 3;
    return kLow + ((byte(2) & 3U) << 6 | (byte(1) & 0x3FU));
  }
  return 0;
}

}  // namespace

bool has_many_marks(std::string_view block) noexcept {
  constexpr std::size_t kOneIn = 100;
  constexpr std::size_t kSample = 256;  // of every 4 KB
  constexpr std::size_t kEvery = 4096;
  std::size_t read = 0;
  std::size_t marks = 0;
  for (std::size_t at = 0; at < block.size(); at += kEvery) {
    const std::string_view sample = block.substr(at, kSample);
    marks += static_cast<std::size_t>(std::count(sample.begin(), sample.end(), '\xCC'));
    read += sample.size();
  }
  return marks > read / kOneIn;
}

namespace {

// The result of one block while it grows. Composing never lengthens; a step may be written past the end.
struct Composer {
  explicit Composer(std::size_t size)
      : words(size / kBits + 2),
        bytes(std::make_unique_for_overwrite<char[]>(size + 2 * kStep)),
        out_words(std::make_unique<std::uint64_t[]>(words)),
        in_words(std::make_unique<std::uint64_t[]>(words)) {}

  // Takes one step from `at`, of which kStep + 6 bytes can be read; returns where the next one starts.
  const char* step(const char* at, const char* end) {
    const std::size_t distance = mark_distance(at);
    std::size_t length = 0;
    std::size_t slot = distance == kStep ? 0 : letter_before(at, at + distance, length);
    const char* mark = at + distance;
    while (slot != 0 && end - mark >= 2 && *mark == '\xCC') {
      const unsigned trail = static_cast<unsigned char>(mark[1]) ^ 0x80U;
      const std::size_t number = trail < 0x40 ? kMarkNumbers[trail] : kMarks;
      const std::size_t joined = number == kMarks ? 0 : table.joined[slot][number];
      if (joined == 0) break;
      slot = joined;
      mark += 2;
    }
    std::memcpy(to, at, kStep);
    if (mark == at + distance) {
      // No mark here, whose letter may still begin in the last three bytes; or one that does not compose.
      std::size_t plain = distance == kStep ? kStep - 3 : distance + 1;
      plain = std::min(plain, static_cast<std::size_t>(end - at));
      add((1ULL << plain) - 1, plain, plain);
      return at + plain;
    }
    const std::size_t before = distance - length;
    std::memcpy(to + before, table.bytes[slot], 4);
    add((2ULL << before) - 1, before + static_cast<std::size_t>(table.bytes[slot][3]),
        static_cast<std::size_t>(mark - at));
    return mark;
  }

  void add(std::uint64_t starts, std::size_t written, std::size_t read) {
    out_starts.append(starts, written);
    in_starts.append(starts, read);
    to += written;
  }

  const Pairs& table = pairs();
  std::size_t words;
  std::unique_ptr<char[]> bytes;
  std::unique_ptr<std::uint64_t[]> out_words;
  std::unique_ptr<std::uint64_t[]> in_words;
  Bits out_starts{out_words.get()};
  Bits in_starts{in_words.get()};
  char* to = bytes.get();
};

}  // namespace

Text compose_marks(std::string_view block, std::size_t from) {
  Composer composer(block.size());
  const char* at = block.data();
  const char* end = at + block.size();
  while (end - at >= static_cast<std::ptrdiff_t>(2 * kStep)) at = composer.step(at, end);
  // The rest with zeros after it.
  std::array<char, 4 * kStep> rest{};
  std::copy(at, end, rest.begin());
  end = rest.data() + (end - at);
  for (at = rest.data(); at < end;) at = composer.step(at, end);
  Text text;
  const char* const bytes = composer.bytes.get();
  text.append_pieces({bytes, static_cast<std::size_t>(composer.to - bytes)}, from, block.size(),
                     {composer.out_words.get(), composer.words}, {composer.in_words.get(), composer.words});
  return text;
}

}  // namespace duluan
