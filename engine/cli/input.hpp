// The bytes of a file or of standard input, unpacked on the way. libarchive stays in input.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/result.hpp"

namespace duluan::cli {

/// What is packed by gzip, Zstandard, xz or bzip2 is known by its first bytes, not by its name.
class Input {
 public:
  /// "-" and "" are standard input. Error: the file cannot be opened.
  static Result<Input> open(const std::string& path);
  ~Input();
  Input(Input&&) noexcept;
  Input& operator=(Input&&) noexcept;

  /// The next bytes; none at the end. They stay until the next call. Error: reading fails, or what is packed is
  /// damaged.
  Result<std::string_view> next();
  /// Bytes taken from the file, packed as they are.
  [[nodiscard]] std::uint64_t taken() const noexcept;

 private:
  struct Stream;
  explicit Input(std::unique_ptr<Stream> stream);
  std::unique_ptr<Stream> stream_;
};

/// The size of all of them as they lie there; 0 if one is no regular file.
std::uint64_t size_of_files(const std::vector<std::string>& paths);

}  // namespace duluan::cli
