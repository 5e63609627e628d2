#include "cli/commands.hpp"

int main(int argc, char** argv) {
  using namespace duluan::cli;  // NOLINT(google-build-using-namespace)
  return run_program({normalize_command(), segment_command(), redact_command(), read_command(), detect_command(),
                      train_words_command(),
                      evaluate_words_command()},
                     argc, argv);
}
