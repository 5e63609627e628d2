// find_bad_utf8: the same position as ICU's decoder, wherever the bytes stand.
#include <string>

#include "duluan/text.hpp"
#include "fuzzing.hpp"

using namespace duluan;
using fuzzing::require;

namespace {

std::size_t icu_bad(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t begin = at;
    UChar32 code = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(bytes.data()), at, bytes.size(), code);
    if (code < 0) return begin;
  }
  return std::string_view::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input = fuzzing::text_of(data, size);
  require(find_bad_utf8(input) == icu_bad(input), "the position that ICU finds", input);
  // Again where whole blocks come before and after it.
  const std::string around = std::string(size % 67 + 40, 'a') + input + std::string(50, 'z');
  require(find_bad_utf8(around) == icu_bad(around), "the position that ICU finds, amid ASCII", around);
  return 0;
}
