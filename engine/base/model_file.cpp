// Layout of a model file (little-endian; all offsets from the start of the file):
//
//   0   magic "duluan-model 1\n" + NUL       ("duluan-unfinished" while writing)
//   16  u32 version of the kind, u32 number of sections
//   24  char kind[16], NUL-padded
//   40  u64 total length, u64 XXH3-64 of bytes [56, length), seeded with that of bytes [0, 48)
//   56  8 bytes, zero
//   64  section table: { char name[32]; u64 offset; u64 length } ...
//   ... sections, each at a multiple of 64
//
// The checksum covers header and table, so offsets can be trusted once it holds.
#include "duluan/model_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace duluan {
namespace {

constexpr std::size_t kHeaderSize = 64;
constexpr std::size_t kEntrySize = 48;
constexpr std::size_t kNameSize = 32;
constexpr std::size_t kKindSize = 16;
constexpr std::array<char, 16> kMagic{"duluan-model 1\n"};
constexpr std::array<char, 16> kUnfinished{"duluan-unfinish"};

template <class T>
T load(const std::byte* at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

template <class T>
void store(std::byte* at, T value) {
  std::memcpy(at, &value, sizeof value);
}

std::string name_at(const std::byte* at, std::size_t size) {
  const char* text = reinterpret_cast<const char*>(at);
  return {text, strnlen(text, size)};
}

std::size_t aligned(std::size_t offset) { return (offset + 63) & ~std::size_t{63}; }

// Over everything but the checksum itself.
std::uint64_t checksum(std::span<const std::byte> file) {
  return XXH3_64bits_withSeed(file.data() + 56, file.size() - 56, XXH3_64bits(file.data(), 48));
}

Error corrupt(const std::string& where, std::string what) {
  return {ErrorCode::kCorruptModel, std::move(what), where,
          "copy the model again or retrain it with the command in models/README.md"};
}

}  // namespace

Result<ModelFile> ModelFile::from_memory(std::span<const std::byte> bytes, std::string_view kind, std::uint32_t version,
                                         std::string where) {
  if (bytes.size() < kHeaderSize) return corrupt(where, "too short to be a model file");
  const std::byte* base = bytes.data();
  if (std::memcmp(base, kUnfinished.data(), kUnfinished.size()) == 0)
    return corrupt(where, "the model was not finished when it was written");
  if (std::memcmp(base, kMagic.data(), kMagic.size()) != 0) return corrupt(where, "not a duluan model file");
  if (load<std::uint64_t>(base + 40) != bytes.size())
    return corrupt(where, "the model holds " + std::to_string(bytes.size()) + " bytes, its header says " +
                              std::to_string(load<std::uint64_t>(base + 40)));
  if (checksum(bytes) != load<std::uint64_t>(base + 48))
    return corrupt(where, "the model's checksum does not match its content");

  const std::string found_kind = name_at(base + 24, kKindSize);
  const auto found_version = load<std::uint32_t>(base + 16);
  if (found_kind != kind || found_version != version)
    return Error{ErrorCode::kVersionMismatch,
                 "holds a model of kind '" + found_kind + "' version " + std::to_string(found_version) +
                     ", expected '" + std::string(kind) + "' version " + std::to_string(version),
                 where, "use the model that came with this program, or retrain it"};

  ModelFile file;
  file.where_ = std::move(where);
  const std::size_t count = load<std::uint32_t>(base + 20);
  if (count > (bytes.size() - kHeaderSize) / kEntrySize) return file.damaged("section table");
  for (std::size_t i = 0; i < count; ++i) {
    const std::byte* entry = base + kHeaderSize + i * kEntrySize;
    const auto offset = load<std::uint64_t>(entry + kNameSize);
    const auto length = load<std::uint64_t>(entry + kNameSize + 8);
    std::string name = name_at(entry, kNameSize);
    if (offset > bytes.size() || length > bytes.size() - offset) return file.damaged(name);
    file.sections_.emplace_back(std::move(name), bytes.subspan(offset, length));
  }
  return file;
}

Result<ModelFile> ModelFile::open(const std::string& path, std::string_view kind, std::uint32_t version) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return Error{errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnreadable,
                 std::string("cannot open the model: ") + std::strerror(errno), path,
                 "pass --models DIR or set DULUAN_MODELS to the folder with the models"};
  struct stat status {};
  const bool regular = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
  if (!regular || status.st_size == 0) {
    ::close(fd);
    return corrupt(path, regular ? "the model file is empty" : "not a regular file");
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  void* map = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  ::close(fd);
  if (map == MAP_FAILED)
    return Error{ErrorCode::kUnreadable, std::string("cannot map the model: ") + std::strerror(errno), path, ""};
  std::shared_ptr<const void> keep(map, [size](const void* p) { ::munmap(const_cast<void*>(p), size); });
  auto file = from_memory({static_cast<const std::byte*>(map), size}, kind, version, path);
  if (file) file->keep_ = std::move(keep);
  return file;
}

Result<std::span<const std::byte>> ModelFile::section(std::string_view name) const {
  for (const auto& [found, bytes] : sections_)
    if (found == name) return bytes;
  return damaged(std::string(name));
}

std::vector<std::string> ModelFile::names() const {
  std::vector<std::string> all;
  for (const auto& [name, bytes] : sections_) all.push_back(name);
  return all;
}

Result<std::string_view> ModelFile::text(std::string_view name) const {
  auto bytes = section(name);
  if (!bytes) return bytes.error();
  return std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size());
}

