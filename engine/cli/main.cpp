#include "cli/commands.hpp"

int main(int argc, char** argv) {
  using namespace duluan::cli;  // NOLINT(google-build-using-namespace)
  return run_program({read_command(),
                      ingest_command(),
                      concerns_command(),
                      brief_command(),
                      backtest_command(),
                      search_command(),
                      export_command(),
                      verify_command(),
                      purge_command(),
                      normalize_command(),
                      restore_command(),
                      segment_command(),
                      redact_command(),
                      classify_command(),
                      detect_command(),
                      forecast_command(),
                      train_words_command(),
                      train_lexicon_command(),
                      train_diacritics_command(),
                      train_topics_command(),
                      evaluate_words_command(),
                      evaluate_diacritics_command(),
                      evaluate_topics_command(),
                      train_chat_command(),
                      evaluate_chat_command()},
                     argc, argv);
}
