// ModelFile::from_memory: damaged bytes are refused; with length and checksum set right, so that
// the section table is reached, every section lies inside the file and is fit for its type.
#include "duluan/model_file.hpp"

#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

using namespace duluan;

namespace {

constexpr std::size_t kHeader = 64;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

template <class T>
void check_array(const ModelFile& file, const char* name) {
  const auto array = file.array<T>(name);
  if (!array) return;
  require(reinterpret_cast<std::uintptr_t>(array->data()) % alignof(T) == 0, "an array is aligned for its type");
}

void check_open(std::span<const std::byte> bytes) {
  const auto file = ModelFile::from_memory(bytes, "words", 1);
  if (!file) {
    require(!file.error().message().empty(), "a refusal says why");
    return;
  }
  for (const char* name : {"a", "bb", "", "weights"}) {
    const auto section = file->section(name);
    if (!section) continue;
    const bool inside = section->data() >= bytes.data() && section->data() <= bytes.data() + bytes.size() &&
                        section->size() <= static_cast<std::size_t>(bytes.data() + bytes.size() - section->data());
    require(inside, "a section lies inside the file");
    check_array<std::uint16_t>(*file, name);
    check_array<std::uint64_t>(*file, name);
    unsigned sum = 0;
    for (const std::byte b : *section) sum += static_cast<unsigned>(b);
    require(sum <= 255 * section->size(), "a section can be read");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check_open(std::as_bytes(std::span(data, size)));

  // A good file with the input laid over its body from the version on; magic, length and checksum stay right.
  ModelWriter writer("words", 1);
  writer.add("a", "section a");
  writer.add("bb", std::string_view("12345678", 8));
  std::vector<std::byte> bytes = writer.bytes();
  check_open(bytes);
  if (size == 0) return 0;
  const std::size_t at = 16 + data[0] % (kHeader + 96 - 16);
  std::memcpy(bytes.data() + at, data + 1, std::min(size - 1, bytes.size() - at));
  if (size > 8) bytes.resize(bytes.size() - data[size - 1] % 64);
  const std::uint64_t length = bytes.size();
  std::memcpy(bytes.data() + 40, &length, 8);
  const auto broken = ModelFile::from_memory(bytes, "words", 1);
  const std::uint64_t sum = XXH3_64bits_withSeed(bytes.data() + 56, bytes.size() - 56, XXH3_64bits(bytes.data(), 48));
  std::uint64_t before = 0;
  std::memcpy(&before, bytes.data() + 48, 8);
  require(!broken.ok() || before == sum, "a wrong checksum is refused");
  std::memcpy(bytes.data() + 48, &sum, 8);
  check_open(bytes);
  return 0;
}