Error ModelFile::damaged(const std::string& section) const {
  return corrupt(where_, "section '" + section + "' is missing or damaged");
}

ModelWriter::ModelWriter(std::string kind, std::uint32_t version) : kind_(std::move(kind)), version_(version) {
  assert(kind_.size() < kKindSize);
}

void ModelWriter::add(std::string name, std::span<const std::byte> bytes) {
  assert(name.size() < kNameSize);
  sections_.emplace_back(std::move(name), std::vector<std::byte>(bytes.begin(), bytes.end()));
}

void ModelWriter::add(std::string name, std::string_view text) {
  add(std::move(name), std::as_bytes(std::span(text.data(), text.size())));
}

std::vector<std::byte> ModelWriter::bytes() const {
  std::size_t end = aligned(kHeaderSize + sections_.size() * kEntrySize);
  std::vector<std::byte> out(end);
  for (std::size_t i = 0; i < sections_.size(); ++i) {
    const auto& [name, content] = sections_[i];
    out.resize(aligned(out.size()));
    std::byte* entry = out.data() + kHeaderSize + i * kEntrySize;
    std::memcpy(entry, name.data(), name.size());
    store<std::uint64_t>(entry + kNameSize, out.size());
    store<std::uint64_t>(entry + kNameSize + 8, content.size());
    out.insert(out.end(), content.begin(), content.end());
  }
  std::memcpy(out.data(), kMagic.data(), kMagic.size());
  store<std::uint32_t>(out.data() + 16, version_);
  store<std::uint32_t>(out.data() + 20, static_cast<std::uint32_t>(sections_.size()));
  std::memcpy(out.data() + 24, kind_.data(), kind_.size());
  store<std::uint64_t>(out.data() + 40, out.size());
  store<std::uint64_t>(out.data() + 48, checksum(out));
  return out;
}

Result<void> ModelWriter::write(const std::string& path) const {
  const std::string temporary = path + ".unfinished";
  const auto failed = [&](const char* step) {
    Error error{ErrorCode::kUnwritable, std::string(step) + ": " + std::strerror(errno), path,
                "check the folder's permissions and free space"};
    std::remove(temporary.c_str());
    return error;
  };
  std::FILE* out = std::fopen(temporary.c_str(), "wb");
  if (out == nullptr) return failed("cannot create the model");
  const std::vector<std::byte> content = bytes();
  // The unfinished magic stands on disk until everything after it does.
  bool ok = std::fwrite(kUnfinished.data(), 1, kUnfinished.size(), out) == kUnfinished.size();
  const std::size_t rest = content.size() - kUnfinished.size();
  ok = ok && std::fwrite(content.data() + kUnfinished.size(), 1, rest, out) == rest && std::fflush(out) == 0;
  ok = ok && std::fseek(out, 0, SEEK_SET) == 0 && std::fwrite(kMagic.data(), 1, kMagic.size(), out) == kMagic.size();
  if (std::fclose(out) != 0 || !ok) return failed("cannot write the model");
  if (std::rename(temporary.c_str(), path.c_str()) != 0) return failed("cannot name the model");
  return {};
}

}  // namespace duluan
