// Compound files (OLE 2, [MS-CFB]): the container of the binary Office formats, a small file system.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/result.hpp"

namespace duluan::report {

/// Little-endian numbers in bytes that may end anywhere: past the end they are 0.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] std::uint8_t u8(std::size_t at) const noexcept {
    return at < bytes_.size() ? static_cast<std::uint8_t>(bytes_[at]) : std::uint8_t{0};
  }
  [[nodiscard]] std::uint16_t u16(std::size_t at) const noexcept {
    return static_cast<std::uint16_t>(u8(at) | (u8(at + 1) << 8));
  }
  [[nodiscard]] std::uint32_t u32(std::size_t at) const noexcept {
    return u16(at) | (static_cast<std::uint32_t>(u16(at + 2)) << 16);
  }
  [[nodiscard]] double f64(std::size_t at) const noexcept;
  /// Up to `length` bytes from `at`; fewer past the end.
  [[nodiscard]] std::string_view sub(std::size_t at, std::size_t length) const noexcept {
    return at < bytes_.size() ? bytes_.substr(at, length) : std::string_view();
  }
  [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }

 private:
  std::string_view bytes_;
};

/// The streams in the root of a compound file.
class OleFile {
 public:
  /// An Error has no place: it is the caller's to add.
  static Result<OleFile> open(std::string_view bytes);
  /// The bytes of a stream, as far as they are there; nothing if there is no such stream.
  [[nodiscard]] std::optional<std::string> stream(std::string_view name) const;

 private:
  struct Entry {
    std::string name;
    std::uint32_t start = 0;
    std::size_t size = 0;
  };
  explicit OleFile(std::string_view bytes) : bytes_(bytes) {}
  Result<void> read_table();
  Result<void> read_directory();
  [[nodiscard]] std::string chain(std::uint32_t start, std::size_t most) const;

  std::string_view bytes_;
  std::size_t sector_ = 512;
  std::size_t cutoff_ = 4096;        // streams shorter than it lie in the small sectors
  std::vector<std::uint32_t> next_;  // sector after each
  std::vector<std::uint32_t> small_next_;
  std::string small_;
  std::vector<Entry> entries_;
};

}  // namespace duluan::report
