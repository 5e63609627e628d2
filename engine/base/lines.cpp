#include "base/lines.hpp"

#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

namespace duluan {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// Hands on whole lines; keeps the unfinished one for the next block.
class Lines {
 public:
  explicit Lines(const std::function<void(std::string_view)>& use) : use_(use) {}
  void feed(std::string_view block) {
    for (std::size_t end = block.find('\n'); end != std::string_view::npos; end = block.find('\n')) {
      rest_.append(block.substr(0, end));
      use_(rest_);
      rest_.clear();
      block.remove_prefix(end + 1);
    }
    rest_.append(block);
  }
  void finish() {
    if (!rest_.empty()) use_(rest_);
  }

 private:
  const std::function<void(std::string_view)>& use_;
  std::string rest_;
};

Result<void> read_zstd(std::FILE* file, const std::string& path, Lines& lines) {
  std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> stream(ZSTD_createDStream(), &ZSTD_freeDStream);
  std::vector<char> in(ZSTD_DStreamInSize());
  std::vector<char> out(ZSTD_DStreamOutSize());
  std::size_t pending = 0;
  while (const std::size_t got = std::fread(in.data(), 1, in.size(), file)) {
    ZSTD_inBuffer input{in.data(), got, 0};
    while (input.pos < input.size) {
      ZSTD_outBuffer output{out.data(), out.size(), 0};
      pending = ZSTD_decompressStream(stream.get(), &output, &input);
      if (ZSTD_isError(pending) != 0)
        return Error{ErrorCode::kMalformed, std::string("damaged zstd file: ") + ZSTD_getErrorName(pending), path, ""};
      lines.feed({out.data(), output.pos});
    }
  }
  if (pending != 0) return Error{ErrorCode::kMalformed, "the zstd file is truncated", path, "copy it again"};
  return {};
}

}  // namespace

Result<void> for_each_line(const std::string& path, const std::function<void(std::string_view)>& use) {
  std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file)
    return Error{errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnreadable,
                 std::string("cannot open: ") + std::strerror(errno), path, "check the path"};
  Lines lines(use);
  if (path.ends_with(".zst")) {
    if (auto read = read_zstd(file.get(), path, lines); !read) return read;
  } else {
    std::vector<char> block(1U << 16);
    while (const std::size_t got = std::fread(block.data(), 1, block.size(), file.get()))
      lines.feed({block.data(), got});
  }
  lines.finish();
  return {};
}

void for_each_paragraph(std::string_view record, const std::function<void(std::string_view)>& use) {
  const std::size_t tab = record.rfind('\t');
  if (tab != std::string_view::npos) record.remove_prefix(tab + 1);
  while (!record.empty()) {
    const std::size_t end = std::min(record.find("\\n"), record.size());
    use(record.substr(0, end));
    record.remove_prefix(std::min(end + 2, record.size()));
  }
}

}  // namespace duluan
