/// \file
/// Progress: how long work tells its caller how far it is, without knowing about terminals.
#pragma once

#include <cstdint>
#include <functional>

namespace duluan {

/// Called now and then with (done, total) in the unit the function documents;
/// total is 0 when unknown. Return false to ask the work to stop. An empty function is silence.
using Progress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

}  // namespace duluan
