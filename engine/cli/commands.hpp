// Every command, each in the file of its name.
#pragma once

#include "cli/command.hpp"

namespace duluan::cli {

Command normalize_command();
Command segment_command();
Command redact_command();
Command read_command();
Command detect_command();
Command forecast_command();
Command classify_command();
Command ingest_command();
Command purge_command();
Command search_command();
Command export_command();
Command verify_command();
Command concerns_command();
Command brief_command();
Command backtest_command();
Command train_topics_command();
Command evaluate_topics_command();
Command train_words_command();
Command train_lexicon_command();
Command evaluate_words_command();
Command train_chat_command();
Command evaluate_chat_command();
Command restore_command();
Command train_diacritics_command();
Command evaluate_diacritics_command();

}  // namespace duluan::cli
