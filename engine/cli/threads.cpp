#include "cli/threads.hpp"

#include <algorithm>
#include <charconv>
#include <thread>

namespace duluan::cli {
namespace {
constexpr unsigned kMostThreads = 64;
}

Option threads_option() {
  return {.name = "--threads", .help = "threads (as many as the machine has processors if absent)"};
}

unsigned threads_of(const Arguments& arguments) {
  const std::string given = arguments.get("--threads");
  if (given.empty()) return std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads);
  unsigned threads = 0;
  const auto [end, fault] = std::from_chars(given.data(), given.data() + given.size(), threads);
  const bool whole = fault == std::errc() && end == given.data() + given.size();
  return whole && threads <= kMostThreads ? threads : 0;
}

Error no_threads() { return {ErrorCode::kInvalidArgument, "--threads must be a number from 1 to 64", "", ""}; }

}  // namespace duluan::cli
