/// \file
/// The checked container every model lives in.
///
/// A model file carries a readable magic, a format version, the kind of model,
/// its total length, a checksum (XXH3-64) over everything after the header, and
/// named sections. While it is written it bears another magic, so a half-built
/// file says so. It is mapped read-only; sections start at 64-byte boundaries.
///
///     ModelWriter writer("words", 1);
///     writer.add("weights", bytes);
///     writer.write("models/words.model");
///     auto file = ModelFile::open("models/words.model", "words", 1);
///     std::span<const std::byte> weights = *file->section("weights");
///
/// Errors: kNotFound, kUnreadable, kCorruptModel (wrong magic, length or checksum),
/// kVersionMismatch (other kind, newer version). Cost of open: one pass of XXH3
/// (about 1 ms for 10 MB). Thread-safety: immutable after open.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "duluan/result.hpp"

namespace duluan {

class ModelFile {
 public:
  /// Maps and verifies a file. `kind` and `version` must match what was written.
  static Result<ModelFile> open(const std::string& path, std::string_view kind, std::uint32_t version);
  /// The same over memory that the caller keeps alive (bindings, tests).
  static Result<ModelFile> from_memory(std::span<const std::byte> bytes, std::string_view kind, std::uint32_t version,
                                       std::string where = "memory");

  /// A named section, or kCorruptModel if the file lacks it.
  [[nodiscard]] Result<std::span<const std::byte>> section(std::string_view name) const;
  /// The names of all sections, in their order.
  [[nodiscard]] std::vector<std::string> names() const;
  /// A section as text.
  [[nodiscard]] Result<std::string_view> text(std::string_view name) const;
  /// A section as an array of T; kCorruptModel if its length is no multiple of sizeof(T).
  template <class T>
  [[nodiscard]] Result<std::span<const T>> array(std::string_view name) const {
    auto bytes = section(name);
    if (!bytes) return bytes.error();
    if (bytes->size() % sizeof(T) != 0) return damaged(std::string(name));
    if (reinterpret_cast<std::uintptr_t>(bytes->data()) % alignof(T) != 0) return damaged(std::string(name));
    return std::span<const T>(reinterpret_cast<const T*>(bytes->data()), bytes->size() / sizeof(T));
  }
  [[nodiscard]] const std::string& where() const noexcept { return where_; }

 private:
  [[nodiscard]] Error damaged(const std::string& section) const;

  std::shared_ptr<const void> keep_;  // the mapping, if we own one
  std::vector<std::pair<std::string, std::span<const std::byte>>> sections_;
  std::string where_;
};

class ModelWriter {
 public:
  ModelWriter(std::string kind, std::uint32_t version);
  void add(std::string name, std::span<const std::byte> bytes);
  void add(std::string name, std::string_view text);
  void add(std::string name, const char* text) { add(std::move(name), std::string_view(text)); }
  template <class T>
  void add_array(std::string name, std::span<const T> values) {
    add(std::move(name), std::as_bytes(values));
  }
  /// Writes to a temporary beside `path` and renames it, so no reader sees half a model.
  Result<void> write(const std::string& path) const;
  /// The file's bytes, as write() would store them.
  [[nodiscard]] std::vector<std::byte> bytes() const;

 private:
  std::string kind_;
  std::uint32_t version_;
  std::vector<std::pair<std::string, std::vector<std::byte>>> sections_;
};

}  // namespace duluan
