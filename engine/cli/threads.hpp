// The option --threads, the same for every command that has it.
#pragma once

#include "cli/command.hpp"

namespace duluan::cli {

Option threads_option();
/// As many as the machine has processors if the option is absent; 0 if what is given is no number of threads.
unsigned threads_of(const Arguments& arguments);
/// What to say then.
Error no_threads();

}  // namespace duluan::cli
