#include "cli/meter.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace duluan::cli {
namespace {
constexpr std::chrono::milliseconds kPause{200};
}

Meter::Meter(std::string what, std::uint64_t total)
    : what_(std::move(what)),
      total_(total),
      terminal_(isatty(STDERR_FILENO) != 0),
      begin_(Clock::now()),
      last_(begin_ - kPause) {}  // the first is shown at once

void Meter::show(std::uint64_t bytes, std::uint64_t records) {
  if (!terminal_) return;
  const auto now = Clock::now();
  if (now - last_ < kPause) return;
  last_ = now;
  shown_ = true;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  std::fprintf(stderr, "\r%s: ", what_.c_str());
  if (total_ > 0) std::fprintf(stderr, "%d %%, ", static_cast<int>(std::min(bytes, total_) * 100 / total_));
  std::fprintf(stderr, "%llu records, %.0f/s ", static_cast<unsigned long long>(records), double(records) / seconds);
  std::fflush(stderr);
}

void Meter::clear() {
  if (shown_) std::fputs("\r\x1B[K", stderr);
  shown_ = false;
}

}  // namespace duluan::cli
