/// \file
/// Result and Error: how every operation that input can make fail reports it.
///
/// A function that can fail because of what it was given returns `Result<T>`:
/// either the value, or an `Error` that says what went wrong, where (file, line
/// or byte) and what to do about it. No exception crosses the library's border.
///
///     Result<Segmenter> segmenter = Segmenter::load("models/words.model");
///     if (!segmenter) { std::cerr << segmenter.error().message() << '\n'; return 1; }
///     segmenter->segment("Nhân dân phấn khởi", words);
///
/// Cost: one move of T. Thread-safety: as for any value type.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace duluan {

/// Kind of failure, for callers that decide by it; people read `Error::message`.
enum class ErrorCode {
  kNotFound,         ///< the file or directory does not exist
  kUnreadable,       ///< it exists, but cannot be opened or read
  kUnwritable,       ///< output cannot be written (permission, full disk, read-only archive)
  kEmpty,            ///< the input holds nothing
  kMalformed,        ///< the input breaks its own format
  kBadEncoding,      ///< bytes that are not text in the expected encoding
  kTooLarge,         ///< beyond a stated limit
  kUnsupported,      ///< a format or feature this build does not handle
  kCorruptModel,     ///< a model file is truncated or changed (checksum)
  kVersionMismatch,  ///< written by a newer or incompatible version
  kInvalidArgument,  ///< the caller's argument is out of its domain
  kInternal,         ///< a third party failed in a way we have no better word for
};

/// What failed, where, and the remedy. All three are full phrases for people.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string what;    ///< e.g. "the file is not a zip container"
  std::string where;   ///< e.g. "reports/03.docx" or "items.csv:17"; may be empty
  std::string remedy;  ///< e.g. "save it again as .docx"; may be empty

  /// "where: what; remedy" on one line.
  [[nodiscard]] std::string message() const {
    std::string text = where.empty() ? what : where + ": " + what;
    if (!remedy.empty()) text += "; " + remedy;
    return text;
  }
};

/// A value of type T or an Error. Dereferencing a failed result is a bug (assert).
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }

  // The analyser does not see that the assertion rules the null pointer out.
  // NOLINTBEGIN(clang-analyzer-core.uninitialized.UndefReturn)
  [[nodiscard]] T& value() & { return assert(ok()), *std::get_if<0>(&state_); }
  [[nodiscard]] const T& value() const& { return assert(ok()), *std::get_if<0>(&state_); }
  [[nodiscard]] T&& value() && { return assert(ok()), std::move(*std::get_if<0>(&state_)); }

  T& operator*() & { return value(); }
  T operator*() && { return std::move(*this).value(); }  // by value, so that `for (x : *f())` does not dangle
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  [[nodiscard]] const Error& error() const { return assert(!ok()), *std::get_if<1>(&state_); }
  // NOLINTEND(clang-analyzer-core.uninitialized.UndefReturn)

 private:
  std::variant<T, Error> state_;
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), ok_(false) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const noexcept { return ok_; }
  explicit operator bool() const noexcept { return ok_; }
  [[nodiscard]] const Error& error() const { return assert(!ok_), error_; }

 private:
  Error error_;
  bool ok_ = true;
};

}  // namespace duluan
