// What the commands share: input, output, messages, and where the models lie.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "duluan/progress.hpp"
#include "duluan/result.hpp"

namespace duluan::cli {

/// Writes "duluan: MESSAGE" to standard error and returns kFailed.
int fail(const Error& error);

/// Calls `use` with each line (without its end) of the files, or of standard input if there are none.
/// Lines of any length; memory is that of the longest. `use` gets the line and "file:number".
Result<void> for_each_input_line(const std::vector<std::string>& files,
                                 const std::function<void(std::string_view, std::size_t number)>& use);

/// Everything of a file, or of standard input for "-" or "".
Result<std::string> read_all(const std::string& path);

/// The files named, and those in the folders named (recursively, in the order of their names; hidden ones left out).
std::vector<std::string> input_files(const std::vector<std::string>& paths);

/// Buffered standard output; false once the reader is gone.
bool write_out(std::string_view bytes);
/// Flushes; an Error if what was written did not arrive (a full disk). A closed pipe is no error.
Result<void> finish_output();

/// The model to use: the path given, or NAME in $DULUAN_MODELS, beside the program, or in the source tree.
std::string model_path(const std::string& given, const std::string& name);

/// The same for the small data files that come with the program (taxonomy.tsv).
std::string corpus_path(const std::string& name);

/// A line of progress on standard error if that is a terminal, else nothing.
Progress terminal_progress(std::string what);

}  // namespace duluan::cli
