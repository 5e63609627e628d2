// How far a batch is, on a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace duluan::cli {

/// Writes one line on standard error, over and over, a few times a second; nothing if that is no terminal.
///
///     classify: 45 %, 1234567 records, 140000/s
class Meter {
 public:
  /// `total` bytes are to be read; 0 if unknown.
  Meter(std::string what, std::uint64_t total);
  Meter(const Meter&) = delete;
  Meter& operator=(const Meter&) = delete;
  ~Meter() { clear(); }

  void show(std::uint64_t bytes, std::uint64_t records);
  /// Makes room for another message; the line comes back with the next show().
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  std::string what_;
  std::uint64_t total_;
  bool terminal_, shown_ = false;
  Clock::time_point begin_, last_;
};

}  // namespace duluan::cli
