#include "cli/input.hpp"

#include <archive.h>
#include <sys/types.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace duluan::cli {
namespace {

constexpr std::size_t kBlock = 1U << 18;

struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};
using File = std::unique_ptr<std::FILE, CloseFile>;
struct CloseArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};

Result<File> open_file(const std::string& path) {
  if (path.empty() || path == "-") return File(stdin);
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    return Error{ErrorCode::kUnreadable, "is a folder", path, "name the files in it"};
  File file(std::fopen(path.c_str(), "rb"));
  if (file) return file;
  return Error{errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnreadable,
               std::string("cannot open: ") + std::strerror(errno), path, "check the path and its permissions"};
}

// None of these begins a text in any encoding the program reads.
bool is_packed(std::string_view bytes) {
  using namespace std::string_view_literals;
  constexpr std::array kMagic{"\x1F\x8B\x08"sv, "\x28\xB5\x2F\xFD"sv, "\xFD\x37zXZ\0"sv, "BZh91AY&SY"sv};
  for (const std::string_view magic : kMagic)
    if (bytes.starts_with(magic)) return true;
  return false;
}

}  // namespace

struct Input::Stream {
  std::string path;
  File file;
  std::unique_ptr<archive, CloseArchive> unpacker;
  std::string packed, plain;
  bool first_waits = false;  // the first packed block was read before it was known to be packed
  std::uint64_t taken = 0;

  std::size_t read(std::string& block) {
    block.resize(kBlock);
    block.resize(std::fread(block.data(), 1, block.size(), file.get()));
    taken += block.size();
    return block.size();
  }
  [[nodiscard]] Result<std::string_view> fault(std::string what) const {
    return Error{ErrorCode::kUnreadable, std::move(what), path, "copy it again"};
  }
  static la_ssize_t feed(archive* a, void* self, const void** bytes) {
    auto& stream = *static_cast<Stream*>(self);
    if (!stream.first_waits) stream.read(stream.packed);
    stream.first_waits = false;
    *bytes = stream.packed.data();
    if (std::ferror(stream.file.get()) == 0) return static_cast<la_ssize_t>(stream.packed.size());
    archive_set_error(a, errno, "%s", std::strerror(errno));
    return -1;
  }
  bool unpack() {
    packed.swap(plain);
    first_waits = true;
    unpacker.reset(archive_read_new());
    archive* a = unpacker.get();
    archive_read_support_filter_all(a);
    archive_read_support_format_raw(a);
    archive_entry* entry = nullptr;
    return archive_read_open(a, this, nullptr, &Stream::feed, nullptr) == ARCHIVE_OK &&
           archive_read_next_header(a, &entry) == ARCHIVE_OK;
  }
  [[nodiscard]] Result<std::string_view> damaged() const {
    const char* why = archive_error_string(unpacker.get());
    return fault(std::string("cannot unpack: ") + (why == nullptr ? "damaged" : why));
  }
};

Input::Input(std::unique_ptr<Stream> stream) : stream_(std::move(stream)) {}
Input::~Input() = default;
Input::Input(Input&&) noexcept = default;
Input& Input::operator=(Input&&) noexcept = default;

Result<Input> Input::open(const std::string& path) {
  auto file = open_file(path);
  if (!file) return file.error();
  auto stream = std::make_unique<Stream>();
  stream->path = path;
  stream->file = std::move(*file);
  return Input(std::move(stream));
}

Result<std::string_view> Input::next() {
  Stream& s = *stream_;
  if (!s.unpacker) {
    const bool first = s.taken == 0;
    const std::size_t got = s.read(s.plain);
    if (std::ferror(s.file.get()) != 0) return s.fault(std::string("cannot read: ") + std::strerror(errno));
    if (!first || got == 0 || !is_packed(s.plain)) return std::string_view(s.plain);
    if (!s.unpack()) return s.damaged();
  }
  s.plain.resize(kBlock);
  const la_ssize_t got = archive_read_data(s.unpacker.get(), s.plain.data(), s.plain.size());
  if (got < 0) return s.damaged();
  return std::string_view(s.plain).substr(0, static_cast<std::size_t>(got));
}

std::uint64_t Input::taken() const noexcept { return stream_->taken; }

std::uint64_t size_of_files(const std::vector<std::string>& paths) {
  std::uint64_t sum = 0;
  for (const std::string& path : paths) {
    std::error_code fault;
    if (!std::filesystem::is_regular_file(path, fault)) return 0;
    sum += std::filesystem::file_size(path, fault);
    if (fault) return 0;
  }
  return sum;
}

}  // namespace duluan::cli
