// What the commands share: input, output, messages, and where the models lie.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "cli/input.hpp"
#include "duluan/progress.hpp"
#include "duluan/report.hpp"
#include "duluan/result.hpp"

namespace duluan::cli {

/// Writes "duluan: MESSAGE" to standard error and returns kFailed.
Exit fail(const Error& error);
/// The same for a wrong command line; returns kUsage.
Exit misuse(const Error& error);

/// The end of every command: flushes standard output, reports the Error of either, and gives the exit code.
Exit conclude(const Result<Exit>& result);

/// Calls `use` with each file, or with "-" if there are none. A file that fails is reported and the rest goes on.
/// kFailed if any failed.
Exit for_each_file(const std::vector<std::string>& files,
                   const std::function<Result<void>(const std::string& path)>& use);

/// Calls `use` with each document in the files, those in zip files too (as ZIP/PATH): its bytes, or the Error that
/// kept them from being read. kFailed if any failed.
Exit for_each_document(const std::vector<std::string>& files,
                       const std::function<Result<void>(const std::string& path, Result<std::string> bytes)>& use);

/// The options of `--column FIELD=NAME` into `options`.
Result<void> set_columns(const std::vector<std::string>& columns, ReadOptions& options);

/// Calls `use` with each line of a file (without its end, "\n" or "\r\n") and its number. Of a line longer than
/// kLongestLine nothing is kept; `too_long` gets its number.
Result<void> for_each_line_of(Input& input, const std::function<void(std::string_view line, std::size_t number)>& use,
                              const std::function<void(std::size_t number)>& too_long);

/// The same for files as for_each_file takes them. A line that is too long is reported and stands as an empty one.
Exit for_each_input_line(const std::vector<std::string>& files,
                         const std::function<void(std::string_view line, std::size_t number)>& use);

/// Says on standard error how a document was read, if not as UTF-8, and what of it was left out.
void report_skipped(const Document& document);

/// How the columns of its table were taken: "text = Nội dung, period = Kỳ"; empty if it has none.
std::string columns_of(const Document& document);

/// Everything of a file, or of standard input for "-" or "".
Result<std::string> read_all(const std::string& path);

/// The files named, and those in the folders named (recursively, in the order of their names; hidden ones left out).
std::vector<std::string> input_files(const std::vector<std::string>& paths);

/// Buffered standard output; false once the reader is gone.
bool write_out(std::string_view bytes);

/// The model to use: the path given, or NAME in $DULUAN_MODELS, beside the program, or in the source tree.
std::string model_path(const std::string& given, const std::string& name);

/// The same for the small data files that come with the program (taxonomy.tsv).
std::string corpus_path(const std::string& name);

/// A line of progress on standard error if that is a terminal, else nothing.
Progress terminal_progress(std::string what);

}  // namespace duluan::cli
