// Programs of others: run without a shell, in bounded time and memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/result.hpp"

namespace duluan::report {

struct ProcessLimits {
  int seconds = 120;                          ///< by the clock; as much processor time
  std::size_t memory = std::size_t{2} << 30;  ///< bytes of address space
  std::size_t output = std::size_t{256} << 20;
};

/// What a program found in PATH writes to standard output when it reads `input`. kNotFound if there is none;
/// kTooLarge past a limit; kMalformed if it fails. Errors have no place and no remedy: they are the caller's to add.
Result<std::string> run_process(const std::vector<std::string>& command, std::string_view input,
                                const ProcessLimits& limits);

}  // namespace duluan::report
