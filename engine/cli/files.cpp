#include "cli/files.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace duluan::cli {

Exit fail(const Error& error) {
  std::fprintf(stderr, "duluan: %s\n", error.message().c_str());
  return kFailed;
}

Exit misuse(const Error& error) {
  fail(error);
  return kUsage;
}

Exit conclude(const Result<Exit>& result) {
  const Exit exit = result ? *result : fail(result.error());
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit;
  if (errno == EPIPE) return exit;  // the reader has seen enough
  return fail({ErrorCode::kUnwritable, std::string("cannot write: ") + std::strerror(errno), "standard output",
               "free some space or write elsewhere"});
}

Exit for_each_file(const std::vector<std::string>& files, const std::function<Result<void>(const std::string&)>& use) {
  static const std::vector<std::string> kStandardInput{"-"};
  Exit exit = kDone;
  for (const std::string& path : files.empty() ? kStandardInput : files)
    if (auto used = use(path); !used) exit = fail(used.error());
  return exit;
}

Exit for_each_document(const std::vector<std::string>& files,
                       const std::function<Result<void>(const std::string&, Result<std::string>)>& use) {
  Exit inside = kDone;
  const Exit exit = for_each_file(files, [&](const std::string& path) {
    auto bytes = read_all(path);
    if (!bytes || !is_zip_of_documents(*bytes, path)) return use(path, std::move(bytes));
    unpack(*bytes, path, {}, [&](const std::string& name, Result<std::string> document) {
      if (auto used = use(name, std::move(document)); !used) inside = fail(used.error());
    });
    return Result<void>();
  });
  return exit == kDone ? inside : exit;
}

Result<void> set_columns(const std::vector<std::string>& columns, ReadOptions& options) {
  for (const std::string& column : columns) {
    const std::size_t sign = std::min(column.find('='), column.size());
    const std::string field = column.substr(0, sign);
    std::string* const name = field == "text"     ? &options.text_column
                              : field == "place"  ? &options.place_column
                              : field == "unit"   ? &options.unit_column
                              : field == "period" ? &options.period_column
                                                  : nullptr;
    if (name == nullptr || sign + 1 >= column.size())
      return Error{ErrorCode::kInvalidArgument, "'" + column + "' names no column of a table", "--column",
                   "write FIELD=NAME, FIELD one of text, place, unit, period"};
    *name = column.substr(sign + 1);
  }
  return {};
}

Result<void> for_each_line_of(Input& input, const std::function<void(std::string_view, std::size_t)>& use,
                              const std::function<void(std::size_t)>& too_long) {
  std::string rest;  // of a line that goes on in the next block
  bool endless = false;
  std::size_t number = 1;
  const auto end_line = [&](std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (endless || line.size() > kLongestLine) too_long(number);
    else use(line, number);
    ++number;
    endless = false;
    rest.clear();
  };
  for (;;) {
    auto read = input.next();
    if (!read) return read.error();
    std::string_view block = *read;
    if (block.empty()) break;
    for (std::size_t end = block.find('\n'); end != std::string_view::npos; end = block.find('\n')) {
      const std::string_view line = block.substr(0, end);
      end_line(rest.empty() ? line : std::string_view(rest.append(line)));
      block.remove_prefix(end + 1);
    }
    endless = endless || rest.size() + block.size() > kLongestLine;
    if (endless) rest.assign(1, ' ');  // it has begun; what it holds is of no use
    else rest.append(block);
  }
  if (!rest.empty()) end_line(rest);
  return {};
}

Exit for_each_input_line(const std::vector<std::string>& files,
                         const std::function<void(std::string_view, std::size_t)>& use) {
  return for_each_file(files, [&use](const std::string& path) {
    auto input = Input::open(path);
    if (!input) return Result<void>(input.error());
    return for_each_line_of(*input, use, [&](std::size_t number) {
      std::fprintf(stderr, "duluan: %s:%zu: the line is longer than %zu MB; left out\n", path.c_str(), number,
                   kLongestLine >> 20);
      use("", number);
    });
  });
}

void report_skipped(const Document& document) {
  if (document.reading != Reading{})
    std::fprintf(stderr, "duluan: %s: read as %s\n", document.source.c_str(), name_of(document.reading).c_str());
  for (const Skipped& record : document.skipped)
    std::fprintf(stderr, "duluan: %s: %s; left out\n", record.where.c_str(), record.reason.c_str());
}

std::string columns_of(const Document& document) {
  std::string line;
  for (const auto& [field, name] : document.columns) line += (line.empty() ? "" : ", ") + field + " = " + name;
  return line;
}

Result<std::string> read_all(const std::string& path) {
  auto input = Input::open(path);
  if (!input) return input.error();
  std::string content;
  for (;;) {
    auto block = input->next();
    if (!block) return block.error();
    if (block->empty()) return content;
    content.append(*block);
  }
}

std::vector<std::string> input_files(const std::vector<std::string>& paths) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code fault;
    if (!fs::is_directory(path, fault)) {
      files.push_back(path);
      continue;
    }
    std::vector<std::string> inside;
    for (fs::recursive_directory_iterator entry(path, fs::directory_options::skip_permission_denied, fault), end;
         !fault && entry != end; entry.increment(fault)) {
      const bool hidden = entry->path().filename().string().starts_with('.');
      if (hidden && entry->is_directory(fault)) entry.disable_recursion_pending();
      else if (!hidden && entry->is_regular_file(fault)) inside.push_back(entry->path().string());
    }
    std::sort(inside.begin(), inside.end());
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

bool write_out(std::string_view bytes) { return std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size(); }

namespace {

// FOLDER/NAME beside the installed program, or in the source tree.
std::string shipped_file(const std::string& folder, const std::string& name) {
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
  const auto installed = program.parent_path() / "share" / "duluan" / folder / name;
  if (std::filesystem::exists(installed, ignored)) return installed.string();
  return std::string(DULUAN_SOURCE_DIR) + "/" + folder + "/" + name;
}

}  // namespace

std::string model_path(const std::string& given, const std::string& name) {
  if (!given.empty()) return given;
  if (const char* folder = std::getenv("DULUAN_MODELS")) return std::string(folder) + "/" + name;
  return shipped_file("models", name);
}

std::string corpus_path(const std::string& name) { return shipped_file("corpora", name); }

Progress terminal_progress(std::string what) {
  if (isatty(STDERR_FILENO) == 0) return {};
  return [what = std::move(what)](std::uint64_t done, std::uint64_t total) {
    if (total > 0) std::fprintf(stderr, "\r%s: %3d %%", what.c_str(), static_cast<int>(done * 100 / total));
    if (done >= total) std::fputc('\n', stderr);
    return true;
  };
}

}  // namespace duluan::cli
